"""How learners answered one item, for its author: how many, how well, what they chose or typed; never who."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from training.core.interaction import EnterNumber, EnterText
from training.core.items import Item
from training.core.key import fraction, near_miss
from training.core.permission import Action, Actor, permit
from training.core.phrase import normalised
from training.core.question import Question
from training.core.review import NOT_ANSWERED, in_words
from training.services.app import App
from training.store import answers, attempts
from training.store.answers import Tally
from training.store.database import Connection

FEWEST = 5
"""Answers of fewer learners are not shown: a single one might be known by hers."""

HELD_BACK = f"typed by fewer than {FEWEST} learners each"
MOST = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """One response in words, how many gave it, and whether it is right."""

    words: str
    n: int
    right: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """A phrase that learners typed and that is a slip of the fingers from one that is accepted now, and how often."""

    typed: str
    near: str
    n: int


@dataclass(frozen=True, slots=True)
class Answered:
    """All answers to an item: `facility` is the mean share of the points, None where too few learners answered.

    `chosen` is of the question as it was delivered last, `n_last` answers; those of earlier versions are in `n` alone.
    `slips` are of every version, held against what the item accepts as it is written now.
    """

    n: int
    facility: float | None
    chosen: tuple[Chosen, ...] = ()
    n_last: int = 0
    slips: tuple[Slip, ...] = ()


def answered(app: App, actor: Actor, item: Item) -> Answered:
    """Count the answers to an item; it may be written otherwise than it is saved."""
    permit(actor, Action.READ_CONTENT)
    questions = item.questions(0)
    return app.database.read(lambda tx: _answered(tx, questions, varies=item.varies or len(questions) > 1))


def _answered(tx: Connection, questions: Sequence[Question], *, varies: bool) -> Answered:
    ids = [question.item_id for question in questions]
    found, people = answers.tallies(tx, ids), answers.learners(tx, ids)
    n = sum(each.n for each in found)
    if people[""] < FEWEST:
        return Answered(n, None)
    facility = sum(each.n * each.fraction for each in found) / n
    slips = _slips(found, questions)
    last = [each for each in found if each.digest == found[-1].digest]
    n_last = sum(each.n for each in last)
    if varies or people[last[0].digest] < FEWEST:
        return Answered(n, facility, slips=slips)
    return Answered(n, facility, _chosen(tx, last), n_last, slips)


def _chosen(tx: Connection, last: list[Tally]) -> tuple[Chosen, ...]:
    question = attempts.questions_of(tx, [last[0].digest]).get(last[0].digest)
    if question is None:
        return ()
    counts: Counter[tuple[str, bool]] = Counter()
    for words, right, some in _grouped(question, last):
        counts[words, right] += sum(each.n for each in some)
    return tuple(Chosen(words, n, right) for (words, right), n in counts.most_common(MOST))


def _grouped(question: Question, last: Sequence[Tally]) -> list[tuple[str, bool, list[Tally]]]:
    """Put equal responses together; what was typed by a few only may say who they are, so its words are held back."""
    groups: dict[tuple[str, bool], list[Tally]] = defaultdict(list)
    for each in last:
        groups[_words(question, each), each.value is not None and fraction(question.key, each.value) == 1].append(each)
    typed = isinstance(question.interaction, EnterText | EnterNumber)
    return [
        (HELD_BACK if typed and not right and words != NOT_ANSWERED and _few(some) else words, right, some)
        for (words, right), some in groups.items()
    ]


def _few(some: Sequence[Tally]) -> bool:
    # Who typed two spellings of the same counts twice: a spelling never comes to more than its most frequent one.
    return max(each.learners for each in some) < FEWEST


def _words(question: Question, tally: Tally) -> str:
    if isinstance(question.interaction, EnterText) and isinstance(tally.value, str):
        return normalised(tally.value, plural=False)
    return in_words(question.interaction, tally.value) or NOT_ANSWERED


def _slips(found: Sequence[Tally], questions: Sequence[Question]) -> tuple[Slip, ...]:
    """Count what was typed that is nearly right: a letter or two from what the author wrote, so it tells of nobody."""
    keys = {question.item_id: question.key for question in questions}
    counts: Counter[tuple[str, str]] = Counter()
    for each in found:
        near = near_miss(keys[each.item_id], each.value)
        if near and isinstance(each.value, str):
            counts[normalised(each.value, plural=False), near] += each.n
    return tuple(Slip(typed, near, n) for (typed, near), n in counts.most_common(MOST))
