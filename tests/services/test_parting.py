"""An analysis of a part of the answers: some days, or one cohort; not kept, and not of fewer than five learners."""

from datetime import timedelta

import numpy as np
import pytest

from tests.conftest import CAST
from tests.services.classes import EXAM, enrol, found, sit, spring_class
from training.core.refusal import NotFound, Refusal
from training.measurement.responses import from_matrix, to_matrix
from training.services import calibrating
from training.services.app import App
from training.services.calibrating import Part, Wanted


@pytest.fixture
def classes(app: App) -> App:
    """The spring class of six, on one day, and a month later the summer class of five, who have everything right."""
    spring_class(app)
    app.now.advance(minutes=60 * 24 * 30)  # type: ignore[attr-defined]
    cohort = found(app, "summer", "Summer")
    for number in range(5):
        sit(app, enrol(app, f"Summer {number}", cohort=cohort), EXAM, right=10)
    return app


def test_a_cohort_is_analysed_alone_by_its_title_or_its_id(classes: App) -> None:
    whole = calibrating.analysed(classes, CAST.ida, Wanted(EXAM, "ctt")).analysis.test
    for named in ("Summer", "summer"):
        summer = calibrating.analysed(classes, CAST.ida, Wanted(EXAM, "ctt", part=Part(cohort=named))).analysis.test
        assert (summer.n, summer.mean) == (5, 10)

    assert (whole.n, whole.mean < 10) == (11, True)
    with pytest.raises(NotFound, match="There are: 'Spring', 'Summer'"):
        calibrating.analysed(classes, CAST.ida, Wanted(EXAM, part=Part(cohort="Winter")))


def test_both_days_named_are_in_it(classes: App) -> None:
    first, last = classes.now().date() - timedelta(days=31), classes.now().date()

    def n(part: Part) -> int:
        return calibrating.analysed(classes, CAST.ida, Wanted(EXAM, "ctt", part=part)).analysis.test.n

    assert n(Part(since=first)) == n(Part(until=last)) == n(Part(first, last)) == 11
    assert n(Part(since=last)) == n(Part(last, last)) == 5
    assert n(Part(until=last - timedelta(days=1))) == 6
    with pytest.raises(NotFound, match="within what was asked"):
        n(Part(since=last + timedelta(days=1)))


def test_of_four_learners_nothing_is_told(app: App) -> None:
    spring_class(app, size=4)

    with pytest.raises(Refusal, match="fewer than 5 learners"):
        calibrating.analysed(app, CAST.ida, Wanted(EXAM, "ctt", part=Part(cohort="Spring")))


def test_a_calibration_of_a_part_is_not_kept(classes: App) -> None:
    wanted = Wanted(EXAM, "rasch", part=Part(cohort="Spring"))

    with pytest.raises(Refusal, match="not kept"):
        calibrating.calibrate(classes, CAST.ida, wanted)


def test_groups_and_pairs_count_the_first_attempt_of_each_learner(classes: App) -> None:
    for each in (enrol(classes, "Again", cohort="spring"), enrol(classes, "Twice", cohort="spring")):
        sit(classes, each, EXAM, right=3)
        sit(classes, each, EXAM, right=10)
    done = calibrating.analysed(classes, CAST.ida, Wanted(EXAM, "ctt", by_cohort=True))

    assert done.analysis.test.n == 15
    assert "13 of 15 attempts" in " ".join(done.analysis.model.notes)
    assert done.further.groups is not None
    assert (done.further.groups.reference, done.further.groups.n) == ("Spring", 8)


def test_the_answers_of_some_persons_are_those_they_gave() -> None:
    scores = np.array([[1, 0, np.nan], [0, 1, 1], [1, 1, 0]])
    some = from_matrix(scores).of_persons(np.array([True, False, True]))

    assert np.array_equal(to_matrix(some), scores[[0, 2]], equal_nan=True)
