"""The practical sign-off: examiners fill in the checklist independently; who disagrees talks and looks again."""

from collections.abc import Mapping
from dataclasses import dataclass

from training.core.certification import Practical
from training.core.dossier import Entry, OtherExaminers, Rating, Verdict, worded
from training.core.permission import Action, Actor, permit
from training.core.practical import Outcome, judge
from training.core.refusal import NotFound, Refusal
from training.measurement.agreement import least_kappa
from training.services.app import App
from training.services.filing import certification_of, file
from training.services.noting import note
from training.services.recognising import known_as
from training.store import dossiers, people
from training.store.database import Connection

FOUND_AT_MOST = 25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner before her examiners: the verdicts so far, the round that is open, and whether one has filled it in.

    `bound` are the names, by id, of those who disagreed in the round before: the open one is theirs. Empty where
    anybody may examine: in a first round, after one that was decided, and once a coordinator let others in.
    """

    learner: str
    name: str
    practical: Practical
    verdicts: tuple[Verdict, ...]
    round: int
    filled_in: int
    own: Rating | None
    bound: Mapping[str, str]

    @property
    def passed(self) -> bool:
        return any(each.outcome is Outcome.PASSED for each in self.verdicts)


def find(app: App, actor: Actor, text: str) -> dict[str, str]:
    """Find learners by a part of the name, as id and name; nobody where nothing is asked."""
    permit(actor, Action.EXAMINE)
    wanted = text.strip().casefold()

    def read(tx: Connection) -> dict[str, str]:
        found = [each.id for each in people.every(tx) if wanted in each.name.casefold() and each.disabled_at is None]
        names = known_as(tx, [each for each in found if each != actor.id][:FOUND_AT_MOST])
        return {each: names[each] for each in found if each in names}

    return app.database.read(read) if wanted else {}


def candidate(app: App, actor: Actor, slug: str, learner: str) -> Candidate:
    """Give a learner's practical as this examiner may see it: nothing of what others marked in the open round."""
    permit(actor, Action.EXAMINE)
    return app.database.read(lambda tx: _candidate(app, tx, actor, slug, learner))


def rate(app: App, actor: Actor, slug: str, learner: str, met: Mapping[str, bool], *, remark: str = "") -> None:
    """Fill in the checklist; the last examiner of a round closes it. Raises Refusal or NotFound."""
    permit(actor, Action.EXAMINE)
    if learner == actor.id:
        raise Refusal("Nobody examines herself.")

    def write(tx: Connection) -> None:
        before = _candidate(app, tx, actor, slug, learner)
        if set(met) != {each.id for each in before.practical.checklist}:
            raise Refusal("The checklist has been changed meanwhile. Please reload the page.")
        if before.passed:
            raise Refusal("The practical is passed already.")
        if before.bound and actor.id not in before.bound:
            raise Refusal(others_words(before))
        if before.own:
            raise Refusal("You have filled in this round; it waits for another examiner.")
        # Two who send at once take the same seat, and the database lets one of them have it.
        seat = f"{learner}:{slug}:{before.round}:{before.filled_in + 1}"
        file(app, tx, learner, slug, Rating(before.round, dict(met), remark.strip()), by=actor.id, once=seat)
        note(tx, app, actor.id, "examined", learner, f"{slug}, round {before.round}")
        if before.filled_in + 1 >= before.practical.examiners:
            _close(app, tx, before, slug)

    app.database.write(write)


def others_words(candidate: Candidate) -> str:
    """Say whose the open round is."""
    names = " and ".join(candidate.bound.values())
    return f"{names} disagreed and look again: this round is theirs. A coordinator can let other examiners in."


def let_others_in(app: App, actor: Actor, slug: str, learner: str, *, reason: str) -> None:
    """Let other examiners fill in the round of those who disagreed. Raises Refusal or NotFound."""
    permit(actor, Action.SEE_DOSSIERS)
    if learner == actor.id:
        raise Refusal("Nobody chooses who examines herself.")
    why = worded(reason, "the reason why others examine")

    def write(tx: Connection) -> None:
        before = _candidate(app, tx, actor, slug, learner)
        if not before.bound:
            raise Refusal("The open round is not bound to anybody.")
        seat = f"{learner}:{slug}:{before.round}"
        file(app, tx, learner, slug, OtherExaminers(before.round, why), by=actor.id, once=seat)
        note(tx, app, actor.id, "let other examiners in", learner, f"{slug}, round {before.round}: {why}")

    app.database.write(write)


def bound_to(app: App, actor: Actor, slug: str, learner: str) -> tuple[str, ...]:
    """Name the examiners to whom the open round of a practical is bound; nobody where it is free, or none is asked."""
    permit(actor, Action.SEE_DOSSIERS)
    if certification_of(app, slug).practical is None:
        return ()
    return tuple(app.database.read(lambda tx: _candidate(app, tx, actor, slug, learner)).bound.values())


def ratings_of(entries: list[Entry], round_: int) -> list[tuple[str, Rating]]:
    """Give who marked what in one round, in the order it came."""
    return [(each.by, each.body) for each in entries if isinstance(each.body, Rating) and each.body.round == round_]


def verdicts_of(entries: list[Entry]) -> tuple[Verdict, ...]:
    """Give how each round ended, oldest first."""
    found = [each.body for each in entries if isinstance(each.body, Verdict)]
    return tuple(sorted(found, key=lambda each: each.round))


def _candidate(app: App, tx: Connection, actor: Actor, slug: str, learner: str) -> Candidate:
    practical = certification_of(app, slug).practical
    if practical is None:
        raise NotFound("This programme has no practical.")
    name = known_as(tx, [learner]).get(learner) or people.get(tx, learner).name
    entries = dossiers.of_learner(tx, learner, slug)
    verdicts = verdicts_of(entries)
    there = ratings_of(entries, len(verdicts) + 1)
    own = next((rating for by, rating in there if by == actor.id), None)
    bound = people.names(tx, _bound(entries, verdicts))
    return Candidate(learner, name, practical, verdicts, len(verdicts) + 1, len(there), own, bound)


def _bound(entries: list[Entry], verdicts: tuple[Verdict, ...]) -> list[str]:
    """List who disagreed in the last round and so look again: whoever saw it settles it, and nobody tips the scale."""
    last = verdicts[-1] if verdicts else None
    if last is None or last.outcome is not Outcome.LOOK_AGAIN:
        return []
    freed = {each.body.round for each in entries if isinstance(each.body, OtherExaminers)}
    return [] if last.round + 1 in freed else [by for by, _ in ratings_of(entries, last.round)]


def _close(app: App, tx: Connection, before: Candidate, slug: str) -> None:
    marks = [rating.met for _, rating in ratings_of(dossiers.of_learner(tx, before.learner, slug), before.round)]
    comparable = len({frozenset(each) for each in marks}) == 1
    kappa = least_kappa([[each[name] for name in sorted(each)] for each in marks]) if comparable else -1.0
    judged = judge(before.practical, marks, kappa)
    known = kappa if comparable and len(marks) > 1 else None
    verdict = Verdict(before.round, judged.outcome, known, judged.percent, judged.reasons)
    file(app, tx, before.learner, slug, verdict, by="rule", once=f"{before.learner}:{slug}:{before.round}")
