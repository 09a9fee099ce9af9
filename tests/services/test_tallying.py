"""How learners answered one item, for its author: never of a few, never who."""

import pytest

from tests.conftest import Cast
from training.core.items import Item
from training.core.key import correct_value
from training.core.refusal import Refusal
from training.services import arranging, authoring, editing, guessing, taking, tallying
from training.services.app import App
from training.services.tallying import FEWEST

PRACTICE = "practice-sample"


def sit(app: App, cast: Cast, count: int) -> Item:
    """Ann hands in practice quizzes, all right, until one item was asked so often; gives that item."""
    asked: dict[str, int] = {}
    for number in range(60):
        attempt = taking.look(app, cast.ann, taking.start(app, cast.ann, PRACTICE, request=f"click-{number}"))
        for slot, each in enumerate(attempt.form.slots):
            taking.save_answer(app, cast.ann, attempt.id, slot, correct_value(each.question.key), seen=0)
            asked[each.question.item_id] = asked.get(each.question.item_id, 0) + 1
        taking.hand_in(app, cast.ann, attempt.id)
        ready = [app.library.item(name) for name, n in asked.items() if n >= count]
        found = next((item for item in ready if item and item.type == "single_best"), None)
        if found:
            return found
    raise AssertionError("no single best answer was asked so often")


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_an_instructor_sees_how_an_item_was_answered(app: App, cast: Cast, who: str):
    actor, item = getattr(cast, who), next(app.library.items())
    opened = editing.open_bank(app, cast.ida, "sample-safety")
    bank = next(iter(app.library.banks.values()))
    tried = editing.check(app, cast.ida, "sample-safety", opened.text)

    for ask in (
        lambda: tallying.answered(app, actor, item),
        lambda: authoring.preview_tried(actor, tried, bank, item),
        lambda: authoring.exists(app, actor, item.id),
        lambda: guessing.guessed_on(app, actor, bank),
        lambda: editing.words(app, actor),
        lambda: arranging.written(actor, opened, opened.text, item.id),
    ):
        with pytest.raises(Refusal):
            ask()


def test_a_few_answers_are_not_shown(app: App, cast: Cast):
    item = sit(app, cast, 1)

    found = tallying.answered(app, cast.ida, item)

    assert 0 < found.n < FEWEST
    assert (found.facility, found.chosen) == (None, ())


def test_many_answers_are_shown_with_what_was_chosen(app: App, cast: Cast):
    item = sit(app, cast, FEWEST)

    found = tallying.answered(app, cast.ida, item)

    assert found.n >= FEWEST
    assert found.facility == 1
    (chosen,) = found.chosen
    right = next(each.text for each in item.options if each.correct)  # type: ignore[attr-defined] # options
    assert (chosen.words, chosen.n, chosen.right) == (right, found.n_last, True)
