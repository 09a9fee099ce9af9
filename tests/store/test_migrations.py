"""The tables: made by revisions, equal to what the program says, and append-only where that is promised."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

import training.store.migrations.versions as revisions
from tests.processes import PATIENCE
from tests.store.stories import T0, add_ann, answered, begun, certify_ann, challenge_an_item, change_a_key, item
from training.core.dossier import Entry, Honour
from training.core.record import record
from training.core.refusal import Refusal
from training.core.score import grade
from training.core.study import Bounds, Happening, Judge, Rating, Step, Study
from training.store import (
    accommodations,
    attempts,
    audit,
    calibrations,
    dossiers,
    exam_forms,
    reading,
    records,
    signing_keys,
    studies,
    versions,
)  # fmt: skip
from training.store.accommodations import Accommodation
from training.store.calibrations import KeptCalibration
from training.store.database import Connection, Database, migrate, open_database, pending
from training.store.exam_forms import FormEvent
from training.store.tables import APPEND_ONLY, metadata

EVERY = sorted(file.name[:4] for file in Path(revisions.__path__[0]).glob("[0-9]*.py"))

STUDY = Study("u", "exam", "Cut", "A beginner", ("i",), T0, "cy", (Judge("ann", "PT"),))


def differences(tx: Connection) -> list[object]:
    context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


def test_up_from_empty_equals_the_tables_of_the_program(empty_url: str) -> None:
    database = open_database(empty_url)

    assert pending(database) == EVERY
    assert migrate(database) == EVERY
    assert migrate(database) == []
    assert pending(database) == []
    assert database.read(differences) == []

    database.close()


def test_two_programs_that_start_at_once_migrate_once(empty_url: str) -> None:
    databases = [open_database(empty_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(migrate, databases))

    assert sorted(applied) == [[], [], [], EVERY]

    for database in databases:
        database.close()


def test_a_program_starts_while_another_is_writing(database: Database) -> None:
    """
    The start is within the other's write; it would wait for ever if it had to write itself.
    """
    own = open_database(database.url.render_as_string(hide_password=False))

    def while_it_writes(tx: Connection) -> list[str]:
        add_ann(tx)
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(migrate, own).result(timeout=PATIENCE)

    assert database.write(while_it_writes) == []
    own.close()


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    database.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))

    with pytest.raises(Refusal, match="9999"):
        pending(database)
    with pytest.raises(Refusal, match="9999"):
        migrate(database)


@pytest.fixture
def filled(database: Database) -> Database:
    """One row in each table that is only ever added to."""

    def fill(tx: Connection) -> None:
        add_ann(tx)
        attempts.add(tx, begun(), "click")
        before = attempts.get(tx, "a-1")
        attempts.append(tx, before, answered(before, 0))
        reading.add(tx, row_id="r", person="ann", module="m", section="s", finished=True, at=T0)
        records.add(tx, record(before, grade(before)), T0)
        accommodations.add(tx, row_id="x", person="ann", grant=Accommodation(1.5, "dyslexia", "cy", T0))
        exam_forms.add(tx, form_id="f", form=before.form, at=T0, by="ida")
        exam_forms.append(tx, "f", FormEvent("signed", "cy", T0, ""))
        studies.add(tx, replace(STUDY, versions={"i": versions.keep(tx, item(0), T0)}))
        studies.add_rating(tx, "g", "u", Rating("ann", 1, "i", 0.5, T0))
        studies.add_bounds(tx, "b", "u", Bounds("ann", 60, 80, 5, 30), T0)
        studies.append(tx, "u", Step(Happening.FIRST_CLOSED, "cy", T0))
        studies.add_minutes(tx, "u", b"%PDF-", T0)
        dossiers.add(tx, Entry("d", "ann", "topic", "ann", T0, "honour:a-1", Honour("a-1", "0", "My own work.")))
        audit.add(tx, audit.Entry("e", T0, "ada", "did", "this"))
        challenge_an_item(tx)
        certify_ann(tx)
        signing_keys.add(tx, signing_keys.KeyRow("z6Mk", "2026-01-01T00:00:00Z", "", ""))
        change_a_key(tx)
        calibrations.add(tx, KeptCalibration("k", "topic", "2pl", "exam", T0, "shell", 1, priors=True, body="{}"))

    database.write(fill)
    return database


@pytest.mark.parametrize("table", APPEND_ONLY, ids=str)
def test_what_is_appended_cannot_be_changed_or_removed(filled: Database, table: object) -> None:
    column = next(iter(table.c))  # type: ignore[attr-defined]
    row = filled.read(lambda tx: tx.execute(table.select()).mappings().first())  # type: ignore[attr-defined]
    assert row is not None
    for change in (update(table).values({column: column}), delete(table)):  # type: ignore[arg-type]
        with pytest.raises(DBAPIError, match="append-only"):
            filled.write(lambda tx, change=change: tx.execute(change))
    if filled.dialect == "sqlite":
        with pytest.raises(DBAPIError, match="append-only"):
            filled.write(lambda tx: tx.execute(insert(table).prefix_with("OR REPLACE"), dict(row)))  # type: ignore[arg-type]
    else:
        with pytest.raises(DBAPIError, match="append-only"):
            filled.write(lambda tx: tx.execute(text(f"TRUNCATE {table} CASCADE")))

    assert filled.read(lambda tx: tx.execute(table.select()).mappings().first()) == row  # type: ignore[attr-defined]
