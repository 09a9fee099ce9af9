"""Places to point at in a picture, from the hotspot interactions of QTI 2 and 3."""

from typing import Any

from training.core.number import parse_number
from training.formats import composing
from training.formats.base import Code
from training.formats.foreign_xml import Element, all_text
from training.formats.imagery import NotAPicture, picture_of
from training.formats.qti_item import Posed
from training.formats.qti_tree import first, whole

SHAPES = {"rect": "rectangle", "circle": "circle", "poly": "polygon"}


def hotspot(posed: Posed, interaction: Element) -> None:
    """Read regions of a picture of which some are right."""
    response = posed.response(interaction)
    sketch = posed.sketch
    sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    image = image_of(posed, interaction)
    if image is None:
        return
    regions = []
    for place, choice in enumerate(interaction.iter("hotspotChoice"), 1):
        shape = SHAPES.get(choice.get("shape") or "")
        numbers = [parse_number(each) for each in (choice.get("coords") or "").split(",")]
        if shape is None or None in numbers:
            sketch.fail(f"region {place} has the shape '{choice.get('shape')}'", code=Code.NO_SUCH_TYPE)
            return
        name = choice.get("identifier") or ""
        right = response.percent(name) > 0
        label = choice.get("hotspotLabel") or choice.get("label") or f"Place {place}"
        why = posed.feedback.of(name, correct=right)
        said = {"text": label, shape: " ".join(f"{number:g}" for number in numbers if number is not None), "why": why,
                "correct": right}  # fmt: skip
        regions.append({key: value for key, value in said.items() if value})
    compose(posed, interaction, image, regions)


def compose(posed: Posed, interaction: Element, image: dict[str, Any], regions: list[dict[str, Any]]) -> None:
    """Compose a hotspot of regions."""
    right = sum(bool(region.get("correct")) for region in regions)
    if len(regions) < 2 or not right:  # noqa: PLR2004 - a choice
        posed.sketch.fail("fewer than two regions, or none that is right", code=Code.NO_SUCH_TYPE)
        return
    posed.sketch.fields |= {"type": "hotspot", "image": image, "regions": regions}
    if whole(interaction.get("maxChoices"), 1) != 1 and right > 1:
        posed.sketch.fields["choose"] = right
    if posed.feedback.general:
        chosen = next(region for region in regions if region.get("correct"))
        chosen["why"] = composing.joined(chosen.get("why", ""), posed.feedback.general)


def image_of(posed: Posed, interaction: Element) -> dict[str, Any] | None:
    """Take the picture; its size comes from the file, since regions are in its units."""
    shown = first(interaction, "object", "img", "picture")
    source = "" if shown is None else shown.get("data") or shown.get("src") or ""
    try:
        picture = picture_of(source, posed.sketch.media)
    except NotAPicture as why:
        posed.sketch.fail(str(why), code=Code.NO_SUCH_TYPE)
        return None
    width, height = (parse_number((shown.get(name) or "").removesuffix("px")) if shown is not None else None
                     for name in ("width", "height"))  # fmt: skip
    if not width or not height:
        posed.sketch.fail("the picture has no size, so its regions cannot be placed", code=Code.NO_SUCH_TYPE)
        return None
    alt = " ".join(all_text(shown).split()) or (shown.get("alt") if shown is not None else "") or ""
    posed.sketch.pictures.append(picture)
    posed.sketch.fields.pop("image", None)
    return {"file": picture.name, "alt": alt or "Picture without a description.", "width": width, "height": height}
