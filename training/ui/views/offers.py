"""What a quiz is like and how the learner stands in it, in words, for the list and the page before the start."""

from dataclasses import dataclass
from datetime import datetime

from training.core.blueprint import Mode, Policy
from training.core.key import PartialCredit
from training.services.taking import Offer
from training.ui.views.words import count, percent, time_left


@dataclass(frozen=True, slots=True)
class Facts:
    """A quiz in short phrases."""

    kind: str
    shape: str
    tries: str
    scores: str
    time_left: str


CERTIFIES = (
    "This quiz tests knowledge only. Passing it does not show that you can needle safely, "
    "and is no licence to practise: that takes supervised hands-on training and the rules of your jurisdiction."
)

_CREDIT = {
    PartialCredit.ALL_OR_NOTHING: "Where several answers are right, the point is earned by choosing exactly those.",
    PartialCredit.EACH_ANSWER: "Where several answers are right, every option rightly chosen or rightly left "
    "alone earns a part of the point.",
    PartialCredit.NET_CORRECT: "Where several answers are right, wrong choices are subtracted from right ones; "
    "never below zero.",
}


def facts(offer: Offer, now: datetime | None = None) -> Facts:
    """Word the quiz for a line or two."""
    policy = offer.programme.policy
    return Facts(
        "Practice" if policy.mode is Mode.PRACTICE else "Exam",
        " · ".join(_shape(offer.programme.blueprint.total, policy)),
        _tries(offer, policy),
        _scores(offer),
        _time_left(offer, now),
    )


def _shape(total: int, policy: Policy) -> list[str]:
    parts = [count(total, "question"), count(policy.minutes, "minute") if policy.minutes else "no time limit"]
    if policy.pass_percent is not None:
        parts.append(f"pass mark {percent(policy.pass_percent)}")
    return parts


def _tries(offer: Offer, policy: Policy) -> str:
    if policy.tries is None:
        return (
            f"{count(offer.tries_used, 'try', 'tries')} so far, no limit" if offer.tries_used else "No limit on tries"
        )
    return f"{offer.tries_left} of {count(policy.tries, 'try', 'tries')} left"


def _scores(offer: Offer) -> str:
    if offer.last_percent is None or offer.best_percent is None:
        return "Not taken yet"
    return f"Last score {percent(offer.last_percent)}, best {percent(offer.best_percent)}"


def _time_left(offer: Offer, now: datetime | None) -> str:
    deadline = offer.open_deadline
    if not offer.open_attempt or now is None:
        return ""
    return f"{time_left(deadline - now).capitalize()}." if deadline else "There is no time limit."


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a quiz: an icon, what it is about, and what holds."""

    icon: str
    title: str
    text: str


def rules_of(offer: Offer) -> tuple[Rule, ...]:
    """Word what holds from the start to the end, in the order it will matter."""
    policy = offer.programme.policy
    return (
        Rule("format_list_numbered", "Questions", _questions(offer.programme.blueprint.total)),
        Rule("timer", "Time", _time(policy)),
        Rule("cloud_done", "Saving", "Every answer is saved at once. If the page closes or the connection drops, "
             "come back and go on where you were" + (": the clock keeps running." if policy.minutes else ".")),
        Rule("visibility", "Answers", _shown(policy)),
        Rule("grading", "Marking", _marking(policy)),
        Rule("replay", "Tries", _tries_rule(offer, policy)),
    )  # fmt: skip


def _questions(total: int) -> str:
    return (
        f"{count(total, 'question')}, drawn for you from a larger bank. "
        "You can go back, change answers and flag questions."
    )


def _time(policy: Policy) -> str:
    if policy.minutes is None:
        return "There is no time limit. The quiz stays open until you hand in."
    return (
        f"{count(policy.minutes, 'minute')} from the moment you start. When time is up, "
        "what you have saved is handed in and marked, even if the page is closed."
    )


def _shown(policy: Policy) -> str:
    if policy.mode is Mode.PRACTICE:
        return "Check an answer to see at once what is right and why; a checked answer stays as it is."
    return "You see what is right and why, with sources, after you hand in."


def _marking(policy: Policy) -> str:
    mark = f" The pass mark is {percent(policy.pass_percent)}." if policy.pass_percent is not None else ""
    return f"Wrong and open questions earn nothing and cost nothing. {_CREDIT[policy.partial_credit]}{mark}"


def _tries_rule(offer: Offer, policy: Policy) -> str:
    if policy.tries is None:
        return "You can take this quiz as often as you like. Each try draws questions anew, unseen ones first."
    return f"{_tries(offer, policy)}. A try counts from its start."
