"""Rebuilding: what is derived comes back from the events, which are the truth."""

from tests.conftest import Cast
from training.core.interaction import options_of
from training.services import taking
from training.services.app import App
from training.services.rebuilding import rebuild
from training.store import results


def sit(app: App, cast: Cast, *, hand_in: bool = True) -> str:
    attempt_id = taking.start(app, cast.ann, "practice-sample", request=app.new_id())
    for number, slot in enumerate(taking.look(app, cast.ann, attempt_id).form.slots):
        options = options_of(slot.question.interaction)
        if slot.question.interaction.kind == "choose_one":
            taking.save_answer(app, cast.ann, attempt_id, number, options[0].id, seen=0)
    if hand_in:
        taking.hand_in(app, cast.ann, attempt_id)
    return attempt_id


def test_results_and_outcomes_come_back_as_they_were(app: App, cast: Cast) -> None:
    sit(app, cast)
    before = app.database.read(lambda tx: results.of_learner(tx, cast.ann.id))
    outcomes = app.database.read(lambda tx: results.outcomes_of_learner(tx, cast.ann.id))
    app.database.write(results.clear)

    assert app.database.read(lambda tx: results.of_learner(tx, cast.ann.id)) == []
    assert rebuild(app) == 1
    assert app.database.read(lambda tx: results.of_learner(tx, cast.ann.id)) == before
    assert app.database.read(lambda tx: results.outcomes_of_learner(tx, cast.ann.id)) == outcomes


def test_rebuilding_twice_changes_nothing_and_tells_how_far_it_is(app: App, cast: Cast) -> None:
    sit(app, cast)
    sit(app, cast)
    before = app.database.read(lambda tx: results.of_learner(tx, cast.ann.id))
    told: list[tuple[int, int]] = []
    rebuild(app, lambda done, total: told.append((done, total)))

    assert told == [(1, 2), (2, 2)]
    assert app.database.read(lambda tx: results.of_learner(tx, cast.ann.id)) == before


def test_an_open_attempt_is_left_open(app: App, cast: Cast) -> None:
    attempt_id = sit(app, cast, hand_in=False)
    rebuild(app)

    assert app.database.read(lambda tx: results.of_learner(tx, cast.ann.id)) == []
    assert taking.look(app, cast.ann, attempt_id).submitted is None
