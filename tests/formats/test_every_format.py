"""What holds of every format: each item type is written or refused in words, and the page of formats tells all of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.formats.banks import arrived
from tests.formats.test_papers import batch, examples
from training.core.items import Item
from training.formats import BY_NAME, FORMATS, guess
from training.formats.base import Code, Format
from training.formats.columns import FOR_READERS, PLAIN_COLUMNS
from training.formats.labels import NOT_CARRIED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
WRITERS = [each for each in FORMATS if each.write]
TWO_WAY = [each for each in FORMATS if each.write and each.read]
AMOUNT_TO = {"extended_matching", "script_concordance", "parameterised"}


@pytest.mark.parametrize("form", WRITERS, ids=lambda form: form.name)
@pytest.mark.parametrize("item", [each for each in examples().items if each.size == 1], ids=lambda item: item.type)
def test_every_item_type_is_written_or_left_out_with_a_reason(form: Format, item) -> None:
    assert form.write
    written = form.write(batch(item))

    assert written.left_out or len(written.data) > 100
    if not form.keeps_cases and not written.left_out and item.type in AMOUNT_TO:
        assert "type" in {loss.field for loss in written.losses}


def carried(form: Format, item: Item) -> str:
    """Say how much of an item a format holds, labels that no format carries aside."""
    assert form.write
    if item.size > 1 and not form.keeps_cases:
        return "not"
    pictures = {file: (ROOT / file).read_bytes() for _, file in item.pictures}
    written = form.write(replace(batch(item), pictures=pictures))
    if written.left_out:
        return "not"
    return "partly" if {loss.field for loss in written.losses} - {*NOT_CARRIED, "status"} else "whole"


@pytest.mark.parametrize("item", examples().items, ids=lambda item: item.type)
def test_the_page_says_of_every_kind_what_each_format_holds(item: Item) -> None:
    row = " | ".join(carried(form, item) for form in WRITERS)

    assert "| kind | " + " | ".join(f"`{form.name}`" for form in WRITERS) + " |" in PAGE
    assert f"| {item.type} | {row} |" in PAGE


@pytest.mark.parametrize("form", TWO_WAY, ids=lambda form: form.name)
def test_what_a_format_writes_it_knows_again_and_reads_item_for_item(form: Format) -> None:
    assert form.write
    assert form.read
    items = [item for item in examples().items if item.size == 1]
    written = form.write(batch(*items))
    name = f"bank{form.suffix}"

    assert guess(written.data, name) is form
    back = [read.item.id for read in arrived(form.read(written.data, name), name) if read.item]
    gone = {problem.message.split()[0] for problem in written.left_out}
    assert back == [item.id for item in items if item.id not in gone]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_format_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("code", list(Code))
def test_every_code_is_on_the_page(code: Code) -> None:
    assert re.search(rf"^\| {code} \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("column", [*PLAIN_COLUMNS, *FOR_READERS])
def test_every_column_is_on_the_page(column: str) -> None:
    assert f"`{column}`" in PAGE
