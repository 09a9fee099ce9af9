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
    assert (told["genuine"], told["state"], told["statusKnown"]) == (True, "revoked", True)


def test_a_changed_file_is_told_with_the_reason(file: Path, capsys: pytest.CaptureFixture[str]):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    assert main(["verify", str(file), "--trust", NEW_PUBLIC, "--json"]) == FINDINGS
    assert json.loads(capsys.readouterr().out)["genuine"] is False


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
