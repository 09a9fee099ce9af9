"""What charts of measurement show, ready to draw: points, a sentence that says what they mean, and the same as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import Literal

from training.core.blueprint import Mode
from training.services.analysing import Fresh, Month, Part, Quiz
from training.ui.views.words import count, day_and_time, plain

NOTHING = "–"
PERIODS = {"": "At any time", "30": "In the last 30 days", "90": "In the last 90 days", "365": "In the last year"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Series:
    """Some points with a name; `told` is what each says when it is pointed at."""

    name: str
    x: tuple[float | str, ...]
    y: tuple[float, ...]
    kind: Literal["line", "dots", "bars"] = "line"
    told: tuple[str, ...] = ()
    dash: str = "solid"


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart: its series, axes, lines to hold it against, and the table that says the same."""

    name: str
    sentence: str
    series: tuple[Series, ...]
    x_title: str
    y_title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    lines: tuple[tuple[str, float], ...] = field(default=())


def two(value: float) -> str:
    """Say a number with two decimals, or nothing."""
    return NOTHING if value != value else f"{value:.2f}"  # noqa: PLR0124 - only NaN differs from itself


def one(value: float) -> str:
    """Say a number with one decimal, or nothing."""
    return NOTHING if value != value else f"{value:.1f}"  # noqa: PLR0124


def share(value: float) -> str:
    """Say a share (0 to 1) in percent, or nothing."""
    return NOTHING if value != value else f"{round(100 * value)} %"  # noqa: PLR0124


def known(value: float) -> bool:
    """Say whether there is a number."""
    return value == value  # noqa: PLR0124


def between(low: float, high: float) -> str:
    """Say an interval."""
    return NOTHING if not known(low) else f"{low:.2f} to {high:.2f}"


def month_name(month: int) -> str:
    """Name a month counted from the year 0."""
    return f"{MONTHS[month % 12]} {month // 12}"


def months_of(months: Sequence[Month]) -> tuple[tuple[str, float], ...]:
    """Give the months that have a facility."""
    return tuple((month_name(each.month), each.facility) for each in months if known(each.facility))


def fresh_line(fresh: Fresh, zone: tzinfo) -> str:
    """Say how far the sums behind a page are."""
    if fresh.counted < fresh.finished:
        return (
            f"{fresh.counted} of {count(fresh.finished, 'attempt')} are counted so far. "
            "`python -m training rebuild` counts the rest."
        )
    when = f", the last one counted on {day_and_time(fresh.at, zone)}" if fresh.at else ""
    return f"Up to date: all {count(fresh.finished, 'attempt')} handed in are counted{when}."


def cohort_choices(titles: Mapping[str, str]) -> dict[str, str]:
    """Give whose answers can be chosen."""
    return {"": "Everyone", **titles}


def chosen_part(cohort: str, days: str, today: date) -> Part:
    """Read which part of the answers is chosen."""
    return Part(since=today - timedelta(days=int(days)) if days else None, cohort=cohort)


def part_line(attempts: int) -> str:
    """Say what a part is added up from."""
    return f"Added up just now from the answers of {count(attempts, 'attempt')}."


def quiz_choices(quizzes: Sequence[Quiz]) -> dict[str, str]:
    """Give what can be chosen: `slug` for exams, `slug:practice` for practice."""
    return {
        each.slug if each.mode is Mode.EXAM else f"{each.slug}:practice": (
            f"{each.title}{'' if each.mode is Mode.EXAM else ' (practice)'}, {count(each.attempts, 'attempt')}"
        )
        for each in quizzes
    }


def chosen_quiz(word: str) -> tuple[str, Mode]:
    """Read what was chosen."""
    slug, _, mode = word.partition(":")
    return slug, Mode.PRACTICE if mode else Mode.EXAM


def short(text: str, most: int = 60) -> str:
    """Cut an author's text at a word, for the cell of a table."""
    return plain(text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …")
