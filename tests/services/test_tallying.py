"""How learners answered one item, for its author: never of a few, never who."""

import pytest

from tests.conftest import Cast
from tests.services.classes import enrol
from training.core.items import Item
from training.core.key import correct_value
from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services import arranging, authoring, editing, guessing, taking, tallying
from training.services.app import App
from training.services.tallying import FEWEST, HELD_BACK, Slip

PRACTICE, KINDS = "practice-sample", "kinds-sample"
BAND = "kind-taut-band"


def asked(app: App, who: Actor, quiz: str, click: str = "") -> tuple[str, dict[str, int]]:
    """Start a quiz; gives the attempt, and in which slot each item stands."""
    attempt = taking.look(app, who, taking.start(app, who, quiz, request=click or app.new_id()))
    return attempt.id, {slot.question.item_id: number for number, slot in enumerate(attempt.form.slots)}


def typed(app: App, *answers: str) -> Item:
    """As many learners as there are answers name the taut band, each in her own way."""
    for number, answer in enumerate(answers):
        who = enrol(app, f"Learner {number}")
        attempt, slots = asked(app, who, KINDS)
        while BAND not in slots:
            attempt, slots = asked(app, who, KINDS)
        taking.save_answer(app, who, attempt, slots[BAND], answer, seen=0)
        taking.hand_in(app, who, attempt)
    found = app.library.item(BAND)
    assert found
    return found


def sit(app: App, learners: int) -> Item:
    """Learners answer everything rightly until each of them had one item in common; gives that item."""
    times: dict[str, list[str]] = {}
    for number in range(learners):
        who = enrol(app, f"Learner {number}")
        for again in range(20):
            attempt, slots = asked(app, who, PRACTICE, f"{number}-{again}")
            for slot, each in enumerate(taking.look(app, who, attempt).form.slots):
                taking.save_answer(app, who, attempt, slot, correct_value(each.question.key), seen=0)
            taking.hand_in(app, who, attempt)
            for item_id in slots:
                times.setdefault(item_id, []).append(who.id)
    often = sorted(
        (name for name, who in times.items() if len(set(who)) == learners), key=lambda name: -len(times[name])
    )
    ready = [app.library.item(name) for name in often]
    return next(item for item in ready if item and item.type == "single_best")


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


def test_the_answers_of_a_few_are_not_shown_however_often_they_answered(app: App, cast: Cast):
    item = sit(app, 1)

    found = tallying.answered(app, cast.ida, item)

    assert found.n >= FEWEST
    assert (found.facility, found.chosen, found.slips) == (None, (), ())


def test_the_answers_of_many_are_shown_with_what_was_chosen(app: App, cast: Cast):
    item = sit(app, FEWEST)

    found = tallying.answered(app, cast.ida, item)

    assert found.n >= FEWEST
    assert found.facility == 1
    (chosen,) = found.chosen
    right = next(each.text for each in item.options if each.correct)  # type: ignore[attr-defined] # options
    assert (chosen.words, chosen.n, chosen.right) == (right, found.n_last, True)


def test_what_learners_typed_a_slip_away_from_a_right_phrase_is_counted_for_the_author(app: App, cast: Cast):
    item = typed(app, "taut bnad", "Taut-Bnad", "taut bend", "trigger point", "taut bands", "no idea")

    found = tallying.answered(app, cast.ida, item)

    assert found.slips == (Slip("taut bnad", "taut band", 2), Slip("taut bend", "taut band", 1))
    as_written_now = item.model_copy(update={"accepted": ("taut band", "taut bend")})
    assert tallying.answered(app, cast.ida, as_written_now).slips == (Slip("taut bnad", "taut band", 2),)


def test_what_only_a_few_typed_is_held_back_since_it_may_say_who_they_are(app: App, cast: Cast):
    item = typed(app, *["nerve"] * FEWEST, "I am Learner 5", "Learner 6, sorry", "taut band")

    found = tallying.answered(app, cast.ida, item)

    assert [(each.words, each.n) for each in found.chosen] == [("nerve", 5), (HELD_BACK, 2), ("taut band", 1)]
    assert found.slips == ()


def test_slips_of_a_few_learners_are_not_shown(app: App, cast: Cast):
    item = typed(app, *["taut bnad"] * (FEWEST - 1))

    assert tallying.answered(app, cast.ida, item).slips == ()
