"""Interactions of QTI 2 and 3 on a picture: labels to drag to places, places to order, points to set."""

from typing import Any

from training.core.number import parse_number
from training.formats.base import Code
from training.formats.composing import Answer
from training.formats.composing_parts import Pair, in_order, pairs
from training.formats.foreign_xml import Element
from training.formats.qti_item import Posed
from training.formats.qti_kinds_parts import right_values
from training.formats.qti_kinds_places import SHAPES, compose, image_of
from training.formats.qti_tree import label_of

PAIR = 2


def graphic_gap_match(posed: Posed, interaction: Element) -> None:
    """Read labels to drag to places in a picture: each place is a row, if labels and places are in words."""
    sketch = posed.sketch
    labels = [(each.get("identifier") or "", label_of(each, "objectLabel"))
              for each in interaction.iter("gapImg", "gapText")]  # fmt: skip
    places = {each.get("identifier") or "": each for each in interaction.iter("associableHotspot")}
    if not all(text for _, text in labels):
        sketch.fail("a label to drag is a picture without words", "give it a label in words", code=Code.NO_SUCH_TYPE)
        return
    if not _with_picture(posed, interaction):
        return
    told = [value.split() for value in right_values(posed.response(interaction))]
    key = {pair[1]: pair[0] for pair in told if len(pair) == PAIR}
    options = list(dict.fromkeys(text for _, text in labels))
    by_name = {name: options.index(text) for name, text in labels}
    if not set(key) <= set(places) or len(key) < len(told):
        sketch.fail("a place belongs to several labels, or is not there", code=Code.NO_SUCH_TYPE)
        return
    rows = [Pair(_row(posed, places[place], number), by_name.get(key[place], -1))
            for number, place in enumerate((name for name in places if name in key), 1)]  # fmt: skip
    if idle := len(places) - len(key):
        sketch.lose("rows", f"{idle} place{'' if idle == 1 else 's'} in the picture to which no label belongs")
    pairs(sketch, rows, [Answer(text) for text in options], posed.feedback.general)
    sketch.assume("labels that were dragged onto a picture are matched with its places here")


def _row(posed: Posed, place: Element, number: int) -> str:
    where = f"{place.get('shape') or 'place'} at {place.get('coords') or '?'}"
    label = label_of(place, "hotspotLabel")
    posed.sketch.lose(f"rows.{number - 1}", f"where it lies in the picture: {where}")
    return label or f"Place {number}: {where}"


def graphic_order(posed: Posed, interaction: Element) -> None:
    """Read places in a picture to put in order, where each has a label."""
    choices = {each.get("identifier") or "": label_of(each, "hotspotLabel")
               for each in interaction.iter("hotspotChoice")}  # fmt: skip
    right = posed.response(interaction).correct
    if set(right) != set(choices) or not all(choices.values()):
        posed.sketch.fail("places to order that have no label, or of which the key leaves some out",
                          "give each place a label, and the key all of them", code=Code.NO_SUCH_TYPE)  # fmt: skip
        return
    if not _with_picture(posed, interaction):
        return
    steps = [Answer(choices[name], 100.0, posed.feedback.of(name, correct=True)) for name in right]
    in_order(posed.sketch, steps, posed.feedback.general)
    posed.sketch.lose("steps", "where each lies in the picture")


def _with_picture(posed: Posed, interaction: Element) -> bool:
    """Take the stem, and the picture as the item's own."""
    posed.sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    image = image_of(posed, interaction)
    if image is None:
        return False
    posed.sketch.fields["image"] = {"file": image["file"], "alt": image["alt"]}
    return True


def select_point(posed: Posed, interaction: Element) -> None:
    """Read a point to set in a picture: a hotspot, where there are areas worth something and areas worth nothing."""
    sketch, response = posed.sketch, posed.response(interaction)
    sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    regions: list[dict[str, Any]] = []
    for place, (shape, coordinates, worth) in enumerate(response.areas, 1):
        numbers = [parse_number(each) for each in coordinates.split(",")]
        if shape not in SHAPES or None in numbers:
            sketch.lose(f"regions.{place - 1}", f"the area {shape} {coordinates} is no region here")
            continue
        placed = " ".join(f"{number:g}" for number in numbers if number is not None)
        regions.append({"text": f"Place {place}", SHAPES[shape]: placed} | ({"correct": True} if worth > 0 else {}))
    if not any("correct" in each for each in regions) or all("correct" in each for each in regions):
        sketch.fail("a point to set in a picture, with no area that is wrong",
                    "write a hotspot, with places that are wrong", code=Code.NO_SUCH_TYPE)  # fmt: skip
        return
    image = image_of(posed, interaction)
    if image is not None:
        compose(posed, interaction, image, regions)
        sketch.lose("regions", "any point could be set there; here one of these places is chosen")
