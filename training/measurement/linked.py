"""Two forms on one scale by the items they share, with what the number of learners allows, and which items moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.measurement.linking import Link, drifted, stocking_lord
from training.measurement.policy import RASCH_FROM, TWO_PL_FROM
from training.measurement.responses import Array, Places

FEWEST, USUAL, SHARE = 5, 20, 0.2
FAR = 0.5


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Items with their parameters, and from how many persons; NaN where an item has none."""

    names: tuple[str, ...]
    a: Array
    b: Array
    n: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A common item that became harder (above 0) or easier, in standard deviations of ability; left out of the link."""

    name: str
    by: float


@dataclass(frozen=True, slots=True)
class Linked:
    """How abilities of one form become those of the other: `slope` x own + `shift`; NaN where they do not.

    `common` are the items the link rests on, `difficulties` those of all common ones: before and on the other's scale.
    """

    method: str
    slope: float
    shift: float
    common: tuple[str, ...]
    moved: tuple[Moved, ...]
    difficulties: tuple[tuple[str, float, float], ...]
    notes: tuple[str, ...]


def link_forms(own: Calibrated, other: Calibrated) -> Linked:
    """Link `own` to the scale of `other`.

    With 100 persons each: Stocking & Lord (1983). With 50: the mean difficulty alone, since a slope would be noise
    (Livingston & Kim 2009, J Educ Meas 46:330). Below that, and with fewer than five common items: nothing. Items that
    moved by more than half a standard deviation and stand out (robust z) are left out once.
    """
    names, mine, theirs = _common(own, other)
    fewest = min(own.n, other.n)
    if fewest < RASCH_FROM:
        return _refused(f"The smaller form has {fewest} persons: a link needs {RASCH_FROM}.")
    if len(names) < FEWEST:
        return _refused(f"The forms have {len(names)} calibrated items in common: a link needs {FEWEST}.")
    notes = []
    if len(names) < min(USUAL, max(FEWEST, SHARE * len(own.names))):
        notes.append(f"Only {len(names)} items are common: a fifth of the test, or {USUAL}, is usual.")
    by_mean = fewest < TWO_PL_FROM
    if by_mean:
        notes.append(f"The smaller form has {fewest} persons: only the mean difficulty was matched, without a slope.")
    a, b, target_a, target_b = own.a[mine], own.b[mine], other.a[theirs], other.b[theirs]
    link = _link(a, b, target_a, target_b, by_mean=by_mean)
    apart = target_b - (link.slope * b + link.shift)
    moved = drifted(b, target_b, link) & (np.abs(apart - np.median(apart)) > FAR)
    if moved.any() and (~moved).sum() >= FEWEST:
        link = _link(*(each[~moved] for each in (a, b, target_a, target_b)), by_mean=by_mean)
        apart = target_b - (link.slope * b + link.shift)
    elif moved.any():
        notes.append("So many common items moved that none could be left out: do not trust this link.")
        moved[:] = False
    return Linked(
        "mean" if by_mean else "stocking_lord", link.slope, link.shift,
        tuple(name for name, out in zip(names, moved, strict=True) if not out),
        tuple(Moved(names[k], float(-apart[k])) for k in np.flatnonzero(moved)),
        tuple(zip(names, target_b.tolist(), (link.slope * b + link.shift).tolist(), strict=True)), tuple(notes),
    )  # fmt: skip


def _link(a: Array, b: Array, target_a: Array, target_b: Array, *, by_mean: bool) -> Link:
    if by_mean:
        return Link(1.0, float(np.mean(target_b) - np.mean(b)))
    return stocking_lord(a, b, target_a, target_b)


def _common(own: Calibrated, other: Calibrated) -> tuple[tuple[str, ...], Places, Places]:
    there = {name: place for place, name in enumerate(other.names) if _known(other, place)}
    both = [(place, there[name]) for place, name in enumerate(own.names) if name in there and _known(own, place)]
    mine, theirs = (np.array(column, dtype=np.intp) for column in zip(*both, strict=True)) if both else _nothing()
    return tuple(own.names[place] for place in mine), mine, theirs


def _nothing() -> Sequence[Places]:
    return np.zeros(0, np.intp), np.zeros(0, np.intp)


def _known(form: Calibrated, place: int) -> bool:
    return bool(np.isfinite(form.a[place]) and np.isfinite(form.b[place]))


def _refused(why: str) -> Linked:
    return Linked("none", float("nan"), float("nan"), (), (), (), (why,))


def calibrated_of(body: Mapping[str, Any]) -> Calibrated:
    """Read a calibration from its JSON."""
    a, b = ([np.nan if each[name] is None else float(each[name]) for each in body["items"]] for name in "ab")
    return Calibrated(tuple(each["id"] for each in body["items"]), np.array(a), np.array(b), int(body["test"]["n"]))
