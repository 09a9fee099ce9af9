"""Cohort scores in words and rows: the filters, the group's figures, one line for each result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from urllib.parse import urlencode

from training.core.blueprint import Mode
from training.services.overseeing import (
    FIRST_DAY,
    GROUP,
    LAST_DAY,
    Choices,
    CohortResult,
    Group,
    GroupDomain,
    Mean,
    Order,
    Passing,
    Wanted,
    Week,
)
from training.ui.views.words import count, percent, plain, span

MODES = {"": "Exams", "practice": "Practice", "all": "Both"}
PERIODS = {"": "All time", "28": "Last 4 weeks", "91": "Last 3 months", "365": "Last 12 months", "days": "Chosen days"}
ORDERS = {
    "": "Newest first", Order.OLDEST.value: "Oldest first", Order.NAME.value: "By name",
    Order.LOWEST.value: "Lowest score first", Order.HIGHEST.value: "Highest score first",
}  # fmt: skip
DAYS = "days"
BY = {"learner": "Learner", "clock": "Time was up"}


def mode_of(word: str) -> Mode | None:
    """Give the mode that the address means: exams where it says nothing, None for both."""
    return {"": Mode.EXAM, "practice": Mode.PRACTICE}.get(word)


def order_of(word: str) -> Order:
    """Give the order that the address means."""
    return Order(word) if word else Order.NEWEST


def cohort_choices(choices: Choices) -> dict[str, str]:
    """Give the cohorts to choose from."""
    return {"": "Everyone"} | {each.id: f"{each.title} ({each.members})" for each in choices.cohorts}


def quiz_choices(choices: Choices, mode: Mode | None) -> dict[str, str]:
    """Give the quizzes of a mode to choose from."""
    shown = {slug: title for slug, (title, each) in choices.quizzes.items() if mode in (None, each)}
    return {"": "Every quiz"} | shown


def day_in(text: str) -> date | None:
    """Read a day as the address and the fields write it; None where it is none, or too far away."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def period(word: str, first: str, last: str, today: date) -> tuple[date | None, date | None]:
    """Give the first and last day of the period that the address means."""
    if word.isdecimal():
        return today - timedelta(days=int(word) - 1), today
    return (day_in(first), day_in(last)) if word == DAYS else (None, None)


def offset_of(zone: tzinfo, now: datetime) -> int:
    """Give the minutes east of UTC on the reader's clock."""
    away = zone.utcoffset(now)
    return round(away.total_seconds() / 60) if away else 0


def export_address(wanted: Wanted, kind: str) -> str:
    """Give the address of the file with exactly these results."""
    said: Mapping[str, str] = {
        "cohort": wanted.cohort, "quiz": wanted.quiz, "mode": wanted.mode or "all",
        "from": f"{wanted.first or ''}", "to": f"{wanted.last or ''}", "offset": str(wanted.offset),
    }  # fmt: skip
    return f"/exports/scores.{kind}?{urlencode({name: each for name, each in said.items() if each})}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the group, with how sure it is."""

    name: str
    value: str
    told: str


def figures(group: Group) -> tuple[Figure, ...]:
    """Give the group's numbers."""
    shown = [Figure("Learners", str(group.learners), ""), Figure("Results", str(group.attempts), "")]
    if group.mean:
        told = f"95 % interval {_range(group.mean)}, every learner counted once"
        shown.append(Figure("Mean score", percent(group.mean.value), told))
    if group.passing:
        shown.append(Figure("Passed", percent(100 * group.passing.share), passing_in_words(group.passing)))
    return tuple(shown)


def passing_in_words(passing: Passing) -> str:
    """Say how many passed, and how sure that is."""
    what = "learners" if passing.sat == passing.learners else "exams sat, in the best of their tries"
    return f"{passing.passed} of {passing.sat} {what}, 95 % interval {span(passing.interval)}"


def too_few(group: Group) -> str:
    """Say why there are no group figures."""
    return (
        f"These results are of {count(group.learners, 'learner')}. Group figures and charts are shown from {GROUP} "
        "learners up: of fewer they say more about chance, and about single people, than about the group."
    )


def _range(mean: Mean) -> str:
    return f"{round(mean.low)} to {round(mean.high)} %"


def bin_names(bins: int) -> list[str]:
    """Name the bins of the distribution: 0–9 to 90–100."""
    size = 100 // bins
    return [f"{size * n}–{size * n + size - 1}" for n in range(bins - 1)] + [f"{100 - size}–100"]


def distribution_in_words(bins: Sequence[int]) -> str:
    """Say what the distribution shows, for those who do not see it."""
    names = bin_names(len(bins))
    most = max(range(len(bins)), key=lambda n: bins[n])
    said = "; ".join(f"{name} percent: {n}" for name, n in zip(names, bins, strict=True) if n)
    return f"Bar chart of {count(sum(bins), 'result')} by score. Most lie at {names[most]} percent. {said}."


def week_row(week: Week) -> tuple[str, str, str, str]:
    """Give one line of the weeks' table."""
    return week_name(week), str(week.learners), *_mean_and_range(week.mean, week.learners)


def week_name(week: Week) -> str:
    """Name a week by its Monday."""
    return f"{week.monday.day} {week.monday:%b %Y}"


def domain_row(domain: GroupDomain) -> tuple[str, str, str, str, str]:
    """Give one line of the domains' table."""
    mean, sure = _mean_and_range(domain.mean, domain.learners)
    return plain(domain.title), str(domain.learners), str(domain.questions), mean, sure


def _mean_and_range(mean: Mean | None, learners: int) -> tuple[str, str]:
    if mean is None:
        return ("too few learners" if learners else "–"), "–"
    return percent(mean.value), _range(mean)


def weeks_in_words(weeks: Sequence[Week]) -> str:
    """Say what the weeks show, for those who do not see it."""
    shown = [week for week in weeks if week.mean]
    if not shown:
        return f"No week has results of {GROUP} learners."
    said = "; ".join(
        f"{week_name(week)} {round(week.mean.value)} percent of {week.learners} learners" for week in shown if week.mean
    )
    return f"Line chart of the mean score in {count(len(shown), 'week')} with 95 percent intervals. {said}."


def domains_in_words(domains: Sequence[GroupDomain]) -> str:
    """Say what the domain profile shows, for those who do not see it."""
    said = "; ".join(f"{each.title} {round(each.mean.value)} percent" for each in domains if each.mean)
    return f"Bar chart of the group's mean share of points in each domain with 95 percent intervals. {said}."


def result_rows(results: Sequence[CohortResult], choices: Choices, zone: tzinfo) -> list[dict[str, object]]:
    """Give the lines of the table; times on the reader's clock, without a zone so that no one moves them again."""
    return [
        {
            "Learner": each.name,
            "Score": each.result.percent,
            "Passed": {True: "yes", False: "no", None: ""}[each.result.passed],
            "Quiz": choices.quizzes.get(each.result.programme, (each.result.programme, None))[0],
            "Handed in": each.result.submitted_at.astimezone(zone).replace(tzinfo=None),
            "Cohort": ", ".join(each.cohorts),
            "Answered": f"{each.result.answered} of {each.result.questions}",
            "By": BY.get(each.result.submitted_by, each.result.submitted_by),
            "E-mail": each.email,
        }
        for each in results
    ]
