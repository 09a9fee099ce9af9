"""What an item says beside the question, as tags that other systems carry: `objective:1.3`, `level:apply`."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import normalize

from training.core.items import Item, Status
from training.core.question import Level, Safety
from training.formats.base import Loss

LONGEST_SLUG = 64
NOT_CARRIED = ("reviewers", "reviewed", "review_by", "reviews", "enemies", "note")
"""Fields of every item that only our YAML holds."""

_OBJECTIVE = re.compile(r"\d{1,2}\.\d{1,2}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def tags_of(item: Item) -> tuple[str, ...]:
    """Give the tags that carry an item's labels and its own tags."""
    labels = [f"objective:{item.objective}", f"level:{item.level}"]
    if item.safety is not Safety.NONE:
        labels.append(f"safety:{item.safety}")
    labels += [f"ref:{key}" for key in item.references] + [f"author:{name}" for name in item.authors]
    labels += [f"claim:{name}" for name in item.claims]
    return (*labels, *item.tags)


def label_losses(item: Item, *, image: bool = False) -> list[Loss]:
    """List the labels that tags do not carry; with `image`, the picture is carried otherwise."""
    losses = [
        Loss(item.id, name, f"{_shown(getattr(item, name))} is not carried")
        for name in NOT_CARRIED
        if getattr(item, name)
    ]
    if item.status is not Status.DRAFT:
        losses.append(Loss(item.id, "status", f"'{item.status}' is not carried; what is imported is a draft"))
    if item.type in _SAID_OTHERWISE:
        losses.append(Loss(item.id, "type", _SAID_OTHERWISE[item.type]))
    losses += [Loss(item.id, path, "is not carried") for path in _misconceptions(item.model_dump())]
    if item.image and not image:
        losses.append(Loss(item.id, "image", f"{item.image.file} is not carried"))
    return losses


_SAID_OTHERWISE = {
    "extended_matching": "is written as the matching it amounts to",
    "script_concordance": "is written as the weighted choice it amounts to",
    "parameterised": "is written with one set of its values, as a number to enter",
}


def _misconceptions(value: Any, path: str = "") -> Iterator[str]:
    """Find where an author named a misconception."""
    if isinstance(value, dict):
        for name, inner in value.items():
            place = f"{path}.{name}".lstrip(".")
            if name == "misconception" and inner:
                yield place
            else:
                yield from _misconceptions(inner, place)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _misconceptions(inner, f"{path}.{number}")


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def fields_of(tags: Iterable[str]) -> dict[str, Any]:
    """Read tags back: labels into their fields, what can be a tag of ours into `tags`; the rest is under `strange`."""
    found: dict[str, Any] = {}
    for tag in dict.fromkeys(tag.strip() for tag in tags):
        name, _, value = (part.strip() for part in tag.partition(":"))
        if not tag:
            continue
        if not _label(found, name.casefold(), value):
            slug = slug_of(tag)
            found.setdefault("tags" if slug else "strange", []).append(slug or tag)
            if slug and slug != tag:
                found.setdefault("renamed", []).append(tag)
    if "tags" in found:
        found["tags"] = list(dict.fromkeys(found["tags"]))
    return found


def _label(found: dict[str, Any], name: str, value: str) -> bool:
    """Put a label into its field; False where the tag is none."""
    if name in found:
        return bool(found[name] == value)
    if (
        (name == "objective" and _OBJECTIVE.fullmatch(value))
        or (name == "level" and value in set(Level))
        or (name == "safety" and value in set(Safety))
    ):
        found[name] = value
    elif name == "ref" and _SLUG.fullmatch(value):
        found.setdefault("references", []).append(value)
    elif name == "claim" and _SLUG.fullmatch(value):
        found.setdefault("claims", []).append(value)
    elif name == "author" and value:
        found.setdefault("authors", []).append(value)
    else:
        return False
    return True


def slug_of(text: str) -> str:
    """Make a name of ours out of a foreign one; empty where nothing remains of it."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    return slug if len(slug) >= 3 else (f"n-{slug}" if slug else "")  # noqa: PLR2004 - the shortest slug


def is_slug(text: str) -> bool:
    """Say whether a name can be an item's id as it stands."""
    return 3 <= len(text) <= LONGEST_SLUG and bool(_SLUG.fullmatch(text))  # noqa: PLR2004


def category_words(path: str) -> str:
    """Give what a category path of another system says, less its scaffolding: `$course$/top/Knee` is `Knee`."""
    parts = (part.strip() for part in path.replace("//", "\0").split("/"))
    kept = (
        part.replace("\0", "/")
        for part in parts
        if part not in ("", "top", "$course$", "$system$", "$module$", "$cat1$")
    )
    return " / ".join(kept)
