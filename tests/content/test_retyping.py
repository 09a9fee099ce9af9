"""An item as another type: what comes of it loads, what is lost is named, and nothing else goes."""

import pytest

from training.content.banks import load_bank
from training.content.field_splicing import with_fields
from training.content.retyping import Retyped, retyped
from training.content.source import read_source
from training.core.items import BY_TYPE
from training.core.items.case import Case
from training.core.items.numeric import Numeric
from training.core.items.options import OptionsItem
from training.core.items.short_text import ShortText
from training.core.items.single_best import SingleBest

FILE = "b.yaml"


def bank(kind: str) -> str:
    return "bank: demo\ntitle: Demo\nitems:\n  - " + BY_TYPE[kind].EXAMPLE.replace("\n", "\n    ").rstrip() + "\n"


def made(kind: str, other: str) -> tuple[Retyped, str]:
    text = bank(kind)
    source, _ = read_source(FILE, text)
    assert source is not None
    item = source.data["items"][0]
    new = retyped(item, other)
    return new, with_fields(FILE, text, item["id"], new.fields)


@pytest.mark.parametrize("kind", BY_TYPE)
def test_every_type_becomes_every_other_and_can_be_read(kind: str) -> None:
    for other in BY_TYPE.keys() - {kind}:
        _, text = made(kind, other)
        found, problems = load_bank(FILE, text)[:2]

        assert (other, problems) == (other, [])
        assert found.items[0].type == other
        assert found.items[0].status == "draft"
        assert found.items[0].references


def test_options_reasons_and_the_right_one_carry_over() -> None:
    new, text = made("single_best", "multiple_response")
    before, after = (load_bank(FILE, each)[0].items[0] for each in (bank("single_best"), text))

    assert isinstance(before, OptionsItem)
    assert isinstance(after, OptionsItem)
    assert (new.lost, new.unwritten) == ((), 0)
    assert [(o.text, o.correct, o.why) for o in after.options] == [(o.text, o.correct, o.why) for o in before.options]


def test_the_right_option_becomes_the_accepted_answer_and_the_others_known_mistakes() -> None:
    new, text = made("single_best", "short_text")
    item = load_bank(FILE, text)[0].items[0]

    assert isinstance(item, ShortText)
    assert new.lost == ()
    assert item.accepted == ("Remove the needle now",)
    assert [each.text for each in item.mistakes] == ["Finish the last two insertions", "Persuade the patient to go on"]


def test_a_number_becomes_an_option_and_a_number_again() -> None:
    new, text = made("numeric", "single_best")
    item = load_bank(FILE, text)[0].items[0]
    assert isinstance(item, SingleBest)
    assert (item.options[0].text, item.options[0].correct) == ("31 %", True)
    assert new.lost == (("tolerance", "0.5"),)

    source, _ = read_source(FILE, text)
    assert source is not None
    again = with_fields(FILE, text, item.id, retyped(source.data["items"][0], "numeric").fields)
    number = load_bank(FILE, again)[0].items[0]
    assert isinstance(number, Numeric)
    assert (number.answer, number.unit, len(number.mistakes)) == (31, "%", 1)


def test_what_has_no_place_in_the_other_type_is_named_piece_by_piece() -> None:
    new, _ = made("single_best", "true_false")

    assert ("text", "Remove the needle now") in new.lost
    assert ("why", "Unsafe. A refusal is final and is not argued with.") in new.lost
    assert new.unwritten == 2


def test_that_only_one_of_two_right_options_stays_right_is_named() -> None:
    new, text = made("multiple_response", "single_best")

    assert ("correct", "true") in new.lost
    item = load_bank(FILE, text)[0].items[0]
    assert isinstance(item, OptionsItem)
    assert sum(each.correct for each in item.options) == 1


def test_an_item_becomes_the_first_part_of_a_case_and_loses_nothing() -> None:
    new, text = made("single_best", "case")
    item = load_bank(FILE, text)[0].items[0]

    assert isinstance(item, Case)
    assert new.lost == ()
    assert item.parts[0].type == "single_best"
    assert item.parts[0].stem.startswith("Half-way")


def test_remarks_above_what_stays_are_kept() -> None:
    text = bank("single_best").replace("    references:", "    # checked with the board\n    references:")
    source, _ = read_source(FILE, text)
    assert source is not None
    item = source.data["items"][0]

    assert "# checked with the board" in with_fields(FILE, text, item["id"], retyped(item, "ordering").fields)
