"""An analysis from the answers themselves: for all of them that of the kept sums, and for a part what no sums hold."""

from dataclasses import fields
from datetime import timedelta

import numpy as np
import pytest

from tests.services.classes import EXAM, PRACTICE
from tests.services.demonstrated import NOW, lived_in
from training.core.blueprint import Mode
from training.services import analysing
from training.services.app import App
from training.services.summing import Summed, gathered_items, items_of
from training.store import answer_pages, sum_reading
from training.store.database import Database
from training.store.results import Choice
from training.store.sum_reading import Of

QUIZZES = [(EXAM, Mode.EXAM), (PRACTICE, Mode.PRACTICE)]


@pytest.fixture
def app(database: Database, tmp_path: object) -> App:
    """The product on either database, where ten simulated learners did something for two months."""
    return lived_in(database, str(tmp_path), learners=10)


def by_version(summed: Summed) -> list[int]:
    return sorted(
        range(len(summed.items)), key=lambda place: (summed.items[place].item_id, summed.items[place].version)
    )


def same(one: Summed, other: Summed) -> None:
    """Hold every number of one against the other, item by item."""
    mine, theirs = by_version(one), by_version(other)
    assert [one.items[place].version for place in mine] == [other.items[place].version for place in theirs]
    for field in fields(one.sums):
        if field.name not in {"unit", "chosen"}:
            ours, kept = getattr(one.sums, field.name), getattr(other.sums, field.name)
            assert np.array_equal(ours[mine], kept[theirs]), field.name
    assert one.months.first == other.months.first
    for name, ours, kept in (
        ("months", one.months.n.T, other.months.n.T), ("month points", one.months.points.T, other.months.points.T),
        ("times", one.time_points, other.time_points), ("sure", one.sure.n, other.sure.n),
        ("sure points", one.sure.points, other.sure.points),
    ):  # fmt: skip
        assert np.array_equal(ours[mine], kept[theirs]), name
    for ours, kept in zip(mine, theirs, strict=True):
        assert np.array_equal(*(each.options.chosen[:, list(each.options.of[place])]
                                for each, place in ((one, ours), (other, kept))))  # fmt: skip


@pytest.mark.parametrize(("slug", "mode"), QUIZZES)
def test_all_answers_give_exactly_what_the_kept_sums_give(app: App, slug: str, mode: Mode) -> None:
    kept = app.database.read(lambda tx: items_of(tx, Of(mode, programme=slug)))
    scores = app.database.read(lambda tx: analysing.whole(tx, slug, mode)).whole
    learners = app.database.read(lambda tx: sum_reading.all_learners(tx, slug, mode))
    summed, made, many = app.database.read(lambda tx: gathered_items(tx, Choice(programme=slug, mode=mode)))

    assert kept.sums.n.sum() > 100
    assert kept.sums.times.any()
    same(summed, kept)
    assert many == learners
    assert np.array_equal(made.bands, scores.bands)
    for name in ("n", "fraction", "square", "error", "answered"):
        assert getattr(made, name) == getattr(scores, name), name


@pytest.mark.parametrize(("slug", "mode"), QUIZZES)
def test_pages_and_forgotten_answers_change_nothing(
    app: App, slug: str, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = Choice(programme=slug, mode=mode)
    whole, _, _ = app.database.read(lambda tx: gathered_items(tx, choice))
    monkeypatch.setattr(answer_pages, "TOGETHER", 3)
    monkeypatch.setattr("training.services.gathering.MOST_KNOWN", 20)
    paged, _, _ = app.database.read(lambda tx: gathered_items(tx, choice))

    same(paged, whole)


def test_two_parts_of_the_answers_add_up_to_all(app: App) -> None:
    choice = Choice(programme=EXAM, mode=Mode.EXAM)
    middle = NOW - timedelta(days=20)
    parts = [Choice(programme=EXAM, mode=Mode.EXAM, until=middle), Choice(programme=EXAM, mode=Mode.EXAM, since=middle)]
    whole, *halves = (
        app.database.read(lambda tx, which=each: gathered_items(tx, which)[0]) for each in [choice, *parts]
    )  # type: ignore[misc]

    def answers(summed: Summed) -> dict[str, float]:
        return {each.version: n for each, n in zip(summed.items, summed.sums.n, strict=True)}

    first, second = map(answers, halves)
    assert first
    assert second
    assert {key: first.get(key, 0) + second.get(key, 0) for key in {*first, *second}} == answers(whole)


def test_of_no_answers_there_is_nothing(app: App) -> None:
    summed, scores, learners = app.database.read(lambda tx: gathered_items(tx, Choice(programme="no-such-quiz")))

    assert (summed.items, scores.n, learners) == ((), 0, 0)
