"""Texts with gaps and the votes of a panel in the cells of a table: a line for each option, a line for each vote."""

import re
from collections.abc import Iterator, Sequence

from training.core.interaction import GAP, FillGaps, Gap, Option
from training.core.items.script_concordance import SCALE, Panel, ScriptConcordance
from training.core.question import Question, reason_for
from training.formats.base import CannotExpress, Loss
from training.formats.composing import Answer
from training.formats.composing_parts import gaps
from training.formats.markup import Markup
from training.formats.sketch import Sketch
from training.formats.table_cells import Cells

_RIGHT = frozenset(("right", "correct", "x", "yes", "true", "1", "*"))
_ONE_LINE = "spaces in a row and line ends become one"
_BACKWARDS = 3
"""How many bars part the four cells of an option's line."""


def gap_cells(
    question: Question, asked: FillGaps, right: Sequence[tuple[str, ...]]
) -> tuple[dict[str, str], list[Loss]]:
    """Write a text with gaps, and their options one a line: gap, text, right or not, why. Raises CannotExpress."""
    numbered = {gap.id for gap in asked.gaps} == {str(number) for number in range(1, len(asked.gaps) + 1)}
    names = {gap.id: gap.id if numbered else str(place) for place, gap in enumerate(asked.gaps, 1)}
    losses = [] if numbered else [Loss(question.item_id, field, "gaps get numbers for names") for field in _RENAMED]
    lines = []
    for gap, key in zip(asked.gaps, right, strict=True):
        for place, option in enumerate(gap.options):
            why = reason_for(question, f"{gap.id}:{option.id}")
            if "|" in option.text:
                raise CannotExpress("an option of a gap has a | in it")
            mark = "right" if option.id in key else ""
            lines.append(" | ".join((names[gap.id], _line(option.text), mark, _line(why))))
            where = f"gaps.{int(names[gap.id]) - 1}.options.{place}"
            losses += _option_losses(question, where, option, why, _letter(gap, place))
    text = GAP.sub(lambda match: f"{{{{{names[match[1]]}}}}}", asked.text)
    return {"gap_text": text, "gaps": "\n".join(lines)}, losses


_RENAMED = ("text", "gaps")


def _letter(gap: Gap, place: int) -> str:
    return chr(ord("a") + place) if len(gap.options) > place else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _option_losses(question: Question, where: str, option: Option, why: str, letter: str) -> Iterator[Loss]:
    if option.anchored:
        yield Loss(question.item_id, f"{where}.anchored", "that it keeps its place is not carried")
    if option.id != letter:
        yield Loss(question.item_id, f"{where}.id", f"the name '{option.id}' becomes '{letter}'")
    for field, text in (("text", option.text), ("why", why)):
        if _line(text) != text:
            yield Loss(question.item_id, f"{where}.{field}", _ONE_LINE)


def panel_cells(item: ScriptConcordance) -> tuple[dict[str, str], list[Loss]]:
    """Write a hypothesis, a finding, and the votes for each point of the scale with their reasons."""
    votes = [f"{point.votes} | {_line(point.why)}" for point in item.panel]
    losses = [Loss(item.id, f"panel.{n}.why", _ONE_LINE) for n, p in enumerate(item.panel) if _line(p.why) != p.why]
    scale = (
        {} if item.scale == SCALE else dict(zip(("option_" + letter for letter in "abcde"), item.scale, strict=True))
    )
    of = {} if item.panel_of is Panel.EXPERTS else {"panel_of": str(item.panel_of)}
    return {
        "type": "script_concordance", "stem": item.stem, "hypothesis": item.hypothesis, "finding": item.finding,
        "panel": "\n".join(votes), **of, **scale,
    }, losses  # fmt: skip


def read_gaps(sketch: Sketch, cells: Cells, general: str) -> None:
    """Read a text with gaps; each line of `gaps` is an option: the number of its gap, its text, right or empty, why."""
    stem, text = sketch.fields["stem"], cells.plain.get("gap_text", "")
    options: dict[int, list[Answer]] = {}
    for line in filter(str.strip, cells.plain.get("gaps", "").split("\n")):
        number, words, mark, why = ([part.strip() for part in line.split("|", _BACKWARDS)] + [""] * _BACKWARDS)[:4]
        if not number.isdigit() or (mark and mark.casefold() not in _RIGHT):
            sketch.fail(f"'{line.strip()[:60]}' is no option of a gap", "write: 1 | text | right | why")
            return
        options.setdefault(int(number), []).append(Answer(words, 100.0 * bool(mark), why))
    if sorted(options) != list(range(1, len(options) + 1)):
        sketch.fail("the gaps are not numbered 1, 2, 3", "begin each line of gaps with the number of its gap")
        return
    gaps(sketch, text, [options[number] for number in sorted(options)], general)
    if sketch.fields.get("type") == "cloze":
        sketch.fields |= {"stem": stem, "text": sketch.text(text, Markup.PLAIN, "text")}


def read_panel(sketch: Sketch, cells: Cells) -> None:
    """Read what a panel voted, a line for each of the five points: votes, and why."""
    votes = []
    for line in filter(str.strip, cells.plain.get("panel", "").split("\n")):
        count, _, why = (part.strip() for part in line.partition("|"))
        if not re.fullmatch(r"\d{1,4}", count):
            sketch.fail(f"'{line.strip()[:60]}' is no vote of a panel", "write: 3 | why")
            return
        votes.append({"votes": int(count)} | ({"why": why} if why else {}))
    scale = [text for _, text in sorted(cells.options.items())]
    sketch.fields |= {"type": "script_concordance", "panel": votes}
    sketch.fields |= {name: cells.plain[name] for name in ("hypothesis", "finding") if name in cells.plain}
    if scale:
        sketch.fields["scale"] = scale
    if "panel_of" in cells.plain:
        sketch.fields["panel_of"] = cells.plain["panel_of"].casefold()
