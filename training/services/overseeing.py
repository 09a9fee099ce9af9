"""Watching over cohorts: whose results, in which quiz and period, one by one and as a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from statistics import fmean

from training.core.blueprint import Mode
from training.core.interval import Interval, wilson
from training.core.mean import Mean, mean_of
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.services.app import App
from training.store import cohorts, results
from training.store.cohorts import Cohort
from training.store.results import Choice, CohortResult, DomainTotal, Mark, Order

__all__ = [
    "FIRST_DAY", "GROUP", "LAST_DAY", "Choices", "Cohort", "CohortResult", "Group", "GroupDomain", "Mean", "Order",
    "Passing", "Wanted", "Week", "choices", "group", "rows",
]  # fmt: skip

GROUP = 5
"""Of fewer learners nothing is said as a group: the figures would be theirs, one by one, and chance besides."""

BINS = 10

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2200, 12, 31)
"""Days outside these are slips of the pen, and near the ends of the calendar no day begins in every zone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results are wanted; what is left out may be anything. Both days are included.

    `offset` is the reader's clock in minutes east of UTC: it says when a day begins.
    Raises Refusal for a day before FIRST_DAY or after LAST_DAY.
    """

    cohort: str = ""
    quiz: str = ""
    mode: Mode | None = Mode.EXAM
    first: date | None = None
    last: date | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        if any(day and not FIRST_DAY <= day <= LAST_DAY for day in (self.first, self.last)):
            raise Refusal(f"Days can be chosen from {FIRST_DAY.year} to {LAST_DAY.year}. Please choose others.")

    @property
    def zone(self) -> timezone:
        return timezone(timedelta(minutes=self.offset))

    def choice(self) -> Choice:
        """Say it as the store does."""
        after = self.last + timedelta(days=1) if self.last else None
        return Choice(
            cohort=self.cohort or None, programme=self.quiz or None, mode=self.mode,
            since=self._begins(self.first), until=self._begins(after),
        )  # fmt: skip

    def _begins(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time.min, self.zone) if day else None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from: cohorts, and the quizzes by address name with title and mode."""

    cohorts: Sequence[Cohort]
    quizzes: Mapping[str, tuple[str, Mode]]


@dataclass(frozen=True, slots=True)
class Passing:
    """How many of the quizzes that learners sat they passed at least once; the interval counts learners, not tries."""

    passed: int
    sat: int
    learners: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Week:
    """How the learners of one week did, in percent; `mean` is None where too few sat a quiz in it."""

    monday: date
    learners: int
    mean: Mean | None


@dataclass(frozen=True, slots=True)
class GroupDomain:
    """How the group did in one domain, in percent; every learner counts once. None where too few met it."""

    domain: str
    title: str
    questions: int
    learners: int
    mean: Mean | None


@dataclass(frozen=True, slots=True)
class Group:
    """What can be said of the results together; with too few learners only how many there are.

    `mean` is over learners, each with her own mean percent. `distribution` counts results from 0 to 9,
    10 to 19 … 90 to 100 percent.
    """

    learners: int
    attempts: int
    mean: Mean | None = None
    passing: Passing | None = None
    distribution: tuple[int, ...] = ()
    weeks: tuple[Week, ...] = ()
    domains: tuple[GroupDomain, ...] = ()

    @property
    def enough(self) -> bool:
        return self.learners >= GROUP


def choices(app: App, actor: Actor) -> Choices:
    """List the cohorts, and every quiz that is offered or was ever handed in."""
    permit(actor, Action.SEE_SCORES)
    found, sat = app.database.read(lambda tx: (cohorts.every(tx), results.quizzes(tx)))
    past = {slug: (slug, mode) for slug, mode in sat}
    offered = sorted(app.library.programmes.values(), key=lambda each: (each.order, each.title))
    return Choices(found, {each.slug: (each.title, each.policy.mode) for each in offered} | {
        slug: known for slug, known in past.items() if slug not in app.library.programmes
    })  # fmt: skip


def rows(app: App, actor: Actor, wanted: Wanted, order: Order, *, limit: int, offset: int) -> list[CohortResult]:
    """Give a page of the results wanted, with the learners they belong to."""
    permit(actor, Action.SEE_SCORES)
    return app.database.read(
        lambda tx: results.chosen(tx, wanted.choice(), order=order, limit=limit, offset=offset)
    )  # fmt: skip


def group(app: App, actor: Actor, wanted: Wanted) -> Group:
    """Sum the results wanted up as a group."""
    permit(actor, Action.SEE_SCORES)
    choice = wanted.choice()
    marks = app.database.read(lambda tx: results.marks(tx, choice))
    learners = {mark.learner for mark in marks}
    if len(learners) < GROUP:
        return Group(len(learners), len(marks))
    totals = app.database.read(lambda tx: results.domains_of_chosen(tx, choice))
    return Group(
        len(learners), len(marks), _mean(marks), _passing(marks), _distribution(marks),
        _weeks(marks, wanted.zone), _domains(totals, app.library.domain_titles()),
    )  # fmt: skip


def _mean(marks: Sequence[Mark]) -> Mean | None:
    """Give the mean of the learners' own means, so that who sits often does not count more; None of too few."""
    each: dict[str, list[float]] = {}
    for mark in marks:
        each.setdefault(mark.learner, []).append(mark.percent)
    return mean_of([fmean(percents) for percents in each.values()], least=0, most=100) if len(each) >= GROUP else None


def _passing(marks: Sequence[Mark]) -> Passing | None:
    best: dict[str, dict[str, bool]] = {}
    for mark in marks:
        if mark.passed is not None:
            sat = best.setdefault(mark.learner, {})
            sat[mark.programme] = sat.get(mark.programme, False) or mark.passed
    if len(best) < GROUP:
        return None
    share = fmean(fmean(sat.values()) for sat in best.values())
    passed = sum(sum(sat.values()) for sat in best.values())
    return Passing(passed, sum(map(len, best.values())), len(best), share, wilson(share, len(best)))


def _distribution(marks: Sequence[Mark]) -> tuple[int, ...]:
    counts = [0] * BINS
    for mark in marks:
        # A percent such as 70 may be stored as 69.99999999999999.
        counts[min(BINS - 1, int((mark.percent + 1e-9) // (100 / BINS)))] += 1
    return tuple(counts)


def _weeks(marks: Sequence[Mark], zone: timezone) -> tuple[Week, ...]:
    found: dict[date, list[Mark]] = {}
    for mark in marks:
        day = mark.submitted_at.astimezone(zone).date()
        found.setdefault(day - timedelta(days=day.weekday()), []).append(mark)
    first, last = min(found), max(found)
    mondays = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    return tuple(
        Week(monday, len({mark.learner for mark in found.get(monday, [])}), _mean(found.get(monday, [])))
        for monday in mondays
    )


def _domains(totals: Sequence[DomainTotal], titles: Mapping[str, str]) -> tuple[GroupDomain, ...]:
    found: dict[str, list[DomainTotal]] = {}
    for total in totals:
        found.setdefault(total.domain, []).append(total)
    return tuple(
        GroupDomain(
            domain, titles.get(domain, f"Domain {domain}"), sum(total.n for total in each), len(each),
            mean_of([100 * total.fraction for total in each], least=0, most=100) if len(each) >= GROUP else None,
        )
        for domain, each in sorted(found.items(), key=lambda pair: int(pair[0]))
    )  # fmt: skip
