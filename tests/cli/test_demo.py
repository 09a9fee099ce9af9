"""`demo`: a cohort to look at, in a folder of its own."""

from pathlib import Path

from tests.cli.conftest import Shell
from tests.cli.terminal import Terminal


def test_it_says_who_can_sign_in_and_how_to_serve_and_never_mixes_with_what_is_there(shell: Shell) -> None:
    made = shell("demo", "--data-dir", "demo data")
    again = shell("demo", "--data-dir", "demo data")

    assert (made.status, made.err) == (0, "")
    assert made.out.startswith("60 simulated learners made ")
    assert "Sign in with the password simulated needles as\n  learner@example.org\n" in made.out
    assert "python -m training serve --data-dir 'demo data'" in made.out
    assert again.status == 1
    assert "people in it already" in again.complaint


def test_it_leaves_the_operators_own_database_alone(shell: Shell, tmp_path: Path) -> None:
    shell("demo", "--data-dir", "demo data", NEEDLEWISE_DATABASE_URL=f"sqlite:///{tmp_path / 'mine.db'}")

    assert not (tmp_path / "mine.db").exists()
    assert not (tmp_path / "my data").exists()
    assert (tmp_path / "demo data" / "needlewise.db").is_file()


def test_a_person_who_watches_sees_how_far_it_is(environment: dict[str, str], tmp_path: Path) -> None:
    with Terminal(("demo", "--data-dir", str(tmp_path / "demo data")), environment) as screen:
        screen.expect("Simulating learners [")
        screen.expect("] 60/60")
        screen.expect("60 simulated learners made ")
        screen.rest()

    assert screen.process.returncode == 0
