"""From an upheld challenge to its remedy: what the ruling suggests, and the key changes that carry it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.challenge import Challenge, Remedy, State
from training.core.key_change import LONGEST, Proposal, serves
from training.core.key_notation import key_with
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.services.app import App
from training.store import attempts, challenges, key_changes
from training.store.database import Connection

WAYS = {Remedy.NEW_KEY: "key", Remedy.FULL_POINTS: "full_credit", Remedy.LEAVE_OUT: "leave_out"}
"""How answers are marked anew, by what a ruling says."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a ruling asks for, to be looked at before it is proposed; `key` also counts the challenger's answer."""

    challenge: str
    item_id: str
    how: str
    key: str
    reason: str


def suggested(app: App, actor: Actor, challenge_id: str) -> Suggestion:
    """Put a ruling in the words of a key change. Raises NotFound, or Refusal where there is none to carry out."""
    permit(actor, Action.PROPOSE_KEY_CHANGES)

    def read(tx: Connection) -> Suggestion:
        found = challenges.get(tx, challenge_id)
        if found.state is not State.UPHELD or found.ending is None or found.ending.remedy not in WAYS:
            raise Refusal("This challenge asks for no key change.")
        question = attempts.questions_of(tx, [found.question])[found.question]
        key = key_with(question.key, found.response)
        how, reason = WAYS[found.ending.remedy], " ".join(found.ending.reason.split())[:LONGEST]
        return Suggestion(challenge_id, question.item_id, how, key, reason)

    return app.database.read(read)


def changes_for(app: App, actor: Actor, challenge_id: str) -> Sequence[Proposal]:
    """List the key changes that carry out what a challenge asked, the first one first. Raises NotFound."""
    permit(actor, Action.SIGN_KEY_CHANGES)
    return app.database.read(lambda tx: served(tx, [challenges.get(tx, challenge_id)])[challenge_id])


def served(tx: Connection, found: Sequence[Challenge]) -> dict[str, list[Proposal]]:
    """Give the key changes that carry out what each challenge asked, by its id."""
    known = key_changes.for_challenges(tx, found)
    return {each.id: [proposal for proposal in known if serves(proposal, each)] for each in found}
