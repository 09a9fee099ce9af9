"""`replay`: the paper as it was, and the proof that its decision still comes out the same."""

from tests.cli.conftest import Shell


def test_it_wants_an_attempt_or_all(fresh_shell: Shell):
    assert fresh_shell("replay").status == 2
    assert fresh_shell("replay", "a-1", "--all").status == 2


def test_of_an_empty_database_everything_holds(fresh_shell: Shell):
    done = fresh_shell("replay", "--all", "--json")

    found = {"different": [], "unrecorded": [], "misshown": [], "unreadable": []}
    assert (done.status, done.json) == (0, {"attempts": 0, "holds": True, **found})


def test_an_unknown_attempt_is_one_line_and_status_one(fresh_shell: Shell):
    done = fresh_shell("replay", "nobody")

    assert done.status == 1
    assert "no such attempt" in done.complaint
