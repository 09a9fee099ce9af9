"""The linter is as good as docs/linter.md says, and no rule warns that is wrong too often."""

import pytest

from tests.linting.fresh import Tried
from tests.linting.measuring import FILE, Measured, measure, page, too_loud, try_fresh
from training.content.rules import RULES


@pytest.fixture(scope="module")
def rows() -> list[Measured]:
    return measure()


@pytest.fixture(scope="module")
def fresh() -> list[Tried]:
    return try_fresh()


def shares(line: str) -> tuple[int, int]:
    """Recall and precision of one line of the table, in percent."""
    cells = [cell.strip(" %") for cell in line.strip("|\n ").split(" | ")]
    return int(cells[4]), int(cells[6])


def is_share(line: str) -> bool:
    return line.startswith("| B") and "%" in line


def test_the_published_table_is_what_the_rules_do(rows: list[Measured]) -> None:
    published = {line[2:6]: shares(line) for line in FILE.read_text("utf-8").splitlines() if is_share(line)}
    measured = {line[2:6]: shares(line) for line in page(rows, []).splitlines() if is_share(line)}
    apart = {
        code: (published.get(code), now)
        for code, now in measured.items()
        if code not in published or max(abs(then - each) for then, each in zip(published[code], now, strict=True)) > 10
    }

    assert apart == {}, "write it again with `python -m tests.linting.measuring`"


def test_a_rule_below_eighty_percent_precision_is_advice(rows: list[Measured]) -> None:
    assert too_loud(rows) == []


def test_every_rule_is_measured(rows: list[Measured]) -> None:
    assert [row.code for row in rows] == sorted(RULES)


def test_every_rule_finds_some_of_its_flaws(rows: list[Measured]) -> None:
    assert [row.code for row in rows if row.found < 20] == []


def test_what_the_rules_find_of_fresh_wordings_is_published(fresh: list[Tried]) -> None:
    published = FILE.read_text("utf-8")

    assert [row.code for row in fresh if row.line not in published] == []


def test_rules_are_wrong_of_few_clean_wordings_that_come_close(fresh: list[Tried]) -> None:
    assert [row.code for row in fresh if row.found < 4 * row.false] == []
