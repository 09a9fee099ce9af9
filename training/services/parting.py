"""A part of the answers to a quiz: those handed in between two days, or by one cohort; no sums are kept of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from training.core.blueprint import Mode
from training.core.refusal import NotFound, Refusal
from training.measurement.score_sums import ScoreSums
from training.services.summing import Summed, gathered_items
from training.store import cohorts
from training.store.database import Connection
from training.store.results import Choice

__all__ = ["EVERYTHING", "FEWEST", "Part", "part_of", "parted"]

FEWEST = 5
"""Of fewer learners nothing is said: the figures would be theirs, one by one."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which answers: from a day on, up to another one (both are in it, in UTC), and of a cohort by its title or id."""

    since: date | None = None
    until: date | None = None
    cohort: str = ""


EVERYTHING = Part()


def parted(tx: Connection, slug: str, mode: Mode, part: Part) -> Choice:
    """Say which results a part is of. Raises NotFound for a cohort that there is not."""
    return Choice(
        cohort=_cohort(tx, part.cohort) if part.cohort else None, programme=slug, mode=mode,
        since=_midnight(part.since) if part.since else None,
        until=_midnight(part.until + timedelta(days=1)) if part.until else None,
    )  # fmt: skip


def part_of(tx: Connection, slug: str, mode: Mode, part: Part) -> tuple[Summed, ScoreSums]:
    """Add up a part of the answers. Raises NotFound where there are none, Refusal for too few learners."""
    summed, whole, learners = gathered_items(tx, parted(tx, slug, mode, part))
    if not summed.items:
        raise NotFound("Nobody has handed this quiz in within what was asked for, so there is nothing to analyse.")
    if learners < FEWEST:
        raise Refusal(f"These are answers of fewer than {FEWEST} learners. Of so few nothing is told: ask for more.")
    return summed, whole


def _cohort(tx: Connection, named: str) -> str:
    known = cohorts.every(tx)
    found = [each.id for each in known if named in {each.id, each.title}]
    if not found:
        titles = ", ".join(f"'{each.title}'" for each in known)
        raise NotFound(f"There is no cohort '{named}'. {f'There are: {titles}.' if titles else 'There are none yet.'}")
    return found[0]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
