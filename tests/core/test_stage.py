"""An item on its way past reviewers: two sign-offs by others than its authors, bound to one version."""

from datetime import UTC, datetime

import pytest

from training.core.refusal import Refusal
from training.core.stage import ItemEvent, Stage, Step, next_event, standing

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def walk(*steps: tuple[str, Step, str]) -> list[ItemEvent]:
    """Let people (first) take steps about versions (last), one after the other."""
    events: list[ItemEvent] = []
    for by, step, version in steps:
        events.append(next_event(events, step, version, by=by, author=False, at=T0, text=""))
    return events


SIGNED = (("ida", Step.SUBMITTED, "v1"), ("ivo", Step.CONTENT_PASSED, "v1"), ("eva", Step.EDITORIAL_PASSED, "v1"))


def test_a_version_goes_from_draft_past_two_reviews_to_approved():
    stages = [standing(walk(*SIGNED[:count]), "v1").stage for count in range(4)]

    assert stages == [Stage.DRAFT, Stage.CONTENT_REVIEW, Stage.EDITORIAL_REVIEW, Stage.APPROVED]


@pytest.mark.parametrize("step", [Step.CONTENT_PASSED, Step.EDITORIAL_PASSED, Step.RETURNED, Step.CONFIRMED])
def test_no_step_is_taken_out_of_turn(step: Step):
    with pytest.raises(Refusal):
        walk(("ivo", step, "v1"))


def test_who_put_a_version_forward_cannot_sign_it_off():
    with pytest.raises(Refusal, match="ask a colleague"):
        walk(("ida", Step.SUBMITTED, "v1"), ("ida", Step.CONTENT_PASSED, "v1"))


def test_who_edited_since_the_last_sign_off_cannot_approve_her_words_behind_a_colleagues_comma():
    edited = (*SIGNED, ("ida", Step.EDITED, "v2"), ("ivo", Step.EDITED, "v3"))

    with pytest.raises(Refusal, match="ask a colleague"):
        walk(*edited, ("eva", Step.SUBMITTED, "v3"), ("ida", Step.CONTENT_PASSED, "v3"))
    with pytest.raises(Refusal, match="ask a colleague"):
        walk(*edited, ("ivo", Step.DECLARED, "v3"), ("ida", Step.CONFIRMED, "v3"))
    confirmed = walk(*edited, ("ivo", Step.DECLARED, "v3"), ("uma", Step.CONFIRMED, "v3"), ("ivo", Step.EDITED, "v4"))

    assert standing(confirmed, "v4").editors == {"ivo"}


def test_a_named_author_cannot_sign_off():
    events = walk(("ivo", Step.SUBMITTED, "v1"))

    with pytest.raises(Refusal, match="ask a colleague"):
        next_event(events, Step.CONTENT_PASSED, "v1", by="ida", author=True, at=T0, text="")


def test_a_returned_version_is_a_draft_again():
    events = walk(*SIGNED[:2], ("eva", Step.RETURNED, "v1"))

    assert standing(events, "v1").stage is Stage.DRAFT


def test_an_edit_after_approval_asks_for_review_again_and_going_back_does_not():
    events = walk(*SIGNED, ("ida", Step.EDITED, "v2"))
    after, back = standing(events, "v2"), standing(events, "v1")

    assert (after.stage, after.lapsed, after.signed_off) == (Stage.DRAFT, True, "v1")
    assert (back.stage, back.lapsed) == (Stage.APPROVED, False)


def test_a_typographical_change_keeps_its_sign_off_once_a_second_person_confirms():
    declared = walk(*SIGNED, ("ida", Step.DECLARED, "v2"))
    with pytest.raises(Refusal, match="ask a colleague"):
        next_event(declared, Step.CONFIRMED, "v2", by="ida", author=False, at=T0, text="")

    events = [*declared, next_event(declared, Step.CONFIRMED, "v2", by="ivo", author=False, at=T0, text="")]

    assert standing(declared, "v2").lapsed
    assert (standing(events, "v2").stage, standing(events, "v2").lapsed) == (Stage.APPROVED, False)
    assert (events[-1].since, standing(events, "v2").signed_off) == ("v1", "v2")


def test_a_declaration_that_was_not_confirmed_can_go_to_review_instead():
    events = walk(*SIGNED, ("ida", Step.DECLARED, "v2"), ("ivo", Step.SUBMITTED, "v2"))

    assert standing(events, "v2").declared is None
    assert standing(events, "v2").stage is Stage.CONTENT_REVIEW


def test_nothing_can_be_declared_typographical_that_never_was_signed_off():
    with pytest.raises(Refusal, match="since the last sign-off"):
        walk(("ida", Step.DECLARED, "v1"))


def test_a_retired_item_stays_withheld_until_it_is_signed_off_anew():
    retired = walk(*SIGNED, ("ida", Step.RETIRED, "v1"))
    again = walk(*SIGNED, ("ida", Step.RETIRED, "v1"), *SIGNED[:2])
    anew = walk(*SIGNED, ("ida", Step.RETIRED, "v1"), *SIGNED)

    assert [standing(each, "v1").stage for each in (retired, again, anew)] == [
        Stage.RETIRED, Stage.EDITORIAL_REVIEW, Stage.APPROVED,
    ]  # fmt: skip
    assert [standing(each, "v1").withheld for each in (retired, again, anew)] == [True, True, False]
    with pytest.raises(Refusal):
        next_event(retired, Step.RETIRED, "v1", by="ida", author=False, at=T0, text="")


def test_a_declaration_does_not_survive_retirement():
    events = walk(*SIGNED, ("ida", Step.DECLARED, "v2"), ("ida", Step.RETIRED, "v2"))

    with pytest.raises(Refusal):
        next_event(events, Step.CONFIRMED, "v2", by="ivo", author=False, at=T0, text="")
