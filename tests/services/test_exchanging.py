"""An instructor brings questions in from another system and hands banks out: reviewed, in one step, nothing lost in silence."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import CAST
from training.content.banks import load_bank
from training.content.libraries import load_library
from training.core.refusal import Refusal
from training.formats import FORMATS
from training.services import exchanging
from training.services.exchanging import Fate, Given, OnConflict
from training.services.reviewing_imports import as_data, as_lines

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
QUIZ = """\
// [id:knee-01]
::Knee::Which bone lies in front of the knee joint? {=The patella#It does. ~The fibula ~The talus}

Discuss the knee. {}

// [id:knee-02] [tag:objective:1.1]
The knee bends. {T}
"""
BANK = """\
# My bank: do not lose this line.
bank: knee
title: The knee
items:
  # The first one matters.
  - id: knee-01
    type: true_false
    objective: "1.1"
    level: recall
    stem: The patella is a bone.
    answer: true
    why:
      true: It is.
      false: "It is one."   # said twice
    references:
      - who-2009
    authors:
      - Ann

  # The last one.
  - id: knee-09
    type: true_false
    objective: "1.1"
    level: recall
    stem: Which bone lies in front of the knee-joint?
    answer: true
    why:
      true: It is.
      false: It is one.
    references:
      - who-2009
    authors:
      - Ann
"""


def given(text: str = QUIZ, name: str = "quiz.gift", form: str = "") -> Given:
    return Given(text.encode(), name, form)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "question_banks" / "knee.yaml"
    path.parent.mkdir()
    path.write_text(BANK, "utf-8")
    return path


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_an_instructor_exchanges_questions(bank: Path, who: str) -> None:
    actor, banks = getattr(CAST, who), [load_bank("knee.yaml", BANK)[0]]

    for ask in (
        lambda: exchanging.look(actor, given()),
        lambda: exchanging.bring_in(actor, given(), bank),
        lambda: exchanging.send_out(actor, banks, "gift", NOON),
    ):
        with pytest.raises(Refusal):
            ask()
    assert bank.read_text("utf-8") == BANK


def test_a_new_bank_loads_with_every_item_a_draft_and_every_gap_marked(tmp_path: Path) -> None:
    into = tmp_path / "question_banks" / "knee.yaml"
    review = exchanging.bring_in(CAST.ida, given(), into)

    made, problems = load_bank("knee.yaml", into.read_bytes())
    assert problems == []
    assert [(item.id, item.status, item.objective) for item in made.items] == [
        ("knee-01", "draft", "0.0"), ("knee-02", "draft", "1.1"),
    ]  # fmt: skip
    assert [row.fate for row in review.rows] == [Fate.ADDED, Fate.NO_ITEM, Fate.ADDED]


def test_check_lists_what_an_imported_draft_lacks_and_finds_no_error(tmp_path: Path) -> None:
    exchanging.bring_in(CAST.ida, given(), tmp_path / "question_banks" / "knee.yaml")
    _, problems = load_library(tmp_path, today=NOON.date())

    found = [problem for problem in problems if problem.file.endswith("knee.yaml")]
    assert {problem.code for problem in found if problem.severity == "error"} - {"B112", "B113"} == set()
    assert sum(problem.code == "B141" for problem in found) >= 6


def test_a_question_that_is_there_already_is_kept_and_named(bank: Path) -> None:
    review = exchanging.bring_in(CAST.ida, given(), bank)

    assert [(row.item and row.item.id, row.fate) for row in review.rows] == [
        ("knee-01", Fate.SKIPPED), (None, Fate.NO_ITEM), ("knee-02", Fate.ADDED),
    ]  # fmt: skip
    assert "F007 knee-01 is in the bank already as knee-01 (same id, 100 %): skipped" in "\n".join(as_lines(review))


def test_adding_keeps_every_comment_and_line_of_the_bank(bank: Path) -> None:
    exchanging.bring_in(CAST.ida, given(), bank)

    assert bank.read_text("utf-8").startswith(BANK)


def test_replacing_changes_that_item_alone(bank: Path) -> None:
    exchanging.bring_in(CAST.ida, given(), bank, OnConflict.REPLACE)
    text = bank.read_text("utf-8")

    assert [item.type for item in load_bank("knee.yaml", text)[0].items] == ["single_best", "true_false", "true_false"]
    assert "# My bank: do not lose this line." in text
    assert "  # The last one.\n  - id: knee-09\n" in text
    assert "said twice" not in text


def test_having_both_gives_the_newcomer_another_id(bank: Path) -> None:
    exchanging.bring_in(CAST.ida, given(), bank, OnConflict.BOTH)

    assert [item.id for item in load_bank("knee.yaml", bank.read_text("utf-8"))[0].items] == [
        "knee-01", "knee-09", "knee-01-2", "knee-02",
    ]  # fmt: skip


def test_a_near_same_stem_is_a_conflict_too(bank: Path) -> None:
    text = QUIZ.replace("[id:knee-01]", "[id:other-01]")
    review = exchanging.bring_in(CAST.ida, given(text), bank)

    twin = review.rows[0].twin
    assert twin is not None
    assert (twin.id, review.rows[0].fate) == ("knee-09", Fate.SKIPPED)


def test_the_same_stem_with_other_options_is_no_conflict(tmp_path: Path) -> None:
    into = tmp_path / "knee.yaml"
    exchanging.bring_in(CAST.ida, given("::a1a::Which is true? {=Bones are hard ~Bones are soft}"), into)
    review = exchanging.bring_in(CAST.ida, given("::b1b::Which is true? {=Muscles contract ~Muscles never tire}"), into)

    assert [row.fate for row in review.rows] == [Fate.ADDED]


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"{=a", b"\xff\xfe\x00", "∞".encode() * 10])
@pytest.mark.parametrize("form", [each.name for each in FORMATS if each.read])
def test_a_file_that_cannot_be_read_leaves_the_bank_untouched(bank: Path, data: bytes, form: str) -> None:
    review = exchanging.bring_in(CAST.ida, Given(data, "x", form), bank)

    assert bank.read_text("utf-8") == BANK
    assert [*review.problems, *(problem for row in review.rows for problem in row.read.problems)]
    assert sorted(path.name for path in bank.parent.iterdir()) == ["knee.yaml"]


def test_a_bank_that_cannot_be_read_is_refused_and_left_as_it_is(bank: Path) -> None:
    bank.write_text("bank: [", "utf-8")

    with pytest.raises(Refusal, match="cannot be read as a bank"):
        exchanging.bring_in(CAST.ida, given(), bank)
    assert bank.read_text("utf-8") == "bank: ["


def test_a_file_of_no_known_format_is_refused() -> None:
    with pytest.raises(Refusal, match="looks like none of the formats known"):
        exchanging.look(CAST.ida, given("Dear Ida, the quiz follows.", "letter.txt"))


def test_pictures_land_beside_the_bank_and_are_named_from_the_content_root(tmp_path: Path) -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    tag = f'<img src="data:image/png;base64,{dot}" alt="A dot">'.replace("=", "\\=").replace(":", "\\:")
    into = tmp_path / "question_banks" / "knee.yaml"
    exchanging.bring_in(CAST.ida, given(f"::pic1::[html]Look{tag} {{=a ~b}}"), into)

    (item,) = load_bank("knee.yaml", into.read_bytes())[0].items
    assert item.image is not None
    assert item.image.file.startswith("question_banks/knee-pictures/")
    assert (tmp_path / item.image.file).read_bytes().startswith(b"\x89PNG")


def test_the_review_is_plain_data_with_each_question_beside_its_source(bank: Path) -> None:
    data = as_data(exchanging.look(CAST.ida, given(), load_bank("knee.yaml", BANK)[0].items))

    assert json.loads(json.dumps(data)) == data
    assert data["counts"] == {"questions": 3, "added": 1, "replaces": 0, "skipped": 1, "no_item": 1}
    assert data["questions"][1]["source"] == "Discuss the knee. {}"
    assert data["questions"][0]["twin"]["id"] == "knee-01"


@pytest.mark.parametrize("form", [each.name for each in FORMATS if each.write])
def test_every_format_writes_the_sample_banks_and_says_what_it_leaves_out(form: str) -> None:
    sample = Path(__file__).parents[1] / "content_sample"
    library, _ = load_library(sample)
    banks = list(library.banks.values())
    written = exchanging.send_out(CAST.ida, banks, form, NOON, root=sample)

    assert len(written.data) > 1000
    assert len(written.left_out) < sum(len(bank.items) for bank in banks)


def test_questions_that_a_file_has_twice_are_named_and_both_come_in() -> None:
    text = "// [id:one-1]\nWhich? {=a ~b}\n\n// [id:one-1]\nOther? {=a ~b}\n\n// [id:two-2]\nwhich?? {=a ~b}"
    rows = exchanging.look(CAST.ida, given(text)).rows

    assert [row.item and row.item.id for row in rows] == ["one-1", "one-1-2", "two-2"]
    assert [(p.line, p.message) for row in rows for p in row.read.problems if p.code == "F007"] == [
        (5, "the id 'one-1' is that of an earlier question in the file; this one is 'one-1-2'"),
        (8, "asks the same as 'one-1' above"),
    ]
