"""A restart on content that broke meanwhile: learners keep what they had, instructors see what is wrong."""

import stat
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from training.content.live import LiveLibrary
from training.content.served import FILE

Edit = Callable[[str, str, str], None]
Start = Callable[[], LiveLibrary]
TWITCH = "question_banks/sample-twitch.yaml"
SAFETY = "question_banks/sample-safety.yaml"
BROKEN = "  - broken: ["


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cache"


@pytest.fixture
def start(content: Path, cache: Path) -> Start:
    """Start the product anew on the same content and data."""
    return lambda: LiveLibrary(content, cache)


def codes(live: LiveLibrary) -> list[str]:
    return [problem.code for problem in live.problems()]


def stem(live: LiveLibrary, item_id: str) -> str:
    item = live.current().item(item_id)
    assert item is not None
    return item.stem


def items(live: LiveLibrary, bank: str = "sample-twitch") -> int:
    return len(live.current().banks[bank].items) if bank in live.current().banks else 0


def append(content: Path, text: str) -> None:
    with (content / TWITCH).open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_broken_edit_takes_nothing_from_learners_over_any_number_of_restarts_until_it_is_mended(
    content: Path, cache: Path, edit: Edit
) -> None:
    seconds = [0.0]
    first = LiveLibrary(content, cache, ticks=lambda: seconds[0])
    edit(TWITCH, "What is a local twitch response?", "What is a twitch?")
    seconds[0] += 1
    edited = first.current()
    append(content, BROKEN)
    seconds[0] += 1
    assert first.current() == edited

    for _ in range(3):
        restarted = LiveLibrary(content, cache, ticks=lambda: seconds[0])
        assert restarted.current() == edited
        assert stem(restarted, "sb-twitch-is") == "What is a twitch?"
        assert restarted.pool("exam-sample").content == edited.digest
        assert codes(restarted) == ["Y001"]

    edit(TWITCH, BROKEN, "")
    edit(TWITCH, "What is a twitch?", "What is a twitch, then?")
    seconds[0] += 1
    assert stem(restarted, "sb-twitch-is") == "What is a twitch, then?"
    assert codes(restarted) == []
    assert stem(LiveLibrary(content, cache), "sb-twitch-is") == "What is a twitch, then?"


def test_a_file_broken_while_nothing_ran_keeps_what_was_served_last(start: Start, edit: Edit) -> None:
    before = start().current()
    edit(TWITCH, "level: recall", "level: recal")
    edit(SAFETY, "Where does it go?", "Where to?")
    live = start()

    assert live.current().banks["sample-twitch"] == before.banks["sample-twitch"]
    assert stem(live, "sa-sharps-bin").endswith("Where to?"), "a good edit of another file shows"
    assert codes(live) == ["B104"]


def test_a_bank_with_one_bad_item_keeps_its_good_ones_when_it_becomes_unreadable(
    start: Start, content: Path, edit: Edit
) -> None:
    edit(TWITCH, "level: recall", "level: recal")
    assert items(start()) == 13
    append(content, BROKEN)

    for _ in range(2):
        live = start()
        assert items(live) == 13
        assert codes(live) == ["B104", "Y001"]

    edit(TWITCH, BROKEN, "")
    edit(TWITCH, "level: recal\n", "level: recall\n")
    assert items(start()) == 14


def test_an_edit_that_breaks_another_file_waits_over_a_restart_too(start: Start, edit: Edit) -> None:
    start()
    edit("question_banks/references.yaml", "key: wheway-2012", "key: wheway-2013")

    for _ in range(2):
        live = start()
        assert "wheway-2012" in live.current().references
        assert live.current().item("sa-needle-count") is not None
        assert codes(live) == ["B113", "B113"]


def test_a_file_deleted_before_a_restart_is_gone_and_does_not_come_back(start: Start, content: Path) -> None:
    text = (content / TWITCH).read_text("utf-8")
    start()
    (content / TWITCH).unlink()
    live = start()

    assert items(live) == 0
    assert "B131" in codes(live)

    (content / TWITCH).write_text(text + BROKEN, "utf-8")
    assert items(start()) == 0, "what was deleted is no last good version"


@pytest.mark.parametrize("spoil", ["cut", "flipped", "empty", "other version", "folder"])
def test_an_odd_memory_is_ignored(start: Start, content: Path, cache: Path, spoil: str) -> None:
    start()
    file = cache / FILE
    good = file.read_bytes()
    append(content, BROKEN)
    if spoil == "folder":
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes(
            {
                "cut": good[: len(good) // 2],
                "flipped": good[:-9] + bytes([good[-9] ^ 1]) + good[-8:],
                "empty": b"",
                "other version": good.replace(b"\n", b" older\n", 2),
            }[spoil]
        )
    live = start()

    assert items(live) == 0
    assert items(live, "sample-safety") == 16
    assert codes(live) == ["Y001"]


def test_what_was_served_of_another_content_folder_is_never_served_here(
    start: Start, content: Path, cache: Path, tmp_path: Path
) -> None:
    start()
    append(content, BROKEN)
    other = Path(copytree(content, tmp_path / "other"))

    assert items(LiveLibrary(other, cache)) == 0


def test_a_first_start_on_flawed_content_serves_what_is_good_of_it(start: Start, edit: Edit) -> None:
    edit(TWITCH, "- perreault-2017", "- perreault-2071")

    assert items(start()) == 13
    assert items(start()) == 13


def test_the_memory_is_written_only_when_what_is_served_changes_and_is_for_the_operator_alone(
    start: Start, content: Path, cache: Path
) -> None:
    start()
    before = (cache / FILE).stat()
    start()
    append(content, BROKEN)
    start()

    assert (cache / FILE).stat().st_ino == before.st_ino
    assert stat.S_IMODE(before.st_mode) == 0o600


def test_without_a_folder_a_restart_serves_what_is_on_disk(content: Path) -> None:
    LiveLibrary(content, None)
    append(content, BROKEN)

    assert items(LiveLibrary(content, None)) == 0
