"""Certainty against correctness in words and rows: one learner's in her result, many learners' for instructors."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.attempt import Attempt
from training.core.certainty import DEGREES, MOST, WORDS, Certainty
from training.core.score import Outcome, Score
from training.services.summing import SureOf
from training.ui.views.measured import known, share
from training.ui.views.words import count, points

MINUS = "\N{MINUS SIGN}"
HEAD = ("You said", "Answers", "Right", "Marks")
MANY_HEAD = ("They said", "Answers", "Right", "It pays to say so")
PAYS = {None: "", Certainty.LOW: "below 67 % right", Certainty.MID: "from 67 to 80 %", Certainty.HIGH: "above 80 %"}
ENOUGH = 0.8
"""The share that must be right for \u201cvery sure\u201d to pay."""


@dataclass(frozen=True, slots=True)
class CertaintyView:
    """What saying how sure one is was worth in an attempt."""

    headline: str
    counts: str
    rows: tuple[tuple[str, str, str, str], ...]
    advice: str


def degree(certainty: Certainty | None) -> str:
    """Name how sure somebody said she is."""
    return WORDS[certainty].partition(":")[0].capitalize() if certainty else "Not said (counts as not sure)"


def signed(mark: float) -> str:
    """Say marks with their sign."""
    return f"{MINUS if mark < 0 else '+' if mark else ''}{points(abs(mark))}"


def certainty_view(attempt: Attempt, score: Score) -> CertaintyView | None:
    """Work out the part of a result about certainty; None where the quiz did not ask."""
    policy = attempt.form.policy
    if not policy.confidence:
        return None
    scored = [each for each in score.outcomes if each.scored]
    whole, most = round(score.certainty_percent), points(MOST * len(scored))
    total = sum(each.certainty_marks for each in scored)
    return CertaintyView(
        f"{signed(whole)} % by how sure you were: {signed(total)} of {most} marks.",
        "This decides whether you pass." if policy.confidence_decides
        else "It is for you to learn from, and does not change your score.",
        tuple(_row(each, scored) for each in DEGREES if _of(each, scored)), _advice(scored),
    )  # fmt: skip


def said(outcome: Outcome) -> str:
    """Say beside one answer how sure she was and what that was worth."""
    return f"{degree(outcome.certainty)}: {signed(outcome.certainty_marks)} of {points(MOST)} marks by certainty"


def _of(certainty: Certainty | None, outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [each for each in outcomes if each.certainty == certainty and each.value is not None]


def _row(certainty: Certainty | None, outcomes: Sequence[Outcome]) -> tuple[str, str, str, str]:
    found = _of(certainty, outcomes)
    right = sum(each.fraction for each in found) / len(found)
    return degree(certainty), str(len(found)), share(right), signed(sum(each.certainty_marks for each in found))


def _advice(outcomes: Sequence[Outcome]) -> str:
    sure, unsure = _of(Certainty.HIGH, outcomes), [*_of(Certainty.LOW, outcomes), *_of(None, outcomes)]
    wrong, right = (sum(each.fraction < 1 for each in sure), sum(each.fraction == 1 for each in unsure))
    if wrong:
        return f"Look first at {count(wrong, 'answer')} of which you were very sure and which {_was(wrong)} not right."
    if right:
        return f"You know more than you trust: {count(right, 'answer')} you were not sure of {_was(right)} right."
    return ""


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def many_rows(found: Sequence[SureOf]) -> list[tuple[str, str, str, str]]:
    """Give a row for each certainty of many learners' answers."""
    return [(degree(each.certainty), str(each.n), share(each.facility), PAYS[each.certainty]) for each in found]


def verdict(found: Sequence[SureOf]) -> str:
    """Say whether those who were very sure were right often enough."""
    high = next((each for each in found if each.certainty is Certainty.HIGH), None)
    if high is None or not known(high.facility):
        return "Too few said they were very sure to tell whether they were right to be."
    if high.facility < ENOUGH:
        return (f"Of the very sure only {share(high.facility)} were right: they hold something wrong for true, "
                "or the key is wrong.")  # fmt: skip
    return f"Of the very sure {share(high.facility)} were right, as they should be."
