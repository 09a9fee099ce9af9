"""What a learner does with a question, in QTI's sense: choose, type, order, match, fill gaps, point at a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from training.core.number import parse_number

Value = str | tuple[str, ...] | None
"""A response as plain JSON: one id or a text as typed, several ids, or nothing.

Of rows and gaps it is one option id for each, in the order of the rows, and "" where one is still open.
"""

OPEN = ""
"""Stands for a row or gap that has no option yet."""

GAP = re.compile(r"\{\{([a-z0-9]{1,16})\}\}")
"""Where a gap stands in a text: `{{1}}`."""


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


@dataclass(frozen=True, slots=True)
class EnterText:
    """Type a few words, `longest` characters at most; the response is the text as typed."""

    longest: int = 80
    kind: Literal["enter_text"] = "enter_text"


@dataclass(frozen=True, slots=True)
class PutInOrder:
    """Bring all options into order; the response is all their ids. They never stand here in the right order."""

    options: tuple[Option, ...]
    kind: Literal["put_in_order"] = "put_in_order"


@dataclass(frozen=True, slots=True)
class MatchEach:
    """Give each row one option; the response is an option id for each row, in the rows' order, "" where open.

    With `once` no option may be used twice.
    """

    rows: tuple[Option, ...]
    options: tuple[Option, ...]
    once: bool = True
    kind: Literal["match_each"] = "match_each"


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a text with its own options."""

    id: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FillGaps:
    """Fill gaps, written `{{id}}` in the text; the response is an option id for each of `gaps`, "" where open."""

    text: str
    gaps: tuple[Gap, ...]
    kind: Literal["fill_gaps"] = "fill_gaps"

    def pieces(self) -> tuple[str, ...]:
        """Cut the text at its gaps: text, gap id, text, gap id, …, text."""
        return tuple(GAP.split(self.text))


@dataclass(frozen=True, slots=True)
class Region:
    """A place in a picture: a rectangle (left, top, right, bottom), a circle (x, y, radius) or a polygon (x, y, …).

    `text` names the place for those who do not see it, without telling whether it is right.
    """

    id: str
    text: str
    shape: Literal["rectangle", "circle", "polygon"]
    coordinates: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to point into, by path from the content root; regions are in units of its width and height."""

    file: str
    alt: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PickRegion:
    """Point at `choose` places of a picture; the response is a region's id, or ids where `choose` is more than one."""

    image: Picture
    regions: tuple[Region, ...]
    choose: int = 1
    kind: Literal["pick_region"] = "pick_region"


Interaction = ChooseOne | ChooseMany | EnterNumber | EnterText | PutInOrder | MatchEach | FillGaps | PickRegion


def options_of(interaction: Interaction) -> tuple[Option, ...]:
    """List what can be chosen, none where something is typed.

    Regions go by their text alternatives. Options of gaps are named `gap:option`.
    """
    match interaction:
        case EnterNumber() | EnterText():
            return ()
        case FillGaps(gaps=gaps):
            return tuple(
                Option(f"{gap.id}:{option.id}", option.text, option.anchored) for gap in gaps for option in gap.options
            )
        case PickRegion(regions=regions):
            return tuple(Option(region.id, region.text) for region in regions)
        case _:
            return interaction.options


def can_strike(interaction: Interaction) -> bool:
    """Say whether striking options out makes sense: where some of them are chosen and the others are not."""
    return isinstance(interaction, ChooseOne | ChooseMany | PickRegion)


def objection(interaction: Interaction, value: Value) -> str | None:
    """Say why this cannot be a response, or None where it can. Widgets check this too; browsers can lie."""
    if value is None:
        return None
    match interaction:
        case EnterNumber():
            number = parse_number(value) if isinstance(value, str) else None
            return None if number is not None else "Please enter a number, for example 12.5."
        case EnterText(longest=longest):
            return _objection_to_text(value, longest)
        case ChooseMany(options=options, choose=choose):
            return _objection_to_many(value, _ids(options), choose)
        case PutInOrder(options=options):
            complete = isinstance(value, tuple) and len(value) == len(options) and set(value) == _ids(options)
            return None if complete else "That does not bring all of them into order."
        case MatchEach() | FillGaps():
            return _objection_to_pairs(interaction, value)
        case ChooseOne() | PickRegion():
            return _objection_to_choice(interaction, value)


def _ids(options: Sequence[Option]) -> set[str]:
    return {option.id for option in options}


def _objection_to_choice(interaction: ChooseOne | PickRegion, value: Value) -> str | None:
    if isinstance(interaction, PickRegion) and interaction.choose > 1:
        return _objection_to_many(value, {region.id for region in interaction.regions}, interaction.choose)
    return None if value in _ids(options_of(interaction)) else "That is not one of the options."


def _objection_to_text(value: Value, longest: int) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "Please enter a word or a few."
    if any(ord(mark) < ord(" ") for mark in value):
        return "Please enter one line of plain text."
    return f"Please enter no more than {longest} characters." if len(value) > longest else None


def _objection_to_many(value: Value, known: set[str], choose: int | None) -> str | None:
    if not isinstance(value, tuple) or len(set(value)) != len(value) or not known.issuperset(value):
        return "That is not a set of the options."
    if choose is not None and len(value) > choose:
        return f"Please choose no more than {choose}."
    return None


def _objection_to_pairs(interaction: MatchEach | FillGaps, value: Value) -> str | None:
    places = places_of(interaction)
    if not isinstance(value, tuple) or len(value) != len(places):
        return "That does not have one answer for each place."
    given = [name for name in value if name != OPEN]
    if not given:
        return "Please fill at least one place."
    for place, name in zip(places, value, strict=True):
        if name != OPEN and name not in _ids(place.options):
            return "That is not one of the options."
    if isinstance(interaction, MatchEach) and interaction.once and len(set(given)) != len(given):
        return "Please use each option once at most."
    return None


def places_of(interaction: MatchEach | FillGaps) -> tuple[Gap, ...]:
    """List the rows or gaps in the order of the response, each with the options it may be given."""
    if isinstance(interaction, FillGaps):
        return interaction.gaps
    return tuple(Gap(row.id, interaction.options) for row in interaction.rows)


def incomplete(interaction: Interaction, value: Value) -> str | None:
    """Say what is missing before a response can be told right or wrong, or None where nothing is."""
    if value is None:
        return "Please answer the question first."
    if isinstance(interaction, ChooseMany | PickRegion):
        wanted = interaction.choose or 0
        short = isinstance(value, tuple) and len(value) < wanted
        return f"Please choose {wanted} answers first." if short else None
    if isinstance(interaction, MatchEach | FillGaps) and OPEN in value:
        return f"Please answer all {len(places_of(interaction))} parts first."
    return None
