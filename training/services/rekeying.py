"""Key changes from the proposal to the second signature: which question, what is wrong with its key, who says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from training.core.challenge import Challenge, Remedy
from training.core.challenge import State as Ruled
from training.core.challenge import pseudonym as name_of
from training.core.items import Item
from training.core.key_change import Done, KeyChange, Proposal, State, Step, may_sign, reasoned
from training.core.key_notation import must_fit
from training.core.permission import Action, Actor, permit
from training.core.question import Question
from training.core.refusal import NotFound, Refusal
from training.core.remarking import Remarking, TakenBack
from training.core.version import version_of
from training.services.app import App
from training.services.noting import note
from training.services.redressing import served
from training.store import attempts, challenges, key_changes, people, versions
from training.store.database import Connection


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants changed: a question by its id, all its versions unless some are named by their digests."""

    item_id: str
    remarking: Remarking
    reason: str
    questions: tuple[str, ...] = ()
    challenge: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One version of a question as learners got it, and in how many attempts handed in."""

    digest: str
    question: Question
    attempts: int


@dataclass(frozen=True, slots=True)
class InBank:
    """Where the item stands now, and whether later draws would still ask it as it was; no file: it is in no bank."""

    file: str
    item_id: str
    to_mend: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A key change with the versions of its question, the names behind the ids, and what is to be done in the bank."""

    proposal: Proposal
    asked: tuple[Asked, ...]
    names: Mapping[str, str]
    in_bank: InBank
    still_open: int


def asked(app: App, actor: Actor, item_id: str) -> tuple[Asked, ...]:
    """Give every version of a question that learners got, the one asked most first. Raises NotFound."""
    permit(actor, Action.SIGN_KEY_CHANGES)
    return app.database.read(lambda tx: _asked(tx, item_id))


def drafted(app: App, actor: Actor, wish: Wish) -> KeyChange:
    """Make a key change of a wish without keeping it, for a dry run. Raises NotFound or Refusal."""
    permit(actor, Action.PROPOSE_KEY_CHANGES)
    return app.database.read(lambda tx: _drafted(tx, app.new_id(), wish))


def propose(app: App, actor: Actor, wish: Wish) -> str:
    """Propose a key change; gives its id. Raises NotFound or Refusal."""
    permit(actor, Action.PROPOSE_KEY_CHANGES)
    change_id, now = app.new_id(), app.now()
    item = item_of(app, wish.item_id)

    def work(tx: Connection) -> str:
        change = replace(_drafted(tx, change_id, wish), reason=reasoned(wish.reason))
        if wish.challenge and challenges.get(tx, wish.challenge).state is not Ruled.UPHELD:
            raise Refusal("Only a challenge that was upheld leads to a key change.")
        version = version_of(item) if item else ""
        key_changes.add(tx, Proposal(change, actor.id, now, version, wish.challenge))
        note(tx, app, actor.id, "propose key change", change_id, f"{wish.item_id}: {change.remarking.kind}")
        return change_id

    return app.database.write(work)


def take_back(app: App, actor: Actor, change_id: str, reason: str) -> str:
    """Propose that a key change be taken back, which needs a second signature too. Raises NotFound or Refusal."""
    permit(actor, Action.PROPOSE_KEY_CHANGES)
    fresh, now = app.new_id(), app.now()

    def work(tx: Connection) -> str:
        standing = key_changes.get(tx, change_id)
        if standing.state is not State.APPLIED:
            raise Refusal(f"Only a key change that is applied can be taken back; this one is {standing.state}.")
        waiting = [each for each in key_changes.every(tx) if each.change.takes_back == change_id]
        if any(each.state is not State.DECLINED for each in waiting):
            raise Refusal("It is proposed already that this key change be taken back.")
        change = replace(standing.change, id=fresh, remarking=TakenBack(change_id), reason=reasoned(reason))
        key_changes.add(tx, Proposal(change, actor.id, now, standing.version))
        note(tx, app, actor.id, "propose key change", fresh, f"take back {change_id}")
        return fresh

    return app.database.write(work)


def sign(app: App, actor: Actor, change_id: str) -> None:
    """Sign a key change that someone else proposed. Raises NotFound or Refusal."""
    permit(actor, Action.SIGN_KEY_CHANGES)
    app.database.write(lambda tx: _rule(tx, app, actor, change_id, Done(Step.SIGNED, actor.id, app.now())))


def decline(app: App, actor: Actor, change_id: str, why: str) -> None:
    """Decline a key change that someone else proposed, and say why. Raises NotFound or Refusal."""
    permit(actor, Action.SIGN_KEY_CHANGES)
    done = Done(Step.DECLINED, actor.id, app.now(), reasoned(why))
    app.database.write(lambda tx: _rule(tx, app, actor, change_id, done))


def every(app: App, actor: Actor) -> Sequence[Proposal]:
    """List all key changes, the latest first."""
    permit(actor, Action.SIGN_KEY_CHANGES)
    return app.database.read(key_changes.every)


def upheld(app: App, actor: Actor) -> Sequence[Challenge]:
    """List the upheld challenges whose remedy needs a key change that nobody proposed yet; the learner by pseudonym."""
    permit(actor, Action.SIGN_KEY_CHANGES)
    won, by_challenge = app.database.read(lambda tx: (won := challenges.upheld(tx), served(tx, won)))
    return [
        replace(each, learner=name_of(each.id), attempt_id="", messages=())
        for each in won
        if not by_challenge[each.id] and each.ending and each.ending.remedy is not Remedy.REWORD
    ]


def look(app: App, actor: Actor, change_id: str) -> Seen:
    """Give one key change with all that belongs to it. Raises NotFound."""
    permit(actor, Action.SIGN_KEY_CHANGES)

    def read(tx: Connection) -> Seen:
        proposal = key_changes.get(tx, change_id)
        change = proposal.change
        versions_of_it = tuple(each for each in _asked(tx, change.item_id) if each.digest in change.questions)
        known = people.names(tx, {proposal.by, *(each.by for each in proposal.steps)})
        bank = _in_bank(tx, app, versions_of_it, change.item_id)
        return Seen(proposal, versions_of_it, known, bank, key_changes.still_open(tx, change))

    return app.database.read(read)


def item_of(app: App, question_id: str) -> Item | None:
    """Find the item that a question comes from, also for a part of a case."""
    whole = app.library.item(question_id)
    return whole or next(
        (item for item in app.library.items() if any(each.item_id == question_id for each in item.questions(0))), None
    )


def _rule(tx: Connection, app: App, actor: Actor, change_id: str, done: Done) -> None:
    proposal = key_changes.get(tx, change_id)
    may_sign(proposal, actor.id)
    key_changes.take_step(tx, proposal, done)
    verb = "sign" if done.step is Step.SIGNED else "decline"
    note(tx, app, actor.id, f"{verb} key change", change_id, done.note)


def _asked(tx: Connection, item_id: str) -> tuple[Asked, ...]:
    counts = key_changes.versions_asked(tx, item_id)
    if not counts:
        raise NotFound(f"No learner ever got a question '{item_id}', so there is nothing to mark again.")
    found = attempts.questions_of(tx, counts)
    return tuple(Asked(digest, found[digest], n) for digest, n in counts.items())


def _drafted(tx: Connection, change_id: str, wish: Wish) -> KeyChange:
    known = {each.digest: each for each in _asked(tx, wish.item_id)}
    chosen = wish.questions or tuple(known)
    if unknown := [digest for digest in chosen if digest not in known]:
        raise NotFound(f"No version {unknown[0][:12]} of '{wish.item_id}' was ever asked.")
    for digest in chosen:
        must_fit(wish.remarking, known[digest].question)
    return KeyChange(change_id, wish.item_id, tuple(sorted(chosen)), wish.remarking, wish.reason)


def _in_bank(tx: Connection, app: App, meant: Sequence[Asked], question_id: str) -> InBank:
    """Say whether the item, as it is now, would still be asked as it was: by its content, or by the version."""
    item = item_of(app, question_id)
    if item is None:
        return InBank("", question_id, to_mend=False)
    bank = next(each for each in app.library.banks.values() if item in each.items)
    made_from = {versions.of_question(tx, each.digest, app.now()) for each in meant}
    old = {replace(each.question, citations=()) for each in meant}
    as_now = {replace(each, citations=()) for each in item.questions(0)}
    return InBank(bank.file, item.id, to_mend=bool(old & as_now) or version_of(item) in made_from)
