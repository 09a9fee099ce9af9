"""`rekey`: a key change from the proposal to its way back, at the shell, in words and for programs."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.test_user import add

IDA, CY = ("--by", "instructor@example.org"), ("--by", "coordinator@example.org")
REASON = ("--reason", "The source allows both answers.")
ITEM = "sa-withdrawn-consent"


@pytest.fixture
def demo(shell: Shell, cohort: Path) -> Shell:
    """The shell of those who look after a simulated cohort."""
    return shell


def test_from_the_proposal_to_the_way_back(demo: Shell) -> None:
    dry = demo("rekey", "propose", ITEM, "--full-credit", *REASON, *IDA, "--dry-run", "--json").json
    change = demo("rekey", "propose", ITEM, "--full-credit", *REASON, *IDA, "--json").json["id"]
    own = demo("rekey", "sign", change, *IDA)
    signed, applied = demo("rekey", "sign", change, *CY), demo("rekey", "apply", change, *CY, "--json").json
    proof = demo("replay", "--all", "--json").json
    changes = demo("rekey", "list", *IDA, "--json").json["key_changes"]
    (listed,) = (each for each in changes if each["id"] == change)
    back = demo("rekey", "reverse", change, *REASON, *IDA, "--json").json["id"]
    demo("rekey", "sign", back, *CY)
    undone = demo("rekey", "apply", back, *CY)

    assert dry["concerned"] == len(dry["attempts"]) == applied["attempts"] > 0
    assert dry["lowered"] == dry["no_longer_pass"] == 0 < dry["raised"]
    assert {each["attempt"] for each in dry["attempts"]} == {None}
    assert own.status == 1
    assert "second person" in own.complaint
    assert "Signed" in signed.out
    assert proof["holds"]
    assert (listed["state"], listed["kind"], listed["item"]) == ("applied", "full_credit", ITEM)
    assert f"Marked {applied['attempts']} attempts again." in undone.out
    assert demo("rekey", "show", change, *CY, "--json").json["state"] == "taken back"
    assert demo("replay", "--all", "--json").json["holds"]


def test_words_say_who_gains_and_how_a_key_is_written(demo: Shell) -> None:
    before, asked = demo("rekey", "list", *IDA), demo("rekey", "asked", ITEM, *IDA)
    dry = demo("rekey", "propose", ITEM, "--leave-out", *REASON, *IDA, "--dry-run")

    assert "A key is written as the option that is right, or several" in asked.out
    assert "attempts asked the question; nothing was written." in dry.out
    assert "alpha" in dry.out
    assert demo("rekey", "list", *IDA).out == before.out


def test_where_no_key_was_changed_the_list_says_so(shell: Shell) -> None:
    add(shell, "Ida", "instructor")

    assert shell("rekey", "list", "--by", "ida@example.org").out.strip() == "No key change was proposed yet."


def test_strictly_marked_those_who_chose_the_old_key_would_fall_though_none_does(demo: Shell) -> None:
    version = demo("rekey", "asked", ITEM, *IDA, "--json").json["versions"][0]
    other = next(each for each in "abcd" if each not in version["key"])
    change = ("rekey", "propose", ITEM, "--key", other, *REASON, *IDA, "--question", version["digest"], "--dry-run")
    told, lines = demo(*change, "--json").json, demo(*change).out
    fall = [each for each in told["attempts"] if each["percent_strict"] < each["percent_before"] - 1e-6]
    fail = [each for each in told["attempts"] if each["passed_before"] and not each["passed_strict"]]

    assert told["lowered"] == told["no_longer_pass"] == 0
    assert told["lowered_strictly"] == len(fall) > 0
    assert told["no_longer_pass_strictly"] == len(fail)
    assert f"allowed to fall: {len(fall)} would fall, {len(fail)} would no longer pass." in lines
    assert lines.count("would no longer pass with") == min(len(fail), 20)


def test_a_key_that_cannot_be_is_one_line_and_a_finding(demo: Shell) -> None:
    done = demo("rekey", "propose", ITEM, "--key", "zz", *REASON, *IDA)

    assert done.status == 1
    assert "no option 'zz'" in done.complaint
