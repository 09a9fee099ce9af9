"""A challenge as a story: a learner says what is wrong, an instructor who does not know her answers and rules."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Cast, Clock
from tests.services.classes import EXAM, enrol, sit
from tests.services.reviewers import instructor, on_own_content, version
from training.core.challenge import Remedy, State, pseudonym
from training.core.permission import Actor, Role
from training.core.refusal import NotFound, Refusal
from training.services import answering, challenging, taking, tracing_items
from training.services.answering import Ruling
from training.services.app import App

REASON = "The second option is right as well: the source allows both."


@pytest.fixture
def attempt(app: App, cast: Cast) -> str:
    return sit(app, cast.ann, EXAM, right=2)


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_instructors_answer_challenges(app: App, cast: Cast, attempt: str, who: str):
    opened, actor = challenging.challenge(app, cast.ann, attempt, 3, REASON), getattr(cast, who)

    for ask in (
        lambda: answering.counts(app, actor),
        lambda: answering.all_challenges(app, actor),
        lambda: answering.look(app, actor, opened),
        lambda: answering.reply(app, actor, opened, "What do you mean by that?"),
        lambda: answering.rule(app, actor, opened, Ruling(False, "It is right as it is.")),
    ):
        with pytest.raises(Refusal, match="sign in" if who == "zed" else "may not"):
            ask()


@pytest.mark.parametrize("who", ["bo", "ida", "zed"])
def test_a_challenge_belongs_to_its_learner(app: App, cast: Cast, attempt: str, who: str):
    opened, actor = challenging.challenge(app, cast.ann, attempt, 3, REASON), getattr(cast, who)

    for ask in (
        lambda: challenging.challenge(app, actor, attempt, 4, REASON),
        lambda: challenging.say(app, actor, opened, "And one more thing."),
        lambda: challenging.withdraw(app, actor, opened),
    ):
        with pytest.raises(Refusal, match="sign in" if who == "zed" else "someone else"):
            ask()


def test_what_others_challenge_is_not_in_ones_own_list(app: App, cast: Cast, attempt: str):
    challenging.challenge(app, cast.ann, attempt, 3, REASON)

    assert challenging.mine(app, cast.bo) == []
    assert challenging.of_attempt(app, cast.bo, attempt) == {}
    for ask in (challenging.mine, lambda *who: challenging.of_attempt(*who, attempt)):
        with pytest.raises(Refusal, match="sign in"):
            ask(app, cast.zed)


def test_version_form_response_and_statistics_attach_themselves(app: App, cast: Cast, attempt: str):
    form = taking.look(app, cast.ann, attempt).form
    slot = form.slots[1]
    others = [enrol(app, f"Learner {letter}") for letter in "ABCDEF"]
    for other in others:
        sit(app, other, EXAM, right=10)
    challenging.challenge(app, cast.ann, attempt, 1, f"  {REASON}  ")

    (mine,) = challenging.mine(app, cast.ann)
    found = mine.challenge

    assert (found.attempt_id, found.slot, found.programme, found.item_id) == (attempt, 1, EXAM, slot.question.item_id)
    assert (found.question, found.version) == (slot.digest, version(app, slot.question.item_id))
    assert (found.order, found.response, found.reason) == (slot.order, found.response, REASON)
    assert found.response is not None
    assert found.due == app.now() + timedelta(days=14)
    assert found.evidence.n >= 1
    assert found.evidence.mean == 1
    assert sum(number for _, number in found.evidence.responses) == found.evidence.n
    assert mine.question == slot.question


def test_of_a_case_the_whole_case_is_what_is_challenged_and_traced(app: App, cast: Cast):
    attempt = sit(app, cast.ann, "kinds-sample", right=0)
    slots = taking.look(app, cast.ann, attempt).form.slots
    number, case = next((place, slot.question) for place, slot in enumerate(slots) if slot.question.group)
    challenging.challenge(app, cast.ann, attempt, number, REASON)

    (mine,) = challenging.mine(app, cast.ann)
    told = tracing_items.history(app, cast.ida, case.met_as)

    assert (mine.challenge.item_id, mine.challenge.version) == (case.met_as, version(app, case.met_as))
    assert mine.challenge.evidence.n == 1
    assert told.challenges == 1
    assert told.versions[0].attempts == sum(slot.question.met_as == case.met_as for slot in slots)


def test_nothing_is_challenged_before_handing_in_or_outside_the_quiz(app: App, cast: Cast, attempt: str):
    under_way = taking.start(app, cast.bo, EXAM, request="x")

    with pytest.raises(Refusal, match="handed in"):
        challenging.challenge(app, cast.bo, under_way, 0, REASON)
    for slot in (-1, 10):
        with pytest.raises(NotFound):
            challenging.challenge(app, cast.ann, attempt, slot, REASON)


def test_the_two_sides_talk_and_the_ruling_with_its_reason_reaches_the_learner(
    app: App, cast: Cast, attempt: str, clock: Clock
):
    opened = challenging.challenge(app, cast.ann, attempt, 3, REASON)
    answering.reply(app, cast.ida, opened, "Which page of the source?")
    assert challenging.of_attempt(app, cast.ann, attempt)[3].challenge.awaits_learner
    challenging.say(app, cast.ann, opened, "Page twelve, the second table.")
    clock.advance(minutes=5)
    answering.rule(app, cast.ida, opened, Ruling(True, "You are right: both are allowed.", Remedy.FULL_POINTS))

    mine = challenging.of_attempt(app, cast.ann, attempt)[3]

    assert [(each.by_learner, each.text) for each in mine.challenge.messages] == [
        (False, "Which page of the source?"), (True, "Page twelve, the second table."),
    ]  # fmt: skip
    assert mine.challenge.ending is not None
    assert (mine.challenge.state, mine.challenge.ending.reason, mine.challenge.ending.remedy) == (
        State.UPHELD, "You are right: both are allowed.", Remedy.FULL_POINTS,
    )  # fmt: skip
    assert mine.names[mine.challenge.ending.by] == "Ida"


def test_an_instructor_never_learns_who_challenged(app: App, cast: Cast, attempt: str):
    opened = challenging.challenge(app, cast.ann, attempt, 3, REASON)
    withdrawn = challenging.challenge(app, cast.ann, attempt, 4, REASON)
    challenging.say(app, cast.ann, opened, "One more thing to say.")
    challenging.withdraw(app, cast.ann, withdrawn)

    for seen in answering.all_challenges(app, cast.ida):
        assert seen.challenge.learner == pseudonym(seen.challenge.id)
        for secret in ("ann", "Ann", attempt):
            assert f"'{secret}'" not in repr(seen)
    assert (
        answering.look(app, cast.ida, opened).challenge.learner
        != answering.look(app, cast.ida, withdrawn).challenge.learner
    )


def test_open_and_overdue_challenges_are_counted_and_come_first(app: App, cast: Cast, attempt: str, clock: Clock):
    first = challenging.challenge(app, cast.ann, attempt, 3, REASON)
    clock.moment += timedelta(days=10)
    second = challenging.challenge(app, cast.ann, attempt, 4, REASON)
    clock.moment += timedelta(days=5)

    counts = answering.counts(app, cast.ida)
    assert (counts.open, counts.overdue) == (2, 1)
    answering.rule(app, cast.ida, first, Ruling(False, "The key is right: see the source."))
    counts = answering.counts(app, cast.ida)
    assert (counts.open, counts.overdue) == (1, 0)
    assert (counts.ended, counts.late) == ({State.NOT_UPHELD: 1}, 1)
    assert [each.challenge.id for each in answering.all_challenges(app, cast.ida)] == [second, first]
    clock.moment += timedelta(days=30)
    challenging.withdraw(app, cast.ann, second)
    counts = answering.counts(app, cast.ida)
    assert (counts.ended, counts.late) == ({State.NOT_UPHELD: 1, State.WITHDRAWN: 1}, 1)


def test_the_term_is_that_of_the_day_it_was_opened(app: App, cast: Cast, attempt: str):
    brief = replace(app, settings=replace(app.settings, challenge_days=3))
    challenging.challenge(brief, cast.ann, attempt, 3, REASON)

    assert challenging.mine(app, cast.ann)[0].challenge.due == app.now() + timedelta(days=3)


def test_a_quiz_sets_a_term_of_its_own(app: App, cast: Cast, tmp_path: Path):
    own = on_own_content(app, tmp_path)
    file = own.settings.content_dir / f"programmes/{EXAM}.yaml"
    file.write_text(file.read_text("utf-8").replace("policy:\n", "policy:\n  challenge_days: 5\n", 1), "utf-8")
    challenging.challenge(own, cast.ann, sit(own, cast.ann, EXAM, right=2), 3, REASON)

    assert challenging.mine(own, cast.ann)[0].challenge.due == app.now() + timedelta(days=5)


def test_an_answer_is_news_until_she_replies_and_a_ruling_for_a_month(app: App, cast: Cast, attempt: str, clock: Clock):
    opened = challenging.challenge(app, cast.ann, attempt, 3, REASON)
    told = [challenging.news(app, cast.ann)]
    answering.reply(app, cast.ida, opened, "Which source do you mean?")
    told.append(challenging.news(app, cast.ann))
    challenging.say(app, cast.ann, opened, "The one that the item cites.")
    told.append(challenging.news(app, cast.ann))
    answering.rule(app, cast.ida, opened, Ruling(False, "The key is right: see the source."))
    told.append(challenging.news(app, cast.ann))
    clock.moment += timedelta(days=31)
    told.append(challenging.news(app, cast.ann))

    assert [[each.state for each in found] for found in told] == [[], [State.OPEN], [], [State.NOT_UPHELD], []]
    assert challenging.news(app, cast.bo) == []


def test_a_withdrawn_challenge_can_be_made_anew_an_open_one_not_twice(app: App, cast: Cast, attempt: str):
    opened = challenging.challenge(app, cast.ann, attempt, 3, REASON)
    with pytest.raises(Refusal, match="already"):
        challenging.challenge(app, cast.ann, attempt, 3, REASON)
    challenging.withdraw(app, cast.ann, opened)
    with pytest.raises(Refusal, match="over"):
        challenging.withdraw(app, cast.ann, opened)

    again = challenging.challenge(app, cast.ann, attempt, 3, REASON)

    assert challenging.of_attempt(app, cast.ann, attempt)[3].challenge.id == again


def test_nobody_rules_on_her_own_challenge(app: App, cast: Cast):
    both = Actor("ida", "Ida", frozenset({Role.INSTRUCTOR, Role.LEARNER}))
    opened = challenging.challenge(app, both, sit(app, both, EXAM, right=2), 3, REASON)

    with pytest.raises(Refusal, match="your own"):
        answering.rule(app, both, opened, Ruling(True, "I was right, of course.", Remedy.NEW_KEY))
    ivo = instructor(app, "Ivo")
    answering.rule(app, ivo, opened, Ruling(False, "The key is right: see the source."))
