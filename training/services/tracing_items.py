"""Where an item comes from: its versions, what changed, where each was used, and what was done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training.core.bank import Bank
from training.core.genealogy import Change, Verdict, changes, verdict
from training.core.items import Item
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound
from training.core.stage import ItemEvent, Standing, Step, standing
from training.core.version import body, version_of, written
from training.services.app import App
from training.store import challenges, item_events, people, versions
from training.store.database import Connection
from training.store.versions import Kept, Use

__all__ = ["History", "Use", "Version", "history"]

FEWEST = 5
"""Answers that a mean needs: of fewer it would tell what somebody answered."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: what changed since the one before, whether statistics pool with it, and where it was used.

    `pool` is the number of the first version it may be pooled with, itself where there is none. `kept` is None for
    what stands in the file and was neither served nor worked on. `confirmed` is the second person's word that the
    change is typographical, `outside` says that it was not made in the app: by hand, in a text editor or by git.
    """

    number: int
    digest: str
    kept: datetime | None
    served: datetime | None
    changes: tuple[Change, ...]
    verdict: Verdict
    pool: int
    confirmed: ItemEvent | None
    uses: tuple[Use, ...]
    current: bool
    signed_off: bool
    outside: bool

    @property
    def attempts(self) -> int:
        return sum(use.n for use in self.uses)


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of an item, its oldest version first; `item` is None where it stands in no bank any more.

    `unversioned` are uses from before versions were kept; `names` says who is behind the ids in the events.
    """

    item_id: str
    bank: Bank | None
    item: Item | None
    standing: Standing
    versions: tuple[Version, ...]
    events: tuple[ItemEvent, ...]
    names: Mapping[str, str]
    unversioned: tuple[Use, ...]
    challenges: int


def history(app: App, actor: Actor, item_id: str) -> History:
    """Give the history of an item. Raises NotFound where neither a bank nor the database knows it."""
    permit(actor, Action.READ_CONTENT)
    bank = next((each for each in app.library.banks.values() if any(item.id == item_id for item in each.items)), None)
    item = next((each for each in bank.items if each.id == item_id), None) if bank else None
    return app.database.read(lambda tx: _history(tx, item_id, bank, item))


def _history(tx: Connection, item_id: str, bank: Bank | None, item: Item | None) -> History:
    kept, events = versions.of_item(tx, item_id), item_events.of_item(tx, item_id)
    if item is None and not kept:
        raise NotFound(f"There is no item '{item_id}', and there never was one that was served.")
    now = version_of(item) if item else ""
    uses = [use if use.n >= FEWEST else replace(use, mean=None) for use in versions.uses(tx, item_id)]
    return History(
        item_id, bank, item, standing(events, now), _versions(kept, item, events, uses), tuple(events),
        people.names(tx, {event.by for event in events}),
        tuple(use for use in uses if not use.version), len(challenges.of_item(tx, item_id)),
    )  # fmt: skip


def _versions(
    kept: Sequence[Kept], item: Item | None, events: Sequence[ItemEvent], uses: Sequence[Use]
) -> tuple[Version, ...]:
    rows: list[tuple[str, str, datetime | None, datetime | None]]
    rows = [(each.digest, each.body, each.at, each.served) for each in kept]
    now = version_of(item) if item else ""
    if item and now not in {digest for digest, *_ in rows}:
        rows.append((now, body(item), None, None))
    made: list[Version] = []
    for number, (digest, content, at, served) in enumerate(rows, 1):
        before = rows[number - 2][1] if number > 1 else content
        found = changes(written(before), written(content))
        fresh = Version(
            number, digest, at, served, found, verdict(found), number, _confirmed(events, digest),
            tuple(use for use in uses if use.version == digest), digest == now,
            standing(events, digest).signed_off == digest,
            number > 1 and not any(each.step is Step.EDITED and each.version == digest for each in events),
        )  # fmt: skip
        made.append(replace(fresh, pool=_pool(fresh, made)))
    return tuple(made)


def _pool(fresh: Version, earlier: Sequence[Version]) -> int:
    """Give the number of the first version that learners met as the same question."""
    if earlier and fresh.verdict.pools:
        return earlier[-1].pool
    since = fresh.confirmed.since if fresh.confirmed else ""
    return next((each.pool for each in earlier if each.digest == since), fresh.number)


def _confirmed(events: Sequence[ItemEvent], digest: str) -> ItemEvent | None:
    return next((each for each in events if each.step is Step.CONFIRMED and each.version == digest), None)
