"""Questions in from other systems and out to them: what comes is reviewed beside its source before a bank holds it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from training.content.banks import dump_bank, load_bank
from training.content.splicing import spliced
from training.core.bank import Bank
from training.core.items import Item
from training.core.permission import Action, Actor, permit
from training.core.problem import Problem, Severity
from training.core.refusal import Refusal
from training.formats import format_named, guess
from training.formats.base import Batch, CannotExpress, Code, Format, Outgoing, Written, left_out
from training.formats.drafting import Defaults, Read, items_of
from training.formats.labels import slug_of
from training.formats.twins import Likeness, Twin, repeats_of, twins_of
from training.services.keeping_files import kept, write_files


class OnConflict(StrEnum):
    """What happens to a question that is in the bank already."""

    KEEP = "keep"
    REPLACE = "replace"
    BOTH = "both"


class Fate(StrEnum):
    """What becomes of a question that came in."""

    ADDED = "added"
    REPLACES = "replaces"
    SKIPPED = "skipped"
    NO_ITEM = "no item"


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was handed in; without the name of a format, that is guessed."""

    data: bytes
    name: str
    format: str = ""
    defaults: Defaults = field(default_factory=Defaults)
    chosen: Mapping[str, OnConflict] = field(default_factory=dict)
    """What is to happen to single questions that are there already, by id; the others go the common way."""
    reserved: frozenset[str] = frozenset()
    """Ids that items elsewhere have: what comes in under one of them gets another."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One question beside its source: the item made of it, its twin in the bank, and what becomes of it."""

    read: Read
    item: Item | None
    twin: Twin | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Review:
    """Every question of a file in its order, and what is wrong with the file itself."""

    name: str
    format: Format
    title: str
    rows: tuple[Incoming, ...]
    problems: tuple[Problem, ...]

    def items(self, fate: Fate) -> list[Item]:
        """List the items with one fate."""
        return [row.item for row in self.rows if row.fate is fate and row.item]


def look(actor: Actor, given: Given, there: Sequence[Item] = (), on_conflict: OnConflict = OnConflict.KEEP) -> Review:
    """Read a file and say of each question what would become of it beside the items that are there.

    Raises Refusal where the format is unknown or the person may not.
    """
    permit(actor, Action.IMPORT_CONTENT)
    form = format_named(given.format, reading=True) if given.format else guess(given.data, given.name)
    if form.read is None:
        raise Refusal(f"{form.title} is only written, never read.")
    imported = form.read(given.data, given.name)
    reads = [*_with_repeats(items_of(imported, given.name, given.defaults), given.name)]
    twins = twins_of([read.item for read in reads if read.item], there)
    taken = {item.id for item in there} | {read.item.id for read in reads if read.item} | given.reserved
    rows = tuple(_incoming(read, twins, _way(given, read, on_conflict), taken, given.reserved) for read in reads)
    return Review(given.name, form, imported.title, rows, imported.problems)


def _with_repeats(reads: Sequence[Read], file: str) -> Iterator[Read]:
    """Tell of each question that asks what an earlier one of the same file asks; both come in."""
    repeated = repeats_of(read.item for read in reads if read.item)
    for read in reads:
        first = repeated.get(read.item.id) if read.item else None
        if first is None:
            yield read
        else:
            words = f"asks the same as '{first}' above"
            again = Problem(file, read.draft.line, 1, Code.DUPLICATE, words, "retire one", Severity.ADVICE)
            yield replace(read, problems=(*read.problems, again))


def _way(given: Given, read: Read, on_conflict: OnConflict) -> OnConflict:
    return given.chosen.get(read.item.id, on_conflict) if read.item else on_conflict


def _incoming(
    read: Read, twins: Mapping[str, Twin], on_conflict: OnConflict, taken: set[str], reserved: frozenset[str]
) -> Incoming:
    twin = twins.get(read.item.id) if read.item else None
    if read.item and twin is None and read.item.id in reserved:
        item = read.item.model_copy(update={"id": _free(read.item.id, taken)})
        return Incoming(read, item, None, Fate.ADDED)
    if read.item is None or twin is None:
        return Incoming(read, read.item, None, Fate.ADDED if read.item else Fate.NO_ITEM)
    match on_conflict:
        case OnConflict.KEEP:
            return Incoming(read, read.item, twin, Fate.SKIPPED)
        case OnConflict.REPLACE:
            return Incoming(read, read.item.model_copy(update={"id": twin.id}), twin, Fate.REPLACES)
        case OnConflict.BOTH:
            new_id = read.item.id if twin.likeness is not Likeness.ID else _free(read.item.id, taken)
            return Incoming(read, read.item.model_copy(update={"id": new_id}), twin, Fate.ADDED)


def _free(name: str, taken: set[str]) -> str:
    free = next(new for number in range(2, len(taken) + 3) if (new := f"{name[:58]}-{number}") not in taken)
    taken.add(free)
    return free


def bring_in(actor: Actor, given: Given, into: Path, on_conflict: OnConflict = OnConflict.KEEP) -> Review:
    """Put a file's questions into a bank, which is made where there is none: all in one step, or not at all.

    Raises Refusal where the person may not, the format is unknown, or the bank cannot be read.
    """
    permit(actor, Action.IMPORT_CONTENT)
    review, files = planned(actor, given, into, on_conflict)
    if files:
        write_files(files, last=into)
    return review


def planned(
    actor: Actor, given: Given, into: Path, on_conflict: OnConflict = OnConflict.KEEP
) -> tuple[Review, dict[Path, bytes]]:
    """Say what an import would do, and which files it would write; none where nothing comes in. Raises Refusal."""
    permit(actor, Action.IMPORT_CONTENT)
    before = into.read_text("utf-8") if into.exists() else None
    bank = load_bank(into.name, before)[0] if before is not None else Bank("", "", ())
    review = look(actor, given, bank.items, on_conflict)
    added, replacing = review.items(Fate.ADDED), review.items(Fate.REPLACES)
    if not added and not replacing:
        return review, {}
    pictures = _pictures(review, into)
    at_home = [_at_home(item, pictures) for item in added], [_at_home(item, pictures) for item in replacing]
    return review, {**pictures, into: _text(review, into, before, *at_home).encode()}


def _text(review: Review, into: Path, before: str | None, added: list[Item], replacing: list[Item]) -> str:
    if before is not None:
        replaced = {item.id: item for item in replacing}
        return spliced(into.name, before, replaced=replaced, added=added)
    slug = slug_of(into.stem)
    if slug != into.stem:
        raise Refusal(
            f"A bank is named with small letters, digits and hyphens, and its file as it: {slug or 'name'}.yaml."
        )
    title = review.title or into.stem.replace("-", " ").replace("_", " ").capitalize()
    text = dump_bank(Bank(slug, title, added))
    if list(load_bank(into.name, text)[0].items) != added:
        raise Refusal(f"{into.name} would not read back as it was written. Nothing was written; please report this.")
    return text


def _pictures(review: Review, into: Path) -> dict[Path, bytes]:
    """Say where the pictures of a bank's new items go: a folder of the bank's name beside it."""
    chosen = (row.read.draft for row in review.rows if row.fate in (Fate.ADDED, Fate.REPLACES))
    home = into.parent / f"{into.stem}-pictures"
    return {home / picture.name: picture.data for draft in chosen for picture in draft.pictures}


def _at_home(item: Item, pictures: Iterable[Path]) -> Item:
    """Let the item, and each part of a case, name its picture by its path from the content root."""
    parts = getattr(item, "parts", None)
    if parts:
        item = item.model_copy(update={"parts": tuple(_at_home(part, pictures) for part in parts)})
    path = next((path for path in pictures if item.image and path.name == item.image.file), None)
    if path is None or item.image is None:
        return item
    root = path.parent.parent.parent if path.parent.parent.name == "question_banks" else path.parent.parent
    placed = item.image.model_copy(update={"file": path.relative_to(root).as_posix()})
    return item.model_copy(update={"image": placed})


def send_out(actor: Actor, banks: Sequence[Bank], form: str, made_at: datetime, *, root: Path | None = None,
             with_key: bool = False) -> Written:  # fmt: skip
    """Write banks in a foreign format. Raises Refusal where the person may not or the format is not written."""
    permit(actor, Action.EXPORT_CONTENT)
    target = format_named(form, reading=False)
    if target.write is None:
        raise Refusal(f"{form} is only read, never written.")
    items = [item for bank in banks for item in bank.items]
    alone = [item for item in items if target.keeps_cases or item.size == 1]
    entries = tuple(Outgoing(item, question) for item in alone for question in item.questions(seed=0))
    if not items:
        raise Refusal("There are no items to export.")
    title = " and ".join(bank.title for bank in banks)
    files = {file for item in alone for _, file in item.pictures}
    batch = Batch(banks[0].slug, title, entries, made_at, kept(root, files) if root else {}, with_key=with_key)
    written = target.write(batch)
    why = CannotExpress(f"{target.title} has no questions that stay together as a case")
    cases = (left_out(item, why) for item in items if not target.keeps_cases and item.size > 1)
    return replace(written, left_out=(*written.left_out, *cases))
