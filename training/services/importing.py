"""Questions from other systems into the banks of the running product: looked at first, then brought in as drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from training.core.items import Item
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.formats.twins import Twin, twins_of
from training.services import exchanging
from training.services.app import App
from training.services.bank_files import bank_file, may_write, new_bank_file, slugs
from training.services.exchanging import Fate, Given, OnConflict, Review
from training.services.finishing import Edit, files_of, noted, one_at_a_time
from training.services.keeping_files import write_files
from training.services.noting import entry

LARGEST = 10 * 2**20
"""Bytes of a file that may be handed in on the page; the command line takes larger ones."""

NO_PICTURE = "B115"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to a bank: every question, twins in other banks by the item's id, and the bank's text."""

    review: Review
    elsewhere: Mapping[str, Twin]
    text: str
    writable: bool


def plan(app: App, actor: Actor, given: Given, slug: str, on_conflict: OnConflict = OnConflict.KEEP) -> Plan:
    """Say of each question of a file what would become of it in a bank, which may be new. Nothing is written.

    Raises Refusal.
    """
    permit(actor, Action.IMPORT_CONTENT)
    into = _into(app, slug)
    review, files = _planned(app, actor, given, into, on_conflict)
    others = [item for bank in app.library.banks.values() if bank.slug != slug for item in bank.items]
    incoming = [row.item for row in review.rows if row.item and row.fate is Fate.ADDED]
    text = files.get(into, b"").decode()
    return Plan(review, twins_of(incoming, others), text, may_write(into.parent))


def bring(app: App, actor: Actor, given: Given, slug: str, on_conflict: OnConflict = OnConflict.KEEP) -> Review:
    """Bring a file's questions into a bank: all in one step, or not at all. Raises Refusal."""
    permit(actor, Action.IMPORT_CONTENT)
    into = _into(app, slug)
    with one_at_a_time(app):
        review, files = _planned(app, actor, given, into, on_conflict)
        if not files:
            raise Refusal("None of these questions would come in, so nothing was written.")
        items = _checked(app, into, files)
        came = [items[each.id] for fate in (Fate.ADDED, Fate.REPLACES) for each in review.items(fate)]
        words = f"Imported from {review.name} ({review.format.title})"
        done = entry(app, actor, "imported questions", slug, f"{words}: {len(came)}")
        with noted(app, Edit(done, actor, words, files_of((into, files[into])), [(None, each) for each in came])):
            try:
                write_files(files, last=into)
            except PermissionError as error:
                raise Refusal("The folder of the banks is read-only here. Download the bank instead.") from error
    return review


def _planned(
    app: App, actor: Actor, given: Given, into: Path, on_conflict: OnConflict
) -> tuple[Review, dict[Path, bytes]]:
    if len(given.data) > LARGEST:
        raise Refusal(f"A file of more than {LARGEST // 2**20} MB is brought in at the command line.")
    elsewhere = frozenset(item.id for bank in app.library.banks.values() if bank.slug != into.stem
                          for item in bank.items)  # fmt: skip
    return exchanging.planned(actor, replace(given, reserved=elsewhere), into, on_conflict)


def _into(app: App, slug: str) -> Path:
    """Give a bank's file, or where a new one goes: never outside the folder, never in a list's place."""
    root = app.settings.content_dir
    if slug in slugs(root):
        return bank_file(root, slug)
    return new_bank_file(root, slug)


def _checked(app: App, into: Path, files: Mapping[Path, bytes]) -> Mapping[str, Item]:
    """Give the items that the bank will have, by id. Raises Refusal where an error would come with them."""
    tried = app.content.tried({f"question_banks/{into.name}": files[into].decode()}, app.now().date())
    # Its pictures are written along with the bank, so they are not there yet.
    wrong = [each for each in tried.new_errors if not (each.code == NO_PICTURE and len(files) > 1)]
    if wrong:
        raise Refusal(f"This would bring an error into the bank: {wrong[0].message}. Nothing was written.")
    return {item.id: item for item in tried.banks[f"question_banks/{into.name}"].items}
