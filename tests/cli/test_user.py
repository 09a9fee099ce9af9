"""`user`: people from the shell, with passwords that never are arguments."""

from jsonschema import validate

from tests.cli.conftest import Shell
from tests.cli.terminal import Terminal

PEOPLE = {
    "type": "object",
    "required": ["people"],
    "additionalProperties": False,
    "properties": {
        "people": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "email", "name", "roles", "signs_in", "created_at", "disabled_at", "simulated"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string"},
                    "email": {"type": "string"},
                    "name": {"type": "string"},
                    "roles": {"type": "array", "items": {"type": "string"}},
                    "signs_in": {"type": "string"},
                    "created_at": {"type": "string"},
                    "disabled_at": {"type": ["string", "null"]},
                    "simulated": {"type": "boolean"},
                },
            },
        }
    },
}
PASSWORD = "four quiet needles"


def add(shell: Shell, name: str, role: str = "learner") -> None:
    done = shell("user", "add", f"{name.lower()}@example.org", "--name", name, "--role", role, typed=f"{PASSWORD}\n")
    assert (done.status, done.err) == (0, "")


def test_a_person_is_added_with_a_password_from_standard_input_and_can_sign_in(shell: Shell) -> None:
    add(shell, "Ann")
    signed_in = shell("quiz", "practice-sample", "--as", "ann@example.org", typed=f"{PASSWORD}\n")

    assert "Signed in as Ann" in signed_in.out


def test_the_list_is_told_in_words_and_in_json(shell: Shell) -> None:
    add(shell, "Ada", "administrator")
    add(shell, "Bo")
    words, listed, some = (
        shell("user", "list"),
        shell("user", "list", "--json"),
        shell("user", "list", "--role", "learner"),
    )

    validate(listed.json, PEOPLE)
    assert [(each["email"], each["roles"]) for each in listed.json["people"]] == [
        ("ada@example.org", ["administrator"]),
        ("bo@example.org", ["learner"]),
    ]
    assert words.out.splitlines()[0].split() == ["ada@example.org", "Ada", "administrator"]
    assert some.out.split() == ["bo@example.org", "Bo", "learner"]


def test_an_empty_list_says_what_to_do(shell: Shell) -> None:
    assert "user add" in shell("user", "list").out
    assert shell("user", "list", "--json").json == {"people": []}


def test_roles_are_given_and_taken_but_never_the_last_administrators(shell: Shell) -> None:
    add(shell, "Ada", "administrator")
    given = shell("user", "role", "ada@example.org", "instructor")
    taken = shell("user", "role", "ada@example.org", "instructor", "--remove")
    last = shell("user", "role", "ada@example.org", "administrator", "--remove")

    assert given.out == "ada@example.org is now instructor.\n"
    assert taken.out == "ada@example.org is no longer instructor.\n"
    assert last.status == 1
    assert "last administrator" in last.complaint


def test_a_reset_prints_a_link_and_a_new_password_replaces_the_old(shell: Shell) -> None:
    add(shell, "Ann")
    link = shell("user", "reset", "ann@example.org")
    changed = shell("user", "reset", "ann@example.org", "--password", typed="another quiet needle\n")
    old = shell("quiz", "practice-sample", "--as", "ann@example.org", typed=f"{PASSWORD}\n")

    assert "/reset-password?token=" in link.out
    assert "signed out everywhere" in changed.out
    assert old.status == 1
    assert "do not belong together" in old.complaint


def test_a_disabled_person_cannot_sign_in_until_enabled(shell: Shell) -> None:
    add(shell, "Ann")
    quiz = ("quiz", "practice-sample", "--as", "ann@example.org")
    shell("user", "disable", "ann@example.org")
    shut = shell(*quiz, typed=f"{PASSWORD}\n")
    shell("user", "enable", "ann@example.org")
    opened = shell(*quiz, typed=f"{PASSWORD}\n")

    assert (shut.status, opened.status) == (1, 0)
    assert "disabled" in shut.complaint


def test_what_cannot_be_is_refused_in_one_line(shell: Shell) -> None:
    add(shell, "Ann")
    name = ("--name", "Ann")

    assert "already" in shell("user", "add", "Ann@Example.org ", *name, typed=PASSWORD).complaint
    assert "e-mail" in shell("user", "add", "ann", *name, typed=PASSWORD).complaint
    assert "10 characters" in shell("user", "add", "bo@example.org", *name, typed="short\n").complaint
    assert "No password was given" in shell("user", "add", "bo@example.org", *name).complaint
    assert "no account" in shell("user", "disable", "zed@example.org").complaint
    assert shell("user", "role", "ann@example.org", "emperor").status == 2


def test_without_a_password_a_link_is_handed_out(shell: Shell) -> None:
    done = shell("user", "add", "bo@example.org", "--name", "Bo", "--link")

    assert done.status == 0
    assert "/reset-password?token=" in done.out


def test_a_password_typed_at_a_terminal_is_not_shown_and_is_asked_twice(environment: dict[str, str]) -> None:
    words = ("user", "add", "ann@example.org", "--name", "Ann")
    with Terminal(words, environment) as screen:
        screen.expect("Password: ")
        screen.type(PASSWORD)
        shown = screen.expect("The same again: ")
        screen.type("something else")
        shown += screen.rest()

    assert PASSWORD not in shown
    assert "The two passwords differ. Nothing was changed." in shown
    assert screen.process.returncode == 1
