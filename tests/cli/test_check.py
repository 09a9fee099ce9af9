"""`check`: what an author sees of her mistakes, in words, as JSON and as annotations, and how it ends."""

from pathlib import Path

import pytest
from jsonschema import validate

from tests.cli.conftest import Shell

PROBLEMS = {
    "type": "object",
    "required": ["problems"],
    "additionalProperties": False,
    "properties": {
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "line", "column", "code", "severity", "message", "hint"],
                "additionalProperties": False,
                "properties": {
                    "file": {"type": "string", "minLength": 1},
                    "line": {"type": "integer", "minimum": 1},
                    "column": {"type": "integer", "minimum": 1},
                    "code": {"type": "string", "pattern": "^[A-Z][0-9]{3}$"},
                    "severity": {"enum": ["error", "warning", "advice"]},
                    "message": {"type": "string", "minLength": 1},
                    "hint": {"type": "string"},
                },
            },
        }
    },
}
BANK = Path("question_banks/sample-safety.yaml")


def spoil(file: Path, old: str, new: str) -> int:
    """Put a mistake into a file and say on which line it is."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_good_content_is_fine_and_says_so(shell: Shell) -> None:
    done = shell("check")

    assert (done.status, done.err) == (0, "")
    assert "No problems" in done.out


def test_a_mistake_is_shown_with_file_line_column_and_remedy(shell: Shell, content: Path) -> None:
    line = spoil(content / BANK, "level: recall", "level: recal")
    done = shell("check", content)

    assert done.status == 1
    assert f"{BANK}:{line}:" in done.out
    assert "recall" in done.out


def test_json_holds_each_problem_in_the_published_shape(shell: Shell, content: Path) -> None:
    line = spoil(content / BANK, "level: recall", "level: recal")
    done = shell("check", content, "--json")

    validate(done.json, PROBLEMS)
    assert done.status == 1
    assert (str(BANK), line) in [(each["file"], each["line"]) for each in done.json["problems"]]


def test_no_problems_are_an_empty_list_in_json(shell: Shell) -> None:
    assert shell("check", "--json").json == {"problems": []}


def test_github_gets_annotations(shell: Shell, content: Path) -> None:
    line = spoil(content / BANK, "level: recall", "level: recal")
    done = shell("check", content, "--format", "github")

    assert done.status == 1
    assert f"::error file={BANK},line={line},col=" in done.out


def test_only_what_lies_under_the_paths_is_shown(shell: Shell, content: Path) -> None:
    spoil(content / BANK, "level: recall", "level: recal")

    assert shell("check", content / "modules").status == 0
    assert shell("check", content / BANK).status == 1


@pytest.mark.parametrize(
    "mess",
    [b"", b"\xff\xfe\x00b\x00a", b"bank: [", b"bank: &a x\nitems: *a\n", b"- " * 5000, b"%PDF-1.4\n\x00\x01", b"\t: x"],
    ids=["empty", "utf-16", "half a list", "alias", "deep", "not text", "tab"],
)
def test_a_messy_file_is_a_finding_never_a_crash(shell: Shell, content: Path, mess: bytes) -> None:
    (content / "question_banks" / "mess.yaml").write_bytes(mess)
    done = shell("check", content, "--json")

    validate(done.json, PROBLEMS)
    assert (done.status, done.err) == (1, "")
    assert {each["file"] for each in done.json["problems"]} == {"question_banks/mess.yaml"}


def test_warnings_are_shown_and_count_only_when_asked(shell: Shell, content: Path) -> None:
    spoil(content / BANK, "review_by: 2036-01-15", "review_by: 2001-01-01")
    relaxed, strict = shell("check", content, "--json"), shell("check", content, "--strict")

    assert [each["severity"] for each in relaxed.json["problems"]] == ["warning"]
    assert (relaxed.status, strict.status) == (0, 1)


def test_a_path_that_is_not_there_is_misuse(shell: Shell) -> None:
    done = shell("check", "no/such/bank.yaml")

    assert (done.status, done.out) == (2, "")
    assert done.complaint == "needlewise: there is no no/such/bank.yaml"


def test_a_path_outside_any_content_is_misuse(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("a: b\n", "utf-8")
    done = shell("check", "notes.yaml")

    assert done.status == 2
    assert "question_banks" in done.complaint


def test_a_fix_is_made_told_and_gone(shell: Shell, content: Path) -> None:
    line = spoil(content / BANK, "Half-way through needling the calf,", "Half-way  through needling the calf,")
    done = shell("check", content, "--fix", "--json")

    assert (done.status, done.json) == (0, {"problems": []})
    assert f"fixed {BANK}:{line}: B249 two spaces" in done.err
    assert "Half-way through needling the calf," in (content / BANK).read_text("utf-8")


def test_a_diff_shows_the_fix_and_makes_none(shell: Shell, content: Path) -> None:
    assert shell("check", content, "--diff").status == 0

    spoil(content / BANK, "Half-way through needling the calf,", "Half-way  through needling the calf,")
    before = (content / BANK).read_text("utf-8")
    done = shell("check", content, "--diff")

    assert done.status == 1
    assert f"--- a/{BANK}\n+++ b/{BANK}\n" in done.out
    assert '+    stem: "Half-way through needling the calf,' in done.out
    assert (content / BANK).read_text("utf-8") == before


def test_fix_and_diff_exclude_each_other(shell: Shell) -> None:
    assert shell("check", "--fix", "--diff").status == 2


def test_a_bank_that_lies_in_no_content_folder_is_checked_among_the_products_own(
    shell: Shell, content: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "elsewhere" / BANK.name
    mine.parent.mkdir()
    mine.write_bytes((content / BANK).read_bytes())
    assert shell("check", mine).status == 0

    line = spoil(mine, "level: recall", "level: recal")
    done = shell("check", mine, "--json")

    assert done.status == 1
    assert {(each["file"], each["line"]) for each in done.json["problems"]} == {(str(mine), line)}


def test_a_bank_that_lies_in_no_content_folder_is_mended_where_it_is(
    shell: Shell, content: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "elsewhere" / BANK.name
    mine.parent.mkdir()
    mine.write_bytes((content / BANK).read_bytes())
    clean = mine.read_bytes()
    spoil(mine, "Half-way through needling the calf,", "Half-way  through needling the calf,")
    spoiled = mine.read_bytes()

    shown = shell("check", mine, "--diff")
    assert (shown.status, mine.read_bytes()) == (1, spoiled)
    assert '+    stem: "Half-way through needling the calf,' in shown.out
    done = shell("check", mine, "--fix")

    assert (done.status, mine.read_bytes()) == (0, clean)
    assert f"fixed {mine}:" in done.err
    assert (content / BANK).read_bytes() == clean
    assert shell("check", mine, "--diff").status == 0
