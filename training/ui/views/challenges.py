"""Challenges in words and rows, for the learner and for whoever answers: the same talk, seen from two sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from training.core.blueprint import Programme
from training.core.challenge import ENOUGH, Challenge, Evidence, Remedy, State, pseudonym
from training.core.form import Slot
from training.core.interaction import Value
from training.core.key_change import Step as KeyStep
from training.core.question import Image
from training.core.review import in_words
from training.services.answering import Challenged, Counts
from training.services.challenging import Own
from training.ui.views.review_result import stem_of
from training.ui.views.take_quiz import picture_of
from training.ui.views.told import Reasoned, reasons_for
from training.ui.views.words import count, day, day_and_time, percent, plain

REASON = 90
"""Characters of a reason in a list."""

BADGES = {State.OPEN: "blue", State.UPHELD: "green", State.NOT_UPHELD: "gray", State.WITHDRAWN: "gray"}
REMEDIES: Mapping[Remedy, str] = {
    Remedy.NEW_KEY: "Change the key and mark everyone's answers again",
    Remedy.FULL_POINTS: "Give everyone full points for this question",
    Remedy.LEAVE_OUT: "Leave this question out of everyone's score",
    Remedy.REWORD: "Reword the item for later quizzes; marks stay as they are",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: who and when, and what, in Markdown."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """One challenge: where it is about, how it stands, what was said, how it ended."""

    id: str
    title: str
    badge: str
    term: str
    overdue: bool
    thread: tuple[Line, ...]
    ruling: Line | None
    remedy: str
    open: bool


@dataclass(frozen=True, slots=True)
class AskedView:
    """What was asked, as the learner met it, with the key, her answer, and how all answers were."""

    item_id: str
    stem: str
    image: Image | None
    reasons: tuple[Reasoned, ...]
    response: str
    evidence: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One challenge in the instructors' list."""

    id: str
    label: str
    about: str


def own_view(own: Own, quizzes: Mapping[str, str], now: datetime, zone: tzinfo) -> ChallengeView:
    """Prepare a challenge for its learner."""
    people = dict(own.names) | {own.challenge.learner: "You"}
    view = _view(own.challenge, people, quizzes, now, zone)
    return replace(view, remedy=f"{view.remedy} {_carried_out(own, zone)}".strip())


def answering_view(seen: Challenged, quizzes: Mapping[str, str], now: datetime, zone: tzinfo) -> ChallengeView:
    """Prepare a challenge for an instructor, who knows the learner by a pseudonym only."""
    return _view(seen.challenge, seen.names, quizzes, now, zone)


def asked_view(seen: Challenged) -> AskedView:
    """Prepare what was asked."""
    challenge, question = seen.challenge, seen.question
    slot = Slot(question, challenge.question, challenge.order)
    return AskedView(
        challenge.item_id, stem_of(question), picture_of(question), reasons_for(slot, challenge.response),
        _response(slot, challenge.response), _evidence(challenge.evidence), _rows(slot, challenge.evidence),
    )  # fmt: skip


def rows(found: Sequence[Challenged], *, ended: bool, now: datetime, zone: tzinfo) -> list[Row]:
    """Prepare the instructors' list of those that wait, or of those that ended."""
    return [_row(each, now, zone) for each in found if bool(each.challenge.ending) is ended]


def counted(counts: Counts) -> str:
    """Say what waits: `3 open challenges, 1 of them overdue`."""
    if not counts.open:
        return "No challenge is open"
    overdue = f", {counts.overdue} of them overdue" if counts.overdue else ""
    return f"{count(counts.open, 'open challenge')}{overdue}"


def tallied(counts: Counts) -> str:
    """Say how challenges ended, as in `6 challenges ended: 2 upheld, 4 not upheld; 1 ruling came after the term`."""
    if not counts.ended:
        return ""
    how = ", ".join(f"{counts.ended[each]} {each}" for each in State if counts.ended.get(each))
    late = f"; {count(counts.late, 'ruling')} came after the term" if counts.late else ""
    return f"{count(sum(counts.ended.values()), 'challenge')} ended: {how}{late}."


def status(challenge: Challenge, now: datetime, zone: tzinfo) -> str:
    """Say in a line how a learner's challenge stands, for the place where the item is."""
    if challenge.state is not State.OPEN:
        return f"Your challenge was {challenge.state}."
    if challenge.awaits_learner:
        return "You have challenged this item. An instructor has written to you."
    return f"You have challenged this item. {_term(challenge, now, zone)}."


def answered(challenge: Challenge, quizzes: Mapping[str, Programme], now: datetime, zone: tzinfo) -> str:
    """Say where she starts that there is an answer, as in `Question 3 of Knee: Your challenge was upheld`."""
    quiz = quizzes.get(challenge.programme)
    title = plain(quiz.title if quiz else challenge.programme)
    return f"Question {challenge.slot + 1} of {title}: {status(challenge, now, zone)}"


def _view(
    challenge: Challenge, people: Mapping[str, str], quizzes: Mapping[str, str], now: datetime, zone: tzinfo
) -> ChallengeView:
    quiz, ending = quizzes.get(challenge.programme, challenge.programme), challenge.ending
    remedy = f"Proposed remedy: {REMEDIES[ending.remedy]}." if ending and ending.remedy else ""
    learner = people.get(challenge.learner, challenge.learner)
    thread = [Line(f"**{plain(learner)}** · {day_and_time(challenge.opened, zone)}", plain(challenge.reason))]
    for each in challenge.messages:
        name = people.get(each.by, each.by if each.by_learner else "An instructor")
        thread.append(Line(f"**{plain(name)}** · {day_and_time(each.at, zone)}", plain(each.text)))
    who = people.get(ending.by, ending.by) if ending else ""
    ruling = Line(
        f"{str(ending.state).capitalize()} by {plain(who)} on {day(ending.at, zone)}", plain(ending.reason)
    ) if ending else None  # fmt: skip
    return ChallengeView(
        challenge.id, f"Question {challenge.slot + 1} of {plain(quiz)}", _badge(challenge, now),
        _term(challenge, now, zone), challenge.overdue(now), tuple(thread), ruling,
        remedy, challenge.state is State.OPEN,
    )  # fmt: skip


def _carried_out(own: Own, zone: tzinfo) -> str:
    """Say what became of the remedy of an upheld challenge."""
    ending, change = own.challenge.ending, own.redress
    if not ending or ending.remedy in (None, Remedy.REWORD):
        return ""
    done = change.step(KeyStep.DONE) if change else None
    if change is None or done is None:
        return "It is being carried out." if change else "It is not carried out yet."
    when = f"{day(done.at, zone)}: everyone who had the question was marked again"
    return f"Carried out on {when}{', and taken back since' if change.taken_back_by else ''}."


def _badge(challenge: Challenge, now: datetime) -> str:
    if challenge.overdue(now):
        return ":orange-badge[:material/schedule: Overdue]"
    return f":{BADGES[challenge.state]}-badge[{str(challenge.state).capitalize()}]"


def _term(challenge: Challenge, now: datetime, zone: tzinfo) -> str:
    if challenge.state is not State.OPEN:
        return ""
    if not challenge.overdue(now):
        return f"To be answered by {day(challenge.due, zone)}"
    late = max(1, -(-(now - challenge.due) // timedelta(days=1)))
    return f"Overdue by {count(late, 'day')}: it was to be answered by {day(challenge.due, zone)}"


def _row(seen: Challenged, now: datetime, zone: tzinfo) -> Row:
    challenge = seen.challenge
    reason = challenge.reason if len(challenge.reason) <= REASON else f"{challenge.reason[: REASON - 2].rstrip()} …"
    when = _term(challenge, now, zone) or (f"Ended {day(challenge.ending.at, zone)}" if challenge.ending else "")
    turn = "" if challenge.ending or challenge.awaits_learner else " · your turn"
    about = f"{_badge(challenge, now)} `{challenge.item_id}` {pseudonym(challenge.id)} · {when}{turn}"
    return Row(challenge.id, plain(" ".join(reason.split())), about)


def _evidence(evidence: Evidence) -> str:
    if evidence.n < ENOUGH:
        found = f"{count(evidence.n, 'answer')} {'was' if evidence.n == 1 else 'were'} in"
        return f"When it was challenged, {found}: too few to say how the item does."
    return (
        f"When it was challenged, {count(evidence.n, 'answer')} to this very question had earned "
        f"{percent(100 * evidence.mean)} of the points on average."
    )


def _rows(slot: Slot, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    if evidence.n < ENOUGH:
        return ()
    return tuple(
        (_response(slot, value), f"{number} ({percent(100 * number / evidence.n)})")
        for value, number in evidence.responses
    )


def _response(slot: Slot, value: Value) -> str:
    return plain(in_words(slot.question.interaction, value)) or "No answer"
