"""Models fitted to the answers in the database: the same JSON as from a file, kept with their date; and test reports."""

import json

import numpy as np
import pytest

from tests.conftest import CAST
from tests.services.classes import EXAM, PRACTICE, spring_class
from training.core.blueprint import Mode
from training.core.permission import Actor
from training.core.refusal import NotFound, Refusal
from training.services import calibrating, reporting
from training.services.app import App
from training.services.calibrating import Wanted


def test_a_calibration_is_kept_with_its_date_and_the_json_of_the_command(demo: App) -> None:
    kept = calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "rasch"))
    told = json.loads(kept.body)
    found = calibrating.analysed(demo, CAST.ida, Wanted(EXAM, "rasch")).as_json()

    assert {key: told[key] for key in ("test", "items", "model")} == found
    assert (kept.model, kept.mode, kept.at, kept.made_by) == ("rasch", "exam", demo.now(), "ida")
    assert kept in calibrating.calibrations(demo, CAST.cy, EXAM)
    assert calibrating.latest(demo, CAST.ida, EXAM).programme == EXAM
    assert sum(told["abilities"]["counts"]) == told["test"]["n"]


def test_cohorts_of_twenty_are_too_few_to_compare_and_that_is_kept_and_told(demo: App) -> None:
    demo.now.advance(minutes=1)  # type: ignore[attr-defined]
    kept = calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "rasch", by_cohort=True))
    told = json.loads(kept.body)["groups"]

    assert told["compared"] == []
    assert "It takes 50 in each group." in told["notes"][0]
    assert "Simulated cohort: spring" in told["notes"][0] + told["reference"]
    model = reporting.report(demo, CAST.cy, EXAM).model
    assert model
    assert model.beyond.groups_notes == tuple(told["notes"])
    assert model.beyond.judged == 0
    assert "too few to judge" in model.beyond.pairs_notes[0]


def test_a_calibration_is_linked_to_the_one_before(demo: App) -> None:
    demo.now.advance(minutes=1)  # type: ignore[attr-defined]
    first = calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "rasch"))
    demo.now.advance(minutes=1)  # type: ignore[attr-defined]
    link = json.loads(calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "rasch", linked="latest")).body)["link"]

    assert link["to"] == f"the calibration of {first.at:%Y-%m-%d}"
    assert (link["slope"], link["shift"]) == pytest.approx((1, 0), abs=1e-3)
    assert link["moved"] == []
    with pytest.raises(NotFound, match="no calibration before"):
        calibrating.calibrate(demo, CAST.ida, Wanted(PRACTICE, "rasch", Mode.PRACTICE, linked="latest"))


def test_a_calibration_is_linked_to_any_other_by_how_its_id_begins(demo: App) -> None:
    first = calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "rasch"))
    demo.now.advance(minutes=24 * 60)  # type: ignore[attr-defined]
    calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "rasch"))
    found = calibrating.analysed(demo, CAST.ida, Wanted(EXAM, "rasch", linked=first.id[:12]))

    assert found.linked_to == f"the calibration of {first.at:%Y-%m-%d}"
    assert found.further.link is not None
    with pytest.raises(NotFound, match=f"{first.id} of {first.at:%Y-%m-%d}"):
        calibrating.analysed(demo, CAST.ida, Wanted(EXAM, "rasch", linked="no-such-id"))


def test_items_that_are_harder_have_a_higher_difficulty(demo: App) -> None:
    items = calibrating.analysed(demo, CAST.ida, Wanted(EXAM, "rasch")).as_json()["items"]
    fitted = [(each["p"], each["b"]) for each in items if each["b"] is not None]

    assert len(fitted) > 3
    assert np.corrcoef(*zip(*fitted, strict=True))[0, 1] < -0.8


def test_classical_statistics_have_nothing_to_keep(demo: App) -> None:
    with pytest.raises(Refusal, match="no parameters"):
        calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "ctt"))
    with pytest.raises(NotFound, match="Nobody"):
        calibrating.analysed(demo, CAST.ida, Wanted("no-such-quiz"))


@pytest.mark.parametrize("who", [CAST.ann, CAST.ada, CAST.zed])
def test_models_are_for_those_who_build_forms(demo: App, who: Actor) -> None:
    with pytest.raises(Refusal):
        calibrating.analysed(demo, who, Wanted(EXAM))
    with pytest.raises(Refusal):
        calibrating.calibrate(demo, who, Wanted(EXAM))
    with pytest.raises(Refusal):
        calibrating.calibrations(demo, who, EXAM)


def test_a_report_says_what_a_certifying_body_asks_for(demo: App) -> None:
    report = reporting.report(demo, CAST.cy, EXAM)
    year = report.years[0]

    assert report.whole is not None
    assert report.decisions is not None
    assert report.whole.alpha_low < report.whole.alpha < report.whole.alpha_high
    assert 0.5 < report.decisions.consistency <= 1
    assert sum(report.distribution) == report.quiz.attempts == sum(each.attempts for each in report.years)
    assert {each.year for each in report.years} == {2025, 2026}
    numbers = (year.passed, year.cut, year.mean, year.sd, year.reliability, year.sem, year.consistency)
    assert not np.isnan(numbers).any()
    assert sum(each.effective for each in report.sections) in (0, pytest.approx(100))


def test_the_latest_model_is_drawn_against_the_cut(demo: App) -> None:
    calibrating.calibrate(demo, CAST.ida, Wanted(EXAM, "rasch"))
    model = reporting.report(demo, CAST.cy, EXAM).model

    assert model is not None
    assert len(model.a) == len(model.b) > 3
    assert max(model.information) > 0
    assert -4 <= model.cut <= 4


def test_practice_stands_apart(demo: App) -> None:
    with pytest.raises(NotFound):
        reporting.report(demo, CAST.cy, EXAM, Mode.PRACTICE)


def test_of_fewer_than_five_learners_a_report_says_only_how_many(app: App, cast: object) -> None:
    spring_class(app, size=4)
    report = reporting.report(app, CAST.cy, EXAM)

    assert (report.learners, report.whole, report.years, report.distribution) == (4, None, (), ())


@pytest.mark.parametrize("who", [CAST.ann, CAST.ida, CAST.ada, CAST.zed])
def test_reports_are_for_those_who_may_see_scores(demo: App, who: Actor) -> None:
    with pytest.raises(Refusal):
        reporting.report(demo, who, EXAM)
    with pytest.raises(Refusal):
        reporting.quizzes(demo, who)
