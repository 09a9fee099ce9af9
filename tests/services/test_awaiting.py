"""What waits for whoever works here: counted where her decision is wanted, and not where it is another's to take."""

from pathlib import Path

import pytest

from tests.conftest import Cast, Clock
from tests.services.certified import QUIZ
from tests.services.classes import EXAM, sit
from tests.services.filed import PDF, demanding
from tests.services.rekeyed import REASON, asked_most, sat
from tests.services.reviewers import edit, instructor, sign_off
from tests.services.test_assembling import fixed, kept
from training.core.challenge import SHORTEST
from training.core.permission import Actor
from training.core.refusal import Refusal
from training.core.remarking import FullCredit
from training.services import awaiting, challenging, proving, regrading, rekeying, releasing, withdrawing
from training.services.app import App
from training.services.awaiting import Duty, Waiting
from training.services.rekeying import Wish

__all__ = ["fixed"]


def waits(app: App, actor: Actor, duty: Duty) -> Waiting | None:
    return next((each for each in awaiting.duties(app, actor) if each.duty is duty), None)


def test_nothing_waits_for_learners_and_a_visitor_must_sign_in(app: App, cast: Cast):
    challenging.challenge(app, cast.ann, sit(app, cast.ann, EXAM, right=2), 3, "x" * SHORTEST)

    assert awaiting.duties(app, cast.ann) == []
    with pytest.raises(Refusal, match="sign in"):
        awaiting.duties(app, cast.zed)


def test_a_challenge_waits_for_instructors_and_is_late_after_its_term(app: App, cast: Cast, clock: Clock):
    challenging.challenge(app, cast.ann, sit(app, cast.ann, EXAM, right=2), 3, "x" * SHORTEST)
    assert waits(app, cast.ida, Duty.CHALLENGES) == Waiting(Duty.CHALLENGES, 1, late=0)
    assert waits(app, cast.cy, Duty.CHALLENGES) is None

    clock.advance(minutes=(app.settings.challenge_days + 1) * 24 * 60)
    assert waits(app, cast.ida, Duty.CHALLENGES) == Waiting(Duty.CHALLENGES, 1, late=1)


def test_an_edit_waits_for_colleagues_of_its_reviewers(own: App, cast: Cast, ivo: Actor):
    before = waits(own, cast.ida, Duty.REVIEWS)
    sign_off(own, cast.ida, ivo)
    edit(own, "needling the calf", "needling the thigh")

    after = waits(own, cast.ida, Duty.REVIEWS)
    assert after
    assert after.count == 1 + (before.count if before else 0)


def test_a_key_change_waits_for_a_second_person_and_then_to_be_applied(app: App, cast: Cast):
    sat(app)
    change = rekeying.propose(app, cast.ida, Wish(asked_most(app), FullCredit(), REASON))
    assert (waits(app, cast.ida, Duty.KEY_CHANGES), waits(app, cast.cy, Duty.KEY_CHANGES)) == (
        None,
        Waiting(Duty.KEY_CHANGES, 1),
    )

    rekeying.sign(app, cast.cy, change)
    assert waits(app, cast.ida, Duty.KEY_CHANGES) == Waiting(Duty.KEY_CHANGES, 1)
    regrading.apply(app, cast.cy, change)
    assert waits(app, cast.cy, Duty.KEY_CHANGES) is None


def test_forms_wait_for_another_than_who_built_them(fixed: App, cast: Cast):
    first, _ = kept(fixed, cast, forms=2)
    assert waits(fixed, cast.ida, Duty.FORMS) is None
    assert waits(fixed, cast.cy, Duty.FORMS) == Waiting(Duty.FORMS, 2)

    releasing.sign(fixed, instructor(fixed, "Ivo"), first)
    assert waits(fixed, cast.cy, Duty.FORMS) == Waiting(Duty.FORMS, 1)


def test_evidence_waits_until_a_coordinator_rules_on_it(app: App, cast: Cast, tmp_path: Path):
    school = demanding(app, tmp_path)
    entry = proving.upload(school, cast.ann, QUIZ, PDF, name="course.pdf", about="Course of 2024")
    assert waits(school, cast.cy, Duty.EVIDENCE) == Waiting(Duty.EVIDENCE, 1)
    assert waits(school, cast.ida, Duty.EVIDENCE) is None

    proving.rule(school, cast.cy, entry, accepted=True, reason="The school is known.")
    assert waits(school, cast.cy, Duty.EVIDENCE) is None


def test_a_revocation_waits_for_another_than_who_proposed_it(school: App, cast: Cast, number: str):
    withdrawing.propose_revocation(school, cast.cy, number, reason="It was issued by mistake.")
    second = Actor("coco", "Coco", cast.cy.roles)

    assert waits(school, cast.cy, Duty.CERTIFICATES) is None
    assert waits(school, second, Duty.CERTIFICATES) == Waiting(Duty.CERTIFICATES, 1)
