"""What quizzes draw from: items as they were signed off, where they were, and which version each learner got."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from training.content.live import LiveLibrary
from training.core.blueprint import Mode, Papers, Programme
from training.core.form import Form
from training.core.items import Item
from training.core.library import Library
from training.core.pool import Pool, build_pool
from training.core.stage import ItemEvent, Stage, Step, standing
from training.core.version import restored, version_of
from training.services.app import App
from training.store import item_events, versions
from training.store.database import Connection

GATES = (Step.EDITORIAL_PASSED, Step.CONFIRMED, Step.RETIRED)
"""Steps that change what may be drawn."""

_pools: WeakKeyDictionary[LiveLibrary, dict[str, tuple[tuple[str, int, bool], Pool]]] = WeakKeyDictionary()


def pool_of(app: App, slug: str) -> Pool:
    """Give the items a quiz draws from, each in the version that was signed off last. Raises NotFound.

    Where nobody ever signed anything off in the app, that is the content as it stands in the files.
    """
    pool = app.content.pool(slug)
    required = app.settings.sign_off_for_exams and pool.programme.policy.mode is Mode.EXAM
    done = app.database.read(lambda tx: item_events.moment(tx, GATES))
    if not done and not required:
        return pool
    library, known = app.library, _pools.setdefault(app.content, {})
    moment = (library.digest, done, required)
    if slug not in known or known[slug][0] != moment:
        known[slug] = (moment, _gated_pool(app, library, pool.programme, required=required))
    return known[slug][1]


def pool_made_for(app: App, programme: Programme) -> Pool:
    """Give the items that a quiz made for one learner draws from, as signed off where they were; not kept."""
    required = app.settings.sign_off_for_exams and programme.policy.mode is Mode.EXAM
    done = app.database.read(lambda tx: item_events.moment(tx, GATES))
    if not done and not required:
        return build_pool(programme, app.library)
    return _gated_pool(app, app.library, programme, required=required)


def served(item: Item, events: Sequence[ItemEvent], bodies: Mapping[str, str], *, required: bool) -> Item | None:
    """Say what learners get of an item: itself, its version signed off last, or nothing.

    `bodies` has the content of the versions signed off; `required` leaves out what nobody signed off.
    """
    now = standing(events, version_of(item)) if events or required else None
    if now is None:
        return item
    if now.lapsed:
        return _as_signed_off(item, bodies.get(now.signed_off, ""))
    return None if now.withheld or (required and now.stage is not Stage.APPROVED) else item


def withheld(app: App) -> frozenset[str]:
    """Name the items that were retired in the app and not signed off since."""
    if not app.database.read(lambda tx: item_events.moment(tx, [Step.RETIRED])):
        return frozenset()
    events = app.database.read(item_events.of_all)
    return frozenset(item_id for item_id, each in events.items() if standing(each, "").withheld)


def new_versions(app: App, pool: Pool, form: Form) -> dict[str, Item]:
    """Give the questions of a form that were never noted with the version they are made from, with their items.

    A paper built earlier may hold questions of an earlier version: those were noted when it was built.
    """
    drawn = ((slot.digest, pool.items.get(slot.question.met_as)) for slot in form.slots)
    made = {question: (item, version_of(item)) for question, item in drawn if item}
    if pool.programme.policy.forms is Papers.FIXED:
        now = {part.digest for cell in pool.cells for each in cell.candidates for part in each.parts}
        made = {question: each for question, each in made.items() if question in now}
    return app.database.read(lambda tx: versions.unserved(tx, made))


def _as_signed_off(item: Item, body: str) -> Item | None:
    try:
        return restored(body, item) if body else None
    except ValueError:
        return None  # written for a schema of long ago: the review queue says so


def _gated_pool(app: App, library: Library, programme: Programme, *, required: bool) -> Pool:
    events, bodies = app.database.read(_read)
    banks = {
        bank.slug: replace(bank, items=[
            each for item in bank.items
            if (each := served(item, events.get(item.id, ()), bodies, required=required)) is not None
        ])
        for bank in library.banks.values() if bank.slug in programme.banks
    }  # fmt: skip
    return build_pool(programme, replace(library, banks=banks))


def _read(tx: Connection) -> tuple[dict[str, list[ItemEvent]], dict[str, str]]:
    events = item_events.of_all(tx)
    signed_off = {standing(each, "").signed_off for each in events.values()} - {""}
    return events, versions.bodies(tx, signed_off)
