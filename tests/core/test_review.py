"""What a learner is told about an answer: options in the order she saw, the key, and the slip that was foreseen."""

import pytest

from training.core.form import Slot
from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Interaction, Option
from training.core.key import Key, Within, Worth, WorthEach
from training.core.question import Level, Question, Reason, Safety
from training.core.review import Reasoned, headline, instruction, reasoned

OPTIONS = (Option("a", "Stop"), Option("b", "Go on"), Option("c", "Ask"))
WHY = (Reason("a", "She said stop."), Reason("b", "Unsafe."), Reason("c", "First stop."))


def slot(interaction: Interaction, key: Key, reasons: tuple[Reason, ...], order: tuple[str, ...] = ()) -> Slot:
    return Slot(Question("q", "1.1", Level.APPLY, Safety.NONE, "?", interaction, key, reasons), "digest", order)


def test_options_are_told_in_the_order_they_were_shown() -> None:
    one = slot(ChooseOne(OPTIONS), Worth((("a", 1.0),)), WHY, ("c", "a", "b"))

    assert reasoned(one, "c") == (
        Reasoned(right=False, chosen=True, letter="A", text="Ask", reason="First stop."),
        Reasoned(right=True, chosen=False, letter="B", text="Stop", reason="She said stop."),
        Reasoned(right=False, chosen=False, letter="C", text="Go on", reason="Unsafe."),
    )


def test_several_answers_are_each_told() -> None:
    many = slot(ChooseMany(OPTIONS), WorthEach(("a", "c"), ("a", "b", "c")), WHY, ("a", "b", "c"))

    assert [(each.right, each.chosen) for each in reasoned(many, ("a", "b"))] == [
        (True, True),
        (False, True),
        (True, False),
    ]


NUMBER = slot(EnterNumber("%"), Within(1.5, 0.1), (Reason("", "3 of 200."), Reason("15", "A decimal place lost.")))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1.5", [(True, True, "1.5 %", "3 of 200.")]),
        ("15.0", [(True, False, "1.5 %", "3 of 200."), (False, True, "15.0 %", "A decimal place lost.")]),
        ("99", [(True, False, "1.5 %", "3 of 200.")]),
        (None, [(True, False, "1.5 %", "3 of 200.")]),
    ],
)
def test_a_number_is_told_with_the_slip_that_was_foreseen(given: str | None, expected: list[object]) -> None:
    assert [(each.right, each.chosen, each.text, each.reason) for each in reasoned(NUMBER, given)] == expected


@pytest.mark.parametrize(
    ("interaction", "words"),
    [
        (ChooseOne(OPTIONS), "Choose one answer"),
        (ChooseMany(OPTIONS), "Choose all that apply"),
        (ChooseMany(OPTIONS, 2), "Choose 2 answers"),
        (EnterNumber("mm"), "Enter a number (mm)"),
        (EnterNumber(), "Enter a number"),
    ],
)
def test_what_to_do_is_said_in_a_phrase(interaction: Interaction, words: str) -> None:
    assert instruction(interaction) == words


@pytest.mark.parametrize(("earned", "words"), [(1.0, "Correct"), (0.5, "Partly correct"), (0.0, "Not correct")])
def test_how_it_did_is_said_in_a_word_or_two(earned: float, words: str) -> None:
    assert headline(earned) == words
