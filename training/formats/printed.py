"""A bank as a paper: what a learner sees of each question, in print, and apart from it what is right and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from training.core.dice import Dice
from training.core.form import Slot, order_of
from training.core.interaction import (
    GAP,
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    FillGaps,
    MatchEach,
    PickRegion,
    PutInOrder,
)
from training.core.key import correct_value
from training.core.pool import part_of
from training.core.question import Question
from training.core.review import in_words, instruction, lettered, reasoned
from training.formats.base import Batch, Loss, Outgoing


@dataclass(frozen=True, slots=True)
class Line:
    """One line below a question: its letter or number, and its text; an empty text is room to write."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """One question in print. `right` and `reasons` are for the copy with the key."""

    number: int
    context: str
    stem: str
    instruction: str
    lines: tuple[Line, ...]
    right: str
    reasons: tuple[Line, ...]
    picture: str = ""
    alt: str = ""


def printed(batch: Batch) -> list[Printed]:
    """Give the questions in order, the options of each mixed in a way that stays the same."""
    return [_printed(number, entry, batch.slug) for number, entry in enumerate(batch.entries, 1)]


def _printed(number: int, entry: Outgoing, slug: str) -> Printed:
    question = entry.question
    slot = slot_of(question, slug)
    image = question.interaction.image if isinstance(question.interaction, PickRegion) else question.image
    return Printed(
        number, question.context, question.stem, instruction(question.interaction), tuple(_lines(slot)),
        right_of(slot), tuple(reasons_of(slot)), image.file if image else "", image.alt if image else "",
    )  # fmt: skip


def slot_of(question: Question, salt: str) -> Slot:
    """Put a question where its options are shown in an order that depends on nothing but its id and the salt."""
    part = part_of(question)
    return Slot(question, part.digest, order_of(part, Dice(f"{salt} {question.item_id}")))


def _lines(slot: Slot) -> Iterator[Line]:
    """Give what stands below the stem: options, rows and gaps, and room to write."""
    interaction = slot.question.interaction
    match interaction:
        case EnterNumber(unit=unit):
            yield Line("", f"____________ {unit}".rstrip())
        case EnterText():
            yield Line("", "____________________________")
        case PutInOrder() | ChooseOne() | ChooseMany() | PickRegion():
            yield from (Line(letter, option.text) for letter, option in lettered(slot))
            if isinstance(interaction, PutInOrder):
                yield Line("", "Order: " + "  ".join("____" for _ in interaction.options))
        case MatchEach(rows=rows):
            yield from (Line(f"{number}.  ____", row.text) for number, row in enumerate(rows, 1))
            yield from (Line(letter, option.text) for letter, option in lettered(slot))
        case FillGaps(gaps=gaps):
            numbers = {gap.id: number for number, gap in enumerate(gaps, 1)}
            yield Line("", GAP.sub(lambda match: f"({numbers[match[1]]}) ________", interaction.text))
            for gap in gaps:
                options = zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", slot.options_in(gap.id), strict=False)
                yield Line(f"({numbers[gap.id]})", "   ".join(f"{letter}  {each.text}" for letter, each in options))


def right_of(slot: Slot) -> str:
    """Say what is right: by letter where there are some, else in words."""
    right = [each for each in reasoned(slot, None) if each.right]
    if isinstance(slot.question.interaction, ChooseOne | ChooseMany | PickRegion):
        return ", ".join(f"{each.letter}" for each in right)
    return in_words(slot.question.interaction, correct_value(slot.question.key))


def reasons_of(slot: Slot) -> Iterator[Line]:
    """Give the reason of every answer that has one."""
    for each in reasoned(slot, None):
        if each.reason:
            yield Line(each.letter, f"{each.text}: {each.reason}")


def missing_pictures(batch: Batch, suffixes: tuple[str, ...]) -> Iterator[Loss]:
    """List the pictures that are not at hand or that a paper of this kind cannot show; their words are printed."""
    for question in printed(batch):
        if question.picture and not can_show(batch, question.picture, suffixes):
            item = batch.entries[question.number - 1].item
            yield Loss(item.id, "image", f"{question.picture} cannot be shown; its description is printed instead")


def can_show(batch: Batch, file: str, suffixes: tuple[str, ...]) -> bool:
    """Say whether a picture is at hand and of a kind that is shown."""
    return file in batch.pictures and file.lower().endswith(suffixes)
