"""Handing scores out as files: exactly what was filtered, and a note of who took it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training.core.certainty import Certainty
from training.core.permission import Action, Actor, permit
from training.formats.tables import Cell, Column, Table, csv_chunks, workbook
from training.services.app import App
from training.services.noting import note
from training.services.overseeing import Wanted
from training.store import certainties, cohorts, results
from training.store.database import Connection
from training.store.results import CohortResult

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 64 * 1024


class Kind(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Export:
    """A file on its way: its name, its media type, and its content piece by piece."""

    name: str
    media_type: str
    chunks: Iterator[bytes]


def scores(app: App, actor: Actor, wanted: Wanted, kind: Kind) -> Export:
    """Write the scores wanted as a file and note in the audit who took how many. Raises Refusal."""
    permit(actor, Action.EXPORT_SCORES)
    now = app.now()
    titles = {slug: programme.title for slug, programme in app.library.programmes.items()}

    found, sure, cohort = app.database.read(
        lambda tx: (
            results.chosen(tx, wanted.choice()),
            certainties.counted(tx, wanted.choice()),
            _cohort(tx, wanted),
        )
    )
    filters = "; ".join(f"{name} {value}" for name, value in _filters(wanted, cohort).items())
    said = f"{len(found)} results: {filters}"
    app.database.write(lambda tx: note(tx, app, actor.id, "export scores", f"scores.{kind}", said))
    about = _about(actor, wanted, cohort, now, len(found))
    rows = [[*_row(each, wanted, titles), *_sure(sure.get(each.result.attempt_id))] for each in found]
    table = Table("Scores", [*_columns(wanted), *SURE], rows, about)
    name = f"scores-{now.astimezone(wanted.zone):%Y-%m-%d-%H%M}.{kind}"
    if kind is Kind.CSV:
        return Export(name, "text/csv; charset=utf-8", csv_chunks(table))
    return Export(name, XLSX, _pieces(workbook(table, made_at=now)))


SURE = [Column("Very sure", 10), Column("Fairly sure", 10), Column("Not sure", 10), Column("Certainty not said", 16)]
"""How many of the answers were given with each certainty."""


def _sure(counts: dict[Certainty | None, int] | None) -> list[Cell]:
    """Give the counts for `SURE`; empty where the quiz does not ask, which is not the same as none."""
    degrees = (Certainty.HIGH, Certainty.MID, Certainty.LOW, None)
    return [counts.get(degree, 0) if counts else None for degree in degrees]


def _cohort(tx: Connection, wanted: Wanted) -> str:
    return cohorts.get(tx, wanted.cohort).title if wanted.cohort else "everyone"


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))


def _filters(wanted: Wanted, cohort: str) -> dict[str, str]:
    return {
        "Cohort": cohort,
        "Quiz": wanted.quiz or "every quiz",
        "Mode": wanted.mode or "practice and exam",
        "From": f"{wanted.first:%Y-%m-%d}" if wanted.first else "the beginning",
        "To": f"{wanted.last:%Y-%m-%d}" if wanted.last else "now",
    }


def _about(actor: Actor, wanted: Wanted, cohort: str, now: datetime, count: int) -> dict[str, Cell]:
    return {
        **_filters(wanted, cohort),
        "Results": count,
        "Times": str(wanted.zone),
        "Exported": now.astimezone(wanted.zone),
        "Exported by": actor.name,
        "Note": "These are personal data. Keep them only as long as you need them.",
    }


def _columns(wanted: Wanted) -> list[Column]:
    zone = str(wanted.zone)
    return [
        Column("Learner", 28), Column("E-mail", 30), Column("Cohorts", 30), Column("Quiz", 30), Column("Mode", 10),
        Column(f"Started ({zone})", 20), Column(f"Handed in ({zone})", 20), Column("Handed in by", 12),
        Column("Questions", 10), Column("Answered", 10), Column("Points", 8), Column("Out of", 8),
        Column("Percent", 9), Column("Passed", 8), Column("Simulated", 10), Column("Quiz name", 24),
        Column("Attempt", 36),
    ]  # fmt: skip


def _row(each: CohortResult, wanted: Wanted, titles: dict[str, str]) -> list[Cell]:
    row, zone = each.result, wanted.zone
    return [
        each.name, each.email, "; ".join(each.cohorts), titles.get(row.programme, row.programme), row.mode.value,
        row.started_at.astimezone(zone), row.submitted_at.astimezone(zone), row.submitted_by,
        row.questions, row.answered, round(row.points, 4), round(row.max_points, 4),
        round(row.percent, 2), row.passed, each.simulated, row.programme, row.attempt_id,
    ]  # fmt: skip
