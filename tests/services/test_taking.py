"""Stories of sitting a quiz: what is saved, what is refused, and when it ends."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import Cast, Clock
from training.core.attempt import Answered, Attempt
from training.core.interaction import ChooseMany, ChooseOne, Value, options_of
from training.core.key import correct_value
from training.core.refusal import NotFound, Refusal
from training.services import reviewing, taking
from training.services.app import App

EXAM, PRACTICE = "exam-sample", "practice-sample"


@pytest.fixture
def exam(app: App, cast: Cast) -> Attempt:
    """Ann's exam, just begun."""
    return taking.look(app, cast.ann, taking.start(app, cast.ann, EXAM, request="click-1"))


@pytest.fixture
def practice(app: App, cast: Cast) -> Attempt:
    """Ann's practice quiz, just begun."""
    return taking.look(app, cast.ann, taking.start(app, cast.ann, PRACTICE, request="click-1"))


def key(attempt: Attempt, slot: int) -> Value:
    return correct_value(attempt.form.slots[slot].question.key)


def choice_slots(attempt: Attempt) -> list[int]:
    """The slots where one option is chosen."""
    return [n for n, slot in enumerate(attempt.form.slots) if isinstance(slot.question.interaction, ChooseOne)]


def two_options(attempt: Attempt, slot: int) -> tuple[str, str]:
    first, second = (option.id for option in options_of(attempt.form.slots[slot].question.interaction)[:2])
    return first, second


def answers_written(app: App, cast: Cast, attempt: Attempt) -> int:
    events = taking.look(app, cast.ann, attempt.id).events
    return sum(isinstance(event, Answered) for event in events)


def test_a_learner_answers_changes_her_mind_hands_in_and_is_scored(app: App, cast: Cast, exam: Attempt, clock: Clock):
    slot = choice_slots(exam)[0]
    first, second = two_options(exam, slot)

    saved = taking.save_answer(app, cast.ann, exam.id, slot, first, seen=0)
    clock.advance(minutes=1)
    again = taking.save_answer(app, cast.ann, exam.id, slot, second, seen=saved.seq)
    assert again.at == clock()
    assert taking.look(app, cast.ann, exam.id).responses == {slot: second}

    for number in range(len(exam.form.slots)):
        seen = taking.look(app, cast.ann, exam.id).answers.get(number)
        taking.save_answer(app, cast.ann, exam.id, number, key(exam, number), seen=seen.seq if seen else 0)
    taking.hand_in(app, cast.ann, exam.id)

    result = reviewing.result(app, cast.ann, exam.id)
    assert result.score.percent == 100
    assert result.passed is True


def test_a_receipt_carries_the_attempt_as_it_now_stands(app: App, cast: Cast, exam: Attempt):
    slot = choice_slots(exam)[0]

    receipt = taking.save_answer(app, cast.ann, exam.id, slot, two_options(exam, slot)[0], seen=0)

    assert receipt.attempt == taking.look(app, cast.ann, exam.id)
    assert receipt.seq == receipt.attempt.answers[slot].seq


def test_a_window_that_did_not_see_the_other_windows_answer_is_refused(app: App, cast: Cast, exam: Attempt):
    slot = choice_slots(exam)[0]
    first, second = two_options(exam, slot)
    taking.save_answer(app, cast.ann, exam.id, slot, first, seen=0)

    with pytest.raises(Refusal, match="another window"):
        taking.save_answer(app, cast.ann, exam.id, slot, second, seen=0)

    assert taking.look(app, cast.ann, exam.id).responses == {slot: first}


def test_the_same_answer_twice_is_written_once(app: App, cast: Cast, exam: Attempt):
    slot = choice_slots(exam)[0]
    first, _ = two_options(exam, slot)

    one = taking.save_answer(app, cast.ann, exam.id, slot, first, seen=0)
    two = taking.save_answer(app, cast.ann, exam.id, slot, first, seen=0)

    assert one.seq == two.seq
    assert answers_written(app, cast, exam) == 1


def test_two_windows_on_different_questions_are_both_kept(app: App, cast: Cast, exam: Attempt):
    here, there = choice_slots(exam)[:2]
    chosen = {slot: two_options(exam, slot)[0] for slot in (here, there)}

    taking.save_answer(app, cast.ann, exam.id, here, chosen[here], seen=0)
    taking.save_answer(app, cast.ann, exam.id, there, chosen[there], seen=0)

    assert taking.look(app, cast.ann, exam.id).responses == chosen


def test_after_the_deadline_an_answer_is_refused_and_what_was_saved_is_graded(
    app: App, cast: Cast, exam: Attempt, clock: Clock
):
    slot = choice_slots(exam)[0]
    taking.save_answer(app, cast.ann, exam.id, slot, key(exam, slot), seen=0)
    clock.advance(minutes=30)

    with pytest.raises(Refusal, match="time limit has passed"):
        taking.save_answer(app, cast.ann, exam.id, choice_slots(exam)[1], None, seen=0)

    result = reviewing.result(app, cast.ann, exam.id)
    assert result.score.points == 1
    assert result.attempt.submitted.by == "clock"
    assert result.attempt.submitted.at == exam.deadline


def test_overdue_attempts_are_graded_without_any_browser(app: App, cast: Cast, exam: Attempt, clock: Clock):
    slot = choice_slots(exam)[0]
    taking.save_answer(app, cast.ann, exam.id, slot, key(exam, slot), seen=0)
    assert taking.close_overdue(app) == 0
    clock.advance(minutes=31)

    assert taking.close_overdue(app) == 1
    assert taking.close_overdue(app) == 0

    row = reviewing.progress(app, cast.ann).results[0]
    assert (row.points, row.submitted_by, row.submitted_at) == (1, "clock", exam.deadline)


def test_handing_in_twice_changes_nothing(app: App, cast: Cast, exam: Attempt, clock: Clock):
    once = taking.hand_in(app, cast.ann, exam.id)
    clock.advance(minutes=1)

    assert taking.hand_in(app, cast.ann, exam.id) == once
    assert len(reviewing.progress(app, cast.ann).results) == 1


def test_nothing_is_saved_after_the_hand_in(app: App, cast: Cast, exam: Attempt):
    taking.hand_in(app, cast.ann, exam.id)
    slot = choice_slots(exam)[0]

    for late in (
        lambda: taking.save_answer(app, cast.ann, exam.id, slot, two_options(exam, slot)[0], seen=0),
        lambda: taking.flag(app, cast.ann, exam.id, slot, flagged=True),
        lambda: taking.strike(app, cast.ann, exam.id, slot, two_options(exam, slot)[:1]),
    ):
        with pytest.raises(Refusal, match="handed in"):
            late()


def test_another_learners_attempt_can_neither_be_seen_nor_changed(app: App, cast: Cast, exam: Attempt):
    slot = choice_slots(exam)[0]
    for stranger in (cast.bo, cast.ida, cast.cy, cast.ada):
        for asked in (
            lambda who=stranger: taking.look(app, who, exam.id),
            lambda who=stranger: taking.save_answer(app, who, exam.id, slot, two_options(exam, slot)[0], seen=0),
            lambda who=stranger: taking.hand_in(app, who, exam.id),
            lambda who=stranger: reviewing.result(app, who, exam.id),
        ):
            with pytest.raises(Refusal, match="someone else"):
                asked()
    assert taking.look(app, cast.ann, exam.id) == exam


def test_a_visitor_may_nothing(app: App, cast: Cast, exam: Attempt):
    for asked in (
        lambda: taking.open_quizzes(app, cast.zed),
        lambda: taking.start(app, cast.zed, EXAM, request="x"),
        lambda: taking.look(app, cast.zed, exam.id),
        lambda: reviewing.progress(app, cast.zed),
    ):
        with pytest.raises(Refusal, match="sign in"):
            asked()


def test_what_is_not_there_is_not_found(app: App, cast: Cast):
    with pytest.raises(NotFound):
        taking.look(app, cast.ann, "no-such-attempt")
    with pytest.raises(NotFound):
        taking.rules(app, cast.ann, "no-such-quiz")
    with pytest.raises(NotFound):
        taking.start(app, cast.ann, "no-such-quiz", request="x")


def test_flags_and_struck_options_are_kept_and_taken_off(app: App, cast: Cast, exam: Attempt):
    slot = choice_slots(exam)[0]
    struck = two_options(exam, slot)

    taking.flag(app, cast.ann, exam.id, slot, flagged=True)
    taking.strike(app, cast.ann, exam.id, slot, struck)
    standing = taking.look(app, cast.ann, exam.id)
    assert (standing.flags, set(standing.strikes[slot])) == ({slot}, set(struck))

    taking.flag(app, cast.ann, exam.id, slot, flagged=False)
    taking.strike(app, cast.ann, exam.id, slot, ())
    standing = taking.look(app, cast.ann, exam.id)
    assert (standing.flags, standing.strikes[slot]) == (frozenset(), ())


def test_in_practice_a_checked_answer_stands(app: App, cast: Cast, practice: Attempt):
    slot = choice_slots(practice)[0]
    first, second = two_options(practice, slot)
    with pytest.raises(Refusal, match="answer the question first"):
        taking.check(app, cast.ann, practice.id, slot)

    saved = taking.save_answer(app, cast.ann, practice.id, slot, first, seen=0)
    taking.check(app, cast.ann, practice.id, slot)

    with pytest.raises(Refusal, match="your answer stands"):
        taking.save_answer(app, cast.ann, practice.id, slot, second, seen=saved.seq)


def test_in_an_exam_nothing_is_told_before_the_hand_in(app: App, cast: Cast, exam: Attempt):
    slot = choice_slots(exam)[0]
    taking.save_answer(app, cast.ann, exam.id, slot, two_options(exam, slot)[0], seen=0)

    with pytest.raises(Refusal, match="after you hand in"):
        taking.check(app, cast.ann, exam.id, slot)
    with pytest.raises(Refusal, match="not finished yet"):
        reviewing.result(app, cast.ann, exam.id)


def test_part_of_a_multiple_response_earns_part_of_the_point(app: App, cast: Cast):
    """The practice sample marks each answer; some draw has a multiple response in it."""
    for click in range(20):
        attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, PRACTICE, request=f"click-{click}"))
        many = [n for n, slot in enumerate(attempt.form.slots) if isinstance(slot.question.interaction, ChooseMany)]
        if many:
            break
        taking.hand_in(app, cast.ann, attempt.id)
    slot = many[0]
    part = key(attempt, slot)[:1]

    taking.save_answer(app, cast.ann, attempt.id, slot, part, seen=0)
    taking.hand_in(app, cast.ann, attempt.id)

    outcome = reviewing.result(app, cast.ann, attempt.id).score.outcomes[slot]
    assert 0 < outcome.fraction < 1


def test_an_exam_stops_asking_an_item_when_its_grace_after_the_review_date_is_over(app: App, cast: Cast, clock: Clock):
    pool = app.content.pool(EXAM)
    first_late = min(item.review_by for item in pool.items.values() if item.review_by)
    grace = pool.programme.policy.grace_days
    assert grace == 90

    assert pool.as_of(first_late + timedelta(days=grace)) is pool
    after = pool.as_of(first_late + timedelta(days=grace + 1))

    asked = {each.item_id for cell in after.cells for each in cell.candidates}
    gone = {each.item_id for cell in pool.cells for each in cell.candidates} - asked
    assert gone
    assert all(pool.items[name].review_by == first_late for name in gone)
    clock.moment = datetime(2099, 1, 1, tzinfo=UTC)
    with pytest.raises(Refusal, match="cannot be drawn from its banks"):
        taking.start(app, cast.ann, EXAM, request="too-late")
    assert taking.start(app, cast.ann, PRACTICE, request="practice-goes-on")


def test_what_the_same_click_wrote_is_shown_without_reading_but_only_to_its_learner(
    app: App, cast: Cast, exam: Attempt, clock: Clock
):
    slot = choice_slots(exam)[0]
    written = taking.save_answer(app, cast.ann, exam.id, slot, two_options(exam, slot)[0], seen=0).attempt

    assert taking.look(app, cast.ann, exam.id, written=written) is written
    with pytest.raises(Refusal):
        taking.look(app, cast.bo, exam.id, written=written)

    clock.advance(minutes=31)
    assert taking.look(app, cast.ann, exam.id, written=written).submitted
