"""A place is found in one entry of a bank as it would be in the whole file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SAMPLE
from training.content.parts import Kind, Unit, contents, find_units, read_part
from training.content.source import Data, read_source
from training.content.source import Path as Place
from training.content.tracing import Tracer

CONTENT = Path(__file__).parents[2]
BANKS = [(root, unit) for root in (SAMPLE, CONTENT) for unit in find_units(root) if unit.kind is Kind.BANK]


def places(data: Data, path: Place = ()) -> Iterator[Place]:
    yield path
    rows = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in rows:
        yield from places(value, (*path, name))


@pytest.mark.parametrize(("root", "unit"), BANKS, ids=[unit.stem for _, unit in BANKS])
def test_every_value_of_every_bank_is_where_the_whole_file_has_it(root: Path, unit: Unit) -> None:
    raw = contents(root, unit)
    source, _ = read_source(unit.file, raw[unit.file])
    lines = read_part(unit, raw, "").lines
    assert source
    assert len(lines) == len(source.data["items"])
    tracer = Tracer(unit.file, raw[unit.file], lines)

    apart = [path for path in places(source.data) if tracer.place(path) != source.place(path)]

    assert apart == []


@pytest.mark.parametrize(
    "text",
    [
        "items:\n  - a: 1\n  - a: 2\nbank: below\n",
        "items:\n  - a: 1\n\n  # said before\n  - a: >-\n      - not an entry\n  - a: 3",
        "items:\r\n- a: 1\r\n- a: 2\r\n",
        "items: [{a: 1}, {a: 2}]\n",
        "items:\n  -\n    a: 1\n  - a: 2\n",
        "items:\n  - a: 1\n    b: ünï\n  - a: one\u2028      two\n  - a: 3\n",
    ],
)
def test_files_that_are_written_otherwise_are_traced_just_so(text: str) -> None:
    source, _ = read_source("x.yaml", text)
    assert source
    tracer = Tracer("x.yaml", text.encode(), source.entry_lines("items"))

    assert {path: tracer.place(path) for path in places(source.data)} == {
        path: source.place(path) for path in places(source.data)
    }
