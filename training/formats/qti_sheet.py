"""One QTI item while it is being written, and the pieces every item is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from training.core.question import Question
from training.formats.base import Loss, Outgoing
from training.formats.foreign_xml import Element
from training.formats.html_text import printable

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


def outcome(name: str, base_type: str, value: str = "", cardinality: str = "single") -> Element:
    """Declare an outcome."""
    default = [made("defaultValue", made("value", text=value))] if value else []
    return made("outcomeDeclaration", *default, identifier=name, cardinality=cardinality, baseType=base_type)


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


def declare(
    sheet: Sheet, cardinality: str, base_type: str, correct: Iterable[str], *mapping: Element, name: str = RESPONSE
) -> None:
    """Declare a response with its correct value and what else earns points."""
    values = [made("value", text=value) for value in correct]
    response = made("responseDeclaration", identifier=name, cardinality=cardinality, baseType=base_type)
    response.extend([*([made("correctResponse", *values)] if values else []), *mapping])
    sheet.declared.append(response)


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


def points(amount: str) -> Element:
    """Set the score."""
    return made("setOutcomeValue", made("baseValue", text=amount, baseType="float"), identifier=SCORE)


def shows(outcome_name: str, name: str) -> Element:
    """Set which feedback is shown."""
    value = made("baseValue", text=name, baseType="identifier")
    return made("setOutcomeValue", value, identifier=outcome_name)


def for_all(sheet: Sheet) -> None:
    """Show the reason of the item as a whole to everyone."""
    general = [reason.text for reason in sheet.question.reasons if not reason.answer]
    if general:
        sheet.modal.append(modal(FEEDBACK, "general", general[0]))
        value = made("multiple", made("baseValue", text="general", baseType="identifier"))
        sheet.rules.append(made("setOutcomeValue", value, identifier=FEEDBACK))
