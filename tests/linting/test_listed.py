"""No flaw of the list is without a rule, and none of its rules without examples that are run."""

from tests.linting.listed import LISTED, chapter
from tests.linting.measuring import FILE
from training.content.manual import examples
from training.content.rules import RULES, codes, manual


def test_every_flaw_that_can_be_decided_or_guessed_has_a_rule() -> None:
    assert [each.number for each in LISTED] == list(range(1, 46))
    assert [each.number for each in LISTED if {*each.letters} & {*"DH"} and not each.codes] == []


def test_every_code_of_the_list_exists_and_shows_a_bad_and_a_good_example() -> None:
    named = {code for each in LISTED for code in each.codes}

    assert named <= {*codes()}
    assert {
        code: kinds for code in named if (kinds := [kind for kind, _, _ in examples(manual(code))]) != ["Bad", "Good"]
    } == {}


def test_every_rule_on_writing_belongs_to_a_flaw_of_the_list() -> None:
    named = {code for each in LISTED for code in each.codes}

    # A full stop that only some options have is ours.
    assert {code for code in RULES if code.startswith("B2")} - named == {"B250"}


def test_the_published_list_is_this_one() -> None:
    assert FILE.read_text("utf-8").endswith(chapter()), "write it again with `python -m tests.linting.measuring`"
