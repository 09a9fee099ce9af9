"""The cache: nothing changes but the time it takes, and nothing odd in its file is ever believed."""

import pickle
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from training.content.cache import FILE, Cache, StoredItems
from training.content.libraries import load_library
from training.content.parts import contents, digest_of, find_units

Edit = Callable[[str, str, str], None]


def unknown(content: Path, folder: Path) -> list[str]:
    """The files that the cache does not know as they are: those that the next start parses."""
    store = Cache(folder)
    return [unit.file for unit in find_units(content) if not store.part(unit, digest_of(unit, contents(content, unit)))]


def test_a_warm_start_gives_the_same_content_and_problems_without_parsing(
    content: Path, tmp_path: Path, edit: Edit
) -> None:
    edit("question_banks/sample-safety.yaml", "level: recall", "level: recal")
    edit("question_banks/sample-twitch.yaml", "- perreault-2017", "- perreault-2071")
    cold = load_library(content, tmp_path / "cache")

    assert load_library(content, tmp_path / "cache") == cold
    assert {each.code for each in cold[1]} == {"B104", "B113"}
    assert unknown(content, tmp_path / "cache") == []


def test_after_one_edit_only_that_file_is_parsed_again(content: Path, tmp_path: Path, edit: Edit) -> None:
    load_library(content, tmp_path / "cache")
    edit("question_banks/sample-twitch.yaml", "A brief contraction", "One brief contraction")

    assert unknown(content, tmp_path / "cache") == ["question_banks/sample-twitch.yaml"]
    library, _ = load_library(content, tmp_path / "cache")

    assert (item := library.item("sb-twitch-is"))
    assert "One brief contraction" in str(item.question(0).interaction)


def test_a_picture_that_vanished_is_noticed_by_a_warm_start(content: Path, tmp_path: Path, edit: Edit) -> None:
    edit(
        "question_banks/sample-safety.yaml", "file: modules/consent-and-stopping/figures/decision.svg", "file: calf.svg"
    )
    (content / "calf.svg").write_text("<svg/>")
    assert load_library(content, tmp_path / "cache")[1] == []
    (content / "calf.svg").unlink()

    library, problems = load_library(content, tmp_path / "cache")

    assert [each.code for each in problems] == ["B115"]
    assert library.item("sa-picture-calf") is None


@pytest.mark.parametrize("spoil", ["cut", "flipped", "foreign", "empty", "other version", "folder"])
def test_an_odd_cache_is_ignored_and_written_anew(content: Path, tmp_path: Path, spoil: str) -> None:
    folder = tmp_path / "cache"
    cold = load_library(content, folder)
    file = folder / FILE
    good = file.read_bytes()
    trap = pickle.dumps(_Trap(tmp_path / "sprung"))
    if spoil == "folder":
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes(
            {
                "cut": good[: len(good) // 2],
                "flipped": good[:-9] + bytes([good[-9] ^ 1]) + good[-8:],
                "foreign": trap,
                "empty": b"",
                "other version": good.replace(b"\n", b" older\n", 2),
            }[spoil]
        )

    assert load_library(content, folder) == cold
    assert not (tmp_path / "sprung").exists()
    if spoil != "folder":
        assert file.read_bytes()[:100] == good[:100]


class _Trap:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


def test_the_cache_is_for_the_operator_alone(content: Path, tmp_path: Path) -> None:
    load_library(content, tmp_path / "data" / "cache")

    assert stat.S_IMODE((tmp_path / "data" / "cache" / FILE).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data" / "cache").iterdir()] == [FILE]


def test_nothing_is_written_where_nothing_changed(content: Path, tmp_path: Path) -> None:
    load_library(content, tmp_path / "cache")
    before = (tmp_path / "cache" / FILE).stat()
    load_library(content, tmp_path / "cache")

    assert (tmp_path / "cache" / FILE).stat().st_ino == before.st_ino


def test_a_bank_from_the_cache_is_read_when_it_is_first_used(content: Path, tmp_path: Path) -> None:
    load_library(content, tmp_path / "cache")
    library, _ = load_library(content, tmp_path / "cache")
    items = library.banks["sample-twitch"].items

    assert isinstance(items, StoredItems)
    assert len(items) == 14
    assert items[0].id == "sb-delphi-band"
    assert [item.id for item in items[:2]] == ["sb-delphi-band", "sb-delphi-two"]
    assert items == tuple(items)
    assert hash(items) == hash(tuple(items))
    assert pickle.loads(pickle.dumps(items)) == items


def test_without_a_folder_nothing_is_remembered(content: Path) -> None:
    store = Cache(None)
    store.save()

    assert store.verdict("any") is None
