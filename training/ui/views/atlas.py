"""The muscle atlas as a page shows it: a region's muscles or those that a search finds, and how far each was read."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.core.library import Reference
from training.core.muscle import Muscle, Region
from training.core.verified import Verified
from training.ui.views.words import count, plain

REGIONS: dict[str, str] = {
    Region.HEAD_NECK: "Head and neck",
    Region.SHOULDER_THORAX: "Shoulder and thorax",
    Region.ARM: "Arm",
    Region.TRUNK: "Trunk",
    Region.HIP_THIGH: "Hip and thigh",
    Region.LEG_FOOT: "Leg and foot",
}

TIERS = {
    1: "Foundation: taught first",
    2: "Intermediate: with supervised practice",
    3: "Advanced: after further training",
    4: "Left out of a foundation certificate",
}

VERIFY = " :orange-badge[verify locally]"
"""Stands behind what the project knows from memory only."""


@dataclass(frozen=True, slots=True)
class MuscleCard:
    """One muscle, its parts ready to draw, the structures at risk first."""

    id: str
    name: str
    about: str
    grave: bool
    at_risk: str
    rows: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    note: str

    @property
    def text(self) -> str:
        """The card as Markdown."""
        lines = [f"**{label}:** {said}" for label, said in self.rows]
        return "  \n".join(lines)


@dataclass(frozen=True, slots=True)
class AtlasView:
    """The muscles found, in the order of the atlas, and a summary."""

    cards: tuple[MuscleCard, ...]
    summary: str


def atlas_view(
    muscles: Sequence[Muscle], region: str, text: str, references: Mapping[str, Reference] | None = None
) -> AtlasView:
    """Keep a region's muscles (all where it is empty) in which every word of the search occurs, the nearest first."""
    words = _folded(text).split()
    there = (muscle for muscle in muscles if region in ("", muscle.region))
    found = sorted(
        (muscle for muscle in there if all(word in " ".join(_parts(muscle)) for word in words)),
        key=lambda muscle: _distance(_parts(muscle), words),
    )
    where = f" of the region {REGIONS[region].lower()}" if region else ""
    wanted = f" with “{plain(text)}”" if text else ""
    summary = (
        f"{count(len(found), 'muscle')}{where}{wanted}." if found else f"No muscle{where}{wanted}. Try a shorter word."
    )
    return AtlasView(tuple(_card(muscle, references or {}) for muscle in found), summary)


def _card(muscle: Muscle, references: Mapping[str, Reference]) -> MuscleCard:
    read = muscle.verified
    rows = (
        ("From", f"{plain(muscle.attachments.proximal)}{_mark(read.attachments)}"),
        ("To", f"{plain(muscle.attachments.distal)}{_mark(read.attachments)}"),
        ("Nerve", f"{plain(muscle.nerve)}{_mark(read.nerve)}"),
        ("Described referral", f"{plain(muscle.referral)}{_mark(read.referral)}"),
        ("Approach, in principle", f"{plain(muscle.approach)}{_mark(read.approach)}"),
    )
    sources = tuple(references[key].citation for key in muscle.references if key in references)
    return MuscleCard(
        muscle.id, plain(muscle.name), f"{REGIONS[muscle.region]} · {TIERS[muscle.tier]}", muscle.grave,
        f"{plain('; '.join(muscle.at_risk))}{_mark(read.at_risk)}", rows, sources,
        plain(muscle.note) if muscle.note else "",
    )  # fmt: skip


def _mark(read: Verified) -> str:
    return VERIFY if read is Verified.RECALL else ""


def _parts(muscle: Muscle) -> tuple[str, ...]:
    parts = (muscle.name, muscle.nerve, muscle.referral, *muscle.at_risk, muscle.attachments.proximal,
             muscle.attachments.distal, REGIONS[muscle.region])  # fmt: skip
    return tuple(_folded(part) for part in parts)


def _distance(parts: Sequence[str], words: Sequence[str]) -> int:
    """Say how far apart the words stand: 0 in one phrase, 1 in one part, 2 in several."""
    if any(" ".join(words) in part for part in parts):
        return 0
    return 1 if any(all(word in part for word in words) for part in parts) else 2


def _folded(text: str) -> str:
    """Fold case and accents, so that nobody has to type them."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
