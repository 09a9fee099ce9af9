"""How the item types that ask several things, or give the choices themselves, are read by the rules."""

from collections.abc import Iterator
from dataclasses import replace

from training.content.rules.asked import Asked, Choice, asked_of, reads
from training.core.items.case import Case
from training.core.items.cloze import Cloze
from training.core.items.extended_matching import ExtendedMatching
from training.core.items.matching import Matching
from training.core.items.options import Row, SharedOption, named
from training.core.items.script_concordance import ScriptConcordance


@reads(Case)
def _case(item: Case) -> Iterator[Asked]:
    """Read each part as a question of its own; the vignette is the situation of them all."""
    for number, part in enumerate(item.parts):
        mine = {name: getattr(part, name) or getattr(item, name) for name in ("level", "safety", "references")}
        for asked in asked_of(part.model_copy(update=mine)):
            choices = tuple(replace(each, path=("parts", number, *each.path)) for each in asked.choices)
            yield replace(asked, path=("parts", number, *asked.path), choices=choices, scene=True)


@reads(ExtendedMatching)
def _extended_matching(item: ExtendedMatching) -> Iterator[Asked]:
    yield Asked(item, item.stem, ("stem",), scene=True)
    yield from _rows(item, "vignettes", item.vignettes, item.options)


@reads(Matching)
def _matching(item: Matching) -> Iterator[Asked]:
    yield Asked(item, item.stem, ("stem",), scene=True)


def _rows(
    item: ExtendedMatching, field: str, rows: tuple[Row, ...], options: tuple[SharedOption, ...]
) -> Iterator[Asked]:
    """Read each vignette with the options that all share, which owe nothing to any one of them."""
    for number, row in enumerate(rows):
        choices = tuple(
            Choice(("options", place, "text"), note.text, name == row.answer, note.why or "", note.anchored)
            for place, (name, note) in enumerate(named(options).items())
        )
        yield Asked(item, row.text, (field, number, "text"), choices, shared=True, scene=True)


@reads(Cloze)
def _cloze(item: Cloze) -> Iterator[Asked]:
    """Read each gap's choices; the text is no question, so the stem is only the instruction."""
    for number, gap in enumerate(item.gaps):
        choices = tuple(
            Choice(("gaps", number, "options", place, "text"), note.text, note.correct, note.why, note.anchored)
            for place, note in enumerate(gap.options)
        )
        yield Asked(item, item.stem, ("stem",), choices, shared=True, scene=True)


@reads(ScriptConcordance)
def _script_concordance(item: ScriptConcordance) -> Iterator[Asked]:
    """Read the situation only: what is asked, and the scale, are the type's own."""
    yield Asked(item, item.stem, ("stem",), fixed=True, scene=True)
