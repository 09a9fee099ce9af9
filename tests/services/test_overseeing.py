"""A coordinator looks at her cohorts; nobody else does, and small groups are not summed up."""

from datetime import date, timedelta

import pytest

from tests.conftest import Cast, Clock
from tests.services.classes import EXAM, PRACTICE, enrol, found, sit, spring_class
from training.core.blueprint import Mode
from training.core.refusal import Refusal
from training.services import overseeing
from training.services.app import App
from training.services.overseeing import Order, Wanted

ALL = Wanted(mode=None)


def names(
    app: App, cast: Cast, wanted: Wanted, order: Order = Order.OLDEST, limit: int = 100, offset: int = 0
) -> list[str]:
    return [each.name[-1] for each in overseeing.rows(app, cast.cy, wanted, order, limit=limit, offset=offset)]


@pytest.mark.parametrize("who", ["ann", "ida", "ada", "zed"])
def test_only_a_coordinator_sees_the_scores(app: App, cast: Cast, who: str):
    actor = getattr(cast, who)

    for ask in (
        lambda: overseeing.choices(app, actor),
        lambda: overseeing.group(app, actor, ALL),
        lambda: overseeing.rows(app, actor, ALL, Order.NEWEST, limit=10, offset=0),
    ):
        with pytest.raises(Refusal):
            ask()


def test_a_group_is_its_mean_its_passes_its_weeks_and_its_domains(app: App, cast: Cast):
    spring_class(app)  # 40, 50, 60, 70, 80 and 90 percent; 75 passes

    group = overseeing.group(app, cast.cy, Wanted(cohort="spring"))

    assert (group.learners, group.attempts) == (6, 6)
    assert group.mean.value == pytest.approx(65)
    assert group.mean.low == pytest.approx(65 - 2.5706 * 18.7083 / 6**0.5, abs=0.05)
    assert (group.passing.passed, group.passing.sat, round(group.passing.share, 3)) == (2, 6, 0.333)
    assert group.distribution == (0, 0, 0, 0, 1, 1, 1, 1, 1, 1)
    assert [(week.monday, week.learners) for week in group.weeks] == [(date(2026, 3, 2), 6)]
    assert [(each.domain, each.questions) for each in group.domains] == [("1", 18), ("4", 12), ("7", 30)]


def test_who_sits_often_counts_once(app: App, cast: Cast):
    learners = spring_class(app)
    sit(app, learners[0], EXAM, right=10)  # 40, then 100: her mean is 70, and she passed

    group = overseeing.group(app, cast.cy, Wanted())

    assert (group.learners, group.attempts) == (6, 7)
    assert group.mean.value == pytest.approx((70 + 50 + 60 + 70 + 80 + 90) / 6)
    assert (group.passing.passed, group.passing.sat) == (3, 6)


def test_of_fewer_than_five_learners_nothing_is_said_as_a_group(app: App, cast: Cast):
    spring_class(app, size=4)

    group = overseeing.group(app, cast.cy, Wanted())

    assert (group.learners, group.attempts, group.enough) == (4, 4, False)
    assert (group.mean, group.passing, group.distribution, group.weeks, group.domains) == (None, None, (), (), ())


def test_a_week_with_too_few_learners_has_no_mean(app: App, cast: Cast, clock: Clock):
    learners = spring_class(app)
    clock.moment += timedelta(weeks=2)
    sit(app, learners[0], EXAM, right=10)

    weeks = overseeing.group(app, cast.cy, Wanted()).weeks

    assert [(week.learners, week.mean is not None) for week in weeks] == [(6, True), (0, False), (1, False)]


def test_results_are_filtered_by_cohort_quiz_mode_and_day(app: App, cast: Cast, clock: Clock):
    found(app, "spring", "Spring")
    anna, bert = enrol(app, "Learner A", cohort="spring"), enrol(app, "Learner B")
    sit(app, anna, EXAM, right=5)
    sit(app, bert, PRACTICE, right=2)
    clock.moment += timedelta(days=1)
    sit(app, bert, EXAM, right=8)

    assert names(app, cast, Wanted(cohort="spring", mode=None)) == ["A"]
    assert names(app, cast, Wanted(quiz=PRACTICE, mode=None)) == ["B"]
    assert names(app, cast, Wanted(mode=Mode.EXAM)) == ["A", "B"]
    assert names(app, cast, ALL) == ["A", "B", "B"]
    assert names(app, cast, Wanted(first=date(2026, 3, 3))) == ["B"]
    assert names(app, cast, Wanted(last=date(2026, 3, 2))) == ["A"]


def test_a_day_begins_when_the_readers_clock_says(app: App, cast: Cast, clock: Clock):
    clock.moment = clock.moment.replace(hour=23, minute=30)  # 00:30 on the third, an hour further east
    sit(app, cast.ann, EXAM, right=5)

    assert overseeing.group(app, cast.cy, Wanted(first=date(2026, 3, 3))).attempts == 0
    assert overseeing.group(app, cast.cy, Wanted(first=date(2026, 3, 3), offset=60)).attempts == 1


def test_the_table_comes_in_pages_and_in_any_order(app: App, cast: Cast):
    spring_class(app)

    assert names(app, cast, ALL, Order.NEWEST) == list("FEDCBA")
    assert names(app, cast, ALL, Order.LOWEST, limit=2) == ["A", "B"]
    assert names(app, cast, ALL, Order.HIGHEST, limit=2, offset=2) == ["D", "C"]
    assert names(app, cast, ALL, Order.NAME, limit=3, offset=3) == list("DEF")


def test_a_quiz_that_is_no_longer_offered_can_still_be_chosen(app: App, cast: Cast):
    sit(app, cast.ann, EXAM, right=5)
    app.database.write(lambda tx: tx.exec_driver_sql("UPDATE results SET programme = 'old-exam'"))

    quizzes = overseeing.choices(app, cast.cy).quizzes

    assert quizzes["old-exam"] == ("old-exam", Mode.EXAM)
    assert quizzes[EXAM] == ("Exam sample", Mode.EXAM)


@pytest.mark.parametrize("days", [{"first": date.min}, {"last": date.max}, {"last": date(2201, 1, 1)}])
@pytest.mark.parametrize("offset", [-840, 0, 840])
def test_days_that_nobody_means_are_refused(days: dict[str, date], offset: int):
    with pytest.raises(Refusal, match="1970 to 2200"):
        Wanted(**days, offset=offset)


@pytest.mark.parametrize("offset", [-840, 0, 840])
def test_the_furthest_days_ask_for_everything(app: App, cast: Cast, offset: int):
    spring_class(app)
    wanted = Wanted(first=overseeing.FIRST_DAY, last=overseeing.LAST_DAY, offset=offset)

    assert overseeing.group(app, cast.cy, wanted).attempts == 6
