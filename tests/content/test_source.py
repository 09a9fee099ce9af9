"""Reading YAML with care: places, syntax, and files that no honest author writes."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.content.conftest import located
from training.content.hostile import MAX_BYTES
from training.content.source import read_source
from training.core.problem import Problem


def problem(text: str | bytes) -> Problem:
    """The one problem of a text that cannot be read."""
    source, problems = read_source("x.yaml", text)
    assert source is None
    (found,) = problems
    return found


def test_every_value_and_every_key_has_its_place() -> None:
    source, problems = read_source("x.yaml", "a: 1\nlist:\n  - b: two\n    c:\n      d: ünï\n  - e\n")
    assert source
    assert not problems

    assert source.data == {"a": "1", "list": [{"b": "two", "c": {"d": "ünï"}}, "e"]}
    assert source.place(("a",)) == (1, 4)
    assert source.place(("list", 0, "c", "d")) == (5, 10)
    assert source.place(("list", 0, "c", "d"), key=True) == (5, 7)
    assert source.place(("list", 1)) == (6, 5)
    assert source.place(("list", 0, "missing")) == (3, 5)
    assert source.place(("list", 7)) == (3, 3)


def test_an_empty_value_is_nothing_and_a_quoted_one_is_a_text() -> None:
    source, _ = read_source("x.yaml", 'a:\nb: ""\nc: null\nd: ~\ne: >-\n')

    assert source
    assert source.data == {"a": None, "b": "", "c": "null", "d": "~", "e": ""}


@pytest.mark.parametrize(
    ("text", "place", "words", "hint"),
    [
        ("stem: Consent: what first?", (1, 14), "mapping values are not allowed", "put quotes around"),
        ("item: {stem: Dose in mg?, answer: [5}", (1, 37), "not valid YAML", "block style"),
        ("a: 1\n\tb: 2", (2, 1), "tab character", "not with a tab"),
        ("a: @home", (1, 4), "cannot start any token", "starts with @"),
        ('a: "never closed\nb: 2\n', (3, 1), "end of stream", "not closed"),
        ("a: 1\n---\nb: 2\n", (2, 1), "another document", "one document"),
        ("items:\n  - a: 1\n - b: 2\n", (3, 2), "", "indentation"),
        ("just text\nmore: of it\n", (2, 5), "mapping values", "quotes"),
    ],
)
def test_a_syntax_error_says_where_and_what_usually_causes_it(
    text: str, place: tuple[int, int], words: str, hint: str
) -> None:
    found = problem(text)

    assert found.code == "Y001"
    assert (found.line, found.column) == place
    assert words in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: &big [1, 2]\nb: *big\n", "Y003", (1, 4)),
        ("- *nowhere\n", "Y003", (1, 3)),
        ("a: !!python/object/apply:os.system [ls]\n", "Y004", (1, 4)),
        ("a: ! b\n", "Y004", (1, 4)),
        ("- !secret\n", "Y004", (1, 3)),
        ("a:\n  <<: b\n", "Y005", (2, 3)),
        ("a: " + "[" * 30 + "]" * 30, "Y007", (1, 27)),
        ("[" * 100_000, "Y007", (1, 25)),
        ("a: " + "{a: " * 3_000, "Y007", (1, 96)),
        ("- " * 3_000 + "x", "Y007", (1, 49)),
        ("".join("  " * depth + "a:\n" for depth in range(60)), "Y007", (25, 49)),
        (b"a: caf\xe9\n", "Y008", (1, 7)),
        (b"b: 1\na: \xff\xfe\n", "Y008", (2, 4)),
        ("a: x\nb: bad \x07 bell\n", "Y008", (2, 8)),
        ("", "Y009", (1, 1)),
        ("# nothing yet\n", "Y009", (1, 1)),
    ],
)
def test_a_hostile_file_is_refused_where_it_is_hostile(text: str | bytes, code: str, place: tuple[int, int]) -> None:
    found = problem(text)

    assert (found.code, (found.line, found.column)) == (code, place)


def test_a_billion_laughs_are_refused_at_once() -> None:
    laughs = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    began = time.process_time()

    assert problem(laughs).code == "Y003"
    assert time.process_time() - began < 1


def test_an_oversized_file_is_refused_unread() -> None:
    began = time.process_time()

    assert problem("a" * (MAX_BYTES + 1)).code == "Y006"
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text", ["a: R&D", "a: *not* an alias", "a: 5 * 3", 'a: "!important"', "a: wow! yes", "a: b & c"]
)
def test_signs_inside_a_text_are_no_attack(text: str) -> None:
    source, problems = read_source("x.yaml", text)

    assert (problems == []) is (not text.startswith("a: *"))
    assert (source is not None) is (not text.startswith("a: *"))


def test_double_keys_are_found_wherever_they_stand() -> None:
    source, problems = read_source("x.yaml", "a: 1\nb:\n  - c: 1\n    c: 2\n    d: 3\na: 2\n")

    assert sorted(located(problems)) == [
        (4, 5, "Y002", "'c' stands twice here; keep one of them"),
        (6, 1, "Y002", "'a' stands twice here; keep one of them"),
    ]
    assert source
    assert source.data == {"a": "1", "b": [{"c": "1", "d": "3"}]}
    assert source.flawed == {(), ("b", 0)}


def test_a_key_that_is_a_list_is_named() -> None:
    _, problems = read_source("x.yaml", "? [a, b]\n: c\nd: e\n")

    assert located(problems) == [
        (1, 3, "Y002", "a list or block of fields cannot be the name of a field; write a name and a colon")
    ]


def test_a_byte_order_mark_is_no_mistake() -> None:
    source, problems = read_source("x.yaml", b"\xef\xbb\xbfa: 1\n")

    assert source
    assert source.data == {"a": "1"}
    assert problems == []


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[2].glob("[mpq]*/**/*.yaml")), ids=lambda path: path.name)
def test_every_file_reads_as_pyyaml_reads_it_without_its_guesses(path: Path) -> None:
    source, problems = read_source(path.name, path.read_bytes())

    assert problems == []
    assert source
    assert _nothing_as_text(source.data) == yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)


def _nothing_as_text(data: Any) -> Any:
    """PyYAML's BaseLoader does not tell an empty value from an empty text."""
    if isinstance(data, dict):
        return {key: _nothing_as_text(value) for key, value in data.items()}
    return [_nothing_as_text(each) for each in data] if isinstance(data, list) else data or ""
