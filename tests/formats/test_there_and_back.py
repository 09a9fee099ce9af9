"""Every format that is written and read: what comes back is what went, less what the report names."""

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from tests.formats.banks import bank_of
from tests.formats.there_and_back import all_told, batch, differences, every_kind
from training.core.bank import Bank
from training.formats import FORMATS, guess
from training.formats.base import Format

BOTH_WAYS = [each for each in FORMATS if each.name in ("moodle-xml", "qti21", "qti30")]


@pytest.mark.parametrize("form", BOTH_WAYS, ids=lambda form: form.name)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bank=every_kind)
@example(bank=bank_of("numeric", answer=11.0, tolerance=0.0, why="0", mistakes=[{"answer": 0.0, "why": "0\xa00"}]))
def test_a_bank_comes_back_less_what_the_report_names(form: Format, bank: Bank) -> None:
    written = form.write(batch(*bank.items))
    assume(all_told(written, bank.items))
    back = form.read(written.data, f"bank{form.suffix}")

    sent = all_told(written, bank.items)
    assert back.problems == ()
    assert [draft.name for draft in back.drafts] == [item.id for item in sent]
    changed = {item.id: differences(item, draft, written.losses) for item, draft in zip(sent, back.drafts, strict=True)}
    assert {name: fields for name, fields in changed.items() if fields} == {}


@pytest.mark.parametrize("form", BOTH_WAYS, ids=lambda form: form.name)
@settings(max_examples=5, deadline=None)
@given(bank=every_kind)
def test_what_a_format_writes_is_guessed_as_that_format(form: Format, bank: Bank) -> None:
    assert guess(form.write(batch(*bank.items)).data, "anything").name == form.name
