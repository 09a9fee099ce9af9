"""Places in a picture as the browser draws them."""

from typing import Literal, NotRequired, TypedDict

from training.core.interaction import PickRegion, Region, Value
from training.ui.figures import address

NO_PLACE = "No place is chosen yet."


class Spot(TypedDict):
    """One place of a picture; `mark` only after the answer was marked."""

    id: str
    letter: str
    text: str
    shape: str
    at: tuple[float, ...]
    struck: bool
    mark: NotRequired[Literal["right", "wrong", ""]]


class Spots(TypedDict):
    """A picture with its places; `many` is how many to choose where that is more than one."""

    how: str
    nothing: str
    src: str
    alt: str
    width: float
    height: float
    many: int
    spots: list[Spot]
    value: Value
    closed: bool
    asks: bool


def spot(region: Region, letter: str, *, struck: bool = False) -> Spot:
    """Prepare one place."""
    return {
        "id": region.id, "letter": letter, "text": region.text, "shape": region.shape, "at": region.coordinates,
        "struck": struck,
    }  # fmt: skip


def picture_with(asked: PickRegion, spots: list[Spot], value: Value) -> Spots:
    """Put places into their picture."""
    image = asked.image
    return {
        "how": "", "nothing": NO_PLACE, "src": address(image.file), "alt": image.alt, "width": image.width,
        "height": image.height, "many": asked.choose if asked.choose > 1 else 0, "spots": spots, "value": value,
        "closed": False, "asks": True,
    }  # fmt: skip
