"""A result in words and rows: the score and how sure it is, the domains, every question with key and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from training.core.attempt import Attempt
from training.core.interval import Interval
from training.core.question import Image, Question
from training.core.review import headline
from training.core.score import DomainScore, Outcome
from training.services.remedying import Path
from training.services.reviewing import Result
from training.services.taking import Offer
from training.ui.views import certainty
from training.ui.views.certainty import CertaintyView, certainty_view
from training.ui.views.key_changes import regrades_in_words
from training.ui.views.told import Beside, Reasoned, beside, reasons_beside
from training.ui.views.words import cited, count, day_and_time, percent, plain, points


@dataclass(frozen=True, slots=True)
class DomainBar:
    """One bar of the domain chart; shares from 0 to 100."""

    title: str
    percent: float
    low: float
    high: float
    n: int

    @property
    def row(self) -> tuple[str, str, str, str]:
        return plain(self.title), str(self.n), f"{round(self.percent)} %", f"{round(self.low)} to {round(self.high)} %"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One question looked back on."""

    number: int
    headline: str
    fraction: float
    stem: str
    image: Image | None
    beside: Beside
    reasons: tuple[Reasoned, ...]
    references: tuple[str, ...]
    again: str = ""
    """That and why it was marked again."""
    sure: str = ""

    @property
    def right(self) -> bool:
        return self.fraction == 1


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule of the decision: whether it holds, and what it asks and found in words."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """The whole result page."""

    title: str
    when: str
    score: str
    points_text: str
    sure: str
    verdict: str
    rules: tuple[RuleShown, ...]
    passed: bool | None
    next_text: str
    may_try_again: bool
    programme: str
    bars: tuple[DomainBar, ...]
    questions: tuple[Reviewed, ...]
    challenge_days: int | None
    """The term that this quiz sets for answers to challenges, where it sets one."""
    certainty: CertaintyView | None = None

    @property
    def wrong(self) -> tuple[Reviewed, ...]:
        """What to look at again: what was missed, and what was marked again since."""
        return tuple(question for question in self.questions if not question.right or question.again)


def result_view(result: Result, zone: tzinfo) -> ResultView:
    """Work out the result page."""
    attempt, score = result.attempt, result.score
    end = attempt.submitted
    by_clock = end is not None and end.by == "clock"
    total, again = len(score.outcomes), regrades_in_words(attempt, zone)
    return ResultView(
        attempt.form.title,
        (f"Handed in {day_and_time(end.at, zone)}" if end else "") + (" when the time was up" if by_clock else ""),
        percent(score.percent),
        f"{points(score.points)} of {points(score.max_points)} points",
        f"With {count(total, 'question')} the score is uncertain: about {_range(score.interval)} (95 % interval).",
        _verdict(result),
        _rules(result),
        result.passed,
        _next(result),
        result.offer is not None and result.offer.may_start,
        attempt.form.programme,
        domain_bars(score.by_domain, dict(attempt.form.domains)),
        tuple(_reviewed(attempt, outcome, again.get(outcome.slot, "")) for outcome in score.outcomes),
        attempt.form.policy.challenge_days,
        certainty_view(attempt, score),
    )


def _range(interval: Interval) -> str:
    return f"{round(100 * interval.low)}\u00a0% to {round(100 * interval.high)}\u00a0%"


def _verdict(result: Result) -> str:
    decision = result.decision
    if decision is None:
        return "This quiz has no pass mark: use it to find out what to read again."
    said = "Passed" if decision.passed else "Not passed yet"
    if len(decision.grounds) == 1 and decision.grounds[0].rule == "overall":
        return f"{said}: the pass mark is {percent(decision.grounds[0].needed)}."
    held = sum(ground.holds for ground in decision.grounds)
    return f"{said}: {held} of {count(len(decision.grounds), 'rule')} met. All must be."


def _rules(result: Result) -> tuple[RuleShown, ...]:
    """List the rules where there is more to say than the pass mark."""
    grounds = result.decision.grounds if result.decision else ()
    if len(grounds) == 1 and grounds[0].rule == "overall":
        return ()
    return tuple(RuleShown(ground.holds, plain(ground.words)) for ground in grounds)


def _next(result: Result) -> str:
    if result.path is not None:
        return _on_the_path(result.path)
    if all(outcome.fraction == 1 for outcome in result.score.outcomes):
        return "Every answer was right. Come back in a while to see whether it lasts."
    if result.passed:
        return "You have passed. Read again what you missed: patients meet all of it."
    if result.passed is False and result.offer is not None and result.offer.waits:
        return _after_a_wait(result.offer)
    if result.modules:
        return "Read again what you missed, then try anew: the questions will differ."
    return "Look through the questions you missed, then try anew: the questions will differ."


def _on_the_path(path: Path) -> str:
    if path.passed:
        return "You read and re-checked what was missing. The next try gives you other questions."
    return (
        "Some of what you missed must be passed by itself, because patients depend on it. Read the sections below "
        "to their end, then pass a short re-check of fresh questions on just that. After it you can try again."
    )


def _after_a_wait(offer: Offer) -> str:
    if offer.opens:
        return "Read again what you missed. The next try gives you other questions."
    return "You have no tries left. Read again what you missed, and ask your coordinator about another try."


def domain_bars(scores: Sequence[DomainScore], titles: dict[str, str]) -> tuple[DomainBar, ...]:
    """Prepare the domain chart, in the blueprint's order."""
    return tuple(
        DomainBar(
            titles.get(each.domain, f"Domain {each.domain}"), 100 * each.fraction,
            100 * each.interval.low, 100 * each.interval.high, each.n,
        )
        for each in scores
    )  # fmt: skip


def domains_in_words(bars: Sequence[DomainBar]) -> str:
    """Say what the domain chart shows, for those who do not see it."""
    said = (f"{bar.title} {round(bar.percent)} percent of {count(bar.n, 'question')}" for bar in bars)
    return f"Bar chart of the share of points in each domain with 95 percent intervals. {'; '.join(said)}."


def _reviewed(attempt: Attempt, outcome: Outcome, again: str) -> Reviewed:
    slot = attempt.form.slots[outcome.slot]
    question = slot.question
    return Reviewed(
        outcome.slot + 1, headline(outcome.fraction) if outcome.value is not None else "Not answered",
        outcome.fraction, stem_of(question), question.image, beside(slot, outcome.value),
        reasons_beside(slot, outcome.value), tuple(cited(each) for each in question.citations), again,
        certainty.said(outcome) if attempt.form.policy.confidence and outcome.value is not None else "",
    )  # fmt: skip


def stem_of(question: Question) -> str:
    """Give what was asked, of a case with what was known by then."""
    return plain(f"{question.context}\n\n{question.stem}" if question.context else question.stem)
