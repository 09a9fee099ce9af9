"""Where the right answers stand: their places spread evenly over a form, so that no place is worth guessing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from training.core.dice import Dice
from training.core.form import Slot
from training.core.interaction import ChooseOne
from training.core.key import Worth


def balanced(slots: Sequence[Slot], dice: Dice) -> tuple[Slot, ...]:
    """Move the key of each single-best question so that every place holds it about as often.

    Among questions with the same number of options that may be shuffled, the counts of any two places differ by one
    at most. Anchored options keep their places.
    """
    alike: dict[int, list[int]] = defaultdict(list)
    for number, slot in enumerate(slots):
        if (free := _free_with_key(slot)) > 1:
            alike[free].append(number)
    moved = list(slots)
    for places, numbers in alike.items():
        for number, place in zip(numbers, _dealt(places, len(numbers), dice), strict=True):
            moved[number] = _with_key_at(slots[number], place)
    return tuple(moved)


def key_places(slots: Sequence[Slot]) -> dict[int, dict[int, int]]:
    """Count, for each number of options, how often the key stands at each place (from 0)."""
    counts: dict[int, dict[int, int]] = {}
    for slot in slots:
        if (free := _free_with_key(slot)) > 1:
            of_kind = counts.setdefault(free, dict.fromkeys(range(free), 0))
            of_kind[slot.order.index(_key(slot))] += 1
    return counts


def _dealt(places: int, count: int, dice: Dice) -> list[int]:
    rounds = [dice.shuffled(range(places)) for _ in range(-(-count // places))]
    return [place for each in rounds for place in each][:count]


def _free_with_key(slot: Slot) -> int:
    """Count the options that may be shuffled where the one key is among them, else 0."""
    question = slot.question
    if not (isinstance(question.interaction, ChooseOne) and isinstance(question.key, Worth)):
        return 0
    free = [option.id for option in question.interaction.options if not option.anchored]
    return len(free) if len(question.key.by_option) == 1 and _key(slot) in free else 0


def _key(slot: Slot) -> str:
    key = slot.question.key
    return key.by_option[0][0] if isinstance(key, Worth) else ""


def _with_key_at(slot: Slot, place: int) -> Slot:
    key = _key(slot)
    others = [name for name in slot.order if name != key]
    return replace(slot, order=(*others[:place], key, *others[place:]))
