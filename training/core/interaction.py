"""What a learner does with a question, in QTI's sense: choose one, choose many, enter a number."""

from dataclasses import dataclass
from typing import Literal

from training.core.number import parse_number

Value = str | tuple[str, ...] | None
"""A response as plain JSON: an option id, several option ids, a number as it was typed, or nothing."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `anchored` options keep their place at the end when the others are shuffled."""

    id: str
    text: str
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class ChooseOne:
    """Pick exactly one option; the response is its id."""

    options: tuple[Option, ...]
    kind: Literal["choose_one"] = "choose_one"


@dataclass(frozen=True, slots=True)
class ChooseMany:
    """Pick several options, exactly `choose` of them where that is given; the response is their ids."""

    options: tuple[Option, ...]
    choose: int | None = None
    kind: Literal["choose_many"] = "choose_many"


@dataclass(frozen=True, slots=True)
class EnterNumber:
    """Type a number; the response is the text as typed."""

    unit: str = ""
    kind: Literal["enter_number"] = "enter_number"


Interaction = ChooseOne | ChooseMany | EnterNumber


def options_of(interaction: Interaction) -> tuple[Option, ...]:
    """List the options, none where there is nothing to choose from."""
    return () if isinstance(interaction, EnterNumber) else interaction.options


def objection(interaction: Interaction, value: Value) -> str | None:
    """Say why this cannot be a response, or None where it can. Widgets check this too; browsers can lie."""
    if value is None:
        return None
    match interaction:
        case ChooseOne(options=options):
            return None if value in {option.id for option in options} else "That is not one of the options."
        case ChooseMany(options=options, choose=choose):
            return _objection_to_many(value, {option.id for option in options}, choose)
        case EnterNumber():
            number = parse_number(value) if isinstance(value, str) else None
            return None if number is not None else "Please enter a number, for example 12.5."


def _objection_to_many(value: Value, known: set[str], choose: int | None) -> str | None:
    if not isinstance(value, tuple) or len(set(value)) != len(value) or not known.issuperset(value):
        return "That is not a set of the options."
    if choose is not None and len(value) > choose:
        return f"Please choose no more than {choose}."
    return None


def incomplete(interaction: Interaction, value: Value) -> str | None:
    """Say what is missing before a response can be told right or wrong, or None where nothing is."""
    if value is None:
        return "Please answer the question first."
    if isinstance(interaction, ChooseMany) and interaction.choose and len(value) < interaction.choose:
        return f"Please choose {interaction.choose} answers first."
    return None
