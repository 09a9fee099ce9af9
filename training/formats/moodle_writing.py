"""Moodle XML, written: one question of Moodle for each of ours that it has words for."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Option
from training.core.key import Within, Worth, WorthEach
from training.core.question import Question, reason_for
from training.formats.base import Batch, CannotExpress, Loss, Outgoing, Written, left_out
from training.formats.foreign_xml import Element
from training.formats.html_text import html_text, plain_number, printable, spacing_loss
from training.formats.labels import label_losses, tags_of

_MOST_RIGHT = 20
"""Moodle knows no fraction small enough for more right options than this."""


@dataclass(slots=True)
class Paper:
    """One question being written, and what it does not hold."""

    entry: Outgoing
    element: Element
    losses: list[Loss] = field(default_factory=list)

    @property
    def question(self) -> Question:
        """The question as it is asked."""
        return self.entry.question

    def lose(self, name: str, what: str) -> None:
        """Note what is not carried."""
        self.losses.append(Loss(self.entry.item.id, name, what))

    def add(self, name: str, text: str = "") -> Element:
        """Add a field with plain content."""
        made = etree.SubElement(self.element, name)
        made.text = text
        return made

    def words(self, parent: Element, name: str, text: str, where: str = "") -> Element:
        """Add a piece of HTML."""
        made = etree.SubElement(parent, name, format="html")
        etree.SubElement(made, "text").text = html_text(text)
        self.losses += spacing_loss(self.entry.item.id, where, text) if where else []
        return made

    def answer(self, text: str, percent: float, why: str = "", *, markup: str = "html", where: str = "") -> Element:
        """Add an answer with its weight and feedback."""
        made = etree.SubElement(self.element, "answer", fraction=weight(percent), format=markup)
        etree.SubElement(made, "text").text = html_text(text) if markup == "html" else printable(text)
        self.losses += spacing_loss(self.entry.item.id, f"{where}.text", text) if where else []
        self.words(made, "feedback", why, f"{where}.why" if where and why else "")
        return made


def weight(percent: float) -> str:
    """Write a fraction as Moodle compares it: five decimals, none where they are zero."""
    return f"{percent:.5f}".rstrip("0").rstrip(".") or "0"


def write_moodle_xml(batch: Batch) -> Written:
    """Write a batch as one category of questions."""
    root = etree.Element("quiz")
    _category(root, batch.title)
    losses: list[Loss] = []
    missing = []
    for entry in batch.entries:
        try:
            paper = _paper(entry, batch)
        except CannotExpress as why:
            missing.append(left_out(entry.item, why))
            continue
        root.append(paper.element)
        losses += paper.losses
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Written(data, tuple(losses), tuple(missing))


def _category(root: Element, title: str) -> None:
    question = etree.SubElement(root, "question", type="category")
    named = etree.SubElement(etree.SubElement(question, "category"), "text")
    named.text = f"$course$/top/{printable(title).replace('/', '//')}"


def _paper(entry: Outgoing, batch: Batch) -> Paper:
    paper = Paper(entry, etree.Element("question"))
    name = etree.SubElement(paper.element, "name")
    etree.SubElement(name, "text").text = entry.item.id
    data = _stem(paper, batch)
    general = paper.words(paper.element, "generalfeedback", "")
    for tag, text in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0"), ("idnumber", entry.item.id)):
        paper.add(tag, text)
    _kind(paper, general)
    tags = paper.add("tags")
    for tag in tags_of(entry.item):
        etree.SubElement(etree.SubElement(tags, "tag"), "text").text = tag
    paper.losses += label_losses(entry.item, image=data)
    return paper


def _stem(paper: Paper, batch: Batch) -> bool:
    """Write the stem with its picture; says whether the picture's bytes were at hand."""
    question = paper.question
    made = paper.words(paper.element, "questiontext", question.stem, "stem")
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
            _choice(paper, options, {name: 100 * share for name, share in worth}, single=True)
        case ChooseMany(options=options, choose=choose), WorthEach(correct=correct):
            _many(paper, options, correct, choose)
        case EnterNumber(unit=unit), Within(answer=answer, tolerance=tolerance):
            _number(paper, general, unit, (answer, tolerance))
        case _:
            raise CannotExpress(f"Moodle has no question of the kind {question.interaction.kind}")


def _true_false(paper: Paper, options: Sequence[Option], worth: dict[str, float]) -> None:
    paper.element.set("type", "truefalse")
    for option in options:
        why = reason_for(paper.question, option.id)
        made = paper.answer(option.id, 100 * worth.get(option.id, 0.0), why, markup="moodle_auto_format")
        paper.losses += spacing_loss(paper.entry.item.id, f"why.{option.id}", why)
        made.set("format", "moodle_auto_format")


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
