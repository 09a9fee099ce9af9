"""Accommodations: extra time as a multiple, held once for a person and applied to every timed quiz she begins."""

from dataclasses import dataclass, replace
from math import ceil

from training.core.form import Form
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.services.app import App
from training.services.noting import note
from training.store import accommodations, people
from training.store.accommodations import Accommodation
from training.store.database import Connection

MOST = 4.0
FOUND_AT_MOST = 25


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody whom a coordinator looks for."""

    id: str
    name: str
    email: str


def grant(app: App, actor: Actor, person: str, *, factor: float, reason: str) -> None:
    """Give a person `factor` times the time from her next attempt on; 1 takes it back. Raises Refusal or NotFound."""
    permit(actor, Action.GRANT_ACCOMMODATIONS)
    if not 1 <= factor <= MOST:
        raise Refusal(f"Extra time is a multiple from 1 (none) to {MOST:g}.")
    if not reason.strip():
        raise Refusal("Please say on what grounds, for whoever looks into it later.")
    given = Accommodation(factor, reason.strip(), actor.id, app.now())
    row_id = app.new_id()

    def write(tx: Connection) -> None:
        people.get(tx, person)
        accommodations.add(tx, row_id=row_id, person=person, grant=given)
        note(tx, app, actor.id, "granted extra time", person, f"factor {factor:g}")

    app.database.write(write)


def find(app: App, actor: Actor, text: str) -> list[Found]:
    """Find people by a part of the name or e-mail address, the first by name; nobody where nothing is asked."""
    permit(actor, Action.GRANT_ACCOMMODATIONS)
    wanted = text.strip().casefold()
    everyone = app.database.read(people.every) if wanted else []
    found = [Found(each.id, each.name, each.email) for each in everyone if each.disabled_at is None]
    return [each for each in found if wanted in f"{each.name} {each.email}".casefold()][:FOUND_AT_MOST]


def granted(app: App, actor: Actor, person: str) -> list[Accommodation]:
    """Give a person's grants, oldest first."""
    permit(actor, Action.GRANT_ACCOMMODATIONS)
    return app.database.read(lambda tx: accommodations.of_person(tx, person))


def factor_of(tx: Connection, person: str) -> float:
    """Give the multiple that holds for a person now; 1 where nothing was granted."""
    found = accommodations.of_person(tx, person)
    return found[-1].factor if found else 1.0


def minutes_with(minutes: int | None, factor: float) -> int | None:
    """Apply a multiple to a time limit, in whole minutes, rounded in her favour."""
    return None if minutes is None else ceil(round(minutes * factor, 6))


def with_extra_time(app: App, form: Form, person: str) -> Form:
    """Give the form with this person's time limit."""
    factor = app.database.read(lambda tx: factor_of(tx, person))
    minutes = minutes_with(form.policy.minutes, factor)
    return replace(form, policy=form.policy.model_copy(update={"minutes": minutes})) if factor != 1 else form
