"""One question of Moodle XML while it is being written, and what it does not hold."""

from dataclasses import dataclass, field

from lxml import etree

from training.core.question import Question
from training.formats.base import Loss, Outgoing
from training.formats.foreign_xml import Element
from training.formats.html_text import html_text, printable, spacing_loss


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
