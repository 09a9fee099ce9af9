"""`quiz`: a sitting at a real terminal, thrown away or recorded, in practice and in an exam."""

import re
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.cli.conftest import Shell
from tests.cli.terminal import Terminal
from tests.cli.test_user import PASSWORD, add
from tests.ui.test_cases_in_exams import CASE, PROGRAMME, TOLD

RECORDED = ("--as", "ann@example.org")


def events(environment: dict[str, str]) -> list[str]:
    """What is in the database: the kinds of the events, in order."""
    file = Path(environment["NEEDLEWISE_DATA_DIR"]) / "needlewise.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        kinds = connection.scalars(text("SELECT kind FROM attempt_events ORDER BY at, seq")).all()
    engine.dispose()
    return list(kinds)


def something(question: str) -> str:
    """An answer to whatever is asked."""
    return "12" if "Enter a number" in question else "a b" if "Choose 2" in question else "a"


def sign_in(screen: Terminal) -> None:
    screen.expect("Password: ")
    screen.type(PASSWORD)
    screen.expect("Signed in as Ann. Every answer is saved as you give it.")


def test_practice_tells_after_every_answer_and_ends_with_the_score(environment: dict[str, str]) -> None:
    with Terminal(("quiz", "practice-sample", "--seed", "3"), environment | {"NO_COLOR": "1"}) as screen:
        screen.expect("This sitting is not recorded.")
        screen.expect("Question 1 of 6")
        for number in range(1, 7):
            screen.type(something(screen.expect("> ")))
            told = screen.expect(f"Question {number + 1} of 6" if number < 6 else "6 of 6 answered.")
            assert re.search(r"(Correct|Partly correct|Not correct)\.\n", told)
            assert "(right" in told
        screen.type("submit")
        result = screen.rest()

    assert re.search(r"[\d.]+ of 6 points, \d+ % \(95 % interval \d+ to \d+ %\)\.", result)
    assert screen.process.returncode == 0


def test_an_exam_is_recorded_and_every_reason_comes_after_the_hand_in(
    shell: Shell, environment: dict[str, str]
) -> None:
    add(shell, "Ann")
    with Terminal(("quiz", "exam-sample", *RECORDED), environment | {"NO_COLOR": "1"}) as screen:
        sign_in(screen)
        for number in range(1, 11):
            screen.expect(f"Question {number} of 10")
            screen.type(something(screen.expect(" left] > ")))
            assert "right" not in screen.expect("Saved at ")
        screen.expect("10 of 10 answered.")
        screen.type("submit")
        result = screen.rest()

    assert "Passed." in result or "Not passed." in result
    assert "(right" in result
    assert events(environment) == ["answered"] * 10 + ["submitted"]


def test_ctrl_c_keeps_the_answers_and_the_sitting_goes_on_at_the_next_question(
    shell: Shell, environment: dict[str, str]
) -> None:
    add(shell, "Ann")
    with Terminal(("quiz", "exam-sample", *RECORDED), environment) as screen:
        sign_in(screen)
        screen.type(something(screen.expect(" left] > ")))
        screen.expect("Question 2 of 10")
        screen.expect(" left] > ")
        farewell = screen.interrupt("Your answers are saved. The clock runs on.") + screen.rest()
    with Terminal(("quiz", "exam-sample", *RECORDED), environment) as screen:
        sign_in(screen)
        screen.expect("Question 2 of 10")

    assert "quiz exam-sample --as ann@example.org" in farewell
    assert events(environment) == ["answered"]


def test_the_words_move_flag_strike_clear_and_list(environment: dict[str, str]) -> None:
    with Terminal(("quiz", "exam-sample", "--seed", "1"), environment | {"NO_COLOR": "1"}) as screen:
        screen.expect("Question 1 of 10")
        screen.expect("> ")
        for typed, shown in (
            ("help", "strike b"),
            ("flag", "Question 1 of 10  (flagged)"),
            ("go 9", "Question 9 of 10"),
            ("back", "Question 8 of 10"),
            ("", "Question 9 of 10"),
            ("go nowhere", "Please say which question, for example: go 5"),
            ("list", "Not answered: 1 to 10."),
            ("list", "Flagged: 1."),
            ("qwertz", "Please enter a number"),
            ("submit", "10 unanswered. Hand in all the same? (yes/no) "),
            ("no", "Question 9 of 10"),
            ("quit", "You left the quiz. Nothing was recorded."),
        ):
            screen.type(typed)
            screen.expect(shown)
        screen.rest()

    assert screen.process.returncode == 0


def test_options_are_struck_out_and_answers_taken_back(environment: dict[str, str], content: Path) -> None:
    only_options = content / "programmes" / "practice-sample.yaml"
    text_ = only_options.read_text("utf-8")
    only_options.write_text(text_.replace("mode: practice", "mode: exam"), "utf-8")
    with Terminal(("quiz", "practice-sample", "--seed", "2"), environment | {"NO_COLOR": "1"}) as screen:
        number = 1
        while "Choose one answer" not in screen.expect("> "):  # the first with options
            number += 1
            screen.type("next")
        screen.type("strike b")
        assert "(struck out)" in screen.expect("> ")
        screen.type("a")
        screen.expect("Noted at ")
        screen.type(f"go {number}")
        screen.expect("* A. ")
        screen.type("clear")
        screen.expect("Answer taken back at ")


def test_a_pipe_is_a_keyboard_too(shell: Shell) -> None:
    done = shell("quiz", "exam-sample", "--seed", "1", typed="submit\nyes\n")

    assert (done.status, done.err) == (0, "")
    assert "0 of 10 points, 0 %" in done.out
    assert "Not passed." in done.out


def test_the_end_of_input_leaves_the_quiz(shell: Shell) -> None:
    done = shell("quiz", "practice-sample", "--seed", "1")

    assert done.status == 0
    assert done.out.endswith("You left the quiz. Nothing was recorded.\n")


def test_an_unknown_quiz_is_refused_with_those_there_are(shell: Shell) -> None:
    assert "exam-sample, kinds-sample, practice-sample" in shell("quiz", "bananas").complaint
    assert "exam-sample, kinds-sample, practice-sample" in shell("quiz", "bananas", *RECORDED).complaint


def test_every_kind_of_question_can_be_answered_and_certainty_is_asked_for(environment: dict[str, str]) -> None:
    """Of each kind something that is possible: words, an order, letters for rows and gaps, one place, one option."""
    answers = {
        "Enter a word": "=next", "Enter a number": "12", "Bring all": "d c b a", "for each gap": "1a 2b",
        "Match each row": "a b c", "for each row": "a a", "Choose one": "a",
    }  # fmt: skip
    with Terminal(("quiz", "kinds-sample", "--seed", "3"), environment | {"NO_COLOR": "1"}) as screen:
        for number in range(1, 11):
            screen.expect(f"Question {number} of 10")
            asked = screen.expect("\n> ")
            screen.type(next(given for words, given in answers.items() if words in asked))
            screen.expect("How sure are you?")
            screen.type("9")
            screen.expect("Please type 1, 2 or 3.")
            screen.type("high" if number % 2 else "")
            screen.expect("orrect.")
        screen.expect("10 of 10 answered.")
        screen.type("submit")
        result = screen.rest()

    assert "of 10 points" in result
    assert re.search(r"By how sure you were: -?\d+ % of the most there is\.", result)


def test_a_case_in_an_exam_asks_before_it_tells_more(environment: dict[str, str]) -> None:
    programmes = Path(environment["NEEDLEWISE_CONTENT_DIR"]) / "programmes"
    (programmes / f"{CASE}.yaml").write_text(PROGRAMME, "utf-8")
    with Terminal(("quiz", CASE, "--seed", "3"), environment | {"NO_COLOR": "1"}) as screen:
        screen.expect("Question 1 of 2")
        screen.expect("> ")
        screen.type("a")
        assert TOLD not in screen.expect("Open it? (yes/no) > ")
        screen.type("no")
        screen.expect("Question 1 of 2")
        screen.expect("> ")
        screen.type("next")
        screen.expect("Open it? (yes/no) > ")
        screen.type("yes")
        assert TOLD in screen.expect("> ").replace("\r\n", " ").replace("\n", " ")
        screen.type("back")
        assert "It is closed" in screen.expect("> ")
        screen.type("submit")
        screen.expect("unanswered")
        screen.type("yes")
        screen.rest()

    assert screen.process.returncode == 0
