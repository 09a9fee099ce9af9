"""`import` and `export`: files in, files out, what was lost on the screen, and how they end."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.formats.there_and_back import PNG

QUIZ = "// [id:knee-01]\n::Knee::Which bone? {=The patella#It is. ~The fibula}\n\nDiscuss. {}\n"
SAMPLE = Path("question_banks/sample-safety.yaml")


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    path = tmp_path / "quiz.txt"
    path.write_text(QUIZ, "utf-8")
    return path


def test_looking_writes_nothing_and_ends_with_1_where_a_question_did_not_come_in(shell: Shell, quiz: Path) -> None:
    done = shell("import", quiz)

    assert done.status == 1
    assert "quiz.txt:4:1: F003 a question of the kind 'essay' has no item type here" in done.out
    assert done.out.splitlines()[-1] == "2 questions read as GIFT, 1 added, 1 without an item. Nothing was written."


def test_importing_makes_a_bank_that_check_reads(shell: Shell, quiz: Path, content: Path, tmp_path: Path) -> None:
    into, report = content / "question_banks" / "knee.yaml", tmp_path / "report.json"
    done = shell("import", quiz, "--into", into, "--objective", "1.1", "--author", "Ida", "--report", report)

    assert done.status == 1
    assert json.loads(report.read_text("utf-8"))["counts"]["added"] == 1
    assert shell("check", into).status == 0
    assert "B141" in shell("check", into).out


def test_a_new_bank_is_not_made_under_a_name_that_check_refuses(shell: Shell, quiz: Path, tmp_path: Path) -> None:
    done = shell("import", quiz, "--into", tmp_path / "My_knee.yaml")

    assert "my-knee.yaml" in done.err
    assert list(tmp_path.glob("*.yaml")) == []


def test_a_bank_outside_the_content_folder_has_the_pictures_that_came_with_it(shell: Shell, tmp_path: Path) -> None:
    image = f'<img src="data:image/png;base64,{b64encode(PNG).decode()}" alt="A knee.">'
    stem = f"<questiontext format='html'><text><![CDATA[<p>Deep?</p>{image}]]></text></questiontext>"
    quiz, into = tmp_path / "quiz.xml", tmp_path / "knee.yaml"
    quiz.write_text(
        f"<quiz><question type='truefalse'>{stem}<answer fraction='100'><text>true</text></answer></question></quiz>"
    )

    assert shell("import", quiz, "--into", into).status == 0
    assert "B115" not in shell("check", into).out


def test_a_file_that_comes_in_whole_ends_with_0_and_again_with_1(shell: Shell, quiz: Path, tmp_path: Path) -> None:
    quiz.write_text(QUIZ.replace("Discuss. {}\n", ""), "utf-8")
    into = tmp_path / "knee.yaml"

    assert shell("import", quiz, "--into", into).status == 0
    before = into.read_bytes()
    assert shell("import", quiz, "--into", into).status == 1
    assert into.read_bytes() == before


def test_the_review_is_json_on_request(shell: Shell, quiz: Path) -> None:
    assert shell("import", quiz, "--json").json["format"] == "gift"


@pytest.mark.parametrize(
    "words", [("import", "nowhere.gift"), ("import", "quiz.txt", "--into", "bank.txt"), ("import",)]
)
def test_misuse_ends_with_2(shell: Shell, quiz: Path, words: tuple[str, ...]) -> None:
    assert shell(*words).status == 2


def test_a_binary_file_is_refused_in_words_and_nothing_is_made(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "quiz.gift").write_bytes(bytes(range(256)) * 10)
    done = shell("import", tmp_path / "quiz.gift", "--into", tmp_path / "knee.yaml")

    assert (done.status, (tmp_path / "knee.yaml").exists()) == (1, False)
    assert "F001 the file is not text" in done.out


@pytest.mark.parametrize("form", ["gift", "csv", "xlsx"])
def test_what_is_exported_can_be_imported_again(shell: Shell, content: Path, tmp_path: Path, form: str) -> None:
    output = tmp_path / f"out.{form}"
    done = shell("export", content / SAMPLE, "--to", form, "--output", output, "--json")
    back = shell("import", output, "--json")

    assert done.json["written"] == back.json["counts"]["added"]
    assert done.json["losses"] != []


def test_a_broken_bank_is_not_exported(shell: Shell, content: Path, tmp_path: Path) -> None:
    (content / SAMPLE).write_text("bank: sample-safety\n", "utf-8")
    done = shell("export", content / SAMPLE, "--to", "gift", "--output", tmp_path / "out.gift")

    assert (done.status, (tmp_path / "out.gift").exists()) == (2, False)
