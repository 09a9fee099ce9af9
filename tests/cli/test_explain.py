"""`explain`: the manual page of every problem code."""

from tests.cli.conftest import Shell
from training.content.rules import codes


def test_every_code_is_listed_and_one_is_explained(shell: Shell) -> None:
    listed, one = shell("explain"), shell("explain", "b201")

    assert [line.split()[0] for line in listed.out.splitlines()] == list(codes())
    assert one.status == 0
    assert "Bad:" in one.out
    assert "Good:" in one.out


def test_an_unknown_code_is_misuse(shell: Shell) -> None:
    done = shell("explain", "Z999")

    assert done.status == 2
    assert "no code Z999" in done.complaint
