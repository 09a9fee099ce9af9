"""Banks as a table, one question a row: everything an author writes has a column, and no cell is a formula."""

from collections.abc import Iterator, Sequence

from training.core.interaction import (
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    FillGaps,
    MatchEach,
    Option,
    PutInOrder,
)
from training.core.items import Item, Status
from training.core.items.options import LETTERS
from training.core.items.script_concordance import ScriptConcordance
from training.core.key import Pairs, Phrases, RightOrder, Within, Worth, WorthEach
from training.core.problem import Problem
from training.core.question import Question, Reason, reason_for
from training.formats.base import Batch, CannotExpress, Loss, Outgoing, Written, left_out
from training.formats.columns import FOR_READERS, PLAIN_COLUMNS, guarded
from training.formats.composing_parts import USUAL_LENGTH
from training.formats.labels import label_losses
from training.formats.losses import in_words, kind_losses, option_losses, told_before, unlike_the_others
from training.formats.table_texts import gap_cells, panel_cells
from training.formats.tables import Cell, Column, Table, csv_chunks, workbook

_WIDE = {"stem": 60, "why": 40, "references": 24, "authors": 20, "id": 26}


def write_csv(batch: Batch) -> Written:
    """Write UTF-8 CSV as Excel opens it."""
    table, losses, missing = _table(batch)
    return Written(b"".join(csv_chunks(table)), losses, missing)


def write_xlsx(batch: Batch) -> Written:
    """Write an Excel workbook."""
    table, losses, missing = _table(batch)
    return Written(workbook(table, made_at=batch.made_at), losses, missing)


def _table(batch: Batch) -> tuple[Table, tuple[Loss, ...], tuple[Problem, ...]]:
    rows, losses, missing = [], [], []
    taken: set[str] = set()
    for entry in batch.entries:
        try:
            unlike_the_others(entry, taken)
            asked, told = in_words(entry)
            cells, lost = _cells_of(asked)
        except CannotExpress as why:
            missing.append(left_out(entry.item, why))
        else:
            name = asked.question.item_id.replace("/", "-")
            kind = {"id": name, "type": _type(asked.question), "stem": told_before(asked.question)}
            rows.append({**_labels(entry.item), **kind, **cells})
            losses += [*told, *lost, *_label_losses(entry.item), *_note_losses(entry.item)]
    most = max((LETTERS.index(name[-1]) + 1 for row in rows for name in row if name.startswith("option_")), default=0)
    options = [f"{what}_{letter}" for letter in LETTERS[:most] for what in ("option", "why")]
    names = [*PLAIN_COLUMNS[:6], *options, *PLAIN_COLUMNS[6:], *FOR_READERS]
    columns = [Column(name, _WIDE.get(name, 40 if name.startswith(("option", "why")) else 12)) for name in names]
    body: list[list[Cell]] = [[guarded(row.get(name, "")) or None for name in names] for row in rows]
    about: dict[str, Cell] = {"Banks": batch.title, "Written": batch.made_at, "Columns": "see docs/formats.md"}
    return Table("Questions", columns, body, about), tuple(losses), tuple(missing)


def _cells_of(entry: Outgoing) -> tuple[dict[str, str], list[Loss]]:
    """Give the cells of what is asked, and what of it they do not hold. Raises CannotExpress."""
    if isinstance(entry.item, ScriptConcordance):
        return panel_cells(entry.item)
    question, asked, key = entry.question, entry.question.interaction, entry.question.key
    if isinstance(asked, FillGaps) and isinstance(key, Pairs):
        cells, lost = gap_cells(question, asked, key.right)
    else:
        cells, lost = _cells(question)
    return cells, [*kind_losses(entry), *lost]


def _type(question: Question) -> str:
    """Name the type by what the question asks, which is what a table holds of it."""
    match question.interaction:
        case ChooseOne(options=options):
            return "true_false" if [each.id for each in options] == ["true", "false"] else "single_best"
        case ChooseMany():
            return "multiple_response"
        case EnterNumber():
            return "numeric"
        case PutInOrder():
            return "ordering"
        case MatchEach():
            return "matching"
        case FillGaps():
            return "cloze"
        case _:
            return "short_text"


def _labels(item: Item) -> dict[str, str]:
    image = {"image": item.image.file, "image_alt": item.image.alt} if item.image else {}
    return {
        "id": item.id, "objective": item.objective, "level": item.level, "safety": item.safety,
        "references": "; ".join(item.references), "authors": "; ".join(item.authors),
        "tags": "; ".join(item.tags), "enemies": "; ".join(item.enemies), "claims": "; ".join(item.claims),
        "note": item.note or "", **image,
        "status": item.status, "reviewers": "; ".join(item.reviewers),
        "reviewed": str(item.reviewed or ""), "review_by": str(item.review_by or ""),
    }  # fmt: skip


def _note_losses(item: Item) -> Iterator[Loss]:
    """List what the labels of every format lose, but for the columns that a table has."""
    own = (*FOR_READERS, "enemies", "note", *(["type"] if isinstance(item, ScriptConcordance) else []))
    return (loss for loss in label_losses(item, image=True) if loss.field not in own)


def _label_losses(item: Item) -> Iterator[Loss]:
    """List what stands in the table for readers but is not taken back from it."""
    for name in FOR_READERS:
        value = getattr(item, name)
        if value and value is not Status.DRAFT:
            yield Loss(item.id, name, "is written, but not taken back: what is imported is a draft nobody has reviewed")
    for place, name in enumerate(item.authors):
        if ";" in name or "\n" in name:
            yield Loss(item.id, "authors", f"author {place + 1} has a ; and becomes two")


def _cells(question: Question) -> tuple[dict[str, str], list[Loss]]:
    """Give the cells of the question itself. Raises CannotExpress."""
    match question.interaction, question.key:
        case ChooseOne(options=options), Worth(by_option=worth) if [each.id for each in options] == ["true", "false"]:
            answer = "true" if dict(worth).get("true", 0.0) > 0 else "false"
            return {"answer": answer, "why_a": reason_for(question, "true"), "why_b": reason_for(question, "false"),
                    "option_a": "True", "option_b": "False"}, []  # fmt: skip
        case ChooseOne(options=options), Worth(by_option=worth):
            return _one(question, options, dict(worth))
        case ChooseMany(options=options, choose=choose), WorthEach(correct=correct):
            more = {"choose": str(choose)} if choose is not None else {}
            return {**_options(question, options, correct), **more}, option_losses(question, anchors=False)
        case EnterNumber(unit=unit), Within(answer=answer, tolerance=tolerance):
            why = next((reason.text for reason in question.reasons if not reason.answer), "")
            mistakes, losses = _mistakes(question)
            return {
                "answer": repr(answer),
                "tolerance": repr(tolerance),
                "unit": unit,
                "why": why,
                "mistakes": mistakes,
            }, losses
        case EnterText(), Phrases() as key:
            return _phrases(question, key)
        case PutInOrder(options=options), RightOrder(right=right):
            by_id = {option.id: option for option in options}
            return _options(question, [by_id[name] for name in right], []), []
        case MatchEach() as asked, Pairs(right=right):
            return _rows(question, asked, right)
        case _:
            raise CannotExpress(f"a table has no columns for '{question.interaction.kind}'")


def _one(question: Question, options: Sequence[Option], worth: dict[str, float]) -> tuple[dict[str, str], list[Loss]]:
    partial = [name for name, value in worth.items() if 0 < value < 1]
    if partial or list(worth.values()).count(1.0) != 1:
        raise CannotExpress("a table holds one right option, and no part of the points for others")
    return _options(question, options, [name for name, value in worth.items() if value == 1]), option_losses(
        question, anchors=False
    )


def _phrases(question: Question, key: Phrases) -> tuple[dict[str, str], list[Loss]]:
    slips = [reason.answer for reason in question.reasons if reason.answer]
    if any(mark in text for text in (*key.accepted, *slips) for mark in "|\n"):
        raise CannotExpress("a phrase has a | or a line end, by which a table tells phrases apart")
    mistakes, losses = _mistakes(question)
    longest = question.interaction.longest if isinstance(question.interaction, EnterText) else USUAL_LENGTH
    if not key.plural:
        losses.append(Loss(question.item_id, "plural", "that a plural is not right is not carried"))
    if longest != max(USUAL_LENGTH, *map(len, key.accepted)):
        losses.append(Loss(question.item_id, "longest", f"{longest} characters are not carried"))
    for place, text in enumerate(key.accepted):
        if " ".join(text.split()) != text:
            losses.append(Loss(question.item_id, f"accepted.{place}", "spaces in a row become one"))
    why = next((reason.text for reason in question.reasons if not reason.answer), "")
    return {"answer": " | ".join((*key.accepted, "")).strip(), "why": why, "mistakes": mistakes}, losses


def _rows(question: Question, asked: MatchEach, right: Sequence[tuple[str, ...]]) -> tuple[dict[str, str], list[Loss]]:
    """Write rows to match, one a line: its text, the letter of its option, and why. Raises CannotExpress."""
    letters = dict(zip((option.id for option in asked.options), LETTERS, strict=False))
    lines, losses = [], option_losses(question, anchors=False)
    for place, (row, names) in enumerate(zip(asked.rows, right, strict=True)):
        if len(names) != 1 or "|" in row.text or "\n" in row.text:
            raise CannotExpress("a row has several options, or a | or a line end in it")
        told = reason_for(question, f"{row.id}:{names[0]}")
        lines.append(" | ".join((row.text, letters[names[0]], " ".join(told.split()))))
        if row.id != str(place + 1):
            losses.append(Loss(question.item_id, f"rows.{place}.id", f"the name '{row.id}' is not carried"))
        spaced = (("text", row.text), ("why", told))
        losses += [
            Loss(question.item_id, f"rows.{place}.{name}", "spaces in a row and line ends become one")
            for name, text in spaced if " ".join(text.split()) != text
        ]  # fmt: skip
    if any(loss.field.endswith(".id") and loss.field.startswith("options") for loss in losses):
        losses += [
            Loss(question.item_id, f"rows.{place}.answer", "the name of its option") for place in range(len(lines))
        ]
    if not asked.once and len({names[0] for names in right}) == len(right):
        losses.append(Loss(question.item_id, "once", "whether an option may be used twice is not carried"))
    return {**_options(question, asked.options, []), "rows": "\n".join(lines)}, losses


def _options(question: Question, options: Sequence[Option], right: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for option, letter in zip(options, LETTERS, strict=False):
        cells |= {f"option_{letter}": option.text, f"why_{letter}": reason_for(question, option.id)}
    letters = dict(zip((option.id for option in options), LETTERS, strict=False))
    anchored = [letters[option.id] for option in options if option.anchored]
    return {**cells, "correct": ", ".join(letters[name] for name in right), "anchored": ", ".join(anchored)}


def _mistakes(question: Question) -> tuple[str, list[Loss]]:
    """Write one known mistake a line, and list the reasons whose line ends are lost."""
    slips: list[Reason] = [reason for reason in question.reasons if reason.answer]
    losses = [
        Loss(question.item_id, f"mistakes.{place}.why", "its line ends become spaces")
        for place, slip in enumerate(slips)
        if " ".join(slip.text.split()) != slip.text
    ]
    return "\n".join(f"{slip.answer} | {' '.join(slip.text.split())}" for slip in slips), losses
