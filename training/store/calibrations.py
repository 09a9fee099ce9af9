"""Calibrations as they were made: which model, from how many attempts, when, by whom, and all that was found."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from training.core.refusal import NotFound
from training.store.sum_tables import calibrations


@dataclass(frozen=True, slots=True)
class KeptCalibration:
    """One calibration; `body` is the JSON that `analyse --json` prints, `made_by` a person's id or `shell`."""

    id: str
    programme: str
    model: str
    mode: str
    at: datetime
    made_by: str
    attempts: int
    priors: bool
    body: str


def add(tx: Connection, calibration: KeptCalibration) -> None:
    """Keep a calibration for good."""
    tx.execute(insert(calibrations), {each.name: getattr(calibration, each.name) for each in fields(calibration)})


def of_programme(tx: Connection, programme: str) -> list[KeptCalibration]:
    """Give a quiz's calibrations, the latest first."""
    return [KeptCalibration(*row) for row in tx.execute(_OF_PROGRAMME, {"of": programme})]


def get(tx: Connection, calibration_id: str) -> KeptCalibration:
    """Give one calibration. Raises NotFound."""
    row = tx.execute(_ONE, {"of": calibration_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such calibration.")
    return KeptCalibration(*row)


def beginning(tx: Connection, start: str) -> list[KeptCalibration]:
    """Give the calibrations whose id begins so, of whatever quiz, the latest first."""
    wanted = select(*_COLUMNS).where(func.substr(calibrations.c.id, 1, len(start)) == start)
    return [KeptCalibration(*row) for row in tx.execute(wanted.order_by(calibrations.c.at.desc(), calibrations.c.id))]


_COLUMNS = [calibrations.c[each.name] for each in fields(KeptCalibration)]
_OF_PROGRAMME = (
    select(*_COLUMNS)
    .where(calibrations.c.programme == bindparam("of"))
    .order_by(calibrations.c.at.desc(), calibrations.c.id)
)
_ONE = select(*_COLUMNS).where(calibrations.c.id == bindparam("of"))
