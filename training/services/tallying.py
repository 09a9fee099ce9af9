"""How learners answered one item, for its author: how many, how well, and what they chose; never who."""

from collections import Counter
from dataclasses import dataclass

from training.core.items import Item
from training.core.key import fraction
from training.core.permission import Action, Actor, permit
from training.core.review import NOT_ANSWERED, in_words
from training.services.app import App
from training.store import answers, attempts
from training.store.answers import Tally
from training.store.database import Connection

FEWEST = 5
"""Below this many answers nothing is shown: a single learner might be known by hers."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One response in words, how many gave it, and whether it is right."""

    words: str
    n: int
    right: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """All answers to an item: `facility` is the mean share of the points, None where there are too few answers.

    `chosen` is of the question as it was delivered last, `n_last` answers; those of earlier versions are in `n` alone.
    """

    n: int
    facility: float | None
    chosen: tuple[Chosen, ...] = ()
    n_last: int = 0


def answered(app: App, actor: Actor, item: Item) -> Answered:
    """Count the answers to an item."""
    permit(actor, Action.READ_CONTENT)
    ids = [question.item_id for question in item.questions(0)]
    return app.database.read(lambda tx: _answered(tx, ids, varies=item.varies or len(ids) > 1))


def _answered(tx: Connection, ids: list[str], *, varies: bool) -> Answered:
    found = answers.tallies(tx, ids)
    n = sum(each.n for each in found)
    if n < FEWEST:
        return Answered(n, None)
    facility = sum(each.n * each.fraction for each in found) / n
    last = [each for each in found if each.digest == found[-1].digest]
    n_last = sum(each.n for each in last)
    if varies or n_last < FEWEST:
        return Answered(n, facility)
    return Answered(n, facility, _chosen(tx, last), n_last)


def _chosen(tx: Connection, last: list[Tally]) -> tuple[Chosen, ...]:
    question = attempts.questions_of(tx, [last[0].digest]).get(last[0].digest)
    if question is None:
        return ()
    counts: Counter[tuple[str, bool]] = Counter()
    for each in last:
        words = in_words(question.interaction, each.value) or NOT_ANSWERED
        counts[words, each.value is not None and fraction(question.key, each.value) == 1] += each.n
    return tuple(Chosen(words, n, right) for (words, right), n in counts.most_common(20))
