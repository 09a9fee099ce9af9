"""How each interaction looks in the terminal: options with letters, rows and gaps with numbers, the answer so far."""

from training.cli.answers import shown_at
from training.cli.ink import wrapped
from training.core.form import Slot
from training.core.interaction import EnterNumber, EnterText, FillGaps, MatchEach, PutInOrder, Value
from training.core.review import LETTERS


def interaction_lines(slot: Slot, value: Value, struck: tuple[str, ...]) -> list[str]:
    """List what can be answered and what was."""
    match slot.question.interaction:
        case EnterNumber() | EnterText():
            return [f"  your answer: {value}"] if value is not None else []
        case FillGaps():
            return _gaps(slot, value)
        case MatchEach() as matching:
            rows = [
                wrapped(f"{row.text}{_given(slot, value, place)}", indent="       ", first=f"  {place + 1:>2}. ")
                for place, row in enumerate(matching.rows)
            ]
            return [*rows, "", *_options(slot, None, struck)]
        case PutInOrder():
            letters = dict(zip(slot.order, LETTERS, strict=False))
            given = [letters[name] for name in value or ()]
            return [*_options(slot, None, struck), *([f"  your order: {' '.join(given)}"] if given else [])]
        case _:
            return _options(slot, value, struck)


def _options(slot: Slot, value: Value, struck: tuple[str, ...]) -> list[str]:
    chosen = {value} if isinstance(value, str) else set(value or ())
    rows = zip(LETTERS, slot.options(), strict=False)
    return [
        wrapped(
            f"{option.text}{'  (struck out)' if option.id in struck else ''}",
            indent="       ",
            first=f"  {'*' if option.id in chosen else ' '} {letter}. ",
        )
        for letter, option in rows
    ]


def _gaps(slot: Slot, value: Value) -> list[str]:
    interaction = slot.question.interaction
    if not isinstance(interaction, FillGaps):
        return []
    numbers = {gap.id: place for place, gap in enumerate(interaction.gaps, 1)}
    pieces = interaction.pieces()
    text = "".join(f"({numbers[piece]}) ____" if place % 2 else piece for place, piece in enumerate(pieces))
    lines = [wrapped(text, indent="  ", first="  "), ""]
    for place, gap in enumerate(interaction.gaps):
        shown = zip(LETTERS, slot.options_in(gap.id), strict=False)
        choices = "   ".join(f"{letter}. {option.text}" for letter, option in shown)
        lines.append(wrapped(f"{choices}{_given(slot, value, place)}", indent="       ", first=f"  ({place + 1}) "))
    return lines


def _given(slot: Slot, value: Value, place: int) -> str:
    letters = dict(zip(shown_at(slot, place), LETTERS, strict=False))
    given = letters.get(value[place]) if isinstance(value, tuple) else None
    return f"   [yours: {given}]" if given else ""
