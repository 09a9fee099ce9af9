"""A hotspot's picture as its author sees it in the form: with its measures and the places written so far."""

from collections.abc import Mapping
from typing import TypedDict

from training.core.number import parse_number
from training.ui.figures import address
from training.ui.views.item_fields import Data, letters_of

SHAPES = {"rectangle": 4, "circle": 3, "polygon": 6}
"""Shapes and the numbers they have at least."""


class Place(TypedDict):
    """A place as far as its numbers can be read."""

    letter: str
    shape: str
    at: tuple[float, ...]


class Measured(TypedDict):
    """A picture, the units of its places (0 where they are not written: then its own), and the places."""

    src: str
    alt: str
    width: float
    height: float
    spots: list[Place]


def measured(written: Mapping[str, Data]) -> Measured | None:
    """Prepare the picture of a hotspot as it is written; None where there is none yet."""
    image = written.get("image")
    file = image.get("file") if isinstance(image, Mapping) else None
    if not isinstance(image, Mapping) or not isinstance(file, str) or not file.strip():
        return None
    width, height = (max(0.0, parse_number(str(image.get(name, ""))) or 0.0) for name in ("width", "height"))
    regions = written.get("regions")
    there = [each for each in regions if isinstance(each, Mapping)] if isinstance(regions, list) else []
    spots = [spot for letter, each in zip(letters_of(there), there, strict=False) for spot in _places(letter, each)]
    return {"src": address(file.strip()), "alt": str(image.get("alt", "")), "width": width, "height": height,
            "spots": spots}  # fmt: skip


def _places(letter: str, region: Mapping[str, Data]) -> list[Place]:
    made: list[Place] = []
    for shape, least in SHAPES.items():
        numbers = [parse_number(part) for part in str(region.get(shape) or "").split()]
        known = tuple(number for number in numbers if number is not None)
        if len(known) == len(numbers) >= least:
            made.append({"letter": letter, "shape": shape, "at": known})
    return made
