"""The simulated cohort: who is in it, that it behaves like learners, and that it never mixes with real ones."""

from collections import Counter
from datetime import timedelta
from statistics import mean

import pytest

from tests.conftest import Cast
from tests.services.demonstrated import demonstrated
from training.core.refusal import Refusal
from training.core.score import grade
from training.services import reviewing, signing_in, taking
from training.services.app import App
from training.services.demonstrating import PASSWORD, demonstrate
from training.store import attempts, cohorts, people, reading, results


def every_result(app: App) -> list[results.CohortResult]:
    return app.database.read(lambda tx: results.chosen(tx, results.Choice()))


def test_sixty_learners_in_three_cohorts_are_all_marked_as_simulated(demo: App) -> None:
    everyone = demo.database.read(people.every)
    groups = demo.database.read(cohorts.every)

    assert len(everyone) == 64
    assert all(each.simulated and each.name.endswith("(simulated)") for each in everyone)
    assert all(each.email.endswith("@example.org") for each in everyone)
    assert [(group.title.startswith("Simulated"), group.members) for group in groups] == [(True, 20)] * 3


def test_the_attempts_are_spread_over_four_months_and_none_lies_ahead(demo: App) -> None:
    ends = [row.result.submitted_at for row in every_result(demo)]
    by_month = Counter(end.strftime("%Y-%m") for end in ends)

    assert 300 < len(ends) < 1200
    assert timedelta(days=90) < max(ends) - min(ends) < timedelta(days=120)
    assert max(ends) < demo.now()
    assert sum(count > 50 for count in by_month.values()) >= 4
    assert {row.result.mode for row in every_result(demo)} == {"practice", "exam"}


def test_practice_helps(demo: App) -> None:
    first, last = [], []
    for learner in {row.result.learner for row in every_result(demo)}:
        mine = demo.database.read(lambda tx, who=learner: results.of_learner(tx, who))
        first += [row.percent for row in mine[:2]]
        last += [row.percent for row in mine[-2:]]

    assert mean(last) > mean(first) + 4
    assert 40 < mean(first) < 80


def test_able_learners_stay_able(demo: App) -> None:
    halves = []
    for learner in {row.result.learner for row in every_result(demo)}:
        mine = [row.percent for row in demo.database.read(lambda tx, who=learner: results.of_learner(tx, who))]
        halves.append((mean(mine[::2]), mean(mine[1::2])))
    odd, even = zip(*halves, strict=True)

    from numpy import corrcoef

    assert corrcoef(odd, even)[0, 1] > 0.5


def test_the_rules_of_each_quiz_were_kept(demo: App) -> None:
    tries = Counter((row.result.learner, row.result.programme) for row in every_result(demo))

    assert max(count for (_, quiz), count in tries.items() if quiz == "exam-sample") <= 2
    for attempt_id in demo.database.read(lambda tx: list(attempts.every_id(tx)))[:50]:
        attempt = demo.database.read(lambda tx, which=attempt_id: attempts.get(tx, which))
        assert [event.seq for event in attempt.events] == list(range(1, len(attempt.events) + 1))
        if attempt.submitted:
            row = demo.database.read(lambda tx, which=attempt_id: results.of_attempt(tx, which))
            assert row.percent == pytest.approx(grade(attempt).percent)


def test_some_are_in_the_middle_of_a_quiz_and_have_read_something(demo: App) -> None:
    learners = [person.id for person in demo.database.read(people.every)]
    read = [demo.database.read(lambda tx, who=each: reading.of_person(tx, who)) for each in learners]

    assert demo.database.read(attempts.count_open) >= 2
    assert sum(bool(each) for each in read) > 20


def test_every_account_that_is_told_can_sign_in_and_sees_its_own_work(demo: App) -> None:
    ticket = signing_in.sign_in(demo, email="learner@example.org", password=PASSWORD)
    learner = signing_in.actor_of(demo, signing_in.redeem(demo, ticket).token)

    assert len(reviewing.progress(demo, learner).results) >= 5
    assert taking.open_quizzes(demo, learner)
    for email in ("instructor@example.org", "coordinator@example.org", "administrator@example.org"):
        assert signing_in.sign_in(demo, email=email, password=PASSWORD)


def test_the_same_seed_gives_the_same_cohort_and_another_seed_another(
    demo: App, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again, other = (demonstrated(str(tmp_path_factory.mktemp("again")), seed) for seed in (2026, 2027))

    assert every_result(demo) == every_result(again)
    assert every_result(demo) != every_result(other)


def test_it_refuses_to_mix_with_real_people(app: App, cast: Cast) -> None:
    with pytest.raises(Refusal, match="needs an empty one"):
        demonstrate(app, seed=1)

    assert cast.ann.id in {person.id for person in app.database.read(people.every)}
