"""`analyse`: any spreadsheet of answers, wide or long, scores or options; what is wrong is said with its line."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from jsonschema import validate

from tests.cli.conftest import Shell
from tests.measurement.published import LSAT6
from tests.measurement.simulated import drawn

NUMBER = {"type": ["number", "null"]}
ITEM_NUMBERS = ("p", "p_low", "p_high", "r_rest", "alpha_if_deleted", "a", "se_a", "b", "se_b")
TEST_NUMBERS = ("mean", "sd", "alpha", "alpha_low", "alpha_high", "sem")


def exactly(**properties: object) -> dict[str, object]:
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


FLAG = exactly(flag={"type": "string"}, reason={"type": "string", "pattern": r"[.?]$"})
ANALYSIS = exactly(
    test=exactly(n={"type": "integer"}, items={"type": "integer"}, **dict.fromkeys(TEST_NUMBERS, NUMBER)),
    items={
        "type": "array",
        "items": exactly(
            id={"type": "string"}, n={"type": "integer"}, flags={"type": "array", "items": FLAG},
            **dict.fromkeys(ITEM_NUMBERS, NUMBER),
        ),
    },
    model=exactly(
        name={"enum": ["ctt", "rasch", "2pl"]}, log_likelihood=NUMBER, iterations={"type": ["integer", "null"]},
        converged={"type": ["boolean", "null"]},
    ),
)  # fmt: skip

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return written


def wide(scores: np.ndarray, *, ids: bool = False) -> str:
    def cell(score: float) -> str:
        return "NA" if np.isnan(score) else f"{score:g}"

    head = [f"q{place}" for place in range(1, scores.shape[1] + 1)]
    rows = [[cell(each) for each in row] for row in scores]
    if ids:
        head, rows = ["id", *head], [[f"s{place}", *row] for place, row in enumerate(rows)]
    return "\n".join(",".join(row) for row in [head, *rows]) + "\n"


def long(scores: np.ndarray) -> str:
    rows = [f"s{p},q{i + 1},{scores[p, i]:g}" for p, i in zip(*np.nonzero(~np.isnan(scores)), strict=True)]
    return "\n".join(["person,item,score", *rows]) + "\n"


def test_json_holds_the_published_numbers_of_lsat6(shell: Shell, write: Write) -> None:
    write("lsat6.csv", wide(LSAT6))
    done = shell("analyse", "lsat6.csv", "--model", "2pl", "--json")

    validate(done.json, ANALYSIS)
    assert (done.status, done.err) == (0, "")
    assert done.json["test"]["n"] == 1000
    assert done.json["test"]["alpha"] == pytest.approx(0.295, abs=5e-4)
    assert done.json["model"]["log_likelihood"] == pytest.approx(-2466.653, abs=1e-3)
    assert [item["b"] for item in done.json["items"]] == pytest.approx(
        [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=4e-3
    )


def test_wide_and_long_with_and_without_ids_say_the_same(shell: Shell, write: Write) -> None:
    scores = drawn(150, 6, seed=1, missing=0.1).scores
    write("wide.csv", wide(scores))
    write("ids.csv", wide(scores, ids=True))
    write("long.csv", long(scores))
    write("semicolons.csv", "\ufeff" + wide(scores).replace(",", ";"))
    one, *others = (
        shell("analyse", name, "--model", "rasch", "--json").json
        for name in ("wide.csv", "ids.csv", "long.csv", "semicolons.csv")
    )
    for other in others:
        by_id = {item["id"]: item for item in other["items"]}
        assert other["test"] == pytest.approx(one["test"])
        for item in one["items"]:
            assert {k: by_id[item["id"]][k] for k in ITEM_NUMBERS} == pytest.approx(
                {k: item[k] for k in ITEM_NUMBERS}, abs=1e-4
            )


def test_columns_that_are_no_items_are_left_out_as_another_system_wrote_them(shell: Shell, write: Write) -> None:
    """What Moodle exports: names, states and totals beside the items, and a hyphen where nothing was answered."""
    head = '"Last name",State,"Grade/2.00","Q. 1 /1.00","Q. 2 /1.00"\n'
    write("moodle.csv", head + "L,Finished,1.00,1.00,0.00\nM,Finished,0.00,0.00,-\n")
    refused = shell("analyse", "moodle.csv")
    done = shell("analyse", "moodle.csv", "--leave-out", "State", "--leave-out", "Grade/2.00", "--json")

    assert (refused.status, refused.complaint.endswith("a column that is no item goes with --leave-out")) == (2, True)
    assert [(item["id"], item["n"]) for item in done.json["items"]] == [("Q. 1 /1.00", 2), ("Q. 2 /1.00", 1)]
    assert shell("analyse", "moodle.csv", "--leave-out", "Stat").complaint == (
        "needlewise: moodle.csv:1: there is no column 'Stat' to leave out"
    )


def test_a_name_on_several_rows_of_a_wide_file_is_said(shell: Shell, write: Write) -> None:
    write("twice.csv", "id,q1\nann,1\nbo,0\nann,0\n")
    done = shell("analyse", "twice.csv")

    assert done.status == 0
    assert done.complaint == "needlewise: on several rows, each counted as a person of its own: ann"


def test_one_item_has_no_alpha_and_the_report_says_so(shell: Shell, write: Write) -> None:
    write("one.csv", "q1\n" + "1\n0\n" * 15)

    assert "No alpha: it takes two items or more" in shell("analyse", "one.csv").out


def test_options_are_scored_by_a_key_and_shown_by_thirds(shell: Shell, write: Write) -> None:
    scores = drawn(80, 5, seed=2).scores
    rows = ["\t".join("B" if score else "cd"[place % 2] for score in row) for place, row in enumerate(scores)]
    write("chosen.csv", "\n".join(["\t".join(f"q{n}" for n in range(1, 6)), *rows]) + "\n")
    write("key.csv", "item,key\n" + "".join(f"q{n},b\n" for n in range(1, 6)))
    write("scored.csv", wide(scores))
    chosen, scored = (
        shell("analyse", *words, "--json").json for words in (("chosen.csv", "--key", "key.csv"), ("scored.csv",))
    )
    text = shell("analyse", "chosen.csv", "--key", "key.csv").out

    assert chosen["test"] == scored["test"]
    assert "Who chooses what" in text
    assert "B*" in text


def test_a_key_may_have_a_column_per_item_and_several_right_options(shell: Shell, write: Write) -> None:
    write("chosen.csv", "q1,q2\n" + "a,x\nb,y\nc,x\n" * 10)
    write("key.csv", "q1,q2,q9\na|b,x,z\n")
    done = shell("analyse", "chosen.csv", "--key", "key.csv", "--json")

    assert [item["p"] for item in done.json["items"]] == pytest.approx([2 / 3, 2 / 3])
    assert done.complaint == "needlewise: the key has items that nobody was asked: q9"


def test_the_table_tells_what_deserves_a_look_in_sentences(shell: Shell, write: Write) -> None:
    scores = drawn(300, 8, seed=3).scores
    scores[:, 4] = 1 - scores[:, 4]
    write("turned.csv", wide(scores))
    done = shell("analyse", "turned.csv")

    assert done.out.splitlines()[0] == "300 persons, 8 items"
    assert "q5: Who does well elsewhere is more often wrong here" in done.out.replace("\n  ", " ")


@pytest.mark.parametrize(
    ("persons", "given"),
    [(4, ()), (19, ("p",)), (49, ("p", "r_rest")), (99, ("p", "r_rest", "b")), (120, ("p", "r_rest", "b", "a"))],
)
def test_few_answers_show_little_and_say_why(shell: Shell, write: Write, persons: int, given: tuple[str, ...]) -> None:
    scores = drawn(persons, 6, seed=4).scores
    scores[:2] = [[1] * 6, [0] * 6]
    write("few.csv", wide(scores))
    done = shell("analyse", "few.csv", "--model", "2pl", "--json")
    item = done.json["items"][0]

    assert (
        tuple(name for name in ("p", "r_rest", "b", "a") if item[name] is not None and (name != "a" or persons >= 100))
        == given
    )
    assert (done.json["test"]["alpha"] is None) == (persons < 20)
    assert [flag["flag"] for flag in item["flags"]] == (["too_few"] if persons < 20 else [])
    assert done.err


def test_priors_can_be_left_out(shell: Shell, write: Write) -> None:
    write("some.csv", wide(drawn(150, 6, seed=5).scores))
    held = shell("analyse", "some.csv", "--model", "2pl", "--json")
    free = shell("analyse", "some.csv", "--model", "2pl", "--json", "--no-priors")

    assert "held by priors" in held.err
    assert free.err == ""
    assert free.json["model"]["log_likelihood"] > held.json["model"]["log_likelihood"]


def test_partial_credit_has_classical_statistics_and_no_model(shell: Shell, write: Write) -> None:
    write("partial.csv", "q1,q2\n" + "0.5,1\n1,0\n0,0.25\n" * 20)
    done = shell("analyse", "partial.csv", "--model", "rasch", "--json")

    assert done.json["items"][0]["p"] == pytest.approx(0.5)
    assert done.json["model"] == {"name": "ctt", "log_likelihood": None, "iterations": None, "converged": None}
    assert "neither 0 nor 1" in done.complaint


@pytest.mark.parametrize("model", ["ctt", "rasch", "2pl"])
def test_constant_and_empty_columns_and_rows_do_not_crash(shell: Shell, write: Write, model: str) -> None:
    scores = np.column_stack([LSAT6[::2], np.ones(500), np.full(500, np.nan)])
    scores[3] = np.nan
    write("odd.csv", wide(scores))
    done = shell("analyse", "odd.csv", "--model", model, "--json")
    constant, empty = done.json["items"][5:]

    assert (done.status, done.err) == (0, "") if model != "2pl" else done.status == 0
    assert (constant["p"], constant["r_rest"], constant["b"]) == (1, None, None)
    assert (empty["n"], empty["p"], empty["flags"][0]["flag"]) == (0, None, "not_answered")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "bad.csv:1: the first line must name the columns, but it is empty"),
        ("q1,q2\n", "bad.csv: there is a header but no answers under it"),
        ("q1,q2\n1,0\n1,0,1\n", "bad.csv:3: 3 cells where the header has 2"),
        ("q1,q2\n1,0\n\n1\n", "bad.csv:4: 1 cells where the header has 2"),
        ("sep=;\n", "bad.csv:1: this line must name the columns, but it is empty"),
        ("q1,q1\n1,0\n", "bad.csv:1: two columns are named 'q1'"),
        ("q1,q2\n1,0\n1,7\n", "bad.csv:3: '7' for item 'q2' is not a score from 0 to 1; to score options, give a key with --key; divide points or percent by the most there is; a column that is no item goes with --leave-out"),
        ("id,q2\na,0\n\nb,wrong\n", "bad.csv:4: 'wrong' for item 'q2' is not a score from 0 to 1; to score options, give a key with --key; a column that is no item goes with --leave-out"),
        ("person,item,score\nann,q1,1\nbo,q1,0\nann,q1,0\n", "bad.csv:4: 'ann' has answered 'q1' before, on line 2"),
        ("person,item,score\nann,q1,1\n,q1,0\n", "bad.csv:3: the person is missing"),
        ("person,item,score\nann,q1,1\nbo,q1,2\n", "bad.csv:3: '2' for item 'q1' is not a score from 0 to 1; to score options, give a key with --key; divide points or percent by the most there is; a column that is no item goes with --leave-out"),
        ("id\nann\n", "bad.csv:1: there is no item beside the column 'id'"),
    ],
)  # fmt: skip
def test_bad_files_are_named_with_the_line(shell: Shell, write: Write, text: str, complaint: str) -> None:
    write("bad.csv", text)
    done = shell("analyse", "bad.csv", "--json")

    assert (done.status, done.out) == (2, "")
    assert done.complaint == f"needlewise: {complaint}"


def test_files_that_are_no_text_or_not_there_are_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04\x14\x00\xff\xfe")
    (tmp_path / "latin.csv").write_bytes("q1,q2\n1,0\nä,1\n".encode("latin-1"))

    assert "save the sheet as CSV" in shell("analyse", "book.csv").complaint
    assert shell("analyse", "latin.csv").complaint.startswith("needlewise: latin.csv:3: this is not UTF-8 text")
    assert shell("analyse", "nowhere.csv").complaint == "needlewise: nowhere.csv: No such file or directory"
    assert shell("analyse", "nowhere.csv").status == 2


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        ("item,key\nq1,\n", "key.csv:2: item 'q1' has no right option"),
        (
            "item,key\nq1,a\n",
            "answers.csv:2: item 'q2' has no key, and 'b' is not a score from 0 to 1; a column that is no item goes with --leave-out",
        ),
        ("item,key\n", "key.csv: there is a header but no key under it"),
        ("q1,q2\na,b\na,b\n", "key.csv:1: a key has the columns item and key, or items as columns and one row"),
        ("item,key\nq1,a,b\n", "key.csv:2: 3 cells where the header has 2"),
    ],
)
def test_bad_keys_are_named_with_the_line(shell: Shell, write: Write, key: str, complaint: str) -> None:
    write("answers.csv", "q1,q2\na,b\nb,b\n")
    write("key.csv", key)
    done = shell("analyse", "answers.csv", "--key", "key.csv")

    assert (done.status, done.complaint) == (2, f"needlewise: {complaint}")
