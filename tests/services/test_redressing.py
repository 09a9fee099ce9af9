"""From an upheld challenge to the key change that carries out its remedy, and what its learner is told."""

import pytest

from tests.conftest import Cast
from tests.services.classes import sit
from tests.services.rekeyed import EXAM, REASON, taken_back
from training.core.challenge import Remedy
from training.core.interaction import options_of
from training.core.key import Worth
from training.core.key_change import State
from training.core.key_notation import remedy_said
from training.core.refusal import Refusal
from training.core.remarking import FullCredit
from training.services import answering, challenging, redressing, regrading, rekeying, taking
from training.services.answering import Ruling
from training.services.app import App
from training.services.rekeying import Wish


def test_an_upheld_challenge_leads_to_its_key_change(app: App, cast: Cast):
    attempt = sit(app, cast.ann, EXAM, right=2)
    opened = challenging.challenge(app, cast.ann, attempt, 3, "The second option is right as well.")
    asked = taking.look(app, cast.ann, attempt).form.slots[3]
    wish = Wish(asked.question.item_id, FullCredit(), REASON, (asked.digest,), opened)
    with pytest.raises(Refusal, match="upheld"):
        rekeying.propose(app, cast.ida, wish)
    answering.rule(app, cast.ida, opened, Ruling(True, "Both are right by the source.", Remedy.FULL_POINTS))
    (waiting,) = rekeying.upheld(app, cast.ida)
    change = rekeying.propose(app, cast.ida, wish)

    assert (waiting.id, waiting.learner, waiting.attempt_id) == (opened, waiting.learner, "")
    assert waiting.learner != cast.ann.id
    assert rekeying.upheld(app, cast.ida) == []
    assert rekeying.look(app, cast.ida, change).proposal.challenge == opened
    assert [each.change.id for each in redressing.changes_for(app, cast.ida, opened)] == [change]


def test_a_ruling_fills_in_the_key_change_and_its_learner_is_told_when_it_is_carried_out(app: App, cast: Cast):
    ann = taking.look(app, cast.ann, taking.start(app, cast.ann, EXAM, request="one"))
    place, slot = next((n, s) for n, s in enumerate(ann.form.slots) if isinstance(s.question.key, Worth))
    right = slot.question.key.by_option[0][0]
    other = next(each.id for each in options_of(slot.question.interaction) if each.id != right)
    taking.save_answer(app, cast.ann, ann.id, place, other, seen=0)
    taking.hand_in(app, cast.ann, ann.id)
    opened = challenging.challenge(app, cast.ann, ann.id, place, "The second option is right as well.")
    with pytest.raises(Refusal, match="no key change"):
        redressing.suggested(app, cast.ida, opened)
    answering.rule(app, cast.ida, opened, Ruling(True, "Both are right by the source.", Remedy.NEW_KEY))
    ruling = redressing.suggested(app, cast.ida, opened)
    assert (ruling.item_id, ruling.how, ruling.reason) == (
        slot.question.item_id,
        "key",
        "Both are right by the source.",
    )
    assert ruling.key.split(", ")[-1] == other
    assert challenging.mine(app, cast.ann)[0].redress is None

    # Ida proposes it without naming the challenge: it is of the same question, so it serves.
    wish = Wish(ruling.item_id, remedy_said(slot.question, ruling.how, ruling.key), ruling.reason)
    change = rekeying.propose(app, cast.ida, wish)
    rekeying.sign(app, cast.cy, change)
    assert challenging.mine(app, cast.ann)[0].redress is None
    regrading.apply(app, cast.cy, change)
    redress = challenging.mine(app, cast.ann)[0].redress

    assert rekeying.upheld(app, cast.ida) == []
    assert redress
    assert (redress.change.id, redress.state) == (change, State.APPLIED)
    taken_back(app, cast.ida, cast.cy, change)
    assert challenging.mine(app, cast.ann)[0].redress.state is State.TAKEN_BACK
