"""The sums of reports: kept with every marking, corrected by a new one, and made again to the last bit."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from tests.services.demonstrated import NOW, lived_in
from training.core.attempt import Attempt
from training.core.blueprint import Mode
from training.core.interaction import options_of
from training.core.key import Worth
from training.services.app import App
from training.services.checking_sums import check
from training.services.marking import settle, settle_all
from training.services.rebuilding import rebuild
from training.store import attempts, sums
from training.store.database import Connection, Database
from training.store.sum_tables import counted, item_counts, item_sums, score_counts, score_sums
from training.store.tables import outcomes


@pytest.fixture
def app(database: Database, tmp_path: object) -> App:
    """The product on either database, where eight simulated learners did something for two months."""
    return lived_in(database, str(tmp_path), learners=8)


def everything(tx: Connection) -> list[list[tuple[object, ...]]]:
    """Every row of every sum, items by what names them for good."""
    named = [column for column in item_sums.columns if column.name != "id"]
    key = (item_sums.c.programme, item_sums.c.mode, item_sums.c.digest)
    columns = [column for column in item_counts.columns if column.name != "item"]
    wanted = (
        select(*named).order_by(*key),
        select(*key, *columns).join_from(item_counts, item_sums).order_by(*key, *columns),
        select(score_sums).order_by(*score_sums.primary_key),
        select(score_counts).order_by(*score_counts.primary_key),
        select(counted.c.attempt_id).order_by(counted.c.attempt_id),
    )
    return [[tuple(row) for row in tx.execute(each)] for each in wanted]


def finished(app: App) -> Iterator[Attempt]:
    ids = app.database.read(lambda tx: list(attempts.every_id(tx)))
    found = [app.database.read(lambda tx, which=each: attempts.get(tx, which)) for each in ids]  # type: ignore[misc]
    return (each for each in found if each.submitted)


def test_rebuilding_gives_the_same_sums_to_the_last_bit(app: App) -> None:
    before = app.database.read(everything)

    assert all(len(rows) > 10 for rows in before[:2])
    assert all(before)

    rebuild(app)

    assert app.database.read(everything) == before


def test_settling_again_changes_no_sum(app: App) -> None:
    before = app.database.read(everything)
    for attempt in finished(app):
        app.database.write(lambda tx, which=attempt: settle(tx, which, NOW))  # type: ignore[misc]

    assert app.database.read(everything) == before


def other_key(attempt: Attempt) -> Attempt:
    """The attempt as if every question that asks for one option had another key."""

    def changed(slot: object) -> object:
        key, options = slot.question.key, options_of(slot.question.interaction)  # type: ignore[attr-defined]
        new = Worth(((options[-1].id, 1.0),)) if isinstance(key, Worth) else key
        return replace(slot, question=replace(slot.question, key=new))  # type: ignore[attr-defined, type-var]

    return replace(attempt, form=replace(attempt.form, slots=tuple(map(changed, attempt.form.slots))))  # type: ignore[arg-type]


def test_another_key_takes_the_old_marks_out_and_puts_the_new_ones_in(app: App) -> None:
    changed = [other_key(each) for each in finished(app)]
    before = app.database.read(everything)
    app.database.write(lambda tx: settle_all(tx, changed, NOW))
    corrected = app.database.read(everything)

    def anew(tx: Connection) -> None:
        sums.clear(tx)
        settle_all(tx, changed, NOW)

    app.database.write(anew)

    assert corrected == app.database.read(everything)
    assert corrected != before


def test_a_key_that_is_changed_back_leaves_no_trace(app: App) -> None:
    before, originals = app.database.read(everything), list(finished(app))
    app.database.write(lambda tx: settle_all(tx, [other_key(each) for each in originals], NOW))
    app.database.write(lambda tx: settle_all(tx, originals, NOW))

    assert app.database.read(everything) == before


def test_exam_and_practice_are_apart(app: App) -> None:
    modes = app.database.read(lambda tx: set(tx.scalars(select(item_sums.c.mode))))

    assert modes == {Mode.EXAM.value, Mode.PRACTICE.value}


def test_what_is_kept_is_proved_to_be_that_of_the_answers(app: App) -> None:
    told: list[tuple[int, int]] = []
    found = check(app, lambda done, total: told.append((done, total)))

    assert found.holds
    assert found.attempts == len(list(finished(app))) > 10
    assert told[-1][0] == told[-1][1] >= found.attempts


def test_whatever_is_not_as_the_answers_have_it_is_named_and_mended_by_rebuilding(app: App) -> None:
    lost = next(finished(app)).id

    def spoil(tx: Connection) -> None:
        some = tx.scalars(select(item_sums.c.id).order_by(item_sums.c.id)).first()
        tx.execute(update(item_sums).where(item_sums.c.id == some).values(points=item_sums.c.points + 1))
        tx.execute(delete(item_counts).where(item_counts.c.item == some, item_counts.c.kind == sums.Kind.MONTH))
        tx.execute(update(score_counts).values(n=score_counts.c.n + 1))
        tx.execute(delete(counted).where(counted.c.attempt_id == lost))
        tx.execute(update(outcomes).where(outcomes.c.attempt_id == lost).values(time=1))

    app.database.write(spoil)
    found = check(app)
    (points,) = (each for each in found.different if each.table == "item_sums")

    assert {each.table for each in found.different} == {
        "item_sums",
        "item_counts",
        "score_counts",
        "counted",
        "outcomes",
    }
    assert points.kept[1] == points.made[1] + 1
    assert [each.what for each in found.different if each.table in {"counted", "outcomes"}] == [f"attempt {lost}"] * 2
    assert all(not each.kept for each in found.different if each.table == "item_counts")

    rebuild(app)

    assert check(app).holds
