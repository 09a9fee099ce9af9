"""A learner's history in points and rows, for charts and their tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from training.services.reviewing import Progress, ResultRow
from training.ui.views.review_result import DomainBar, domain_bars
from training.ui.views.words import count, day_and_time, percent

WEEKS = 12


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One finished quiz."""

    attempt: str
    title: str
    at: datetime
    when: str
    percent: float
    percent_text: str
    passed_text: str


@dataclass(frozen=True, slots=True)
class Week:
    """What was done in the week that begins on this Monday."""

    monday: date
    questions: int
    sections: int

    @property
    def name(self) -> str:
        return f"{self.monday.day} {self.monday:%b}"


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The whole progress page."""

    scores: tuple[ScorePoint, ...]
    bars: tuple[DomainBar, ...]
    weeks: tuple[Week, ...]


def progress_view(progress: Progress, now: datetime, zone: tzinfo) -> ProgressView:
    """Work out the progress page."""
    return ProgressView(
        tuple(_point(row, progress, zone) for row in progress.results),
        domain_bars(progress.domains, dict(progress.domain_titles)),
        _weeks(progress, now, zone),
    )


def _point(row: ResultRow, progress: Progress, zone: tzinfo) -> ScorePoint:
    passed = {True: "passed", False: "not passed", None: "no pass mark"}[row.passed]
    title = progress.quiz_titles.get(row.programme, row.programme)
    when = day_and_time(row.submitted_at, zone)
    return ScorePoint(row.attempt_id, title, row.submitted_at.astimezone(zone), when, row.percent,
                      percent(row.percent), passed)  # fmt: skip


def _weeks(progress: Progress, now: datetime, zone: tzinfo) -> tuple[Week, ...]:
    def monday(moment: datetime) -> date:
        day = moment.astimezone(zone).date()
        return day - timedelta(days=day.weekday())

    first = monday(now) - timedelta(weeks=WEEKS - 1)
    mondays = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return tuple(
        Week(
            each,
            sum(row.answered for row in progress.results if monday(row.submitted_at) == each),
            sum(1 for at in progress.read if monday(at) == each),
        )
        for each in mondays
    )


def scores_in_words(scores: Sequence[ScorePoint]) -> str:
    """Say what the score chart shows, for those who do not see it."""
    first, last = scores[0], scores[-1]
    best = max(scores, key=lambda each: each.percent)
    return (
        f"Line chart of {count(len(scores), 'score')} over time, from {first.percent_text} on {first.when} "
        f"to {last.percent_text} on {last.when}. The best is {best.percent_text}."
    )


def activity_in_words(weeks: Sequence[Week]) -> str:
    """Say what the activity chart shows, for those who do not see it."""
    questions, sections = sum(week.questions for week in weeks), sum(week.sections for week in weeks)
    busy = sum(1 for week in weeks if week.questions or week.sections)
    return (
        f"Bar chart of activity in each of the last {len(weeks)} weeks: {count(questions, 'question')} answered and "
        f"{count(sections, 'section')} read in {count(busy, 'week')}."
    )
