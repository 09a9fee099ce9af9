"""Review of items: putting a version forward, signing it off, sending it back, retiring it, talking about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.core import stage
from training.core.bank import Bank
from training.core.genealogy import changes, declarable
from training.core.items import Item, Status
from training.core.naming import doubtful, names
from training.core.permission import Action, Actor, Role, permit
from training.core.refusal import NotFound, Refusal
from training.core.stage import ItemEvent, Stage, Standing, Step, standing
from training.core.version import version_of, written
from training.services import drawing
from training.services.app import App
from training.store import item_events, people, versions
from training.store.database import Connection

LONGEST = 2000
"""Characters of a comment or a reason."""

NEED_WORDS = frozenset({Step.RETURNED, Step.RETIRED, Step.DECLARED, Step.COMMENTED})
IN_REVIEW = frozenset({Stage.CONTENT_REVIEW, Stage.EDITORIAL_REVIEW})


NOT_MINE = "Declares not to have written this version, which was edited in its file."


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who asks, by what an item may call her, and the names of all others who may review."""

    id: str
    name: str
    email: str
    colleagues: tuple[str, ...]

    def wrote(self, item: Item) -> bool:
        """Say whether an item names her as an author."""
        return names(item.authors, name=self.name, email=self.email, colleagues=self.colleagues)

    def doubt(self, item: Item) -> str:
        """Give an author who may be her or a colleague; empty where it is clear."""
        return doubtful(item.authors, name=self.name, colleagues=self.colleagues)


@dataclass(frozen=True, slots=True)
class Queued:
    """An item that waits for someone: how its present version stands, and whether learners get it meanwhile.

    `mine` says that the person asking wrote or put forward this version, so that someone else must sign it off;
    `served` is None where quizzes leave the item out, another version than the present one where they go on with that.
    """

    bank: Bank
    item: Item
    version: str
    standing: Standing
    mine: bool
    served: str | None
    passed_content: bool = False
    """The person asking passed its content review, so that someone else must pass the editorial one."""
    doubt: str = ""
    """An author whose initials may be those of the person asking, or a colleague's."""
    unsaid: bool = False
    """Nobody is known to have made this version: it was written in the file."""


@dataclass(frozen=True, slots=True)
class Queue:
    """All that waits: to be confirmed as typographical, for either review, again after an edit, or withheld."""

    typographical: tuple[Queued, ...]
    content: tuple[Queued, ...]
    editorial: tuple[Queued, ...]
    lapsed: tuple[Queued, ...]
    withheld: tuple[Queued, ...]
    asked_in_file: tuple[Queued, ...]
    """Items whose file says `status: review` and which nobody has put forward here."""
    unsigned: int
    """Approved items in the files that nobody signed off in the app."""

    @property
    def waiting(self) -> int:
        return sum(map(len, (self.typographical, self.content, self.editorial, self.lapsed, self.asked_in_file)))


def submit(app: App, actor: Actor, item_id: str, *, version: str, text: str = "") -> str:
    """Put a version forward for content review; `version` is the one the window showed. Raises Refusal.

    Gives the version, as every step here does.
    """
    permit(actor, Action.REVIEW_CONTENT)
    return _take(app, actor, item_id, Step.SUBMITTED, version, text)


def sign_off(app: App, actor: Actor, item_id: str, *, version: str, at: Stage, text: str = "") -> str:
    """Pass the review the version is at; the second makes it approved. Raises Refusal, to authors above all."""
    permit(actor, Action.REVIEW_CONTENT)
    step = {Stage.CONTENT_REVIEW: Step.CONTENT_PASSED, Stage.EDITORIAL_REVIEW: Step.EDITORIAL_PASSED}.get(at)
    if step is None:
        raise Refusal(f"There is nothing to sign off at “{at}”.")
    return _take(app, actor, item_id, step, version, text)


def send_back(app: App, actor: Actor, item_id: str, *, version: str, text: str) -> str:
    """Return a version in review to its author, with the reason. Raises Refusal."""
    permit(actor, Action.REVIEW_CONTENT)
    return _take(app, actor, item_id, Step.RETURNED, version, text)


def declare_typographical(app: App, actor: Actor, item_id: str, *, version: str, text: str) -> str:
    """Say that nothing but typography changed since the last sign-off. Raises Refusal where more did."""
    permit(actor, Action.REVIEW_CONTENT)
    return _take(app, actor, item_id, Step.DECLARED, version, text)


def confirm_typographical(app: App, actor: Actor, item_id: str, *, version: str, text: str = "") -> str:
    """Confirm as a second person that a change is typographical: the sign-off then holds. Raises Refusal."""
    permit(actor, Action.REVIEW_CONTENT)
    return _take(app, actor, item_id, Step.CONFIRMED, version, text)


def retire(app: App, actor: Actor, item_id: str, *, version: str, text: str) -> str:
    """Take an item out of every quiz from now on, with the reason; its file goes on saying what it says."""
    permit(actor, Action.REVIEW_CONTENT)
    return _take(app, actor, item_id, Step.RETIRED, version, text)


def comment(app: App, actor: Actor, item_id: str, *, version: str, text: str) -> str:
    """Add to the thread of an item. Raises Refusal where nothing is said."""
    permit(actor, Action.REVIEW_CONTENT)
    return _take(app, actor, item_id, Step.COMMENTED, version, text)


def note_edit(app: App, actor: Actor, before: Item | None, after: Item, *, text: str) -> str:
    """Keep the version that an edit in the app made, and the one it was made from; gives its digest."""
    permit(actor, Action.REVIEW_CONTENT)
    return app.database.write(lambda tx: keep_edit(tx, actor, before, after, at=app.now(), text=_worded(text)))


def keep_edit(tx: Connection, actor: Actor, before: Item | None, after: Item, *, at: datetime, text: str) -> str:
    """Keep an edit in a transaction that notes more than it."""
    permit(actor, Action.REVIEW_CONTENT)
    if before is not None:
        versions.keep(tx, before, at)
    return _add(tx, actor, after, Step.EDITED, text, at)


def standing_of(app: App, actor: Actor, item_id: str) -> Queued:
    """Say how one item stands. Raises NotFound."""
    permit(actor, Action.REVIEW_CONTENT)
    bank, item = _found(app, item_id)
    return app.database.read(
        lambda tx: _queued(tx, app, _reviewer(tx, actor), bank, item, item_events.of_item(tx, item_id))
    )


def queue(app: App, actor: Actor) -> Queue:
    """List what waits for a reviewer."""
    permit(actor, Action.REVIEW_CONTENT)
    found, unsigned = app.database.read(lambda tx: _waiting(tx, app, actor))
    listed = tuple(found)

    def those(*, stage: Stage) -> tuple[Queued, ...]:
        return tuple(each for each in listed if each.standing.stage is stage)

    drafts = [each for each in those(stage=Stage.DRAFT) if not each.standing.declared]
    return Queue(
        tuple(each for each in listed if each.standing.declared),
        those(stage=Stage.CONTENT_REVIEW), those(stage=Stage.EDITORIAL_REVIEW),
        tuple(each for each in drafts if each.standing.lapsed),
        tuple(each for each in listed if each.standing.withheld and each.standing.stage not in IN_REVIEW),
        tuple(each for each in drafts if each.item.status is Status.REVIEW and not each.standing.lapsed
              and not each.standing.withheld),
        unsigned,
    )  # fmt: skip


def _waiting(tx: Connection, app: App, actor: Actor) -> tuple[list[Queued], int]:
    events, found, unsigned = item_events.of_all(tx), [], 0
    reviewer = _reviewer(tx, actor)
    for bank in sorted(app.library.banks.values(), key=lambda each: each.title):
        for item in bank.items:
            mine = events.get(item.id, [])
            signed = any(each.step in drawing.GATES for each in mine)
            unsigned += item.status is Status.APPROVED and not signed
            if mine or item.status is Status.REVIEW:
                found.append(_queued(tx, app, reviewer, bank, item, mine))
    return found, unsigned


def _queued(
    tx: Connection, app: App, reviewer: Reviewer, bank: Bank, item: Item, events: Sequence[ItemEvent]
) -> Queued:
    version = version_of(item)
    now = standing(events, version)
    bodies = versions.bodies(tx, {now.signed_off} - {""})
    given = drawing.served(item, events, bodies, required=app.settings.sign_off_for_exams) if item.drawable else None
    mine = reviewer.id in now.editors or reviewer.wrote(item)
    given_as = version_of(given) if given else None
    unsaid = in_its_file(events, version)
    return Queued(bank, item, version, now, mine, given_as, reviewer.id == now.content_by, reviewer.doubt(item), unsaid)


def _take(app: App, actor: Actor, item_id: str, step: Step, version: str, text: str) -> str:
    _, item = _found(app, item_id)
    if version_of(item) != version:
        raise Refusal("This item was changed since you looked at it. Please reload the page and look again.")
    words = _worded(text)
    if step in NEED_WORDS and not words:
        raise Refusal("Please say why in a few words: whoever looks at this later will want to know.")
    return app.database.write(lambda tx: _add(tx, actor, item, step, words, app.now()))


def _add(tx: Connection, actor: Actor, item: Item, step: Step, text: str, at: datetime) -> str:
    events, version = item_events.of_item(tx, item.id), versions.keep(tx, item, at)
    reviewer = _reviewer(tx, actor)
    doubt = reviewer.doubt(item)
    if doubt and step in stage.BY_ANOTHER:
        raise Refusal(
            f"The file names “{doubt}” as an author, who may be you. Please have the name written in full first."
        )
    if step in stage.BY_ANOTHER and in_its_file(events, version):
        text = f"{text}\n{NOT_MINE}".strip()
    author = reviewer.wrote(item)
    event = stage.next_event(events, step, version, by=actor.id, author=author, at=at, text=text)
    if step is Step.DECLARED:
        _must_be_declarable(tx, event)
    item_events.add(tx, item.id, event)
    return version


def _reviewer(tx: Connection, actor: Actor) -> Reviewer:
    others = people.holders(tx, Role.INSTRUCTOR) - {actor.id}
    email = people.emails(tx, [actor.id]).get(actor.id, "")
    return Reviewer(actor.id, actor.name, email, tuple(people.names(tx, others).values()))


def in_its_file(events: Sequence[ItemEvent], version: str) -> bool:
    """Say whether nobody is known to have made a version: no edit in the app led to it."""
    return not any(each.step is Step.EDITED and each.version == version for each in events)


def _must_be_declarable(tx: Connection, event: ItemEvent) -> None:
    bodies = versions.bodies(tx, {event.since, event.version})
    if not declarable(changes(written(bodies[event.since]), written(bodies[event.version]))):
        raise Refusal(
            "More than wording has changed since the last sign-off: a key, a number, a word such as “not”, an option "
            "or what is beside the question. Please submit this version for review."
        )


def _found(app: App, item_id: str) -> tuple[Bank, Item]:
    for bank in app.library.banks.values():
        for item in bank.items:
            if item.id == item_id:
                return bank, item
    raise NotFound(f"There is no item '{item_id}' in the banks.")


def _worded(text: str) -> str:
    words = text.strip()
    if len(words) > LONGEST:
        raise Refusal(f"Please keep it to {LONGEST} characters. It has {len(words)}.")
    return words
