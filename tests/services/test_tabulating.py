"""Who chose what, for every item type: counted as it was given, row by row, on either database."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from tests.core.test_items import every_type, example, form_with
from training.core.attempt import answer, begin, submit
from training.core.blueprint import Mode
from training.core.interaction import Value
from training.core.items import Item
from training.core.picks import rows_of
from training.core.question import Question
from training.core.score import grade
from training.core.tally import tally
from training.services.summing import Summed, items_of
from training.store import attempts, sums
from training.store.database import Connection, Database
from training.store.sum_reading import Of

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def answered(database: Database, item: Item, values: Iterable[Value]) -> tuple[Question, Summed]:
    """Let one person after the other answer the item's first question; gives the question and the sums."""
    form, changes = form_with(item), sums.Changes()
    for number, value in enumerate(values):
        attempt = begin(f"a-{number}", learner=f"p-{number}", form=form, now=T0)
        attempt = submit(answer(attempt, 0, value, seen=0, now=T0 + timedelta(seconds=30)), now=T0)
        changes.add(tally(attempt, grade(attempt).outcomes, None))

    def work(tx: Connection) -> Summed:
        attempts.add_questions(tx, form)
        changes.write(tx)
        return items_of(tx, Of(Mode.PRACTICE, programme="sample"))

    return form.slots[0].question, database.write(work)


@every_type
def test_options_are_counted_as_they_were_given(database: Database, item_type: type[Item]) -> None:
    item = example(item_type)
    right, wrong = item_type.EXAMPLE_ANSWERS.correct[0], item_type.EXAMPLE_ANSWERS.incorrect[0]
    asked, summed = answered(database, item, [right] * 18 + [wrong] * 6)
    place = summed.place_of()[next(iter(summed.items)).digests[0]]
    uses, rows = summed.options.uses[place], rows_of(asked)

    assert len(uses) == len(summed.options.names(place)) == sum(len(row.options) for row in rows)
    for number in range(len(rows)):
        start = sum(len(row.options) for row in rows[:number])
        own = uses[start : start + len(rows[number].options)]
        chosen = sum(use.n for use in own if use.right)
        assert chosen >= 18
        assert all(use.share == pytest.approx(use.n / 24) for use in own)
