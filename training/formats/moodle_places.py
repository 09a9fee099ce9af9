"""Moodle's questions on a picture: labels to drag to places become a matching, markers become hotspots."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.core.items.case import MOST_PARTS
from training.core.number import parse_number
from training.formats.base import Code, Picture
from training.formats.composing import Answer
from training.formats.composing_parts import Pair, pairs
from training.formats.foreign_xml import Element, all_text
from training.formats.imagery import NotAPicture, picture
from training.formats.markup import UNDESCRIBED
from training.formats.moodle_kinds import general, number
from training.formats.moodle_text import Piece, file_data
from training.formats.picture_size import size_of
from training.formats.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the picture where one marker belongs."""

    shape: str
    numbers: str
    marker: int


def labels_on_picture(sketch: Sketch, question: Element) -> None:
    """Read labels that are dragged onto a picture: each place is a row, named or told by where it lies."""
    if _background(sketch, question) is None:
        return
    drags, labels = list(question.iterfind("drag")), []
    for place, drag in enumerate(drags):
        labels.append((_no(drag, place), _group(drag), Piece.at(drag).told(sketch, f"options.{place}.text")))
    if not all(text for _, _, text in labels):
        sketch.fail(
            "a label to drag is a picture", "give each label in words; a matching has words", code=Code.NO_SUCH_TYPE
        )
        return
    options = list(dict.fromkeys(text for _, _, text in labels))
    by_number = {name: options.index(text) for name, _, text in labels}
    drops = list(question.iterfind("drop"))
    rows = [Pair(_row(sketch, drop, place), by_number.get(_choice(drop), -1)) for place, drop in enumerate(drops, 1)]
    pairs(sketch, rows, [Answer(text) for text in options], general(sketch, question))
    if len({group for _, group, _ in labels}) > 1:
        sketch.lose("options", "groups of labels, of which each fits only certain places")
    sketch.assume("labels that were dragged onto a picture are matched with its places here")


def _no(element: Element, place: int) -> int:
    return int(number(all_text(element.find("no"))) or place + 1)


def _group(drag: Element) -> str:
    return all_text(drag.find("draggroup")).strip() or "1"


def _choice(drop: Element) -> int:
    return int(number(all_text(drop.find("choice"))))


def _row(sketch: Sketch, drop: Element, place: int) -> str:
    """Name a place: by its own label, else by where it lies, since the picture does not show it here."""
    said = " ".join(all_text(drop.find("text")).split())
    left, top = (all_text(drop.find(side)).strip() for side in ("xleft", "ytop"))
    where = f"{left} pixels from the left and {top} from the top"
    if said:
        sketch.lose(f"rows.{place - 1}", f"where '{said}' lies on the picture: {where}")
        return said
    sketch.lose(f"rows.{place - 1}", "the picture does not show the place; it is told in words")
    return f"Place {place}: {where}"


def markers_on_picture(sketch: Sketch, question: Element) -> None:
    """Read markers to put on a picture: each is a hotspot whose places are all zones, several make a case."""
    image = _background(sketch, question)
    if image is None:
        return
    zones = _zones(sketch, question)
    markers = [(_no(drag, place), Piece.at(drag).words()) for place, drag in enumerate(question.iterfind("drag"))]
    asked = [(name, text) for name, text in markers if any(zone.marker == name for zone in zones)]
    if not zones or not asked:
        sketch.fail("no marker belongs to a place that can be read", code=Code.NO_SUCH_TYPE)
        return
    if len({(zone.shape, zone.numbers) for zone in zones}) < 2 or len(asked) == 1:  # noqa: PLR2004 - a choice
        hint = "write a hotspot, with places that are wrong"
        sketch.fail("every place on the picture is right, so that there is none to tell it from", hint,
                    code=Code.NO_SUCH_TYPE)  # fmt: skip
        return
    for name, text in markers:
        if (name, text) not in asked:
            sketch.lose("markers", f"'{text}', which belongs nowhere")
    sketch.lose("regions", "the picture hid its places there; here they can be seen, as Place 1, Place 2 and so on")
    _as_case(sketch, image, zones, asked, general(sketch, question))


def _as_case(
    sketch: Sketch, image: dict[str, Any], zones: Sequence[Zone], asked: Sequence[tuple[int, str]], why: str
) -> None:
    if len(asked) > MOST_PARTS:
        words = f"has {len(asked)} markers, more than the {MOST_PARTS} parts of a case"
        sketch.fail(words, "split it", code=Code.NO_SUCH_TYPE)
        return
    sketch.fields.pop("image", None)
    parts = []
    for name, text in asked:
        right = [zone.marker == name for zone in zones]
        first = right.index(True)
        regions = [
            {"text": f"Place {place}", zone.shape: zone.numbers}
            | ({"correct": True} if right[place - 1] else {})
            | ({"why": why} if why and place - 1 == first else {})
            for place, zone in enumerate(zones, 1)
        ]
        parts.append({"type": "hotspot", "stem": f"Where does this belong: {text}?", "image": image,
                      "regions": regions})  # fmt: skip
    sketch.fields |= {"type": "case", "parts": parts}
    sketch.assume("markers to put on a picture became a case with a hotspot for each")


def _zones(sketch: Sketch, question: Element) -> list[Zone]:
    found = []
    for place, drop in enumerate(question.iterfind("drop")):
        shape = all_text(drop.find("shape")).strip().lower()
        numbers = _numbers(shape, all_text(drop.find("coords")).strip())
        if numbers:
            found.append(Zone(shape, numbers, _choice(drop)))
        else:
            sketch.lose(f"regions.{place}", f"its shape '{shape}' or its numbers cannot be read")
    return found


def _numbers(shape: str, written: str) -> str:
    """Write a zone's numbers as ours: circle `x,y;r`, rectangle `x,y;w,h`, polygon points with `;` between them."""
    read = [[parse_number(each) for each in point.split(",")] for point in written.split(";") if point.strip()]
    points = [[each for each in point if each is not None] for point in read]
    counts = [len(point) for point in points]
    if counts != [len(point) for point in read]:
        return ""
    if shape == "rectangle" and counts == [2, 2]:
        (x, y), (width, height) = points
        points = [[x, y, x + width, y + height]]
    elif not (shape == "circle" and counts == [2, 1]) and not (shape == "polygon" and set(counts) == {2}):
        return ""
    return " ".join(f"{each:g}" for point in points for each in point)


def _background(sketch: Sketch, question: Element) -> dict[str, Any] | None:
    """Take the picture behind the places as the item's own."""
    file = question.find("file")
    data = file_data(file) if file is not None else None
    try:
        kept = picture(data or b"")
    except NotAPicture as why:
        sketch.fail(str(why) if data else "its picture is not in the file", code=Code.NO_SUCH_TYPE)
        return None
    size = size_of(kept.data)
    if size is None:
        sketch.fail("the size of its picture cannot be told, so that its places cannot be put", code=Code.NO_SUCH_TYPE)
        return None
    _only(sketch, kept)
    return {"file": kept.name, "alt": UNDESCRIBED, "width": size[0], "height": size[1]}


def _only(sketch: Sketch, kept: Picture) -> None:
    if sketch.pictures:
        sketch.lose("stem", f"picture {sketch.pictures[0].name}: the one behind the places is kept")
    sketch.pictures[:] = [kept]
    sketch.fields["image"] = {"file": kept.name, "alt": UNDESCRIBED}
    sketch.assume("the picture has no description in the file", "describe it in the image's alt text")
