"""Whole items in the workshop: a new one from an example, a copy, a form's fields, retiring one, moving one."""

import re
from collections.abc import Mapping, Sequence

from training.content.field_splicing import with_fields
from training.content.rearranging import ID_FORM, moved, with_copy, with_empty, with_example, with_status
from training.content.reordering import Order, reordered
from training.content.retyping import Retyped, retyped
from training.content.skeletons import empty_part
from training.content.source import Data, read_source
from training.core.items import Status
from training.core.items.case import MOST_PARTS
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.core.stage import Step
from training.services import editing, signing_off
from training.services.app import App
from training.services.bank_files import bank_file, read_bank_file
from training.services.editing import Newer, Opened, Saved
from training.services.finishing import Edit, files_of, noted, one_at_a_time
from training.services.noting import entry
from training.store import item_events, versions
from training.store.database import Connection

SLUG = r"(?=.{3,64}$)[a-z0-9]+(-[a-z0-9]+)*"


def add_example(app: App, actor: Actor, opened: Opened, text: str, type_name: str, new_id: str) -> str:
    """Give the text with the example of a type at its end, as a draft by this author. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    _check_free(app, opened, text, new_id)
    return with_example(opened.file, text, type_name, new_id, actor.name)


def add_empty(app: App, actor: Actor, opened: Opened, text: str, type_name: str, new_id: str) -> str:
    """Give the text with an item of a type at its end in which all is still to be written. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    _check_free(app, opened, text, new_id)
    return with_empty(opened.file, text, type_name, new_id, actor.name)


def copy_item(app: App, actor: Actor, opened: Opened, text: str, item_id: str, new_id: str) -> str:
    """Give the text with a copy of an item at its end, as a draft under an id of its own. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    _check_free(app, opened, text, new_id)
    return with_copy(opened.file, text, item_id, new_id)


def written(actor: Actor, opened: Opened, text: str, item_id: str) -> Mapping[str, Data]:
    """Give an item's fields as they are written; nothing where the text cannot be read or has no such item."""
    permit(actor, Action.EDIT_CONTENT)
    source, _ = read_source(opened.file, text)
    rows = source.data.get("items") if source and isinstance(source.data, dict) else None
    found = (row for row in rows if isinstance(row, dict) and row.get("id") == item_id) if rows else iter(())
    return next(found, {})


def fill_in(
    actor: Actor, opened: Opened, text: str, item_id: str, fields: Mapping[str, Data], orders: Sequence[Order] = ()
) -> str:
    """Give the text with an item's fields as a form has them, and entries of lists moved with the remarks above them.

    What the form did not change stays as it is. Raises Refusal.
    """
    permit(actor, Action.EDIT_CONTENT)
    return with_fields(opened.file, reordered(opened.file, text, item_id, orders), item_id, fields)


def add_part(actor: Actor, opened: Opened, text: str, item_id: str, type_name: str) -> str:
    """Give the text with another part of a case, to be written. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    parts = written(actor, opened, text, item_id).get("parts")
    there = list(parts) if isinstance(parts, list) else []
    if len(there) >= MOST_PARTS:
        raise Refusal(f"A case has {MOST_PARTS} parts at most.")
    return with_fields(opened.file, text, item_id, {"parts": [*there, empty_part(type_name)]})


def retyping(actor: Actor, opened: Opened, text: str, item_id: str, type_name: str) -> Retyped:
    """Say what an item becomes as another type, and what would be lost."""
    permit(actor, Action.EDIT_CONTENT)
    return retyped(written(actor, opened, text, item_id), type_name)


def retype(actor: Actor, opened: Opened, text: str, item_id: str, type_name: str) -> str:
    """Give the text with an item made one of another type, as a draft. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    made = retyped(written(actor, opened, text, item_id), type_name)
    return with_fields(opened.file, text, item_id, made.fields)


def nameable(app: App, actor: Actor, item_id: str) -> bool:
    """Say whether an item may still get another id: no learner has met it, and no reviewer has looked at it."""
    permit(actor, Action.EDIT_CONTENT)
    return app.database.read(lambda tx: _nameable(tx, item_id))


def rename(app: App, actor: Actor, opened: Opened, text: str, item_id: str, new_id: str) -> str:
    """Give the text with another id for an item that nobody has met yet. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    if not nameable(app, actor, item_id):
        raise Refusal(f"{item_id} keeps its id: answers or reviews stand under it. Copy it, and retire this one.")
    if not re.fullmatch(SLUG, new_id):
        raise Refusal(ID_FORM)
    _check_free(app, opened, text, new_id)
    return with_fields(opened.file, text, item_id, {"id": new_id})


def into_review(actor: Actor, opened: Opened, text: str, item_ids: Sequence[str]) -> str:
    """Give the text with the status of items changed to review. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    return with_status(opened.file, text, item_ids, Status.REVIEW)


def retire(app: App, actor: Actor, opened: Opened, item_id: str, *, version: str, reason: str) -> Saved | Newer:
    """Take an item out of every quiz at once, and say so in its file where that can be written. Raises Refusal."""
    permit(actor, Action.EDIT_CONTENT)
    text = with_status(opened.file, opened.text, [item_id], Status.RETIRED)
    signing_off.retire(app, actor, item_id, version=version, text=reason)
    return editing.save(app, actor, opened, text, reason=reason) if opened.writable else Saved(opened.text, ())


def move(app: App, actor: Actor, opened: Opened, item_id: str, to: str, *, reason: str) -> Saved:
    """Move an item to another bank's file with its remarks. Raises Refusal where either file is newer or protests.

    It is written into the other bank first: should the machine stop between the two, it is there twice, which
    `check` tells, and never nowhere.
    """
    permit(actor, Action.EDIT_CONTENT)
    words = editing.worded(reason)
    root = app.settings.content_dir
    here, there = bank_file(root, opened.slug), bank_file(root, to)
    if here == there:
        raise Refusal("The item is in this bank already.")
    with one_at_a_time(app):
        source, target = read_bank_file(here), read_bank_file(there)
        if source.text != opened.text:
            raise Refusal("This bank was changed since you opened it. Please open it again, then move the item.")
        target_file = f"question_banks/{there.name}"
        rest, made = moved(opened.file, source.text, item_id, target_file, target.text)
        editing.changes_of(app, {opened.file: (source.text, rest), target_file: (target.text, made)})
        done = entry(app, actor, "moved item", item_id, f"{opened.slug} to {to}: {words}")
        files = files_of((there, target.encoded(made)), (here, source.encoded(rest)))
        with noted(app, Edit(done, actor, words, files)):
            editing.write(there, target, made)
            editing.write(here, source, rest)
    return Saved(rest, ())


def _nameable(tx: Connection, item_id: str) -> bool:
    met = any(each.served for each in versions.of_item(tx, item_id)) or versions.uses(tx, item_id)
    return not met and all(each.step is Step.EDITED for each in item_events.of_item(tx, item_id))


def _check_free(app: App, opened: Opened, text: str, new_id: str) -> None:
    written = app.content.tried({opened.file: text}, app.now().date())
    taken = {item.id for item in app.library.items()} | written.lines.keys()
    if new_id in taken:
        raise Refusal(f"There is an item '{new_id}' already. Please choose another id.")
