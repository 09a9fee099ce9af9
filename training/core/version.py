"""An item as it was authored at one moment, named by its content without what says how it stands with reviewers."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from training.core.items import BY_TYPE, Item

BESIDE = ("status", "reviewers", "reviewed", "review_by", "reviews", "note", "enemies")
"""Fields that say how an item stands and which are its neighbours. A change of them makes no new version."""

Written = Mapping[str, Any]
"""The content of a version as plain JSON."""


def body(item: Item) -> str:
    """Write the content of an item as canonical JSON: keys sorted, what is as by default left out.

    So a field that a later release adds, with a default, changes no digest.
    """
    written = item.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(BESIDE))
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(body: str) -> str:
    """Name a version by its body: SHA-256 in hex."""
    return sha256(body.encode()).hexdigest()


def version_of(item: Item) -> str:
    """Name the version that an item is now."""
    return digest_of(body(item))


def written(body: str) -> Written:
    """Read a body."""
    content: dict[str, Any] = json.loads(body)
    return content


def restored(body: str, now: Item | None) -> Item:
    """Make the item of an earlier version again; how it stands and its neighbours are as they are now.

    Where it stands in no bank now, all that is as by default. Raises ValueError where today's schema no longer takes
    what was written then.
    """
    content = dict(written(body))
    kind = BY_TYPE.get(str(content.get("type")))
    if kind is None:
        raise ValueError(f"there is no item type '{content.get('type')}' any more")
    beside = now.model_dump(by_alias=True, exclude_defaults=True, include=set(BESIDE)) if now else {}
    return kind.model_validate(content | beside)
