"""Stories of looking back: one result in full, and how things develop."""

from tests.conftest import Cast, Clock
from training.core.key import correct_value
from training.services import learning, reviewing, taking
from training.services.app import App


def sit(app: App, cast: Cast, slug: str, request: str, *, right: int) -> str:
    """Ann sits a quiz, answers the first `right` questions rightly and leaves the others open."""
    attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, slug, request=request))
    for number in range(right):
        value = correct_value(attempt.form.slots[number].question.key)
        taking.save_answer(app, cast.ann, attempt.id, number, value, seen=0)
    taking.hand_in(app, cast.ann, attempt.id)
    return attempt.id


def test_the_result_says_what_to_read_again_and_whether_to_try_again(app: App, cast: Cast):
    attempt_id = sit(app, cast, "exam-sample", "one", right=3)

    result = reviewing.result(app, cast.ann, attempt_id)

    assert result.passed is False
    assert result.score.percent == 30
    assert result.offer is not None
    assert result.offer.tries_left == 1
    lost = {outcome.objective for outcome in result.score.outcomes if outcome.fraction < 1}
    assert all(lost.intersection(module.objectives) for module in result.modules)


def test_a_perfect_result_sends_nobody_back_to_a_module(app: App, cast: Cast):
    result = reviewing.result(app, cast.ann, sit(app, cast, "exam-sample", "one", right=10))

    assert (result.passed, result.modules) == (True, ())


def test_domains_are_summed_over_all_finished_attempts(app: App, cast: Cast, clock: Clock):
    sit(app, cast, "practice-sample", "one", right=6)
    clock.advance(minutes=60 * 24)
    sit(app, cast, "practice-sample", "two", right=0)

    progress = reviewing.progress(app, cast.ann)

    assert [row.percent for row in progress.results] == [100, 0]
    assert {each.domain: (each.n, each.fraction) for each in progress.domains} == {
        "1": (4, 0.5), "4": (4, 0.5), "7": (4, 0.5)
    }  # fmt: skip


def test_sections_read_to_their_end_count_as_activity(app: App, cast: Cast, clock: Clock):
    learning.note_reading(app, cast.ann, "consent-and-stopping", "stopping", finished=True)
    learning.note_reading(app, cast.ann, "consent-and-stopping", "one-use", finished=False)

    assert reviewing.progress(app, cast.ann).read == [clock()]
    assert reviewing.progress(app, cast.bo).read == []
