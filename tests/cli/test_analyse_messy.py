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
}
MEAN = ["Mean", *(f"{value:.2f}" for value in SCORES.mean(axis=0))]
NAMELESS = [*(row[1:] for row in ROWS), MEAN[1:]]
SHARE = [[*row, f"{float(share):.3f}"] for row, share in zip(ROWS, SCORES.mean(axis=1), strict=True)]
BAD: dict[str, tuple[bytes, str]] = {
    "UTF-16": (table().encode("utf-16"), ":1: this is not UTF-8 text"),
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
    "a line for Excel": (b"sep=;\r\n" + table(between=";").encode(), ":1: 'sep=;' is a note for Excel"),
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
