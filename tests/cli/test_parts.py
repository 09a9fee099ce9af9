"""`analyse` of a part of the answers in the database, and `rebuild --check`, which proves what is kept."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Shell


def test_a_part_is_narrowed_by_days_and_cohort_and_its_model_is_not_kept(shell: Shell, cohort: Path) -> None:
    programme = ("analyse", "--programme", "exam-sample", "--json")
    whole, part = shell(*programme), shell(*programme, "--since", "1970-01-01", "--until", "2999-12-31")
    spring = shell(*programme, "--cohort", "Simulated cohort: spring", "--model", "rasch")
    nobody = shell(*programme, "--cohort", "Nobody")

    assert whole.json["test"] == part.json["test"]
    assert sorted(map(str, whole.json["items"])) == sorted(map(str, part.json["items"]))
    assert 5 <= spring.json["test"]["n"] < whole.json["test"]["n"]
    assert "Kept as calibration" not in spring.err
    assert (nobody.status, "There are: 'Simulated cohort" in nobody.complaint) == (1, True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("answers.csv", "--since", "2026-01-01"), "give --programme"),
        (("--programme", "a", "--since", "2026-02-01", "--until", "2026-01-01"), "--since is after --until"),
        (("--programme", "a", "--since", "tomorrow"), "invalid"),
    ],
)
def test_parts_that_cannot_be_are_said(shell: Shell, given: tuple[str, ...], said: str) -> None:
    done = shell("analyse", *given)

    assert done.status == 2
    assert said in done.err


def test_what_is_kept_is_proved_or_what_differs_is_named(shell: Shell, cohort: Path) -> None:
    good = shell("rebuild", "--check")
    with sqlite3.connect(cohort / "needlewise.db") as tx:
        tx.execute("UPDATE score_counts SET n = n + 1 WHERE programme = 'exam-sample'")
    bad, told = shell("rebuild", "--check"), shell("rebuild", "--check", "--json")

    assert (good.status, "exactly those of the answers" in good.out) == (0, True)
    assert bad.status == told.status == 1
    assert "score_counts: exam-sample exam" in bad.out
    assert not told.json["holds"]
    assert {each["table"] for each in told.json["different"]} == {"score_counts"}
    assert shell("rebuild", "--json").status == 2
