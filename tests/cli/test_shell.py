"""The command line as a whole: help, misuse, errors in one line, and manners towards pipes and terminals."""

import os
import resource
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT, Shell
from tests.cli.terminal import Terminal
from training import __version__
from training.cli import COMMANDS


def test_help_names_every_command_and_shows_examples(fresh_shell: Shell) -> None:
    done = fresh_shell("--help")

    assert done.status == 0
    assert all(f"    {name}" in done.out for name in COMMANDS)
    assert "examples:" in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps(fresh_shell: Shell, command: str) -> None:
    done = fresh_shell(command, "--help")

    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"usage: python -m training {command}")


def test_help_comes_at_once(environment: dict[str, str]) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "training", "--help"], env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_the_version_is_told(fresh_shell: Shell) -> None:
    assert fresh_shell("--version").out == f"needlewise {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [(), ("bananas",), ("draw",), ("draw", "practice-sample"), ("draw", "practice-sample", "--seed", "x"), ("db",)],
    ids=" ".join,
)
def test_misuse_says_how_it_is_used_and_ends_with_2(fresh_shell: Shell, words: tuple[str, ...]) -> None:
    done = fresh_shell(*words)

    assert (done.status, done.out) == (2, "")
    assert "usage: python -m training" in done.err
    assert "Traceback" not in done.err


def test_a_bad_setting_is_named_with_what_it_may_be(fresh_shell: Shell) -> None:
    done = fresh_shell("draw", "practice-sample", "--seed", "1", NEEDLEWISE_REGISTRATION="maybe")

    assert done.status == 2
    assert done.complaint == (
        "needlewise: NEEDLEWISE_REGISTRATION is 'maybe'; it may be one of: open, invitation, closed."
    )


def test_a_data_folder_that_cannot_be_made_is_named(fresh_shell: Shell) -> None:
    done = fresh_shell("db", "status", NEEDLEWISE_DATA_DIR="/dev/null/data")

    assert done.status == 2
    assert done.complaint == "needlewise: /dev/null/data: Not a directory"


def test_a_database_that_does_not_answer_is_told_without_its_password(fresh_shell: Shell) -> None:
    done = fresh_shell("db", "status", NEEDLEWISE_DATABASE_URL="postgresql+psycopg://ann:secret@127.0.0.1:9/nowhere")

    assert done.status == 2
    assert "the database does not answer" in done.complaint
    assert "secret" not in done.err


def test_a_database_of_a_kind_we_do_not_know_is_refused(fresh_shell: Shell) -> None:
    done = fresh_shell("db", "status", NEEDLEWISE_DATABASE_URL="oracle://somewhere")

    assert done.status == 1
    assert "sqlite:///" in done.complaint


def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str]) -> None:
    both = f"'{sys.executable}' -m training explain | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", both], env=environment, capture_output=True, text=True, check=True)

    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


def test_a_terminal_that_knows_only_ascii_gets_marks_instead_of_an_error(fresh_shell: Shell) -> None:
    done = fresh_shell("draw", "practice-sample", "--seed", "1", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done.status == 0


def test_colours_are_for_terminals_only_and_no_color_turns_them_off(
    environment: dict[str, str], fresh_shell: Shell
) -> None:
    words = ("quiz", "practice-sample", "--seed", "1")
    with Terminal(words, environment) as coloured, Terminal(words, environment | {"NO_COLOR": "1"}) as plain:
        assert "\x1b[" in coloured.expect("Choose")
        assert "\x1b[" not in plain.expect("Choose")
    assert "\x1b[" not in fresh_shell(*words).out


def test_the_commands_run_from_any_folder_and_with_every_python_flag() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "training", "--version"], cwd="/", capture_output=True, text=True,
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
