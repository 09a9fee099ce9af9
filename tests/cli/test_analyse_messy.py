"""`analyse` on files as they come: each gives the numbers that plain arithmetic gives, or says what is wrong and where."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from training.cli import main

PERSONS, ITEMS = 40, 6
SCORES = (np.random.default_rng(5).random((PERSONS, ITEMS)) < np.linspace(0.3, 0.8, ITEMS)).astype(int)
HEAD = ["person", *(f"q{place}" for place in range(1, ITEMS + 1))]
ROWS = [[f"p{place}", *map(str, row)] for place, row in enumerate(SCORES.tolist(), 1)]
Rows = list[list[str]]
Heard = pytest.CaptureFixture[str]


def table(rows: Rows = ROWS, head: list[str] = HEAD, between: str = ",") -> str:
    return "\n".join(between.join(row) for row in [head, *rows]) + "\n"


def each(change: Callable[[str], str]) -> Rows:
    return [[row[0], *map(change, row[1:])] for row in ROWS]


def long() -> str:
    cells = [f"x,{row[0]},{item},{cell},{{}}\n" for row in ROWS for item, cell in zip(HEAD[1:], row[1:], strict=True)]
    return "date,person,item,score,remark\n" + "".join(cells)


FINE: dict[str, bytes] = {
    "semicolons": table(between=";").encode(),
    "tabs": table(between="\t").encode(),
    "a byte order mark and CRLF": b"\xef\xbb\xbf" + table().replace("\n", "\r\n").encode(),
    "decimal commas": table(each(lambda cell: f"{cell},0"), between=";").encode(),
    "percent signs": table(each(lambda cell: f"{100 * int(cell)} %")).encode(),
    "TRUE and FALSE": table(each(lambda cell: "TRUE" if cell == "1" else "FALSE")).encode(),
    "blank lines and empty rows": (table().replace("\np7,", "\n\np7,") + "," * ITEMS + "\n\n").encode(),
    "spaces in names and cells": table(each(lambda cell: f" {cell} "), [f" {name} " for name in HEAD]).encode(),
    "a column of names": table([[f"Name {row[0]}", *row[1:]] for row in ROWS], ["Teilnehmer", *HEAD[1:]]).encode(),
    "numbers for persons": table([[str(100 + n), *row[1:]] for n, row in enumerate(ROWS)], ["Nr", *HEAD[1:]]).encode(),
    "no persons": table([row[1:] for row in ROWS], HEAD[1:]).encode(),
    "quoted line breaks": table([[f'"{row[0]}\nsecond line"', *row[1:]] for row in ROWS]).encode(),
    "long with more columns": long().encode(),
    "long with a number for each row": "".join(
        f"{place or 'id'},{line}\n" for place, line in enumerate(long().splitlines())
    ).encode(),
    "long in other words": long().replace("person,item,score", "Student ID,Question ID,Is correct").encode(),
    "long with the option beside the score": long().replace("date,", "Response,").encode(),
    "UTF-16 as Excel writes Unicode text": table(between="\t").encode("utf-16"),
    "UTF-16 with no mark": table().encode("utf-16-le"),
    "UTF-16 from the other end": table().encode("utf-16-be"),
    "Windows-1252": table([[f"Zo\u00eb {row[0]}", *row[1:]] for row in ROWS]).encode("cp1252"),
    "a line for Excel": b"sep=;\r\n" + table(between=";").encode(),
    "blank lines first": b"\n\n" + table().encode(),
    "a line break and commas in the header": table(head=['"who,\nwhere, or why"', *HEAD[1:]], between=";").encode(),
    "a comma after each line": table().replace("\n", ",\n").encode(),
    "an empty column": table([[*row[:3], "", *row[3:]] for row in ROWS], [*HEAD[:3], "", *HEAD[3:]]).encode(),
    "bars": table(between="|").encode(),
    "persons with no title": table(head=["", *HEAD[1:]]).encode(),
    "a class of 0 or 1 with no title": table(
        [[str(n % 2), *row[1:]] for n, row in enumerate(ROWS)], ["", *HEAD[1:]]
    ).encode(),
}
UNANSWERED = ["", "NA", "n/a", "-", "\u2013", ".", "null", "#N/A", "None", "?"]
MEAN = ["Mean", *(f"{value:.2f}" for value in SCORES.mean(axis=0))]
NAMELESS = [*(row[1:] for row in ROWS), MEAN[1:]]
SHARE = [[*row, f"{float(share):.3f}"] for row, share in zip(ROWS, SCORES.mean(axis=1), strict=True)]
BAD: dict[str, tuple[bytes, str]] = {
    "items and scores with nobody": (
        b"item,score\nq1,1\nq2,0\n",
        ":1: there is a column 'item' with a score, and none",
    ),
    "a picture": (bytes(range(256)) * 40, ": this is not text"),
    "bytes that mean nothing": (table().encode() + b"\x81\xff", "neither UTF-8 text nor any other that is known"),
    "no header": (table(NAMELESS[:-1], NAMELESS[0]).encode(), ":1: this line must name the columns, but it holds ans"),
    "a quote that is not closed": (
        table().replace("\np9,", '\n"p9,').encode(),
        ":10: 1 cells where the header has 7; ",
    ),
    "percent without a sign": (table(each(lambda cell: f"{100 * int(cell)}")).encode(), "divide points or percent by"),
    "points": (table(each(lambda cell: f"{3 * int(cell)}")).encode(), "divide points or percent by the most there is"),
    "a row of totals": (table([*ROWS, ["Total", *map(str, SCORES.sum(axis=0))]]).encode(), f":{PERSONS + 2}: "),
    "a row of means": (table([*ROWS, MEAN]).encode(), f":{PERSONS + 2}: this row, 'Mean', sums up the others"),
    "a row of means with no name": (
        table(NAMELESS, HEAD[1:]).encode(),
        f":{PERSONS + 2}: this row, the last one, sums",
    ),
    "a column of means": (table(SHARE, [*HEAD, "Share"]).encode(), "'Share' sums up the others; pass over it with"),
    "a column by the name of total": (table([[*row, "1"] for row in ROWS], [*HEAD, "Total"]).encode(), "'Total' sums"),
    "totals in a long file": ((long() + "x,Total,q1,1,\n").encode(), "'Total' sums up others and is no person"),
    "a NUL": (table().replace("\np5,1", "\np5,\0").replace("\np5,0", "\np5,\0").encode(), ":6: "),
    "a spreadsheet": (b"PK\x03\x04" + bytes(40), "this is a spreadsheet or an archive, not CSV"),
    "a longer row": (table().replace("\np7,", "\np7,1,").encode(), f":8: {ITEMS + 2} cells where the header has"),
}


def by_hand() -> tuple[float, float, float]:
    """Mean, SD and alpha of the sum scores, as a textbook has them."""
    total, k = SCORES.sum(axis=1), ITEMS
    alpha = k / (k - 1) * (1 - SCORES.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    return float(total.mean()), float(total.std(ddof=1)), float(alpha)


@pytest.mark.parametrize("name", FINE)
def test_a_file_as_it_comes_gives_the_numbers_of_plain_arithmetic(capsys: Heard, tmp_path: Path, name: str) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(FINE[name])
    assert main(["analyse", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    test = found["test"]
    rest = [np.corrcoef(SCORES[:, item], SCORES.sum(1) - SCORES[:, item])[0, 1] for item in range(ITEMS)]

    assert (test["n"], test["items"]) == (PERSONS, ITEMS)
    assert [test["mean"], test["sd"], test["alpha"]] == pytest.approx(by_hand(), abs=1e-9)
    assert [item["id"] for item in found["items"]] == HEAD[1:]
    assert [item["p"] for item in found["items"]] == pytest.approx(SCORES.mean(axis=0).tolist())
    assert [item["r_rest"] for item in found["items"]] == pytest.approx(rest, abs=1e-9)


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_right_is_refused_and_says_where(capsys: Heard, tmp_path: Path, name: str) -> None:
    file, (data, complaint) = tmp_path / "answers.csv", BAD[name]
    file.write_bytes(data)
    status, heard = main(["analyse", str(file), "--json"]), capsys.readouterr()

    assert (status, heard.out) == (2, "")
    assert complaint in heard.err
    assert "answers.csv" in heard.err


def test_a_key_in_another_order_takes_options_however_they_are_written(capsys: Heard, tmp_path: Path) -> None:
    file, key = tmp_path / "answers.csv", tmp_path / "key.csv"
    file.write_text(table(each(lambda cell: " A" if cell == "1" else "b ")), "utf-8")
    key.write_text("item,key\n" + "".join(f"{item},a\n" for item in reversed(HEAD[1:])), "utf-8")
    assert main(["analyse", str(file), "--key", str(key), "--json"]) == 0
    test = json.loads(capsys.readouterr().out)["test"]

    assert [test["mean"], test["sd"], test["alpha"]] == pytest.approx(by_hand(), abs=1e-9)


@pytest.mark.parametrize("mark", UNANSWERED)
def test_what_stands_for_no_answer_counts_for_nobody(capsys: Heard, tmp_path: Path, mark: str) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(table([ROWS[0], [ROWS[1][0], mark, *ROWS[1][2:]], *ROWS[2:]]), "utf-8")
    assert main(["analyse", str(file), "--json"]) == 0
    first, second, *_ = json.loads(capsys.readouterr().out)["items"]

    assert (first["n"], second["n"]) == (PERSONS - 1, PERSONS)
    assert first["p"] == pytest.approx(np.delete(SCORES[:, 0], 1).mean())


TWO_RIGHT = each(lambda cell: "A" if cell == "1" else "b")
KEYS: dict[str, str] = {
    "a row each": "item,key\n" + "".join(f"{item},A\n" for item in HEAD[1:]),
    "other words and capitals": "Question ID;Correct answer\n" + "".join(f"{item.upper()};a\n" for item in HEAD[1:]),
    "a column each": ",".join(HEAD[1:]) + "\n" + ",".join("A" for _ in HEAD[1:]) + "\n",
    "a column each beside a name": table([["KEY", *("A" for _ in HEAD[1:])]]),
    "more columns": "topic,item,key\n" + "".join(f"x,{item},A\n" for item in HEAD[1:]),
    "several by a bar": "item,key\n" + "".join(f"{item},A|C\n" for item in HEAD[1:]),
    "several by a semicolon": "item,key\n" + "".join(f"{item},A;C\n" for item in HEAD[1:]),
    "several by a comma": "item,key\n" + "".join(f'{item},"a, c"\n' for item in HEAD[1:]),
    "several by a slash": "item,key\n" + "".join(f"{item},A/C\n" for item in HEAD[1:]),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_may_have_any_of_these_shapes(capsys: Heard, tmp_path: Path, name: str) -> None:
    file, key = tmp_path / "answers.csv", tmp_path / "key.csv"
    file.write_text(table([*TWO_RIGHT, ["last", *("C" * ITEMS)]]), "utf-8")
    key.write_text(KEYS[name], "utf-8")
    assert main(["analyse", str(file), "--key", str(key), "--json"]) == 0
    heard = capsys.readouterr()
    right = SCORES.sum(axis=0) + ("several" in name)

    assert [each["id"] for each in json.loads(heard.out)["items"]] == HEAD[1:]
    assert [each["p"] for each in json.loads(heard.out)["items"]] == pytest.approx((right / (PERSONS + 1)).tolist())
    assert heard.err == ""


def keyed(folder: Path, key: str, rows: Rows = TWO_RIGHT) -> int:
    (folder / "answers.csv").write_text(table(rows), "utf-8")
    (folder / "key.csv").write_text(key, "utf-8")
    return main(["analyse", str(folder / "answers.csv"), "--key", str(folder / "key.csv"), "--json"])


def test_a_key_that_fits_no_answer_is_refused_and_one_that_fits_all_but_one_item_names_it(
    capsys: Heard, tmp_path: Path
) -> None:
    assert keyed(tmp_path, KEYS["a row each"].replace(",A", ",z")) == 2
    assert "answers.csv: of no item did anybody choose what the key calls right" in capsys.readouterr().err
    assert keyed(tmp_path, KEYS["a row each"].replace("q2,A", "q2,z")) == 0
    assert capsys.readouterr().err == "needlewise: nobody chose what the key calls right: q2\n"


def test_two_keys_for_one_item_are_refused_with_both_lines(capsys: Heard, tmp_path: Path) -> None:
    assert keyed(tmp_path, KEYS["a row each"] + "q1,B\n") == 2
    assert "key.csv:8: item 'q1' has two keys: on line 2 it has another" in capsys.readouterr().err


def test_an_option_with_a_comma_in_it_stays_whole(capsys: Heard, tmp_path: Path) -> None:
    rows = each(lambda cell: '"Yes, always"' if cell == "1" else "always")
    assert keyed(tmp_path, "item,key\n" + "".join(f'{item},"yes, always"\n' for item in HEAD[1:]), rows) == 0
    found = json.loads(capsys.readouterr().out)["items"]

    assert [item["p"] for item in found] == pytest.approx(SCORES.mean(axis=0).tolist())


@pytest.mark.parametrize("model", ["rasch", "2pl"])
@pytest.mark.parametrize("rows", [[["1"] * ITEMS] * 120, [["0"], ["1"]] * 60], ids=["all right", "one item"])
def test_a_model_of_nothing_is_not_fitted_and_says_why(capsys: Heard, tmp_path: Path, model: str, rows: Rows) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(table(rows, HEAD[1 : len(rows[0]) + 1]), "utf-8")
    assert main(["analyse", str(file), "--model", model, "--json"]) == 0
    heard = capsys.readouterr()
    found = json.loads(heard.out)

    assert found["model"] == {"name": "ctt", "log_likelihood": None, "iterations": None, "converged": None}
    assert {item["b"] for item in found["items"]} == {None}
    assert "items that some had right and some wrong" in heard.err


def test_items_with_nothing_in_common_get_no_difficulties(capsys: Heard, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(table([list(f"{row:04b}") for row in range(16)] * 20, HEAD[1:5]), "utf-8")
    assert main(["analyse", str(file), "--model", "rasch", "--json"]) == 0
    heard = capsys.readouterr()

    assert json.loads(heard.out)["model"]["name"] == "ctt"
    assert "next to nothing in common" in heard.err
