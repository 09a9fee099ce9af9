"""Standard-setting studies: what was asked, who judges, every rating and every step."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from training.core.refusal import NotFound
from training.core.study import Bounds, Happening, Judge, Rating, Step, Study, panel
from training.store.study_tables import (
    studies,
    study_bounds,
    study_judges,
    study_minutes,
    study_ratings,
    study_steps,
    study_versions,
)


def add(tx: Connection, study: Study) -> None:
    """Keep a study just begun, with its judges and the versions of its items, which are kept already."""
    row = {
        "id": study.id, "programme": study.programme, "title": study.title, "candidate": study.candidate,
        "items": json.dumps(study.items), "begun_at": study.begun, "lead": study.lead,
    }  # fmt: skip
    tx.execute(insert(studies), row)
    rated = [{"study_id": study.id, "item_id": item, "version": each} for item, each in study.versions.items()]
    if rated:
        tx.execute(insert(study_versions), rated)
    for judge in study.judges:
        add_judge(tx, study.id, judge, study.begun)


def add_judge(tx: Connection, study_id: str, judge: Judge, at: datetime) -> None:
    """Put a judge on the panel."""
    row = {"study_id": study_id, "person_id": judge.person, "qualification": judge.qualification, "at": at}
    tx.execute(insert(study_judges), row)


def add_rating(tx: Connection, row_id: str, study_id: str, rating: Rating) -> None:
    """Keep a rating."""
    row = {
        "id": row_id, "study_id": study_id, "judge": rating.judge, "round": rating.round, "item_id": rating.item,
        "value": rating.value, "at": rating.at,
    }  # fmt: skip
    tx.execute(insert(study_ratings), row)


def add_bounds(tx: Connection, row_id: str, study_id: str, bounds: Bounds, at: datetime) -> None:
    """Keep a judge's bounds."""
    row = {
        "id": row_id, "study_id": study_id, "judge": bounds.judge, "lowest_cut": bounds.lowest_cut,
        "highest_cut": bounds.highest_cut, "lowest_fails": bounds.lowest_fails,
        "highest_fails": bounds.highest_fails, "at": at,
    }  # fmt: skip
    tx.execute(insert(study_bounds), row)


def append(tx: Connection, study_id: str, step: Step) -> None:
    """Keep a step of the lead's."""
    seq = tx.scalar(select(func.max(study_steps.c.seq)).where(study_steps.c.study_id == study_id)) or 0
    row = {"study_id": study_id, "seq": seq + 1, "what": step.what.value, "by": step.by, "at": step.at,
           "text": step.text}  # fmt: skip
    tx.execute(insert(study_steps), row)


def add_minutes(tx: Connection, study_id: str, pdf: bytes, at: datetime) -> None:
    """Keep the minutes as the file they are."""
    tx.execute(insert(study_minutes), {"study_id": study_id, "at": at, "pdf": pdf})


def minutes(tx: Connection, study_id: str) -> bytes | None:
    """Give the minutes that were kept, or None."""
    found: bytes | None = tx.scalar(select(study_minutes.c.pdf).where(study_minutes.c.study_id == study_id))
    return found


def get(tx: Connection, study_id: str) -> Study:
    """Give one study with all that happened in it. Raises NotFound."""
    row = tx.execute(select(studies).where(studies.c.id == study_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such study.")
    return _whole(tx, row)


def every(tx: Connection) -> list[Study]:
    """Give all studies, the latest first."""
    rows = tx.execute(select(studies).order_by(studies.c.begun_at.desc(), studies.c.id)).all()
    return [_whole(tx, row) for row in rows]


def of_judge(tx: Connection, person: str) -> list[Study]:
    """Give the studies a person judges in, the latest first."""
    return [study for study in every(tx) if person in {judge.person for judge in study.judges}]


def _whole(tx: Connection, row: Row[Any]) -> Study:
    def of(table: Any, *order: Any) -> list[Row[Any]]:
        return list(tx.execute(select(table).where(table.c.study_id == row.id).order_by(*order)))

    steps = tuple(
        Step(Happening(each.what), each.by, each.at, each.text) for each in of(study_steps, study_steps.c.seq)
    )
    judges = panel([Judge(each.person_id, each.qualification)
                    for each in of(study_judges, study_judges.c.at, study_judges.c.person_id)], steps)  # fmt: skip
    sitting = {each.person for each in judges}
    latest = {each.judge: each for each in of(study_bounds, study_bounds.c.at, study_bounds.c.id)
              if each.judge in sitting}  # fmt: skip
    return Study(
        row.id, row.programme, row.title, row.candidate, tuple(json.loads(row.items)), row.begun_at, row.lead,
        judges,
        tuple(Rating(each.judge, each.round, each.item_id, each.value, each.at)
              for each in of(study_ratings, study_ratings.c.at, study_ratings.c.id)),
        tuple(Bounds(name, each.lowest_cut, each.highest_cut, each.lowest_fails, each.highest_fails)
              for name, each in latest.items()),
        steps,
        {each.item_id: each.version for each in of(study_versions, study_versions.c.item_id)},
    )  # fmt: skip
