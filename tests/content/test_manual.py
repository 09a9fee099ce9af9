"""Every code has a page, and what its examples show is so."""

import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from tests.content.conftest import located
from training.content.libraries import load_library
from training.content.manual import FILE, examples, whole_manual
from training.content.rules import codes, manual

TODAY = date(2026, 3, 2)
WITHOUT_EXAMPLES = {"Y006", "Y008", "B116"}
"""What a snippet cannot show: too large, not UTF-8, a file that is not there."""
TOO_SMALL = {"B321", "B322"}
"""What is said of any programme over the sample, which is small on purpose."""

ITEM = {
    "id": "id: demo-item\n",
    "type": "type: single_best\n",
    "status": "status: approved\n",
    "objective": 'objective: "1.3"\n',
    "level": "level: recall\n",
    "safety": "safety: none\n",
    "stem": "stem: A patient says stop. What comes first?\n",
    "options": """options:
  - text: Remove the needle
    correct: true
    why: Consent can be withdrawn.
  - text: Go on quietly
    why: Unsafe. There is no consent.
  - text: Persuade the patient
    why: Unsafe. A refusal stands.
""",
    "references": "references:\n  - alberta-hqca-2014\n",
    "authors": "authors:\n  - Needlewise editors\n",
    "reviewers": "reviewers:\n  - Needlewise clinical editors\n",
    "reviewed": "reviewed: 2026-01-15\n",
    "review_by": "review_by: 2099-01-15\n",
}
FILES = {
    "modules/demo/module.yaml": """module: demo
title: Demo
summary: Demo.
minutes: 5
authors:
  - Needlewise editors
objectives:
  - "1.3"
sections:
  - id: first
    title: First
    file: 01-first.md
references:
  - who-2009
""",
    "modules/demo/01-first.md": "Text.\n",
    "modules/demo/figures/decision.svg": "<svg/>",
}


SAMPLE = Path(__file__).parents[1] / "content_sample"
OURS = Path(__file__).parents[2] / "programmes" / "registers"
AT_THE_END = ", at the end of "
"""Before the name of a file that an example is added to."""


def item_with(fields: str) -> str:
    """A bank with one good item, some of its fields replaced by an example's."""
    given = set(re.findall(r"^(\w+):", fields, re.MULTILINE))
    text = fields + "".join(block for name, block in ITEM.items() if name not in given)
    lines = text.splitlines(keepends=True)
    entry = "".join(("  - " if number == 0 else "    ") + line for number, line in enumerate(lines))
    return f"bank: demo\ntitle: Demo\nitems:\n{entry}"


def found_in(content: Path, where: str, text: str) -> set[str]:
    """The codes of all that is wrong with the sample content once the example stands in it."""
    if where.startswith(AT_THE_END):
        where = where.removeprefix(AT_THE_END)
        text = (SAMPLE / where).read_text("utf-8") + text
    files = FILES if where.startswith("modules/") else {}
    if where.startswith("programmes/"):
        copytree(OURS, content / "programmes" / "registers", dirs_exist_ok=True)
    for file, body in {**files, where or "question_banks/demo.yaml": text if where else item_with(text)}.items():
        path = content / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, "utf-8")
    _, problems = load_library(content, today=TODAY)
    return {problem.code for problem in problems}


@pytest.mark.parametrize("code", codes())
def test_the_bad_example_has_the_problem_and_the_good_one_has_none(code: str, content: Path) -> None:
    pages = examples(manual(code))
    assert [kind for kind, _, _ in pages] == ([] if code in WITHOUT_EXAMPLES else ["Bad", "Good"])

    for kind, where, text in pages:
        assert found_in(content, where, text) - (TOO_SMALL - {code}) == ({code} if kind == "Bad" else set())


def test_the_published_manual_is_the_one_in_the_code() -> None:
    assert FILE.read_text("utf-8") == whole_manual(), "write it again with `make docs`"


def test_every_code_that_the_code_uses_has_a_page() -> None:
    package = Path(FILE).parents[1] / "training" / "content"
    used = {code for path in package.rglob("*.py") for code in re.findall(r'"([YB]\d{3})"', path.read_text("utf-8"))}

    assert used == set(codes())


def test_there_is_no_page_for_a_code_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        manual("B999")


def test_a_comment_with_a_reason_allows_one_rule_in_one_item(content: Path) -> None:
    bank = content / "question_banks" / "demo.yaml"
    blank = "stem: How many __ are there?\n"
    allowed = item_with("# lint: allow B208 the blank is the point\n" + blank)
    entry = item_with(blank + "id: demo-other\nenemies:\n  - demo-item\n").partition("items:\n")[2]
    bank.write_text(allowed + entry, "utf-8")

    _, problems = load_library(content, today=TODAY)

    assert [(each.code, each.line) for each in problems] == [("B208", 28)]


def test_a_comment_never_allows_an_error(content: Path) -> None:
    bank = content / "question_banks" / "demo.yaml"
    bank.write_text(item_with('# lint: allow B112 we like it\nobjective: "1.99"\n'), "utf-8")

    _, problems = load_library(content, today=TODAY)

    assert located(problems) == [
        (4, 5, "B210", "B112 is allowed here, but nothing says it; take the comment out; check --fix does"),
        (5, 16, "B112", "there is no objective 1.99; did you mean '1.9'?"),
    ]


def test_an_overdue_module_is_named_too(content: Path) -> None:
    _, problems = load_library(content, today=date(2037, 1, 1))

    assert [each.file for each in problems if each.code == "B302"] == ["modules/consent-and-stopping/module.yaml"]
    assert {each.code for each in problems} == {"B301", "B302", "B306", "B312"}


def test_a_case_is_read_part_by_part_and_its_advice_stands_at_the_part(content: Path) -> None:
    bank = content / "question_banks" / "samples-of-every-kind.yaml"
    bank.write_text(
        bank.read_text("utf-8").replace("Which question to the patient comes first?", "Which question is NOT urgent?")
    )

    _, problems = load_library(content, today=TODAY)

    assert [each.code for each in problems] == ["B203"]
    assert bank.read_text("utf-8").splitlines()[problems[0].line - 1].strip() == 'stem: "Which question is NOT urgent?"'


OPTIONS = """\
options:
  - text: KEY
    correct: true
    why: The source names it as the first of them.
  - text: Pain on breathing
    why: The source names this as a sign of air there.
  - text: Short of breath
    why: The source names that as another sign of it.
"""


@pytest.mark.parametrize(
    ("stem", "key", "codes"),
    [
        ("Which of these is not a sign of air by the lung?", "Does not want tea", {"B203", "B231"}),
        ("Which of these is not a sign of air by the lung?", "Likes strong tea", {"B203"}),
        ("What does a patient with air by the lung say?", "Does not want tea", set()),
        ("What does a patient with air by the lung say?", "None of the given answers", {"B202"}),
        ("What does a patient with air by the lung say?", "All of the following", {"B201"}),
    ],
)
def test_a_denial_within_the_options_tells_with_the_question(
    content: Path, stem: str, key: str, codes: set[str]
) -> None:
    found = found_in(content, "", f"stem: {stem}\n{OPTIONS.replace('KEY', key)}")

    assert found & {"B201", "B202", "B203", "B231"} == codes


def test_at_least_is_no_negative(content: Path) -> None:
    bank = content / "question_banks" / "samples-of-every-kind.yaml"
    bank.write_text(
        bank.read_text("utf-8").replace("Which question to the patient comes first?", "Which should be asked at least?")
    )

    _, problems = load_library(content, today=TODAY)

    assert problems == []
