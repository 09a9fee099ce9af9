"""Tables of quiz games and of people: the columns they are downloaded with."""

import pytest

from tests.formats.test_csv_table import read
from tests.formats.test_gift import keyed
from training.core.items import Item
from training.formats.drafting import Read

KAHOOT = (
    "Quiz template,,,,,,,\n,Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,"
    'Answer 3 - max 75 characters,Answer 4 - max 75 characters,"Time limit (sec) – 5, 10, 20 or 30 secs",'
    "Correct answer(s) - choose at least one\n"
)
BLOOKET = (
    'Question #,Question Text,Answer 1,Answer 2,"Answer 3\n(Optional)","Time Limit (sec)\n(Max: 300 seconds)",'
    '"Correct Answer(s)\n(Only include Answer #)"\n'
)


def asked(table: str) -> list[Item]:
    return [each.item for each in read(table) if each.item]


def lost(found: Read) -> list[str]:
    return [loss.field for loss in found.losses]


def test_a_table_of_a_quiz_game_has_its_key_and_its_unfilled_lines_are_no_questions() -> None:
    found = read(f'{KAHOOT}1,Which nerve?,ulnar,median,radial,,20,2\n2,Which two?,a,b,c,,20,"1,3"\n3,,,,,,,\n')

    assert [keyed(each.item) for each in found if each.item] == [
        [("ulnar", False), ("median", True), ("radial", False)], [("a", True), ("b", False), ("c", True)],
    ]  # fmt: skip
    assert len(found) == 2


def test_where_a_game_names_options_by_number_a_number_is_never_a_text() -> None:
    [one, two] = asked(f"{BLOOKET}1,How many ribs?,3,4,12,20,3\n2,How many lungs?,2,1,3,20,1\n")

    assert keyed(one) == [("3", False), ("4", False), ("12", True)]
    assert keyed(two) == [("2", True), ("1", False), ("3", False)]


def test_a_wrong_answer_whose_column_is_called_optional_is_no_less_an_option() -> None:
    [found] = asked("Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional)\nHow many?,4,3,5\n")

    assert keyed(found) == [("4", True), ("3", False), ("5", False)]


@pytest.mark.parametrize("cell", ["ulnar;median", "ulnar | median", '"ulnar\nmedian"', '"[""ulnar"", ""median""]"', "a) ulnar; b) median", '"ulnar, median"'])  # fmt: skip
@pytest.mark.parametrize("title", ["Options", "choices"])
def test_options_may_stand_in_one_cell(title: str, cell: str) -> None:
    [found] = asked(f"Question\t{title}\tAnswer\nWhich?\t{cell}\tmedian\n")

    assert keyed(found) == [("ulnar", False), ("median", True)]


def test_what_cannot_be_taken_apart_into_options_is_named() -> None:
    [found] = read("question,options,answer\nWhich?,ulnar,median\n")

    assert "options" in lost(found)


def test_an_option_that_stands_alone_is_named() -> None:
    [found] = read("question,option_a,answer\nWhich?,ulnar,median\n")

    assert "option_a" in lost(found)


def test_choices_without_numbers_are_numbered_as_they_stand() -> None:
    [found] = asked("Type,Title,Correct,Choice,Choice,Choice\nMCQ,Which nerve?,2,ulnar,median,radial\n")

    assert found.stem == "Which nerve?"
    assert keyed(found) == [("ulnar", False), ("median", True), ("radial", False)]


@pytest.mark.parametrize(("word", "truth"), [("WAHR", True), ("Falsch", False), ("VRAI", True), ("falso", False)])
def test_a_truth_may_be_written_as_a_spreadsheet_of_another_language_does(word: str, truth: bool) -> None:
    [found] = asked(f"question,answer\nDeep?,{word}\n")

    assert (found.type, found.answer) == ("true_false", truth)  # type: ignore[attr-defined]
