"""`db`: the schema, copies of the data, and `rebuild`."""

from pathlib import Path

from jsonschema import validate

from tests.cli.conftest import Shell
from tests.cli.test_user import add

STATUS = {
    "type": "object",
    "required": ["database", "dialect", "pending"],
    "additionalProperties": False,
    "properties": {
        "database": {"type": "string"},
        "dialect": {"enum": ["sqlite", "postgresql"]},
        "pending": {"type": "array", "items": {"type": "string"}},
    },
}


def test_a_new_database_is_behind_until_it_is_upgraded(shell: Shell) -> None:
    before = shell("db", "status", "--json")
    first, second = shell("db", "upgrade"), shell("db", "upgrade")
    after = shell("db", "status")

    validate(before.json, STATUS)
    assert before.status == 1
    assert before.json["pending"]
    assert first.out.startswith("applied ")
    assert second.out == "The database is up to date.\n"
    assert after.status == 0


def test_a_backup_brings_back_what_was_there(shell: Shell, tmp_path: Path) -> None:
    add(shell, "Ann")
    saved = shell("db", "backup", "copies/monday.db")
    add(shell, "Bo")
    restored = shell("db", "restore", "copies/monday.db", "--overwrite")

    assert saved.out == "Backed up to copies/monday.db\n"
    assert (tmp_path / "copies" / "monday.db").stat().st_mode & 0o077 == 0
    assert (restored.status, restored.err) == (0, "")
    assert [each["name"] for each in shell("user", "list", "--json").json["people"]] == ["Ann"]


def test_nothing_is_overwritten_without_being_told(shell: Shell) -> None:
    add(shell, "Ann")
    shell("db", "backup", "copy.db")
    again, over = shell("db", "backup", "copy.db"), shell("db", "restore", "copy.db")

    assert (again.status, over.status) == (1, 1)
    assert again.complaint
    assert "overwrite" in over.complaint
    assert shell("db", "backup", "copy.db", "--overwrite").status == 0


def test_what_is_no_backup_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Ann", "utf-8")

    assert shell("db", "restore", "letter.db").status == 1
    assert shell("db", "restore", "letter.db").complaint
    missing = shell("db", "restore", "missing.db")
    assert missing.status in {1, 2}
    assert "missing.db" in missing.complaint


def test_rebuilding_an_empty_database_does_nothing(shell: Shell) -> None:
    assert shell("rebuild").out == "Marked 0 attempts anew.\n"
