"""Hotspot: places in a picture to point at, each with a text alternative that is as hard."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from training.core.interaction import PickRegion, Picture, Region
from training.core.items.item import ExampleAnswers, ImageNote, Item, OptionNote
from training.core.items.options import LETTERS, named, reason
from training.core.key import Key, Worth, WorthEach
from training.core.number import parse_number
from training.core.question import Question

Shape = Literal["rectangle", "circle", "polygon"]


def _numbers(written: str) -> str:
    if any(parse_number(part) is None for part in written.split()):
        raise ValueError("write numbers with spaces between, such as 120 80 25")
    return written


Numbers = Annotated[str, AfterValidator(_numbers)]


class SizedImage(ImageNote):
    """The picture to point into; its width and height set the units of the regions."""

    width: float = Field(gt=0, le=100_000, allow_inf_nan=False)
    height: float = Field(gt=0, le=100_000, allow_inf_nan=False)


class RegionNote(OptionNote):
    """One place: `rectangle` left top right bottom, `circle` x y radius, or `polygon` x y x y x y and so on."""

    rectangle: Numbers | None = None
    circle: Numbers | None = None
    polygon: Numbers | None = None

    @model_validator(mode="after")
    def _has_one_shape(self) -> Self:
        if len(self._shapes) != 1:
            raise ValueError("a region needs one of 'rectangle', 'circle' and 'polygon'")
        numbers = self.coordinates
        match self.shape:
            case "rectangle":
                sound = len(numbers) == len("ltrb") and numbers[0] < numbers[2] and numbers[1] < numbers[3]
                wanted = "left top right bottom, such as 10 10 60 40"
            case "circle":
                sound = len(numbers) == len("xyr") and numbers[2] > 0
                wanted = "x y radius, such as 120 80 25"
            case "polygon":
                sound = len(numbers) >= 2 * len("abc") and len(numbers) % 2 == 0
                wanted = "three points or more, such as 10 10 50 10 30 40"
        if not sound:
            raise ValueError(f"a {self.shape} is {wanted}")
        return self

    @property
    def _shapes(self) -> list[tuple[Shape, str]]:
        written: list[tuple[Shape, str | None]] = [
            ("rectangle", self.rectangle), ("circle", self.circle), ("polygon", self.polygon),
        ]  # fmt: skip
        return [(shape, numbers) for shape, numbers in written if numbers is not None]

    @property
    def shape(self) -> Shape:
        return self._shapes[0][0]

    @property
    def coordinates(self) -> tuple[float, ...]:
        return tuple(parse_number(part) or 0.0 for part in self._shapes[0][1].split())

    def reaches(self, width: float, height: float) -> bool:
        """Say whether its corners, or a circle's middle, lie within the picture."""
        numbers = self.coordinates[:2] if self.shape == "circle" else self.coordinates
        return all(0 <= x <= width for x in numbers[::2]) and all(0 <= y <= height for y in numbers[1::2])


class Hotspot(Item):
    """Point at a place, or at `choose` places; with one to choose, any right one will do."""

    TYPE: ClassVar[str] = "hotspot"
    EXAMPLE: ClassVar[str] = """\
id: example-where-the-twitch-is-made
type: hotspot
status: approved
objective: "7.3"
level: recall
stem: Where is the local twitch response organised, going by the experiments with rabbits?
image:
  file: modules/twitch-responses/figures/reflex-arc.svg
  alt: A needle in a muscle, joined by a nerve to the spinal cord, with the brain above it.
  width: 640
  height: 560
regions:
  - text: The brain
    rectangle: 30 26 170 74
    why: The twitch came back while the cord was cut off from the brain.
  - text: The spinal cord
    polygon: 72 200 128 200 128 286 72 286
    correct: true
    why: It came back with the cord cut above this segment, and was lost for good with the nerve cut.
  - text: The muscle
    circle: 541 243 60
    why: With the nerve cut the twitch was lost, so the muscle does not make it alone.
references:
  - hong-rabbit-ltr
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("b",), incorrect=("a", "c", None), invalid=("z", ("b",), "")
    )

    type: Literal["hotspot"]
    image: SizedImage
    choose: int = Field(default=1, ge=1, le=26)
    regions: tuple[RegionNote, ...] = Field(min_length=2, max_length=len(LETTERS))

    @model_validator(mode="after")
    def _has_a_possible_key(self) -> Self:
        keys = sum(note.correct for note in self.regions)
        if keys == 0:
            raise ValueError("needs at least one region with 'correct: true', has 0")
        if self.choose > 1 and self.choose != keys:
            raise ValueError(f"asks to choose {self.choose}, but {keys} regions are marked correct")
        for number, note in enumerate(self.regions, 1):
            if not note.reaches(self.image.width, self.image.height):
                raise ValueError(f"region {number} lies outside the picture")
        named(self.regions)
        return self

    def question(self, seed: int) -> Question:  # noqa: ARG002 - nothing random here
        notes = named(self.regions)
        picture = Picture(self.image.file, self.image.alt, self.image.width, self.image.height)
        regions = tuple(Region(name, note.text, note.shape, note.coordinates) for name, note in notes.items())
        return Question(
            self.id, self.objective, self.level, self.safety, self.stem,
            PickRegion(picture, regions, self.choose), self._key(),
            tuple(reason(name, note) for name, note in notes.items()),
        )  # fmt: skip

    def _key(self) -> Key:
        notes = named(self.regions)
        right = tuple(name for name, note in notes.items() if note.correct)
        return WorthEach(right, tuple(notes)) if self.choose > 1 else Worth(tuple((name, 1.0) for name in right))
