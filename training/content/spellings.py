"""How words are spelt here, as data beside the banks: what to write, and what is written instead of it."""

from typing import Self

from pydantic import model_validator

from training.content.reading import entries, fitted, strangers
from training.content.source import read_source
from training.core.items.item import Text, Written
from training.core.problem import Problem


class Spelling(Written):
    """One word, part of a word or phrase: another spelling may be put right without asking, as it means the same.

    "haemat-" stands for all words that begin so, "-ise" for all that end so, "-rrhoea-" for all that have it.
    """

    prefer: Text
    avoid: tuple[Text, ...] = ()
    alike: tuple[Text, ...] = ()
    """Other words that look like a slip of this one, and are none."""

    @property
    def is_part(self) -> bool:
        return any(_open_ends(self.prefer))

    @model_validator(mode="after")
    def _has_parts_that_match(self) -> Self:
        strange = [each for each in self.avoid if _open_ends(each) != _open_ends(self.prefer)]
        if strange:
            raise ValueError(f"'{strange[0]}' and '{self.prefer}' must have their dashes at the same ends")
        return self


def _open_ends(written: str) -> tuple[bool, bool]:
    return written.startswith("-"), written.endswith("-")


def load_spellings(file: str, text: str | bytes) -> tuple[tuple[Spelling, ...], list[Problem]]:
    """Read the list of spellings."""
    source, problems = read_source(file, text)
    if source is None:
        return (), problems
    written, bad = entries(source, "spellings")
    problems += [*bad, *strangers(source, frozenset({"spellings"}))]
    found = []
    for number, data in enumerate(written):
        spelling, bad = fitted(Spelling, source, ("spellings", number), data)
        problems += bad
        if spelling is not None:
            found.append(spelling)
    return tuple(found), problems
