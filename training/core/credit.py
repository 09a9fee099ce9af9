"""How much is earned by what is partly right; each kind of question has its own ways, and the policy chooses."""

import itertools
from dataclasses import dataclass
from enum import StrEnum


class PartialCredit(StrEnum):
    """How a multiple response earns credit; chosen by the policy of the quiz.

    all_or_nothing: 1 for exactly the key. each_answer: every option rightly ticked or rightly left
    alone counts alike. net_correct: right ticks less wrong ticks over the number of right ones, not
    below 0.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    EACH_ANSWER = "each_answer"
    NET_CORRECT = "net_correct"


class OrderCredit(StrEnum):
    """How an order earns credit; chosen by the policy of the quiz.

    all_or_nothing: 1 for exactly the key. longest_run: the longest stretch of steps that follow each
    other as they should. adjacent_pairs: all pairs of neighbours that follow each other as they should.
    Both count neighbours over the number of them in the key, so that a single step earns nothing.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    LONGEST_RUN = "longest_run"
    ADJACENT_PAIRS = "adjacent_pairs"


class MatchCredit(StrEnum):
    """How matched rows and filled gaps earn credit; chosen by the policy of the quiz.

    all_or_nothing: 1 where every one is right. each_pair: the share of those that are right.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    EACH_PAIR = "each_pair"


@dataclass(frozen=True, slots=True)
class Credit:
    """What a policy gives for partly right answers, kind by kind."""

    choices: PartialCredit = PartialCredit.ALL_OR_NOTHING
    ordering: OrderCredit = OrderCredit.ALL_OR_NOTHING
    matching: MatchCredit = MatchCredit.EACH_PAIR


SANE = Credit()
"""Where no policy says otherwise: rows and gaps count each by itself, all else is right or wrong."""


def of_order(right: tuple[str, ...], given: tuple[str, ...], credit: OrderCredit) -> float:
    """Give what an order earns, from 0 to 1."""
    if given == right:
        return 1.0
    if credit is OrderCredit.ALL_OR_NOTHING:
        return 0.0
    follows = dict(itertools.pairwise(right))
    sound = [follows.get(first) == second for first, second in itertools.pairwise(given)]
    earned = sum(sound) if credit is OrderCredit.ADJACENT_PAIRS else _longest(sound)
    return earned / max(1, len(right) - 1)


def _longest(sound: list[bool]) -> int:
    longest = run = 0
    for each in sound:
        run = run + 1 if each else 0
        longest = max(longest, run)
    return longest


def of_pairs(right: tuple[tuple[str, ...], ...], given: tuple[str, ...], credit: MatchCredit) -> float:
    """Give what matched rows or filled gaps earn, from 0 to 1; each may have several right options."""
    if len(given) != len(right):
        return 0.0
    share = sum(name in good for good, name in zip(right, given, strict=True)) / len(right)
    return share if credit is MatchCredit.EACH_PAIR else float(share == 1)


def of_choices(right: frozenset[str], options: frozenset[str], chosen: frozenset[str], credit: PartialCredit) -> float:
    """Give what a set of ticks earns, from 0 to 1."""
    good, wrong = len(chosen & right), len(chosen - right)
    match credit:
        case PartialCredit.ALL_OR_NOTHING:
            return 1.0 if chosen == right else 0.0
        case PartialCredit.EACH_ANSWER:
            return (good + len(options - right) - wrong) / len(options) if chosen else 0.0
        case PartialCredit.NET_CORRECT:
            return max(0.0, (good - wrong) / len(right))
