"""QTI items, written once in the words of version 2.1; version 3.0 says the same with other names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Option
from training.core.key import Within, Worth, WorthEach
from training.core.question import Question
from training.formats.base import Batch, CannotExpress, Loss, Outgoing
from training.formats.foreign_xml import Element
from training.formats.html_text import plain_number, printable
from training.formats.labels import label_losses
from training.formats.losses import spacing_losses

RESPONSE, SCORE, FEEDBACK, SLIP = "RESPONSE", "SCORE", "FEEDBACK", "MISTAKE"


@dataclass(slots=True)
class Sheet:
    """One item being written, and what it does not hold."""

    entry: Outgoing
    item: Element
    declared: list[Element] = field(default_factory=list)
    body: Element = field(default_factory=lambda: etree.Element("itemBody"))
    rules: Element = field(default_factory=lambda: etree.Element("responseProcessing"))
    modal: list[Element] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def question(self) -> Question:
        """The question as it is asked."""
        return self.entry.question

    def lose(self, name: str, what: str) -> None:
        """Note what is not carried."""
        self.losses.append(Loss(self.entry.item.id, name, what))


def made(name: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """Make an element."""
    element = etree.Element(name, {key: value for key, value in attributes.items() if value})
    element.text = text
    element.extend(children)
    return element


def identifier(item_id: str) -> str:
    """Make an id that QTI allows: it may not begin with a digit."""
    return item_id if item_id[0].isalpha() else f"id-{item_id}"


def written_item(entry: Outgoing, batch: Batch) -> Sheet:
    """Write an item in the words of QTI 2.1. Raises CannotExpress."""
    name = entry.item.id
    item = made("assessmentItem", identifier=identifier(name), title=name, adaptive="false", timeDependent="false")
    sheet = Sheet(entry, item)
    _stem(sheet, batch)
    _kind(sheet)
    outcomes = [outcome(SCORE, "float", "0")]
    item.extend([*sheet.declared, *outcomes, *_feedback_outcomes(sheet), sheet.body, sheet.rules, *sheet.modal])
    sheet.losses += label_losses(entry.item, image=bool(sheet.pictures)) + spacing_losses(entry.question)
    return sheet


def outcome(name: str, base_type: str, value: str = "", cardinality: str = "single") -> Element:
    """Declare an outcome."""
    default = [made("defaultValue", made("value", text=value))] if value else []
    return made("outcomeDeclaration", *default, identifier=name, cardinality=cardinality, baseType=base_type)


def _feedback_outcomes(sheet: Sheet) -> list[Element]:
    names = dict.fromkeys(each.get("outcomeIdentifier") or "" for each in sheet.modal)
    return [outcome(name, "identifier", cardinality="multiple" if name == FEEDBACK else "single") for name in names]


def paragraphs(text: str) -> list[Element]:
    """Write text as paragraphs."""
    found = []
    for part in printable(text).split("\n\n"):
        paragraph = etree.Element("p")
        fill(paragraph, part)
        found.append(paragraph)
    return found


def fill(element: Element, text: str) -> Element:
    """Put text into an element, line ends as breaks."""
    first, *others = printable(text).split("\n")
    element.text = first
    for line in others:
        etree.SubElement(element, "br").tail = line
    return element


def _stem(sheet: Sheet, batch: Batch) -> None:
    sheet.body.extend(paragraphs(sheet.question.stem))
    image = sheet.question.image
    if image is not None and image.file in batch.pictures:
        name = image.file.rpartition("/")[2]
        sheet.body.append(made("p", made("img", src=f"../images/{name}", alt=unescape(image.alt))))
        sheet.pictures.append(image.file)
        sheet.lose("image.file", f"the name {image.file}; the picture itself is carried")


def _kind(sheet: Sheet) -> None:
    """Write what is asked and what answers are worth."""
    question = sheet.question
    match question.interaction, question.key:
        case ChooseOne(options=options), Worth(by_option=worth):
            _choose(sheet, options, most=1)
            _one(sheet, dict(worth))
        case ChooseMany(options=options, choose=choose), WorthEach(correct=correct):
            _choose(sheet, options, most=choose or 0, least=choose or 0)
            _declare(sheet, "multiple", "identifier", correct)
            all_or_nothing(sheet)
        case EnterNumber(unit=unit), Within(answer=answer, tolerance=tolerance):
            _number(sheet, unit, answer, tolerance)
        case _:
            raise CannotExpress(f"there is no writing yet of the kind {question.interaction.kind}")


def _declare(sheet: Sheet, cardinality: str, base_type: str, correct: Iterable[str], *mapping: Element) -> None:
    values = [made("value", text=value) for value in correct]
    response = made("responseDeclaration", identifier=RESPONSE, cardinality=cardinality, baseType=base_type)
    response.extend([*([made("correctResponse", *values)] if values else []), *mapping])
    sheet.declared.append(response)


def _choose(sheet: Sheet, options: Sequence[Option], *, most: int, least: int = 0) -> None:
    shuffled = not all(option.anchored for option in options)
    interaction = made(
        "choiceInteraction", responseIdentifier=RESPONSE, shuffle=_truth(shuffled), maxChoices=str(most),
        minChoices=str(least) if least else "",
    )  # fmt: skip
    for place, option in enumerate(options):
        fixed = "true" if option.anchored and shuffled else ""
        choice = made("simpleChoice", identifier=option_name(option.id), fixed=fixed)
        interaction.append(fill(choice, option.text))
        if option_name(option.id) != option.id:
            sheet.lose(f"options.{place}.id", f"'{option.id}' became '{option_name(option.id)}'")
    sheet.body.append(interaction)
    reasons_by_choice(sheet)


def option_name(name: str) -> str:
    """Make an option's id one that QTI allows."""
    return name if name[:1].isalpha() else f"o{name}"


def reasons_by_choice(sheet: Sheet) -> None:
    """Write the reason of each option as feedback that is shown when it is chosen."""
    for reason in sheet.question.reasons:
        if reason.text and reason.answer:
            sheet.modal.append(modal(FEEDBACK, option_name(reason.answer), reason.text))


def modal(outcome_name: str, name: str, text: str) -> Element:
    """Write a piece of feedback."""
    return made(
        "modalFeedback", *paragraphs(text), outcomeIdentifier=outcome_name, identifier=name, showHide="show"
    )  # fmt: skip


def _one(sheet: Sheet, worth: dict[str, float]) -> None:
    best = max(worth.values(), default=0.0)
    right = [option_name(name) for name, share in worth.items() if share == best]
    if set(worth.values()) <= {0.0, 1.0} and len(right) == 1:
        _declare(sheet, "single", "identifier", right)
        all_or_nothing(sheet)
        return
    entries = [
        made("mapEntry", mapKey=option_name(name), mappedValue=plain_number(share)) for name, share in worth.items()
    ]
    _declare(sheet, "single", "identifier", right[:1], made("mapping", *entries, defaultValue="0"))
    mapped = made("mapResponse", identifier=RESPONSE)
    sheet.rules.append(made("setOutcomeValue", mapped, identifier=SCORE))
    _show_what_was_chosen(sheet)


def all_or_nothing(sheet: Sheet) -> None:
    """Give the point for exactly the correct response."""
    test = made("match", made("variable", identifier=RESPONSE), made("correct", identifier=RESPONSE))
    sheet.rules.append(
        made("responseCondition", made("responseIf", test, points("1")), made("responseElse", points("0")))
    )
    _show_what_was_chosen(sheet)


def points(amount: str) -> Element:
    """Set the score."""
    return made("setOutcomeValue", made("baseValue", text=amount, baseType="float"), identifier=SCORE)


def _show_what_was_chosen(sheet: Sheet) -> None:
    if sheet.modal:
        chosen = made("variable", identifier=RESPONSE)
        several = sheet.declared[0].get("cardinality") == "multiple"
        shown = chosen if several else made("multiple", chosen)
        sheet.rules.append(made("setOutcomeValue", shown, identifier=FEEDBACK))


def _number(sheet: Sheet, unit: str, answer: float, tolerance: float) -> None:
    place = made("p", made("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="12"))
    place[0].tail = f" {printable(unit)}" if unit else None
    sheet.body.append(place)
    _declare(sheet, "single", "float", [plain_number(answer)])
    near = plain_number(tolerance)
    how = {"toleranceMode": "absolute", "tolerance": f"{near} {near}"} if tolerance else {"toleranceMode": "exact"}
    test = made("equal", made("variable", identifier=RESPONSE), made("correct", identifier=RESPONSE), **how)
    condition = made("responseCondition", made("responseIf", test, points("1")))
    sheet.rules.append(condition)
    for place_, slip in enumerate(reason for reason in sheet.question.reasons if reason.answer):
        name = f"mistake-{place_ + 1}"
        value = made("baseValue", text=slip.answer, baseType="float")
        wrong = made("equal", made("variable", identifier=RESPONSE), value, toleranceMode="exact")
        condition.append(made("responseElseIf", wrong, _shows(SLIP, name)))
        sheet.modal.append(modal(SLIP, name, slip.text))
    condition.append(made("responseElse", points("0")))
    _for_all(sheet)


def _shows(outcome_name: str, name: str) -> Element:
    value = made("baseValue", text=name, baseType="identifier")
    return made("setOutcomeValue", value, identifier=outcome_name)


def _for_all(sheet: Sheet) -> None:
    """Show the reason of the item as a whole to everyone."""
    general = [reason.text for reason in sheet.question.reasons if not reason.answer]
    if general:
        sheet.modal.append(modal(FEEDBACK, "general", general[0]))
        value = made("multiple", made("baseValue", text="general", baseType="identifier"))
        sheet.rules.append(made("setOutcomeValue", value, identifier=FEEDBACK))


def _truth(value: object) -> str:
    return "true" if value else "false"
