"""Words that must not be written, and what to write instead of each."""

import re
from collections.abc import Mapping
from functools import cached_property

from training.content.rules.asked import Read
from training.content.rules.words import heads, pieces, tokens


class Instead:
    """What to write instead of words and phrases, with what finds them quickly; worked out once."""

    def __init__(self, preferred: Mapping[str, str]) -> None:
        self._preferred = {" ".join(word.lower().split()): other for word, other in preferred.items()}

    def __getitem__(self, written: str) -> str:
        return self._preferred[" ".join(written.lower().split())]

    def put(self, written: str) -> str:
        """Give what to write instead, with a capital where there was one."""
        other = self[written]
        return other[0].upper() + other[1:] if written[0].isupper() else other

    def may_hold(self, words: frozenset[str]) -> bool:
        """Say whether all words of any of the phrases are there: only then is a pattern worth its time."""
        return not self._heads.isdisjoint(words) and any(each <= words for each in self._worded)

    def may_stand(self, read: Read) -> bool:
        """Ask first for the words that phrases begin with, which most texts have none of; "'s" hides such a word."""
        apart = self._openings.isdisjoint(read.tokens) and "'" not in read.whole and "’" not in read.whole
        return not apart and self.may_hold(read.words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Find any of the phrases as whole words, the longest first."""
        longest = sorted(self._preferred, key=len, reverse=True)
        joined = "|".join(r"\s+".join(map(re.escape, each.split())) for each in longest)
        return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(words[0] for each in self._preferred if (words := tokens(each)))

    @cached_property
    def _heads(self) -> frozenset[str]:
        return heads(self._preferred)

    @cached_property
    def _worded(self) -> tuple[frozenset[str], ...]:
        return tuple(pieces(tokens(each)) for each in self._preferred)
