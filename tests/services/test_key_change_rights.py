"""Who may propose, sign, decline and apply a key change, and what is refused."""

import pytest

from tests.conftest import Cast
from tests.services.rekeyed import REASON, asked_most, sat, signed
from tests.services.reviewers import instructor
from training.core.key import Worth
from training.core.key_change import State
from training.core.refusal import NotFound, Refusal
from training.core.remarking import FullCredit, NewKey, NewTolerance
from training.services import announcing, redressing, regrading, rekeying
from training.services.app import App
from training.services.rekeying import Wish


@pytest.fixture
def had(app: App, cast: Cast) -> str:
    """The question that most of a class had."""
    sat(app)
    return asked_most(app)


@pytest.mark.parametrize("who", ["ann", "ada", "zed"])
def test_learners_administrators_and_visitors_have_no_part_in_it(app: App, cast: Cast, had: str, who: str):
    change, actor = signed(app, cast.ida, cast.cy, item=had), getattr(cast, who)
    wish = Wish(had, FullCredit(), REASON)

    for ask in (
        lambda: rekeying.asked(app, actor, had),
        lambda: rekeying.drafted(app, actor, wish),
        lambda: rekeying.propose(app, actor, wish),
        lambda: rekeying.take_back(app, actor, change, REASON),
        lambda: rekeying.sign(app, actor, change),
        lambda: rekeying.decline(app, actor, change, REASON),
        lambda: rekeying.every(app, actor),
        lambda: rekeying.look(app, actor, change),
        lambda: rekeying.upheld(app, actor),
        lambda: redressing.suggested(app, actor, "none"),
        lambda: redressing.changes_for(app, actor, "none"),
        lambda: regrading.forecast(app, actor, rekeying.look(app, cast.ida, change).proposal.change),
        lambda: regrading.apply(app, actor, change),
        lambda: regrading.done_by(app, actor, change),
        lambda: regrading.decisions_turned(app, actor),
        lambda: announcing.key_news_for(app, actor),
    ):
        with pytest.raises(Refusal, match="sign in" if who == "zed" else "may not"):
            ask()
    with pytest.raises(Refusal, match="sign in"):
        regrading.told_to_me(app, cast.zed)


def test_coordinators_sign_but_do_not_propose(app: App, cast: Cast, had: str):
    with pytest.raises(Refusal, match="may not"):
        rekeying.propose(app, cast.cy, Wish(had, FullCredit(), REASON))


def test_nobody_signs_what_she_proposed(app: App, cast: Cast, had: str):
    change = rekeying.propose(app, cast.ida, Wish(had, FullCredit(), REASON))

    for ask in (lambda: rekeying.sign(app, cast.ida, change), lambda: rekeying.decline(app, cast.ida, change, REASON)):
        with pytest.raises(Refusal, match="second person"):
            ask()
    with pytest.raises(Refusal, match="second person must sign"):
        regrading.apply(app, cast.ida, change)
    colleague = instructor(app, "Ike")
    rekeying.sign(app, colleague, change)
    with pytest.raises(Refusal, match="signed already"):
        rekeying.decline(app, cast.cy, change, REASON)


def test_what_was_declined_is_not_applied(app: App, cast: Cast, had: str):
    change = rekeying.propose(app, cast.ida, Wish(had, FullCredit(), REASON))
    rekeying.decline(app, cast.cy, change, "The source says nothing of it.")

    assert rekeying.every(app, cast.ida)[0].state is State.DECLINED
    with pytest.raises(Refusal, match="declined"):
        regrading.apply(app, cast.cy, change)


def test_what_does_not_fit_is_refused(app: App, cast: Cast, had: str):
    for wish, wrong in (
        (Wish(had, NewKey(Worth((("zz", 1.0),))), REASON), "no option 'zz'"),
        (Wish(had, NewTolerance(1), REASON), "tolerance"),
        (Wish(had, FullCredit(), "short"), "reason"),
        (Wish(had, FullCredit(), REASON, ("unknown",)), "No version"),
        (Wish("never-asked", FullCredit(), REASON), "No learner ever got"),
    ):
        with pytest.raises(Refusal, match=wrong):
            rekeying.propose(app, cast.ida, wish)
    with pytest.raises(NotFound):
        rekeying.look(app, cast.ida, "none")
