"""Two edits of one text brought together line by line: where they touch different lines they merge by themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines as they were, as someone else has them, and as I have them."""

    base: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]

    @property
    def clash(self) -> bool:
        """Whether both changed these lines, and not alike."""
        return self.theirs != self.mine and self.base not in (self.theirs, self.mine)

    @property
    def changed(self) -> bool:
        return not self.base == self.theirs == self.mine

    @property
    def merged(self) -> tuple[str, ...]:
        """Whichever side changed the lines; theirs where both did."""
        return self.mine if self.theirs == self.base else self.theirs


def stretches(base: str, theirs: str, mine: str) -> list[Stretch]:
    """Cut three versions of a text into stretches: lines that none changed, and lines that one or both changed."""
    first, second, third = (text.splitlines(keepends=True) for text in (base, theirs, mine))
    made: list[Stretch] = []
    here = (0, 0, 0)
    for there, length in [*_common(first, second, third), ((len(first), len(second), len(third)), 0)]:
        if here != there:
            a, b, c = (tuple(rows[i:j]) for rows, i, j in zip((first, second, third), here, there, strict=True))
            made.append(Stretch(a, b, c))
        if length:
            same = tuple(first[there[0] : there[0] + length])
            made.append(Stretch(same, same, same))
        here = (there[0] + length, there[1] + length, there[2] + length)
    return made


def text_of(parts: Sequence[Stretch], mine: Sequence[int] = ()) -> str:
    """Join the stretches; of those that clash, `mine` numbers the ones to take as I have them."""
    wanted = set(mine)
    return "".join(
        line for number, part in enumerate(parts) for line in (part.mine if number in wanted else part.merged)
    )


def _common(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[tuple[tuple[int, int, int], int]]:
    """Yield where the same lines stand in all three, and how many."""
    one = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    other = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    here = there = 0
    while here < len(one) and there < len(other):
        left, right = one[here], other[there]
        start, stop = max(left.a, right.a), min(left.a + left.size, right.a + right.size)
        if start < stop:
            yield (start, left.b + start - left.a, right.b + start - right.a), stop - start
        if left.a + left.size < right.a + right.size:
            here += 1
        else:
            there += 1
