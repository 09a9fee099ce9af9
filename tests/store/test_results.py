"""Results, reading, cohorts and the audit: derived rows say what the events say, whatever is asked of them."""

from datetime import timedelta

import pytest

from tests.store.stories import T0, add_person, answered, begun, form, hand_in, keep_result
from training.core.blueprint import Mode
from training.core.refusal import NotFound, Refusal
from training.core.score import domain_scores, grade
from training.store import attempts, audit, cohorts, reading, results
from training.store.database import Connection, Database
from training.store.results import Choice, Mark, Order


def sit(tx: Connection, attempt_id: str, learner: str, *, day: int = 0, right: int = 0, mode: Mode = Mode.EXAM) -> None:
    """A learner sits a form of eight questions and gets some right."""
    begin = begun(attempt_id, learner=learner, at=T0 + timedelta(days=day), paper=form(8, mode=mode))
    attempts.add(tx, begin, attempt_id)
    for slot in range(right):
        before = attempts.get(tx, attempt_id)
        attempts.append(tx, before, answered(before, slot))
    hand_in(tx, attempt_id)


@pytest.fixture
def sat(database: Database) -> Database:
    """Ann sat twice and Bo once; Ann is in both cohorts, Bo in the second."""

    def story(tx: Connection) -> None:
        add_person(tx, "ann")
        add_person(tx, "bo")
        cohorts.add(tx, cohort_id="c1", title="Autumn", at=T0)
        cohorts.add(tx, cohort_id="c2", title="Spring", at=T0)
        cohorts.join(tx, cohort_id="c2", person="ann", at=T0)
        cohorts.join(tx, cohort_id="c1", person="ann", at=T0)
        cohorts.join(tx, cohort_id="c2", person="bo", at=T0)
        sit(tx, "a-1", "ann", right=2)
        sit(tx, "b-1", "bo", day=1, right=8)
        sit(tx, "a-2", "ann", day=2, right=4, mode=Mode.PRACTICE)

    database.write(story)
    return database


def test_a_result_says_what_the_attempt_says(sat: Database) -> None:
    attempt = sat.read(lambda tx: attempts.get(tx, "a-1"))
    score = grade(attempt)
    row = sat.read(lambda tx: results.of_attempt(tx, "a-1"))

    assert (row.learner, row.programme, row.mode) == ("ann", "topic", Mode.EXAM)
    assert (row.started_at, row.submitted_at, row.submitted_by) == (T0, T0 + timedelta(minutes=30), "learner")
    assert (row.questions, row.answered) == (8, 2)
    assert (row.points, row.max_points, row.percent, row.passed) == (score.points, 12.0, score.percent, True)
    assert 0 < row.percent < 100


def test_putting_a_result_again_changes_nothing(sat: Database) -> None:
    def everything(tx: Connection) -> tuple[object, ...]:
        return results.of_learner(tx, "ann"), results.outcomes_of_learner(tx, "ann")

    before = sat.read(everything)
    attempt = sat.read(lambda tx: attempts.get(tx, "a-1"))
    sat.write(lambda tx: keep_result(tx, attempt))
    assert sat.read(everything) == before

    sat.write(results.clear)
    assert sat.read(everything) == ([], [])
    for name in ("a-1", "a-2"):
        sat.write(lambda tx, name=name: keep_result(tx, attempts.get(tx, name)))
    assert sat.read(everything) == before


def test_an_open_attempt_has_no_result(sat: Database) -> None:
    sat.write(lambda tx: attempts.add(tx, begun("open"), "open"))
    with pytest.raises(NotFound):
        sat.read(lambda tx: results.of_attempt(tx, "open"))
    with pytest.raises(ValueError, match="not handed in"):
        sat.write(lambda tx: keep_result(tx, begun("open")))


def test_outcomes_come_back_as_they_were_graded(sat: Database) -> None:
    graded = [grade(sat.read(lambda tx, name=name: attempts.get(tx, name))) for name in ("a-1", "a-2")]

    assert sat.read(lambda tx: results.outcomes_of_learner(tx, "ann")) == [
        *graded[0].outcomes,
        *graded[1].outcomes,
    ]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), ["a-1", "b-1", "a-2"]),
        (Choice(cohort="c1"), ["a-1", "a-2"]),
        (Choice(cohort="c2"), ["a-1", "b-1", "a-2"]),
        (Choice(cohort="nothing"), []),
        (Choice(mode=Mode.EXAM), ["a-1", "b-1"]),
        (Choice(programme="topic"), ["a-1", "b-1", "a-2"]),
        (Choice(programme="other"), []),
        (Choice(since=T0 + timedelta(days=1, minutes=30)), ["b-1", "a-2"]),
        (Choice(until=T0 + timedelta(days=1, minutes=30)), ["a-1"]),
        (Choice(cohort="c1", mode=Mode.PRACTICE, since=T0, until=T0 + timedelta(days=9)), ["a-2"]),
    ],
)
def test_results_are_chosen_by_cohort_quiz_mode_and_period(sat: Database, choice: Choice, expected: list[str]) -> None:
    rows = sat.read(lambda tx: results.chosen(tx, choice))
    domains = sat.read(lambda tx: results.domains_of_chosen(tx, choice))

    assert [row.result.attempt_id for row in rows] == expected
    assert sum(domain.n for domain in domains) == 8 * len(expected)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.OLDEST, ["a-1", "b-1", "a-2"]),
        (Order.NEWEST, ["a-2", "b-1", "a-1"]),
        (Order.NAME, ["a-1", "a-2", "b-1"]),
        (Order.LOWEST, ["a-1", "a-2", "b-1"]),
        (Order.HIGHEST, ["b-1", "a-2", "a-1"]),
    ],
)
def test_chosen_results_come_in_any_order_and_a_page_at_a_time(
    sat: Database, order: Order, expected: list[str]
) -> None:
    def page(limit: int | None, offset: int) -> list[str]:
        rows = sat.read(lambda tx: results.chosen(tx, Choice(), order=order, limit=limit, offset=offset))
        return [row.result.attempt_id for row in rows]

    assert page(None, 0) == expected
    assert page(2, 0) + page(2, 2) == expected
    assert page(2, 4) == []


def test_marks_and_quizzes_say_what_the_results_say(sat: Database) -> None:
    rows = [row.result for row in sat.read(lambda tx: results.chosen(tx, Choice()))]

    assert sat.read(lambda tx: results.marks(tx, Choice())) == [
        Mark(row.learner, row.programme, row.submitted_at, row.percent, row.passed) for row in rows
    ]
    assert set(sat.read(results.quizzes)) == {("topic", Mode.EXAM), ("topic", Mode.PRACTICE)}


def test_a_chosen_result_names_its_person_and_cohorts(sat: Database) -> None:
    ann, bo, _ = sat.read(lambda tx: results.chosen(tx, Choice()))

    assert (ann.name, ann.email, ann.cohorts, ann.simulated) == ("Ann", "ann@example.org", ("Autumn", "Spring"), False)
    assert bo.cohorts == ("Spring",)
    assert bo.result == sat.read(lambda tx: results.of_attempt(tx, "b-1"))


def test_domains_are_summed_up_as_the_core_does(sat: Database) -> None:
    totals = sat.read(lambda tx: results.domains_of_chosen(tx, Choice()))
    outcomes = sat.read(lambda tx: results.outcomes_of_learner(tx, "ann"))

    mine = {each.domain: (each.n, pytest.approx(each.fraction)) for each in domain_scores(outcomes)}
    assert {each.domain: (each.n, each.fraction) for each in totals if each.learner == "ann"} == mine


def test_reading_keeps_the_latest_time_and_that_a_section_was_ever_finished(database: Database) -> None:
    def read(row: str, section: str, minute: int, *, finished: bool, person: str = "ann") -> None:
        at = T0 + timedelta(minutes=minute)
        database.write(
            lambda tx: reading.add(
                tx, row_id=row, person=person, module="safe", section=section, finished=finished, at=at
            )
        )

    database.write(lambda tx: [add_person(tx, who) for who in ("ann", "bo")])
    read("1", "one", 1, finished=True)
    read("2", "one", 5, finished=False)
    read("3", "two", 3, finished=False)
    read("4", "one", 9, finished=True, person="bo")

    assert database.read(lambda tx: reading.of_person(tx, "ann")) == {
        ("safe", "one"): reading.Reading("safe", "one", finished=True, at=T0 + timedelta(minutes=5)),
        ("safe", "two"): reading.Reading("safe", "two", finished=False, at=T0 + timedelta(minutes=3)),
    }


def test_the_audit_tells_the_latest_first(database: Database) -> None:
    entries = [audit.Entry(f"e{n}", T0 + timedelta(seconds=n), "ada", "did", f"thing {n}", "so") for n in range(5)]
    for entry in entries:
        database.write(lambda tx, entry=entry: audit.add(tx, entry))

    assert database.read(lambda tx: audit.latest(tx, 2)) == [entries[4], entries[3]]


def test_cohorts_list_their_members_and_joining_twice_changes_nothing(sat: Database) -> None:
    sat.write(lambda tx: cohorts.join(tx, cohort_id="c1", person="ann", at=T0 + timedelta(days=3)))

    assert sat.read(cohorts.every) == [cohorts.Cohort("c1", "Autumn", T0, 1), cohorts.Cohort("c2", "Spring", T0, 2)]
    assert sat.read(lambda tx: cohorts.members(tx, "c1")) == [cohorts.Member("ann", "Ann", "ann@example.org", T0)]
    assert list(sat.read(lambda tx: cohorts.of_person(tx, "ann"))) == ["c1", "c2"]

    sat.write(lambda tx: cohorts.leave(tx, cohort_id="c1", person="ann"))
    assert sat.read(lambda tx: cohorts.get(tx, "c1")).members == 0


def test_a_cohort_needs_a_title_of_its_own_and_must_be_there_to_be_joined(sat: Database) -> None:
    with pytest.raises(Refusal, match="Autumn"):
        sat.write(lambda tx: cohorts.add(tx, cohort_id="c3", title="Autumn", at=T0))
    with pytest.raises(NotFound):
        sat.write(lambda tx: cohorts.join(tx, cohort_id="c9", person="ann", at=T0))
