"""From a claim to all that rests on it: content, and the forms that learners sat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.core.claim import Claim
from training.core.credential import Issued, State, standing
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound
from training.core.resting import Resting, resting_on
from training.services.app import App
from training.store import certificates, results
from training.store.database import Connection


@dataclass(frozen=True, slots=True)
class Affected:
    """What a change of a claim's verdict touches; `forms` counts the attempts handed in that asked one of the items."""

    resting: Resting
    forms: Mapping[str, int]
    """By programme."""


def claims(app: App, actor: Actor) -> Sequence[Claim]:
    """List the claims in the register's order."""
    permit(actor, Action.READ_CONTENT)
    return tuple(app.library.claims.values())


def affected(app: App, actor: Actor, claim_id: str) -> Affected:
    """Find all that rests on a claim. Raises NotFound."""
    permit(actor, Action.READ_CONTENT)
    library = app.library
    claim = library.claims.get(claim_id)
    if claim is None:
        raise NotFound(f"There is no claim '{claim_id}'. The claims stand in question_banks/claims.yaml.")
    resting = resting_on(library, claim)
    asked = [row.item.id for row in resting.items]
    return Affected(resting, app.database.read(lambda tx: results.forms_with(tx, asked)) if asked else {})


def certificates_on(app: App, actor: Actor, claim_id: str) -> list[tuple[Issued, State]]:
    """List the certificates whose exam asked an item that rests on a claim, with where they stand. Raises NotFound."""
    permit(actor, Action.MANAGE_CERTIFICATES)
    claim = app.library.claims.get(claim_id)
    if claim is None:
        raise NotFound(f"There is no claim '{claim_id}'. The claims stand in question_banks/claims.yaml.")
    asked = [row.item.id for row in resting_on(app.library, claim).items]

    def work(tx: Connection) -> list[tuple[Issued, State]]:
        sat = results.attempts_with(tx, asked) if asked else frozenset()
        found = [each for each in certificates.every(tx) if each.credential.attempt in sat]
        return [(each, standing(each, app.now())) for each in found]

    return app.database.read(work)
