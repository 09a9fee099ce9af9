"""Moodle XML, written: one question of Moodle for each of ours that it has words for."""

from base64 import b64encode
from collections.abc import Sequence

from lxml import etree

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
from training.core.key import Pairs, Phrases, RightOrder, Within, Worth, WorthEach
from training.core.question import reason_for
from training.formats.base import Batch, CannotExpress, Loss, Outgoing, Written, left_out
from training.formats.foreign_xml import Element
from training.formats.gift_writing import WEIGHTS
from training.formats.html_text import html_text, plain_number, printable, spacing_loss
from training.formats.labels import label_losses, tags_of
from training.formats.losses import in_words, kind_losses, told_before, unlike_the_others
from training.formats.moodle_paper import Paper
from training.formats.moodle_writing_parts import fill_gaps, match_rows, put_in_order, type_words

_MOST_RIGHT = 20
"""Moodle knows no fraction small enough for more right options than this."""


def write_moodle_xml(batch: Batch) -> Written:
    """Write a batch as one category of questions."""
    root = etree.Element("quiz")
    _category(root, batch.title)
    losses: list[Loss] = []
    missing = []
    taken: set[str] = set()
    for entry in batch.entries:
        try:
            unlike_the_others(entry, taken)
            asked, told = in_words(entry)
            paper = _paper(asked, batch)
        except CannotExpress as why:
            missing.append(left_out(entry.item, why))
            continue
        root.append(paper.element)
        losses += [*told, *paper.losses]
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Written(data, tuple(dict.fromkeys(losses)), tuple(missing))


def _category(root: Element, title: str) -> None:
    question = etree.SubElement(root, "question", type="category")
    named = etree.SubElement(etree.SubElement(question, "category"), "text")
    named.text = f"$course$/top/{printable(title).replace('/', '//')}"


def _paper(entry: Outgoing, batch: Batch) -> Paper:
    paper = Paper(entry, etree.Element("question"))
    name = etree.SubElement(paper.element, "name")
    etree.SubElement(name, "text").text = entry.question.item_id
    data = _stem(paper, batch)
    general = paper.words(paper.element, "generalfeedback", "")
    for tag, text in (
        ("defaultgrade", "1"),
        ("penalty", "0.3333333"),
        ("hidden", "0"),
        ("idnumber", entry.question.item_id),
    ):
        paper.add(tag, text)
    _kind(paper, general)
    tags = paper.add("tags")
    for tag in tags_of(entry.item):
        etree.SubElement(etree.SubElement(tags, "tag"), "text").text = tag
    paper.losses += label_losses(entry.item, image=data) + kind_losses(entry)
    return paper


def _stem(paper: Paper, batch: Batch) -> bool:
    """Write the stem with its picture; says whether the picture's bytes were at hand."""
    question = paper.question
    made = paper.words(paper.element, "questiontext", told_before(question), "stem")
    image = question.image
    data = batch.pictures.get(image.file) if image else None
    if image is None or data is None:
        return False
    name = image.file.rpartition("/")[2]
    paper.lose("image.file", f"the name {image.file}; the picture itself is carried")
    shown = f'<p><img src="@@PLUGINFILE@@/{name}" alt="{html_text(image.alt).replace(chr(34), "&quot;")}"/></p>'
    text = made[0]
    written = text.text or ""
    text.text = (written if written.startswith("<p>") else f"<p>{written}</p>") + shown
    file = etree.SubElement(made, "file", name=name, path="/", encoding="base64")
    file.text = b64encode(data).decode("ascii")
    return True


def _kind(paper: Paper, general: Element) -> None:
    """Write what is asked and what answers are worth."""
    question = paper.question
    match question.interaction, question.key:
        case ChooseOne(options=options), Worth(by_option=worth) if [each.id for each in options] == ["true", "false"]:
            _true_false(paper, options, dict(worth))
        case ChooseOne(options=options), Worth(by_option=worth):
            _choice(paper, options, _known(paper, options, dict(worth)), single=True)
        case ChooseMany(options=options, choose=choose), WorthEach(correct=correct):
            _many(paper, options, correct, choose)
        case EnterNumber(unit=unit), Within(answer=answer, tolerance=tolerance):
            _number(paper, general, unit, (answer, tolerance))
        case _:
            _kind_of_parts(paper, general)


def _kind_of_parts(paper: Paper, general: Element) -> None:
    question = paper.question
    match question.interaction, question.key:
        case EnterText(), Phrases(accepted=accepted):
            type_words(paper, general, accepted)
        case PutInOrder(options=options), RightOrder(right=right):
            put_in_order(paper, general, options, right)
        case MatchEach(), Pairs(right=right):
            match_rows(paper, general, question.interaction, [each[0] for each in right])
        case FillGaps(), Pairs(right=right):
            fill_gaps(paper, question.interaction, right)
        case _:
            raise CannotExpress(f"Moodle has no question of the kind {question.interaction.kind}")


def _true_false(paper: Paper, options: Sequence[Option], worth: dict[str, float]) -> None:
    paper.element.set("type", "truefalse")
    for option in options:
        why = reason_for(paper.question, option.id)
        made = paper.answer(option.id, 100 * worth.get(option.id, 0.0), why, markup="moodle_auto_format")
        paper.losses += spacing_loss(paper.entry.item.id, f"why.{option.id}", why)
        made.set("format", "moodle_auto_format")


def _known(paper: Paper, options: Sequence[Option], worth: dict[str, float]) -> dict[str, float]:
    """Round worths to the fractions that Moodle knows, the best to all points."""
    best = max(worth.values(), default=0.0) or 1.0
    found = {}
    for place, option in enumerate(options):
        percent = 100 * worth.get(option.id, 0.0) / best
        found[option.id] = _nearest(percent)
        if abs(found[option.id] - percent) > 0.001:  # noqa: PLR2004 - five decimals are Moodle's own
            paper.lose(f"options.{place}.weight", f"{percent:g} % became {found[option.id]:g} %")
    return found


def _nearest(percent: float) -> float:
    return min(WEIGHTS, key=lambda known: abs(known - percent))


def _many(paper: Paper, options: Sequence[Option], correct: Sequence[str], choose: int | None) -> None:
    """Give right options an equal share, and take as much away for wrong ones, so that ticking all earns nothing."""
    shares = _shares(len(correct))
    worth = dict(zip(correct, shares, strict=True))
    loss = -min(shares)
    _choice(paper, options, {option.id: worth.get(option.id, loss) for option in options}, single=False)
    if choose is not None:
        paper.lose("choose", f"{choose}; Moodle lets any number be ticked")


def _shares(count: int) -> list[float]:
    """Cut 100 % into shares that Moodle allows."""
    if count <= 10:  # noqa: PLR2004 - a tenth is allowed, as are all larger parts
        return [100 / count] * count
    if count > _MOST_RIGHT:
        raise CannotExpress(f"it has {count} right options, and Moodle has no weights for more than {_MOST_RIGHT}")
    return [10.0] * (20 - count) + [5.0] * (2 * count - 20)


def _choice(paper: Paper, options: Sequence[Option], worth: dict[str, float], *, single: bool) -> None:
    paper.element.set("type", "multichoice")
    kept = all(option.anchored for option in options)
    paper.add("single", "true" if single else "false")
    paper.add("shuffleanswers", "false" if kept else "true")
    paper.add("answernumbering", "abc")
    for place, option in enumerate(options):
        where = f"options.{place}"
        if option.anchored and not kept:
            paper.lose(f"{where}.anchored", "Moodle shuffles all options or none")
        if option.id != "abcdefghijklmnopqrstuvwxyz"[place]:
            paper.lose(f"{where}.id", f"'{option.id}'")
        paper.answer(option.text, worth.get(option.id, 0.0), reason_for(paper.question, option.id), where=where)


def _number(paper: Paper, general: Element, unit: str, range_: tuple[float, float]) -> None:
    paper.element.set("type", "numerical")
    answer, tolerance = range_
    for reason in paper.question.reasons:
        if not reason.answer:
            general[0].text = html_text(reason.text)
            paper.losses += spacing_loss(paper.entry.item.id, "why", reason.text)
    _tolerant(paper.answer(plain_number(answer), 100, markup="moodle_auto_format"), tolerance)
    slips = [reason for reason in paper.question.reasons if reason.answer]
    for place, slip in enumerate(slips):
        made = paper.answer(slip.answer, 0, slip.text, markup="moodle_auto_format")
        paper.losses += spacing_loss(paper.entry.item.id, f"mistakes.{place}.why", slip.text)
        _tolerant(made, 0)
    if unit:
        made = etree.SubElement(paper.add("units"), "unit")
        etree.SubElement(made, "multiplier").text = "1"
        etree.SubElement(made, "unit_name").text = printable(unit)
    for name, text in (("unitgradingtype", "0"), ("unitpenalty", "0"), ("showunits", "3"), ("unitsleft", "0")):
        paper.add(name, text)


def _tolerant(answer: Element, tolerance: float) -> None:
    etree.SubElement(answer, "tolerance").text = plain_number(tolerance)
