"""All that is derived from answers, by what names it for good: to be held against what the answers give now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from training.store.sum_tables import counted, item_counts, item_sums, score_counts, score_sums
from training.store.sums import ITEM_SUMS, SCORE_SUMS, Changes, Kind
from training.store.tables import outcomes

Rows = Mapping[tuple[Any, ...], tuple[int, ...]]

_ITEM = (item_sums.c.programme, item_sums.c.mode, item_sums.c.digest)
_PAPER = ("programme", "mode", "version", "form", "year")


def kept(tx: Connection) -> dict[str, Rows]:
    """Give every sum as it stands, by table."""
    items = select(*_ITEM, *(item_sums.c[name] for name in ITEM_SUMS))
    counts = select(*_ITEM, *(item_counts.c[name] for name in ("kind", "place", "choice", "n", "points")))
    scores = select(*(score_sums.c[name] for name in (*_PAPER, "section", *SCORE_SUMS)))
    decisions = select(*(score_counts.c[name] for name in (*_PAPER, "percent", "decision", "n")))
    return {
        "item_sums": _by(tx, items, len(_ITEM)),
        "item_counts": _by(tx, counts.join_from(item_counts, item_sums), len(_ITEM) + 3),
        "score_sums": _by(tx, scores, len(_PAPER) + 1),
        "score_counts": _by(tx, decisions, len(_PAPER) + 2),
    }


def made(changes: Changes) -> dict[str, Rows]:
    """Give the same of tallies that were added up."""
    counts = {(*item, *rest): values for (item, *rest), values in changes.counts.items()}
    every = {"item_sums": changes.items, "item_counts": counts, "score_sums": changes.scores,
             "score_counts": changes.decisions}  # fmt: skip
    return {
        table: {tuple(key): tuple(values) for key, values in rows.items() if any(values)}
        for table, rows in every.items()
    }


def said(table: str, key: Sequence[Any]) -> str:
    """Name a row of a table in words."""
    if table == "item_counts":
        *item, kind, place, choice = key
        return f"{' '.join(item)}, {Kind(kind).name.lower()} {place}, choice {choice}"
    return " ".join(str(each) for each in key if each != "")


def counted_ids(tx: Connection) -> frozenset[str]:
    """Say which attempts the sums are of, as they have it."""
    return frozenset(tx.scalars(select(counted.c.attempt_id)))


def outcomes_of(tx: Connection, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of the outcomes of some attempts, in the order of their slots."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted = select(outcomes).where(outcomes.c.attempt_id.in_(ids)).order_by(outcomes.c.attempt_id, outcomes.c.slot)
    for row in tx.execute(wanted).mappings():
        found[row["attempt_id"]].append(dict(row))
    return found


def _by(tx: Connection, wanted: Any, named: int) -> Rows:
    return {tuple(row[:named]): tuple(row[named:]) for row in tx.execute(wanted)}
