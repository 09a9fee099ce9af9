"""The practical sign-off: what examiners who looked independently lead to, with the reasons in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.core.certification import Practical


class Outcome(StrEnum):
    """How a round ends."""

    LOOK_AGAIN = "look again"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Judged:
    """A round's outcome with the mean share of what was met, in percent, and why."""

    outcome: Outcome
    percent: float
    reasons: tuple[str, ...]


def judge(practical: Practical, ratings: Sequence[Mapping[str, bool]], kappa: float) -> Judged:
    """Decide a round: examiners who disagree look again; else a critical error fails, and so does too little met.

    `kappa` is the least agreement between two of them.
    """
    shares = [100 * sum(met.values()) / len(met) for met in ratings]
    percent = sum(shares) / len(shares)
    apart = _apart(practical, ratings, kappa)
    if apart:
        return Judged(Outcome.LOOK_AGAIN, percent, (*apart, "Please talk, and each fill in the checklist again."))
    errors = [each.text for each in practical.checklist if each.critical and not all(met[each.id] for met in ratings)]
    reasons = [f"Critical error: {text}" for text in errors]
    needed = f"{percent:.0f} % of the checklist was met; {practical.pass_percent:g} % are needed."
    passed = not errors and percent >= practical.pass_percent - 1e-9
    return Judged(Outcome.PASSED if passed else Outcome.FAILED, percent, (*reasons, needed))


def _apart(practical: Practical, ratings: Sequence[Mapping[str, bool]], kappa: float) -> list[str]:
    if {frozenset(met) for met in ratings} != {frozenset(each.id for each in practical.checklist)}:
        return ["The checklist was changed between two examiners."]
    split = [each for each in practical.checklist if each.critical and len({met[each.id] for met in ratings}) > 1]
    found = [f"The examiners disagree on a critical line: {each.text}" for each in split]
    if kappa < practical.agreement:
        found.append(f"Agreement between examiners is {kappa:.2f} (kappa); {practical.agreement:g} is needed.")
    return found
