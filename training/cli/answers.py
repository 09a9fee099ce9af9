"""What a learner types in the terminal, turned into a response: letters as shown, rows with letters, numbers, words."""

import re

from training.core.form import Slot
from training.core.interaction import (
    OPEN,
    ChooseMany,
    EnterNumber,
    EnterText,
    FillGaps,
    MatchEach,
    PickRegion,
    PutInOrder,
    Value,
    places_of,
)
from training.core.refusal import Refusal
from training.core.review import LETTERS

_PAIR = re.compile(r"(\d{1,2})?\s*[:=.)]?\s*([A-Za-z]|-)")


def understood(slot: Slot, said: str) -> Value:
    """Turn what was typed into a response. Raises Refusal."""
    interaction = slot.question.interaction
    match interaction:
        case EnterNumber():
            return said
        case EnterText():
            return said.removeprefix("=").strip()
        case MatchEach() | FillGaps():
            return _pairs(slot, interaction, said)
        case PutInOrder():
            return _order(slot, said)
    many = isinstance(interaction, ChooseMany) or (isinstance(interaction, PickRegion) and interaction.choose > 1)
    chosen = letters(slot, said)
    wanted = interaction.choose if isinstance(interaction, ChooseMany | PickRegion) else 1
    if wanted is not None and len(chosen) != wanted:
        raise Refusal("Please choose one letter." if wanted == 1 else f"Please choose {wanted} letters, like a b.")
    return tuple(sorted(chosen)) if many else chosen[0]


def letters(slot: Slot, said: str) -> tuple[str, ...]:
    """Give the ids of the options whose letters were typed, each once. Raises Refusal."""
    marks = dict.fromkeys(mark for mark in said.upper() if mark.isalnum())
    by_letter = dict(zip(LETTERS, slot.order, strict=False))
    unknown = next((mark for mark in marks if mark not in by_letter), None)
    if unknown or not marks:
        last = LETTERS[max(len(slot.order) - 1, 0)]
        wanted = f"a letter from A to {last}" if slot.order else "a number"
        raise Refusal(f"'{said}' is not understood. Please type {wanted}, or help.")
    return tuple(by_letter[mark] for mark in marks)


def _order(slot: Slot, said: str) -> tuple[str, ...]:
    given = letters(slot, said)
    if len(given) != len(slot.order):
        raise Refusal(f"Please type all {len(slot.order)} letters in the right order, such as b a c.")
    return given


def _pairs(slot: Slot, interaction: MatchEach | FillGaps, said: str) -> tuple[str, ...]:
    """Read `b a c`, a letter for each place in turn, or `1b 3c`, letters for some of them; `-` leaves one open."""
    count = len(places_of(interaction))
    found = _PAIR.findall(said)
    if not found or _PAIR.sub("", said).strip(" ,;"):
        raise Refusal(f"'{said}' is not understood. Please type a letter for each of the {count}, such as 1b 2a.")
    given = [OPEN] * count
    for place, (number, letter) in enumerate(found, 1):
        here = int(number or place)
        if not 1 <= here <= count:
            raise Refusal(f"There is no {here} here: they are numbered 1 to {count}.")
        given[here - 1] = OPEN if letter == "-" else _letter_at(slot, here - 1, letter)
    return tuple(given)


def _letter_at(slot: Slot, place: int, letter: str) -> str:
    known = dict(zip(LETTERS, shown_at(slot, place), strict=False))
    if letter.upper() not in known:
        raise Refusal(f"At {place + 1} there is no {letter.upper()}. Please type a letter from A to {max(known)}.")
    return known[letter.upper()]


def shown_at(slot: Slot, place: int) -> tuple[str, ...]:
    """Give the ids of the options of one row or gap, in the order shown."""
    interaction = slot.question.interaction
    if isinstance(interaction, FillGaps):
        return tuple(option.id for option in slot.options_in(interaction.gaps[place].id))
    return slot.order
