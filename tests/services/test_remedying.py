"""Stories of failing well: read again, re-check with fresh questions, then a new try; and extra time."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from tests.conftest import SAMPLE, Cast, Clock
from training.content.live import LiveLibrary
from training.core.attempt import Attempt
from training.core.key import correct_value
from training.core.question import Safety
from training.core.refusal import Refusal
from training.services import accommodating, learning, remedying, reviewing, taking
from training.services.app import App

QUIZ = "gated-sample"
GATED = """\
programme: gated-sample
title: Gated sample
summary: A sentinel must not be missed.
banks: [sample-safety]
modules: [consent-and-stopping]
policy:
  mode: exam
  minutes: 10
  cool_down: [1]
rules:
  overall:
    cut: 10
  sentinels:
    misses: 0
remedy:
  questions: 2
blueprint:
  sections:
    - title: All
      quotas:
        - count: 1
          objective: "1.3"
        - count: 1
          domain: "4"
          safety: none
"""


@pytest.fixture
def gated(app: App, tmp_path: Path) -> App:
    """The product with one more programme, which fails whoever misses a sentinel."""
    root = tmp_path / "content"
    copytree(SAMPLE, root)
    (root / "programmes" / "gated-sample.yaml").write_text(GATED, "utf-8")
    return replace(app, content=LiveLibrary(root, None))


def sit(app: App, cast: Cast, attempt_id: str, *, miss: bool) -> Attempt:
    attempt = taking.look(app, cast.ann, attempt_id)
    for number, slot in enumerate(attempt.form.slots):
        key = correct_value(slot.question.key)
        value = next(name for name in slot.order if name != key) if miss and slot.order else key
        if not (miss and slot.question.safety is not Safety.SENTINEL):
            taking.save_answer(app, cast.ann, attempt_id, number, value, seen=0)
    return taking.hand_in(app, cast.ann, attempt_id)


@pytest.fixture
def failed(gated: App, cast: Cast) -> str:
    """Ann missed the sentinel on consent."""
    attempt_id = taking.start(gated, cast.ann, QUIZ, request="first")
    attempt = taking.look(gated, cast.ann, attempt_id)
    for number, slot in enumerate(attempt.form.slots):
        key = correct_value(slot.question.key)
        wrong = slot.question.safety is Safety.SENTINEL
        value = next(name for name in slot.order if name != key) if wrong else key
        taking.save_answer(gated, cast.ann, attempt_id, number, value, seen=0)
    taking.hand_in(gated, cast.ann, attempt_id)
    return attempt_id


def test_a_missed_sentinel_fails_and_names_what_to_read(gated: App, cast: Cast, failed: str):
    result = reviewing.result(gated, cast.ann, failed)

    assert result.passed is False
    assert result.path is not None
    assert result.path.objectives == ("1.3",)
    assert [(step.section.section, step.done) for step in result.path.steps] == [("stopping", False)]


def test_the_next_try_waits_for_reading_the_recheck_and_the_pause(gated: App, cast: Cast, clock: Clock, failed: str):
    with pytest.raises(Refusal, match="pause of 1 day"):
        taking.start(gated, cast.ann, QUIZ, request="second")
    clock.advance(minutes=60 * 24 + 1)
    with pytest.raises(Refusal, match="pass the re-check first"):
        taking.start(gated, cast.ann, QUIZ, request="second")
    with pytest.raises(Refusal, match="read the sections"):
        remedying.start_recheck(gated, cast.ann, QUIZ, request="check")

    learning.note_reading(gated, cast.ann, "consent-and-stopping", "stopping", finished=True)
    recheck = remedying.start_recheck(gated, cast.ann, QUIZ, request="check")
    assert remedying.start_recheck(gated, cast.ann, QUIZ, request="check") == recheck
    sit(gated, cast, recheck, miss=False)

    assert reviewing.result(gated, cast.ann, recheck).passed is True
    assert taking.start(gated, cast.ann, QUIZ, request="second") not in (failed, recheck)


def test_a_failed_recheck_is_taken_again(gated: App, cast: Cast, failed: str):
    learning.note_reading(gated, cast.ann, "consent-and-stopping", "stopping", finished=True)
    first = remedying.start_recheck(gated, cast.ann, QUIZ, request="check")
    sit(gated, cast, first, miss=True)

    way = remedying.path(gated, cast.ann, QUIZ)

    assert way is not None
    assert (way.passed, way.recheck) == (False, None)
    assert remedying.start_recheck(gated, cast.ann, QUIZ, request="again") != first


def test_reading_before_the_failed_try_does_not_count(gated: App, cast: Cast, clock: Clock):
    learning.note_reading(gated, cast.ann, "consent-and-stopping", "stopping", finished=True)
    clock.advance(minutes=1)
    attempt = taking.start(gated, cast.ann, QUIZ, request="first")
    sit(gated, cast, attempt, miss=True)

    way = remedying.path(gated, cast.ann, QUIZ)

    assert way is not None
    assert not way.read


def test_without_a_failure_there_is_nothing_to_recheck(gated: App, cast: Cast):
    assert remedying.path(gated, cast.ann, QUIZ) is None
    with pytest.raises(Refusal, match="nothing to re-check"):
        remedying.start_recheck(gated, cast.ann, QUIZ, request="check")


def test_extra_time_is_held_once_for_a_person_and_applied_at_every_start(gated: App, cast: Cast):
    accommodating.grant(gated, cast.cy, "ann", factor=1.25, reason="dyslexia")

    assert taking.rules(gated, cast.ann, QUIZ).minutes == 13
    mine = taking.look(gated, cast.ann, taking.start(gated, cast.ann, QUIZ, request="one"))
    other = taking.look(gated, cast.bo, taking.start(gated, cast.bo, QUIZ, request="one"))

    assert (mine.form.policy.minutes, other.form.policy.minutes) == (13, 10)


def test_extra_time_is_a_coordinators_to_grant_and_a_reason_is_asked(gated: App, cast: Cast):
    with pytest.raises(Refusal, match="may not grant extra time"):
        accommodating.grant(gated, cast.ida, "ann", factor=1.5, reason="because")
    with pytest.raises(Refusal, match="grounds"):
        accommodating.grant(gated, cast.cy, "ann", factor=1.5, reason=" ")
    with pytest.raises(Refusal, match="from 1"):
        accommodating.grant(gated, cast.cy, "ann", factor=0.5, reason="because")
