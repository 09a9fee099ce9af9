"""What a kept calibration says beyond its items: groups side by side, pairs that hang together, the link backwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One item as it treats a group: `delta` below 0 says harder for it; NaN where too few answered to say."""

    item_id: str
    facility: float
    delta: float
    delta_error: float
    p: float
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class GroupTold:
    """One group against the reference."""

    focal: str
    n: int
    reference: str
    reference_n: int
    matched: str
    items: tuple[GroupItem, ...]


@dataclass(frozen=True, slots=True)
class PairTold:
    """Two items that hang together."""

    first: str
    second: str
    q3: float
    n: int


@dataclass(frozen=True, slots=True)
class LinkTold:
    """The link to an earlier calibration; `difficulties` are item, there, and here on the same scale."""

    to: str
    method: str
    slope: float
    shift: float
    common: int
    moved: tuple[tuple[str, float], ...]
    difficulties: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """All of it with the reasons why something is missing; None where it was not asked for."""

    groups: tuple[GroupTold, ...] | None
    groups_notes: tuple[str, ...]
    pairs: tuple[PairTold, ...] | None
    mean_q3: float
    judged: int
    pairs_notes: tuple[str, ...]
    link: LinkTold | None
    link_notes: tuple[str, ...]


def beyond(body: Body) -> Beyond:
    """Read it from the JSON of a calibration."""
    groups, pairs, link = (body.get(name) for name in ("groups", "dependence", "link"))
    return Beyond(
        _groups(body, groups) if groups else None, _notes(groups),
        tuple(PairTold(each["first"], each["second"], each["q3"], each["n"]) for each in pairs["pairs"])
        if pairs else None,
        _number(pairs["mean"]) if pairs else float("nan"), pairs["judged"] if pairs else 0, _notes(pairs),
        _link(link) if link and link["method"] != "none" else None, _notes(link),
    )  # fmt: skip


def _notes(told: Body | None) -> tuple[str, ...]:
    return tuple(told["notes"]) if told else ()


def _groups(body: Body, told: Body) -> tuple[GroupTold, ...]:
    facility = {each["id"]: _number(each["p"]) for each in body["items"]}
    return tuple(
        GroupTold(
            one["focal"], one["n"], told["reference"], told["n"], told["matched_by"],
            tuple(
                GroupItem(
                    each["id"], facility[each["id"]], _number(each["delta"]), _number(each["delta_error"]),
                    _number(each["p_adjusted"]), each["level"], each["reason"].replace("the focal group", one["focal"]),
                )
                for each in one["items"]
            ),
        )
        for one in told["compared"]
    )  # fmt: skip


def _link(told: Body) -> LinkTold:
    return LinkTold(
        told["to"], told["method"], told["slope"], told["shift"], len(told["common"]),
        tuple((each["id"], each["by"]) for each in told["moved"]),
        tuple((each["id"], each["there"], each["here"]) for each in told["difficulties"]),
    )  # fmt: skip


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
