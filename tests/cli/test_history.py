"""`history`: an item's versions at the shell, in words and for programs."""

from pathlib import Path

import pytest
from jsonschema import validate

from tests.cli.conftest import Shell

HISTORY = {
    "type": "object",
    "required": ["item", "bank", "status", "stage", "lapsed", "challenges", "versions", "events", "unversioned"],
    "additionalProperties": False,
    "properties": {
        "item": {"type": "string"},
        "bank": {"type": ["string", "null"]},
        "status": {"type": ["string", "null"]},
        "stage": {"enum": ["draft", "content review", "editorial and bias review", "approved", "retired"]},
        "lapsed": {"type": "boolean"},
        "challenges": {"type": "integer"},
        "versions": {"type": "array", "items": {"type": "object", "required": ["number", "digest", "uses", "changes"]}},
        "events": {"type": "array"},
        "unversioned": {"type": "array"},
    },
}
ITEM = "sa-withdrawn-consent"


def test_an_item_that_nobody_was_asked_yet_has_the_version_in_its_file(shell: Shell) -> None:
    words, told = shell("history", ITEM), shell("history", ITEM, "--json")

    validate(told.json, HISTORY)
    assert [each["current"] for each in told.json["versions"]] == [True]
    assert told.json["versions"][0]["digest"][:12] in words.out
    assert "never served" in words.out
    assert "its file decides" in words.out


@pytest.mark.usefixtures("cohort")
def test_a_served_version_and_an_edit_of_it_are_told_with_what_changed(shell: Shell, content: Path) -> None:
    bank = content / "question_banks" / "sample-safety.yaml"
    bank.write_text(bank.read_text("utf-8").replace("needling the calf", "needling the thigh"), "utf-8")

    told, words = shell("history", ITEM, "--json").json, shell("history", ITEM).out

    validate(told, HISTORY)
    first, second = told["versions"]
    assert first["first_served_at"]
    assert sum(use["attempts"] for use in first["uses"]) > 0
    assert [(each["part"], each["where"]) for each in second["changes"]] == [("stem", "stem")]
    assert (second["verdict"], second["pools_with"]) == ("another question", 2)
    assert "statistics begin anew" in words
    assert '+ Half-way through needling the thigh, a patient says "please stop". What happens next?' in words


def test_an_unknown_item_is_one_line_and_a_finding(shell: Shell) -> None:
    done = shell("history", "nothing")

    assert done.status == 1
    assert "no item 'nothing'" in done.complaint
