"""Trying again: limits in a lifetime and in a window, pauses that grow, and a longer one after low scores."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.core.blueprint import LowScore, Mode, Policy, Window
from training.core.retake import Try, opens, waits

T0 = datetime(2026, 1, 1, 9, tzinfo=UTC)


def policy(**rules: object) -> Policy:
    return Policy.model_validate({"mode": Mode.EXAM, **rules})


def tried(day: float, percent: float = 50, *, passed: bool = False) -> Try:
    begun = T0 + timedelta(days=day)
    return Try(begun, begun + timedelta(hours=1), percent, passed)


def until(rules: Policy, tries: list[Try], day: float) -> float | None:
    """The day on which the next try opens, asked on some day; None where it may begin at once."""
    found = waits(rules, tries, T0 + timedelta(days=day))
    again = opens(found)
    return (again - T0) / timedelta(days=1) if again else None


def test_a_lifetime_limit_never_opens_again() -> None:
    found = waits(policy(tries=2), [tried(0), tried(1)], T0 + timedelta(days=900))

    assert [(wait.until, wait.why) for wait in found] == [(None, "You have used all 2 tries of this quiz.")]
    assert opens(found) is None


def test_a_window_opens_when_its_oldest_try_has_left_it() -> None:
    rules = policy(window=Window(tries=2, days=365))

    assert until(rules, [tried(0)], 1) is None
    assert until(rules, [tried(0), tried(100)], 101) == 365
    assert until(rules, [tried(0), tried(100)], 366) is None
    assert until(rules, [tried(0), tried(100), tried(366)], 367) == 465


def test_pauses_grow_and_the_last_one_holds_for_all_that_follow() -> None:
    rules, hour = policy(cool_down=(1, 7, 30)), 1 / 24

    assert until(rules, [tried(0)], 0.5) == 1 + hour
    assert until(rules, [tried(0), tried(2)], 3) == 9 + hour
    assert until(rules, [tried(0), tried(2), tried(10)], 11) == 40 + hour
    assert until(rules, [tried(0), tried(2), tried(10), tried(50)], 51) == 80 + hour


def test_a_passed_try_and_a_running_one_ask_for_no_pause() -> None:
    rules = policy(cool_down=(30,))

    assert until(rules, [tried(0, passed=True)], 1) is None
    assert until(rules, [Try(T0)], 1) is None


def test_every_second_low_score_asks_for_a_longer_pause() -> None:
    rules = policy(low_score=LowScore(below=40, times=2, days=90))

    assert until(rules, [tried(0, 39)], 1) is None
    assert until(rules, [tried(0, 39), tried(2, 10)], 3) == 92 + 1 / 24
    assert until(rules, [tried(0, 39), tried(2, 10), tried(93, 5)], 94) is None


def test_the_longest_of_several_waits_counts() -> None:
    rules = policy(cool_down=(1,), window=Window(tries=1, days=10))

    assert until(rules, [tried(0)], 0.1) == 10


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 100)), max_size=8), st.floats(0, 500))
def test_at_the_moment_a_try_opens_nothing_stands_in_its_way(past: list[tuple[float, float]], later: float) -> None:
    rules = policy(window=Window(tries=2, days=50), cool_down=(1, 5), low_score=LowScore(below=30, times=2, days=20))
    tries = [tried(day, percent) for day, percent in sorted(past)]
    now = T0 + timedelta(days=(max((day for day, _ in past), default=0)) + later)

    again = opens(waits(rules, tries, now))

    assert again is None or again > now
    assert waits(rules, tries, again or now) == ()
