"""`coverage`: objectives, levels and counts, and what is missing."""

from pathlib import Path

from tests.cli.conftest import Shell


def test_every_objective_is_counted_by_level_and_what_is_missing_is_named(shell: Shell) -> None:
    done = shell("coverage", "--json")

    found = done.json
    assert done.status == 1
    assert len(found["objectives"]) == 33
    rows = {row["objective"]: row for row in found["objectives"]}
    assert [rows[name]["needed"] for name in ("7.2", "1.1", "1.3")] == [4, 6, 8]
    assert all(row["items"] == sum(row["levels"].values()) for row in found["objectives"])
    assert all(row["missing"] == max(0, row["needed"] - row["items"]) for row in found["objectives"])
    assert sum(row["items"] for row in found["objectives"]) == found["items"]
    assert f"all: needs 480 items, has {found['items']}" in found["missing"]


def test_items_in_review_are_counted_apart(shell: Shell, content: Path) -> None:
    before = shell("coverage", "--json").json
    bank = content / "question_banks/sample-safety.yaml"
    bank.write_text(bank.read_text().replace("status: approved", "status: review", 1))

    after = shell("coverage", "--json").json

    assert after["waiting_in_review"] == before["waiting_in_review"] + 1
    assert after["items"] == before["items"] - 1


def test_the_table_says_the_same_for_people(shell: Shell) -> None:
    done = shell("coverage")

    assert done.status == 1
    assert "wait in review" in done.out
    assert "missing: objective 1.3 (sentinel): needs 8 items" in done.out
