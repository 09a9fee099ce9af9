"""What was done about items, step by step; the number of a step decides who was first."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from training.core.refusal import Refusal
from training.core.stage import ItemEvent, Step
from training.store.item_tables import item_events


def add(tx: Connection, item_id: str, event: ItemEvent) -> None:
    """Add a step. Raises Refusal where another window took one of the same number."""
    row = {
        "item_id": item_id, "seq": event.seq, "step": event.step.value, "version": event.version, "actor": event.by,
        "at": event.at, "text": event.text, "since": event.since,
    }  # fmt: skip
    try:
        tx.execute(insert(item_events), row)
    except IntegrityError as error:
        raise Refusal("Someone else has just worked on this item. Please reload the page.") from error


def of_item(tx: Connection, item_id: str) -> list[ItemEvent]:
    """Give all that was done about an item, in order."""
    rows = tx.execute(select(item_events).where(item_events.c.item_id == item_id).order_by(item_events.c.seq))
    return [_event(row) for row in rows]


def of_all(tx: Connection) -> dict[str, list[ItemEvent]]:
    """Give all that was done about every item, by item."""
    found: dict[str, list[ItemEvent]] = {}
    for row in tx.execute(select(item_events).order_by(item_events.c.item_id, item_events.c.seq)):
        found.setdefault(row.item_id, []).append(_event(row))
    return found


def moment(tx: Connection, steps: Iterable[Step]) -> int:
    """Count the steps of these kinds: another number says that something was done since."""
    wanted = item_events.c.step.in_([step.value for step in steps])
    return tx.scalar(select(func.count()).select_from(item_events).where(wanted)) or 0


def _event(row: Row[Any]) -> ItemEvent:
    return ItemEvent(row.seq, Step(row.step), row.version, row.actor, row.at, row.text, row.since)
