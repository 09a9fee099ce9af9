"""The workshop: opening a bank's text, trying a change, and saving it so that nothing of anybody's is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from errno import ENOSPC, EROFS
from pathlib import Path

from training.content import completing
from training.content.trying import Tried
from training.core.items import Item, Status
from training.core.merge import Stretch, stretches
from training.core.permission import Action, Actor, permit
from training.core.problem import Problem
from training.core.refusal import Refusal
from training.core.stage import Stage, standing
from training.core.version import version_of
from training.services import signing_off
from training.services.app import App
from training.services.bank_files import BankFile, bank_file, read_bank_file, slugs
from training.services.finishing import FULL, Edit, files_of, noted, one_at_a_time
from training.services.keeping_files import write_file
from training.services.noting import entry
from training.store import item_events

LARGEST = 2_000_000
"""Characters of a bank that can be edited here; larger ones are split, or edited in a text editor."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A bank's text as it was when it was opened, and whether it can be saved where it is."""

    slug: str
    file: str
    text: str
    writable: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the items whose content changed, by id; none where only what is around them did."""

    text: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Newer:
    """Someone else saved since the text was opened: her text, and all three versions stretch by stretch."""

    theirs: str
    stretches: tuple[Stretch, ...]

    @property
    def clashes(self) -> tuple[int, ...]:
        return tuple(number for number, each in enumerate(self.stretches) if each.clash)


class NotReviewed(Refusal):
    """A text that would make items approved which nobody signed off in this version; `items` are their ids."""

    def __init__(self, items: Sequence[str]) -> None:
        self.items = tuple(items)
        names = ", ".join(self.items[:5]) + (" and others" if len(self.items) > 5 else "")  # noqa: PLR2004
        super().__init__(
            f"Nobody has signed off this version of {names}, so it cannot stay approved. "
            "Put it into review; once two colleagues have signed it off, approve it here."
        )


def banks(app: App, actor: Actor) -> list[str]:
    """Name the banks that can be opened, whether or not they can be read."""
    permit(actor, Action.EDIT_CONTENT)
    return slugs(app.settings.content_dir)


def open_bank(app: App, actor: Actor, slug: str) -> Opened:
    """Open a bank's text. Raises NotFound where there is none, Refusal where it is too large or no text."""
    permit(actor, Action.EDIT_CONTENT)
    path = bank_file(app.settings.content_dir, slug)
    there = read_bank_file(path)
    _check_size(there.text)
    return Opened(slug, f"question_banks/{path.name}", there.text, there.writable)


def check(app: App, actor: Actor, slug: str, text: str) -> Tried:
    """Say what a bank would be with this text, and what would be wrong with it. Nothing is written."""
    permit(actor, Action.EDIT_CONTENT)
    path = bank_file(app.settings.content_dir, slug)
    _check_size(text)
    return app.content.tried({f"question_banks/{path.name}": text}, app.now().date())


def words(app: App, actor: Actor) -> str:
    """Give what may be completed in a bank, as JSON for the editor."""
    permit(actor, Action.EDIT_CONTENT)
    return completing.words(app.library)


def patch(actor: Actor, opened: Opened, text: str) -> str:
    """Give the change as a patch, for whoever may write where this cannot be saved."""
    permit(actor, Action.EDIT_CONTENT)
    before, after = opened.text.splitlines(keepends=True), text.splitlines(keepends=True)
    return "".join(unified_diff(before, after, f"a/{opened.file}", f"b/{opened.file}"))


def save(app: App, actor: Actor, opened: Opened, text: str, *, reason: str) -> Saved | Newer:
    """Write a bank's text in one step, with who and why; where it is newer than what was opened, say how.

    A text that brings an error with it is refused: learners would go on with the last good version, and the author
    would think hers is out. What is unfinished is saved as a draft, which has marks of its own for what is missing.
    Errors that stood there before do not hinder: a broken bank can be mended in steps.

    Raises Refusal, and NotReviewed.
    """
    permit(actor, Action.EDIT_CONTENT)
    words = worded(reason)
    _check_size(text)
    path = bank_file(app.settings.content_dir, opened.slug)
    with one_at_a_time(app):
        there = read_bank_file(path)
        if there.text == text:
            return Saved(text, ())
        if there.text != opened.text:
            return Newer(there.text, tuple(stretches(opened.text, there.text, text)))
        changes = changes_of(app, {opened.file: (opened.text, text)})
        detail = ", ".join(after.id for _, after in changes[:20]) or "nothing that learners see"
        done = entry(app, actor, "edited bank", opened.slug, f"{words} ({detail})")
        with noted(app, Edit(done, actor, words, files_of((path, there.encoded(text))), changes)):
            write(path, there, text)
    return Saved(text, tuple(after.id for _, after in changes))


def changes_of(app: App, texts: Mapping[str, tuple[str, str]]) -> list[tuple[Item | None, Item]]:
    """Pair the items that texts change with what they were, and refuse texts that may not be saved."""
    today = app.now().date()
    after = app.content.tried({file: text for file, (_, text) in texts.items()}, today)
    if after.new_errors:
        raise Refusal(_in_words(after.new_errors))
    before = app.content.tried({file: text for file, (text, _) in texts.items()}, today)
    was = {item.id: item for bank in before.banks.values() for item in bank.items}
    now = [item for bank in after.banks.values() for item in bank.items]
    changed = [item for item in now if item.id not in was or version_of(was[item.id]) != version_of(item)]
    _check_approved(app, was, now, {item.id for item in changed})
    return [(was.get(item.id), item) for item in changed]


def write(path: Path, there: BankFile, text: str) -> None:
    """Write a bank's text as its file is written. Raises Refusal where the folder takes no file."""
    try:
        write_file(path, there.encoded(text))
    except PermissionError as error:
        raise Refusal(_READ_ONLY) from error
    except OSError as error:
        if error.errno in _FULL_OR_READ_ONLY:
            raise Refusal(_FULL_OR_READ_ONLY[error.errno]) from error
        raise


def _check_approved(app: App, was: Mapping[str, Item], now: Sequence[Item], changed: set[str]) -> None:
    """Refuse approved items that nobody signed off here, where this edit makes or changes them.

    An item that was signed off here in an earlier version may stay approved: quizzes go on with that version.
    """
    made = [
        item for item in now
        if item.status is Status.APPROVED
        and (item.id in changed or was[item.id].status is not Status.APPROVED)
    ]  # fmt: skip
    if not made:
        return
    events = app.database.read(item_events.of_all)
    unsigned = []
    for item in made:
        stands = standing(events.get(item.id, ()), version_of(item))
        if not (stands.lapsed or stands.stage is Stage.APPROVED):
            unsigned.append(item.id)
    if unsigned:
        raise NotReviewed(unsigned)


def _in_words(errors: Sequence[Problem]) -> str:
    first = errors[0]
    where = f"line {first.line} of {first.file.removeprefix('question_banks/')}"
    more = f" There are {len(errors) - 1} more." if len(errors) > 1 else ""
    return f"This would bring an error into the bank: {where}, {first.code} {first.message}.{more} Nothing was saved."


def _check_size(text: str) -> None:
    if len(text) > LARGEST:
        raise Refusal(f"A bank of more than {LARGEST:,} characters cannot be edited here. Please split it in two.")
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise Refusal("The text has characters that no file can hold. Please take them out.")


def worded(reason: str) -> str:
    """Give a reason with its spaces in order. Raises Refusal where nothing is said."""
    words = " ".join(reason.split())
    if not words:
        raise Refusal("Please say in a few words what you changed and why: reviewers read it.")
    if len(words) > signing_off.LONGEST:
        raise Refusal(f"Please keep the reason to {signing_off.LONGEST} characters.")
    return words


_READ_ONLY = "The folder of the banks is read-only here. Take the file or the patch below to whoever can write there."
_FULL_OR_READ_ONLY = {EROFS: _READ_ONLY, ENOSPC: FULL}
