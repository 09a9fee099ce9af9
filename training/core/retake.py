"""When a quiz may be begun again: tries in a lifetime and a window, pauses that grow, longer after low scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.core.blueprint import Policy


@dataclass(frozen=True, slots=True)
class Try:
    """One earlier attempt at the same quiz; `percent` and `passed` are None while it is open or undecided."""

    started: datetime
    ended: datetime | None = None
    percent: float | None = None
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Why the next try must wait, and until when; for ever where `until` is None."""

    until: datetime | None
    why: str


def waits(policy: Policy, tries: Sequence[Try], now: datetime) -> tuple[Wait, ...]:
    """Give every rule of the policy that stands in the way at this moment; none where a try may begin.

    `tries` are all of this learner's attempts at the quiz, oldest first, running ones included.
    """
    found = (
        _lifetime(policy, tries),
        _window(policy, tries),
        _cool_down(policy, tries),
        _low_score(policy, tries),
    )
    return tuple(wait for wait in found if wait and (wait.until is None or wait.until > now))


def opens(found: Sequence[Wait]) -> datetime | None:
    """Give the moment when the last of some waits is over; None where one never is, or none is left."""
    moments = [wait.until for wait in found]
    return max((moment for moment in moments if moment), default=None) if None not in moments else None


def _lifetime(policy: Policy, tries: Sequence[Try]) -> Wait | None:
    if policy.tries is None or len(tries) < policy.tries:
        return None
    return Wait(None, f"You have used all {policy.tries} tries of this quiz.")


def _window(policy: Policy, tries: Sequence[Try]) -> Wait | None:
    window = policy.window
    if window is None or len(tries) < window.tries:
        return None
    # The oldest of the last few tries must have left the window before another may begin.
    until = tries[-window.tries].started + timedelta(days=window.days)
    return Wait(until, f"No more than {window.tries} tries in {_days(window.days)}.")


def _cool_down(policy: Policy, tries: Sequence[Try]) -> Wait | None:
    failed = [each for each in tries if each.passed is False and each.ended]
    if not policy.cool_down or not failed:
        return None
    pause = policy.cool_down[min(len(failed), len(policy.cool_down)) - 1]
    ended = max(each.ended for each in failed if each.ended)
    return Wait(ended + timedelta(days=pause), f"A pause of {_days(pause)} after a failed try, to learn in.")


def _low_score(policy: Policy, tries: Sequence[Try]) -> Wait | None:
    rule = policy.low_score
    if rule is None:
        return None
    low = [each.ended for each in tries if each.ended and each.percent is not None and each.percent < rule.below]
    if not low or len(low) % rule.times:
        return None
    words = f"{len(low)} scores below {rule.below:g} % ask for a pause of {_days(rule.days)}."
    return Wait(max(low) + timedelta(days=rule.days), words)


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:g} days" if days >= 1 else f"{24 * days:.3g} hours"
