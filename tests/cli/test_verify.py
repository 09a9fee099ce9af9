"""Stories at the shell of checking certificates, and of the keys that sign them."""

import json
from pathlib import Path

import pytest

from tests.documents.certificates import NEW_PUBLIC, OLD_PUBLIC, PLACE, Made, list_of, made
from training.cli import FINDINGS, FINE, MISUSE, main


@pytest.fixture(scope="module")
def anns() -> Made:
    return made()


@pytest.fixture
def file(anns: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ann's certificate in a folder with nothing else: no product, no database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEEDLEWISE_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "ann.pdf"
    path.write_bytes(anns.pdfs["a4"])
    return path


def test_a_true_certificate_of_a_trusted_key_is_fine(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["verify", str(file), "--trust", OLD_PUBLIC]) == FINE
    out = capsys.readouterr().out

    assert out.startswith("Genuine and valid.")
    assert "Nguyễn Thị Phương-Thảo Brzęczyszczykiewicz" in out
    assert "cannot be known from the file alone" in out


def test_without_a_key_to_trust_it_is_not_called_valid(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["verify", str(file)]) == FINDINGS
    assert "not trusted" in capsys.readouterr().out


def test_a_saved_list_tells_of_a_revocation(file: Path, capsys: pytest.CaptureFixture[str]):
    (file.parent / "list.json").write_bytes(list_of("revocation", PLACE))

    assert main(["verify", str(file), "--trust", NEW_PUBLIC, "--status", "list.json", "--json"]) == FINDINGS
    told = json.loads(capsys.readouterr().out)
    assert (told["genuine"], told["state"]) == (True, "revoked")


def test_what_no_list_was_given_of_is_said_to_be_unknown(file: Path, capsys: pytest.CaptureFixture[str]):
    """The list of suspensions alone cannot tell that a certificate was not revoked."""
    asked = ["verify", str(file), "--trust", NEW_PUBLIC]
    for purpose in ("revocation", "suspension"):
        (file.parent / f"{purpose}.json").write_bytes(list_of(purpose))
    one = [*asked, "--status", "suspension.json"]
    assert main(one) == FINE
    assert "Whether it was revoked since cannot be known from the lists given." in capsys.readouterr().out
    assert main([*one, "--json"]) == FINE
    assert json.loads(capsys.readouterr().out)["statusKnown"] is False

    assert main([*one, "--status", "revocation.json"]) == FINE
    out = capsys.readouterr().out
    assert "cannot be known" not in out
    assert "Whether it was revoked is known as of 20" in out


def test_a_changed_file_is_told_with_the_reason(file: Path, capsys: pytest.CaptureFixture[str]):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    assert main(["verify", str(file), "--trust", NEW_PUBLIC, "--json"]) == FINDINGS
    assert json.loads(capsys.readouterr().out)["genuine"] is False


def test_a_status_list_that_is_none_makes_no_certificate_false(file: Path, capsys: pytest.CaptureFixture[str]):
    Path("list.json").write_text('{"proof": []}')

    assert main(["verify", str(file), "--status", "list.json"]) == MISUSE
    said = capsys.readouterr()
    assert said.out == ""
    assert "A status list that was given cannot be used" in said.err


def test_a_file_that_is_not_there_is_misuse(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["verify", "nowhere.pdf"]) == MISUSE


def test_keys_are_shown_and_changed(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["keys", "--json"]) == FINE
    first = json.loads(capsys.readouterr().out)["keyHistory"]
    assert main(["keys", "--rotate"]) == FINE
    lines = capsys.readouterr().out.splitlines()

    assert len(first) == 1
    assert len(lines) == 2
    assert lines[1].endswith(f"vouched for by {first[0]['key']}")
