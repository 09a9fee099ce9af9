"""Links from a module's text to the glossary: each term where a section first mentions it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from training.core.term import Term

_KEPT = re.compile(r"!?\[[^\]]*\]\([^)]*\)|\[@[^\]]*\]|`[^`]*`|^#{1,6} .*$|https?://\S+", re.MULTILINE)
"""What no link may be put into: links, pictures, citations, code, headings, addresses."""


class TermLinks:
    """The terms of the glossary, and which of them the section has mentioned so far."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {name.casefold(): term for term in terms if term.linked for name in term.names}
        self._mention = _mention(tuple(self._terms))
        self._met: set[str] = set()

    def linked(self, text: str) -> str:
        """Link the terms that were not mentioned before."""
        made, end = [], 0
        for kept in _KEPT.finditer(text):
            made += [self._link(text[end : kept.start()]), kept.group()]
            end = kept.end()
        return "".join([*made, self._link(text[end:])])

    def _link(self, text: str) -> str:
        return self._mention.sub(self._once, text) if self._terms else text

    def _once(self, match: re.Match[str]) -> str:
        term = self._terms[match.group().casefold()]
        if term.id in self._met:
            return match.group()
        self._met.add(term.id)
        meaning = term.definition.replace('"', "'")
        return f'[{match.group()}](glossary?term={term.id} "{meaning}")'


@lru_cache(maxsize=8)
def _mention(names: tuple[str, ...]) -> re.Pattern[str]:
    """Find any of the names as whole words, the longest first."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])", re.IGNORECASE)
