"""What typed words mean in the terminal's quiz."""

import pytest

from training.cli.conversation import understood
from training.cli.ink import wrapped
from training.core.form import Slot
from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Interaction, Option, Value
from training.core.key import Within, Worth, WorthEach
from training.core.question import Level, Question, Safety
from training.core.refusal import Refusal

OPTIONS = (Option("x", "One"), Option("y", "Two"), Option("z", "Three"))
KEYS = {ChooseOne: Worth((("x", 1.0),)), ChooseMany: WorthEach(("x", "y"), ("x", "y", "z")), EnterNumber: Within(1, 0)}


def slot(interaction: Interaction) -> Slot:
    question = Question("q", "1.1", Level.RECALL, Safety.NONE, "?", interaction, KEYS[type(interaction)])
    return Slot(question, "digest", () if isinstance(interaction, EnterNumber) else ("z", "x", "y"))


@pytest.mark.parametrize(
    ("interaction", "said", "value"),
    [
        (ChooseOne(OPTIONS), "a", "z"),  # letters go by what is shown, not by the author's order
        (ChooseOne(OPTIONS), " B. ", "x"),
        (ChooseMany(OPTIONS), "a c", ("y", "z")),
        (ChooseMany(OPTIONS), "c,a", ("y", "z")),
        (ChooseMany(OPTIONS), "ca", ("y", "z")),
        (ChooseMany(OPTIONS), "b", ("x",)),
        (ChooseMany(OPTIONS, 2), "a and b", ...),
        (ChooseMany(OPTIONS, 2), "a b", ("x", "z")),
        (EnterNumber(), "1,5", "1,5"),
    ],
)
def test_an_answer_is_understood_however_it_is_typed(interaction: Interaction, said: str, value: Value) -> None:
    if value is ...:
        with pytest.raises(Refusal, match="not understood"):
            understood(slot(interaction), said)
    else:
        assert understood(slot(interaction), said) == value


@pytest.mark.parametrize(
    ("interaction", "said", "words"),
    [
        (ChooseOne(OPTIONS), "ab", "Please choose one letter."),
        (ChooseOne(OPTIONS), "d", "'d' is not understood. Please type a letter from A to C, or help."),
        (ChooseOne(OPTIONS), "--", "'--' is not understood. Please type a letter from A to C, or help."),
        (ChooseMany(OPTIONS, 2), "a", "Please choose 2 letters, like a b."),
        (ChooseMany(OPTIONS, 2), "a a", "Please choose 2 letters, like a b."),
    ],
)
def test_what_cannot_be_an_answer_is_refused_with_what_can(interaction: Interaction, said: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        understood(slot(interaction), said)

    assert str(refused.value) == words


def test_an_author_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in wrapped("Red \x1b[31m alert\x07")
