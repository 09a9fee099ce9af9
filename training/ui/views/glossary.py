"""The clinical glossary as a page shows it: all terms by letter, or those that a search finds."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from training.core.term import Term
from training.ui.views.words import count, plain


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term, ready to draw."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The term that a link asked for, and the terms found, by letter."""

    asked: TermRow | None
    letters: tuple[tuple[str, tuple[TermRow, ...]], ...]
    summary: str


def glossary_view(terms: Sequence[Term], asked: str, text: str) -> GlossaryView:
    """Sort the terms, and keep those in which every word of the search occurs."""
    words = _folded(text).split()
    found = sorted(
        (term for term in terms if all(word in _all_words(term) for word in words)), key=lambda each: _folded(each.term)
    )
    letters: dict[str, list[TermRow]] = {}
    for term in found:
        letters.setdefault(_folded(term.term)[0].upper(), []).append(_row(term))
    shown = f"{count(len(found), 'term')}" + (f" with “{plain(text)}”" if text else "")
    return GlossaryView(
        next((_row(term) for term in terms if term.id == asked), None),
        tuple((letter, tuple(rows)) for letter, rows in letters.items()),
        shown if found else f"No term has “{plain(text)}” in it. Try a shorter word.",
    )


def _row(term: Term) -> TermRow:
    also = f"  \n:small[Also: {plain(', '.join(term.also))}]" if term.also else ""
    avoid = f"  \n:small[Not: {plain(', '.join(term.avoid))}]" if term.avoid else ""
    contested = " :orange-badge[Contested]" if term.contested else ""
    return TermRow(term.id, f"**{plain(term.term)}**{contested}  \n{plain(term.definition)}{also}{avoid}")


def _all_words(term: Term) -> str:
    return _folded(" ".join((*term.names, *term.avoid, term.definition)))


def _folded(text: str) -> str:
    """Fold case and accents, so that nobody has to type them."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
