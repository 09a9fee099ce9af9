"""What a quiz is like and how the learner stands in it, in words, for the list and the page before the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from training.core.blueprint import Mode, Policy
from training.core.key import PartialCredit
from training.core.rules import OverallRule, Rules, SectionRule
from training.services.taking import Offer
from training.ui.views.words import count, day_and_time, percent, time_left


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

REMEDY_FIRST = "Your last try failed something that must be passed by itself: read and re-check it first."

_CREDIT = {
    PartialCredit.ALL_OR_NOTHING: "Where several answers are right, the point is earned by choosing exactly those.",
    PartialCredit.EACH_ANSWER: "Where several answers are right, every option rightly chosen or rightly left "
    "alone earns a part of the point.",
    PartialCredit.NET_CORRECT: "Where several answers are right, wrong choices are subtracted from right ones; "
    "never below zero.",
}

_CERTAINTY = {
    False: "You are asked how sure you are; the marks by certainty are shown beside your score and do not change it.",
    True: "You are asked how sure you are: a right answer earns 1, 2 or 3 marks, a wrong one costs 0, 2 or 6, "
    "and an open one nothing. These marks decide whether you pass.",
}


def facts(offer: Offer, now: datetime | None = None) -> Facts:
    """Word the quiz for a line or two."""
    policy = offer.programme.policy
    return Facts(
        "Practice" if policy.mode is Mode.PRACTICE else "Exam",
        " · ".join(_shape(offer)),
        _tries(offer, policy),
        _scores(offer),
        _time_left(offer, now),
    )


def _shape(offer: Offer) -> list[str]:
    total, policy = offer.programme.blueprint.total, offer.programme.policy
    parts = [count(total, "question"), count(offer.minutes, "minute") if offer.minutes else "no time limit"]
    if offer.programme.rules:
        parts.append("passed by several rules")
    elif policy.pass_percent is not None:
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
    listed: tuple[str, ...] = ()
    """What belongs below the text, one in a line."""


def rules_of(offer: Offer) -> tuple[Rule, ...]:
    """Word what holds from the start to the end, in the order it will matter."""
    policy = offer.programme.policy
    return (
        Rule("format_list_numbered", "Questions", _questions(offer.programme.blueprint.total)),
        Rule("timer", "Time", _time(offer.minutes)),
        Rule("cloud_done", "Saving", "Every answer is saved at once. If the page closes or the connection drops, "
             "come back and go on where you were" + (": the clock keeps running." if policy.minutes else ".")),
        Rule("visibility", "Answers", _shown(policy)),
        Rule("grading", "Marking", _marking(policy)),
        *_passing(offer),
        Rule("replay", "Tries", _tries_rule(offer, policy)),
    )  # fmt: skip


def _passing(offer: Offer) -> tuple[Rule, ...]:
    rules = offer.programme.rules
    if rules is None:
        return ()
    return (Rule("verified", "Passing", "All of these must hold.", tuple(asked(rules))),)


def asked(rules: Rules) -> list[str]:
    """Word what a programme's rules ask, one sentence for each."""
    full = rules.full
    said = [_overall(full.overall)] if full.overall else []
    said += _sections(full.sections)
    for cluster in full.clusters:
        missed = f"{cluster.misses or 'none'} missed"
        said.append(f"{cluster.name}: {missed if cluster.cut is None else f'{percent(cluster.cut)} of the points'}.")
    if full.sentinels:
        said.append(f"Sentinel questions, on what must never go wrong: {full.sentinels.misses or 'none'} missed.")
    if full.compensation:
        said.append("A total well above its mark can make up for a section just below its own.")
    return said


def _sections(rules: Sequence[SectionRule]) -> list[str]:
    """Sections that ask the same share one sentence."""
    cuts = dict.fromkeys(rule.cut for rule in rules)
    alike = {cut: [rule.section for rule in rules if rule.cut == cut] for cut in cuts}
    return [
        f"{'; '.join(names)}: {percent(cut)} of the points{' in each' if len(names) > 1 else ''}."
        for cut, names in alike.items()
    ]


def _overall(rule: OverallRule) -> str:
    if rule.angoff:
        return "The whole: the mark that a panel set for the questions you get."
    return f"The whole: {percent(rule.cut)} of the points."


def _questions(total: int) -> str:
    return (
        f"{count(total, 'question')}, drawn for you from a larger bank. "
        "You can go back, change answers and flag questions."
    )


def _time(minutes: int | None) -> str:
    if minutes is None:
        return "There is no time limit. The quiz stays open until you hand in."
    return (
        f"{count(minutes, 'minute')} from the moment you start. When time is up, "
        "what you have saved is handed in and marked, even if the page is closed."
    )


def _shown(policy: Policy) -> str:
    if policy.mode is Mode.PRACTICE:
        return "Check an answer to see at once what is right and why; a checked answer stays as it is."
    return "You see what is right and why, with sources, after you hand in."


def _marking(policy: Policy) -> str:
    mark = f" The pass mark is {percent(policy.pass_percent)}." if policy.pass_percent is not None else ""
    sure = f" {_CERTAINTY[policy.confidence_decides]}" if policy.confidence else ""
    cost = "" if policy.confidence_decides else "Wrong and open questions earn nothing and cost nothing. "
    return f"{cost}{_CREDIT[policy.partial_credit]}{sure}{mark}"


def _tries_rule(offer: Offer, policy: Policy) -> str:
    if policy.tries is None:
        said = "You can take this quiz as often as you like. Each try draws questions anew, unseen ones first."
    else:
        said = f"{_tries(offer, policy)}. A try counts from its start."
    if policy.window:
        said += f" No more than {count(policy.window.tries, 'try', 'tries')} in {policy.window.days:g} days."
    if policy.cool_down:
        pauses = ", then ".join(f"{days:g}" for days in policy.cool_down)
        said += f" After a failed try there is a pause of {pauses} days."
    return said


def waiting(offer: Offer, zone: tzinfo) -> str:
    """Say why no new try may begin now, and when one may."""
    why = " ".join(wait.why for wait in offer.waits)
    again = offer.opens
    return f"{why} You can try again from {day_and_time(again, zone)}." if again else why
