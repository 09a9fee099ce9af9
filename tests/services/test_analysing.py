"""What answers say of items: from the sums the same as from the answers, apart by version and mode, and to whom."""

import numpy as np
import pytest

from tests.conftest import CAST
from tests.services.classes import EXAM, PRACTICE, spring_class
from training.core.blueprint import Mode
from training.core.refusal import NotFound, Refusal
from training.core.tally import EXACT_UNIT
from training.measurement.items import item_statistics
from training.measurement.reliability import summarise_test
from training.measurement.responses import Responses
from training.measurement.score_sums import score_sums
from training.measurement.summed import summed_test
from training.measurement.sums import item_sums
from training.services import analysing
from training.services.app import App
from training.services.summing import Summed, items_of
from training.store import sum_reading
from training.store.database import Connection
from training.store.results import Choice
from training.store.sum_reading import Of


def answers_of(tx: Connection, summed: Summed, slug: str, mode: Mode) -> Responses:
    """The answers themselves, laid out as a spreadsheet would be."""
    place, persons = summed.place_of(), dict[str, int]()
    rows = [row for page in sum_reading.answers(tx, Choice(programme=slug, mode=mode)) for row in page]
    person = np.array([persons.setdefault(row[0], len(persons)) for row in rows])
    item = np.array([place[row[1]] for row in rows])
    return Responses(person, item, np.array([row[2] for row in rows]), len(persons), len(summed.items))


@pytest.mark.parametrize(("slug", "mode"), [(EXAM, Mode.EXAM), (PRACTICE, Mode.PRACTICE)])
def test_sums_that_were_kept_are_those_of_the_answers(demo: App, slug: str, mode: Mode) -> None:
    summed = demo.database.read(lambda tx: items_of(tx, Of(mode, programme=slug)))
    answers = demo.database.read(lambda tx: answers_of(tx, summed, slug, mode))
    anew = item_sums(answers, unit=EXACT_UNIT, options=0)

    for name in ("n", "points", "squares", "pairs", "first", "first_squares", "rest", "rest_squares", "cross"):
        assert np.array_equal(getattr(summed.sums, name), getattr(anew, name)), name
    assert np.array_equal(summed.sums.band_n, anew.band_n)
    assert np.array_equal(summed.sums.band_points, anew.band_points)


def test_reliability_from_sums_is_that_of_the_answers(demo: App) -> None:
    summed = demo.database.read(lambda tx: items_of(tx, Of(Mode.EXAM, programme=EXAM)))
    scores = demo.database.read(lambda tx: analysing.whole(tx, EXAM, Mode.EXAM))
    answers = demo.database.read(lambda tx: answers_of(tx, summed, EXAM, Mode.EXAM))
    ours, theirs = summed_test(summed.sums, scores.whole), summarise_test(answers)

    assert (ours.n, ours.items, ours.length) == (theirs.n, theirs.items, theirs.length)
    assert ours.alpha == pytest.approx(theirs.alpha, abs=0.05)


def test_for_complete_answers_reliability_from_sums_is_exact() -> None:
    rng = np.random.default_rng(5)
    scores = (rng.normal(size=(80, 1)) + rng.normal(size=(80, 12)) > 0).astype(float)
    person, item = np.indices(scores.shape).reshape(2, -1)
    answers = Responses(person, item, scores.reshape(-1), 80, 12)
    ours, theirs = summed_test(item_sums(answers), score_sums(answers)), summarise_test(answers)

    assert ours.alpha == pytest.approx(theirs.alpha)
    assert ours.alpha_if_deleted == pytest.approx(theirs.alpha_if_deleted)
    assert (ours.mean, ours.sd, ours.sem) == pytest.approx((theirs.mean, theirs.sd, theirs.sem))


def test_items_that_deserve_a_look_come_first(demo: App) -> None:
    table = analysing.items(demo, CAST.ida, EXAM)
    troubles = [each.trouble for each in table.items]

    assert troubles == sorted(troubles)
    assert table.quiz.attempts == table.fresh.counted - sum(
        each.attempts for each in analysing.quizzes(demo, CAST.ida) if each.slug != EXAM
    )


def test_every_number_of_the_table_is_that_of_its_item(demo: App) -> None:
    table = analysing.items(demo, CAST.ida, EXAM)
    summed = demo.database.read(lambda tx: items_of(tx, Of(Mode.EXAM, programme=EXAM)))
    stats = item_statistics(summed.sums)
    place = {each.item_id: number for number, each in enumerate(summed.items)}
    judged = [each for each in table.items if each.n >= 20]

    assert judged
    for each in judged:
        assert each.p == pytest.approx(stats.facility[place[each.item_id]])
        assert each.seconds[0] <= each.seconds[1] <= each.seconds[2]
        assert sum(month.n for month in each.months) == each.n


def test_options_of_an_item_are_counted_as_they_were_chosen(demo: App) -> None:
    table = analysing.items(demo, CAST.ida, EXAM)
    choosing = [each for each in table.items if sum(use.right for use in each.options) == 1]

    assert choosing
    for each in choosing:
        right = sum(use.n for use in each.options if use.right)
        assert right == pytest.approx(each.p * each.n)
        assert sum(use.n for use in each.options) <= each.n


def test_curves_are_shares_of_each_fifth(demo: App) -> None:
    one = next(each for each in analysing.items(demo, CAST.ida, EXAM).items if each.options and each.n >= 20)
    (curves,) = analysing.item(demo, CAST.ida, one.item_id).curves

    assert sum(curves.n) == pytest.approx(one.n)
    for use, shares in zip(one.options, curves.shares, strict=True):
        chosen = sum(many * share for many, share in zip(curves.n, shares, strict=True))
        assert chosen == pytest.approx(use.n)


def test_the_summary_of_an_item_is_that_of_its_latest_version_in_exams(demo: App) -> None:
    first = analysing.items(demo, CAST.ida, EXAM).items[0]
    summary = analysing.item_summary(demo, CAST.ida, first.item_id)

    assert summary is not None
    assert (summary.item_id, summary.n, summary.flags) == (first.item_id, first.n, first.flags)


def test_of_an_item_that_no_exam_asked_there_is_no_summary(demo: App) -> None:
    assert analysing.item_summary(demo, CAST.ida, "no-such-item") is None

    with pytest.raises(NotFound, match="no-such-item"):
        analysing.item(demo, CAST.ida, "no-such-item")
    with pytest.raises(NotFound, match="Nobody has handed"):
        analysing.items(demo, CAST.ida, "no-such-quiz")


def test_few_answers_show_counts_and_nothing_else(app: App, cast: object) -> None:
    spring_class(app, size=4)

    for each in analysing.items(app, CAST.ida, EXAM).items:
        assert 0 < each.n < 5
        assert np.isnan([each.p, each.p_low, each.r_rest, each.discrimination, *each.seconds]).all()
        assert each.options == ()
        assert [flag.name for flag in each.flags] == ["too_few"]


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_items_are_for_those_who_may_read_content(demo: App, who: str) -> None:
    actor = getattr(CAST, who)
    for ask in (analysing.items, analysing.item, analysing.item_summary):
        with pytest.raises(Refusal):
            ask(demo, actor, EXAM)
    with pytest.raises(Refusal):
        analysing.cohort_titles(demo, actor)
