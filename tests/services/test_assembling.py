"""Stories of exam forms: built alike, signed by someone else, live, sat one after the other, withdrawn."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from tests.conftest import SAMPLE, Cast
from tests.services.reviewers import version
from training.content.live import LiveLibrary
from training.core.attempt import Attempt
from training.core.refusal import Refusal
from training.services import releasing, signing_off, taking, tracing_items
from training.services.app import App
from training.services.assembling import Calibrated, Plan

QUIZ = "fixed-sample"
FIXED = """\
programme: fixed-sample
title: Fixed sample
summary: From forms that were signed.
banks: [sample-safety, sample-twitch]
modules: []
policy:
  mode: exam
  forms: fixed
  pass_percent: 60
blueprint:
  sections:
    - title: Safety
      quotas:
        - count: 2
          domain: "1"
    - title: Science
      quotas:
        - count: 2
          domain: "7"
"""


@pytest.fixture
def fixed(app: App, tmp_path: Path) -> App:
    """The product with one more programme, whose learners meet only signed forms."""
    root = tmp_path / "content"
    copytree(SAMPLE, root)
    (root / "programmes" / "fixed-sample.yaml").write_text(FIXED, "utf-8")
    return replace(app, content=LiveLibrary(root, None))


def kept(app: App, cast: Cast, forms: int = 2) -> tuple[str, ...]:
    return releasing.keep(app, releasing.build(app, cast.ida, QUIZ, Plan(forms, seed=1)), by="ida")


def sat(app: App, cast: Cast, request: str) -> Attempt:
    attempt_id = taking.start(app, cast.ann, QUIZ, request=request)
    return taking.hand_in(app, cast.ann, attempt_id)


def items(attempt: Attempt) -> frozenset[str]:
    return frozenset(slot.question.item_id for slot in attempt.form.slots)


def test_forms_fill_every_quota_and_share_nothing(fixed: App, cast: Cast):
    built = releasing.build(fixed, cast.ida, QUIZ, Plan(2, seed=1))

    assert [[slot.question.domain for slot in form.slots] for form in built.forms] == [["1", "1", "7", "7"]] * 2
    assert (built.shared, built.exposure) == (0, 1)
    assert built.sums[0].name == "words to read"


def test_more_forms_than_the_banks_hold_are_refused_with_what_is_missing(fixed: App, cast: Cast):
    with pytest.raises(Refusal, match=r"domain 7: 9 forms need 18, \d+ can be had"):
        releasing.build(fixed, cast.ida, QUIZ, Plan(9, seed=1))


def test_forms_that_may_share_nothing_share_nothing_whatever_the_cap(fixed: App, cast: Cast):
    """An item may be in two forms, yet no two forms may share one: so each is in one form only."""
    with pytest.raises(Refusal, match=r"domain 1: 4 forms need 8, \d can be had .* each item once"):
        releasing.build(fixed, cast.ida, QUIZ, Plan(4, seed=1, cap=2))

    assert releasing.build(fixed, cast.ida, QUIZ, Plan(2, seed=1, cap=2)).shared == 0


@pytest.mark.parametrize(("forms", "cap", "overlap"), [(4, 2, 1), (6, 3, 1), (8, 4, 2)])
def test_no_two_forms_share_more_than_they_may(fixed: App, cast: Cast, forms: int, cap: int, overlap: int):
    assert releasing.build(fixed, cast.ida, QUIZ, Plan(forms, seed=1, cap=cap, overlap=overlap)).shared <= overlap


def test_where_forms_must_share_more_than_they_may_none_are_given(fixed: App, cast: Cast):
    """Six items make fifteen pairs, so of twenty forms two share a pair."""
    with pytest.raises(Refusal, match="No forms were found of which two share 1 items at most"):
        releasing.build(fixed, cast.ida, QUIZ, Plan(20, seed=1, cap=20, overlap=1))


def test_calibrated_items_make_forms_alike_around_the_cut(fixed: App, cast: Cast):
    library = fixed.library
    calibration = {item.id: Calibrated(1.0, -1 + 0.1 * n) for n, item in enumerate(library.items())}

    built = releasing.build(fixed, cast.ida, QUIZ, Plan(2, seed=1, calibration=calibration))

    assert [each.name.split(" at ")[0] for each in built.sums].count("information") == 3
    with pytest.raises(Refusal, match="not calibrated"):
        releasing.build(fixed, cast.ida, QUIZ, Plan(2, seed=1, calibration={"other": Calibrated(1, 0)}))


def test_nobody_meets_a_form_before_someone_else_has_signed_it(fixed: App, cast: Cast):
    form, _ = kept(fixed, cast)

    with pytest.raises(Refusal, match="No form of this exam is open"):
        taking.start(fixed, cast.ann, QUIZ, request="one")
    with pytest.raises(Refusal, match="read and signed"):
        releasing.make_live(fixed, cast.cy, form)
    with pytest.raises(Refusal, match="someone else"):
        releasing.sign(fixed, cast.ida, form)
    releasing.sign(fixed, cast.cy, form)
    releasing.make_live(fixed, cast.cy, form)

    assert len(sat(fixed, cast, "one").form.slots) == 4


def test_a_second_try_meets_the_other_form(fixed: App, cast: Cast):
    for form in kept(fixed, cast):
        releasing.sign(fixed, cast.cy, form)
        releasing.make_live(fixed, cast.cy, form)

    assert items(sat(fixed, cast, "one")).isdisjoint(items(sat(fixed, cast, "two")))


def test_a_withdrawn_form_meets_nobody_any_more(fixed: App, cast: Cast):
    form, _ = kept(fixed, cast)
    releasing.sign(fixed, cast.cy, form)
    releasing.make_live(fixed, cast.cy, form)
    with pytest.raises(Refusal, match="say why"):
        releasing.withdraw(fixed, cast.cy, form, reason="")
    releasing.withdraw(fixed, cast.cy, form, reason="A key was wrong.")

    with pytest.raises(Refusal, match="No form"):
        taking.start(fixed, cast.ann, QUIZ, request="one")
    assert [event.kind for event in releasing.forms(fixed, cast.ida, QUIZ)[0].events] == ["signed", "live", "withdrawn"]


def test_a_form_with_an_item_that_was_retired_since_meets_nobody(fixed: App, cast: Cast):
    form = kept(fixed, cast)[0]
    releasing.sign(fixed, cast.cy, form)
    releasing.make_live(fixed, cast.cy, form)
    retired = releasing.forms(fixed, cast.ida, QUIZ)[0].form.slots[0].question.met_as
    signing_off.retire(fixed, cast.ida, retired, version=version(fixed, retired), text="The source was withdrawn.")

    with pytest.raises(Refusal, match="No form of this exam is open"):
        taking.start(fixed, cast.ann, QUIZ, request="one")


def test_a_form_keeps_the_versions_of_its_items_when_it_is_built(fixed: App, cast: Cast):
    form = kept(fixed, cast)[0]
    asked = releasing.forms(fixed, cast.ida, QUIZ)[0].form.slots[0].question.met_as

    assert form
    assert [each.served for each in tracing_items.history(fixed, cast.ida, asked).versions] == [fixed.now()]


def test_forms_are_not_a_learners_to_see(fixed: App, cast: Cast):
    with pytest.raises(Refusal, match="may not build, sign"):
        releasing.forms(fixed, cast.ann, QUIZ)
