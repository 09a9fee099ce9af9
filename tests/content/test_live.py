"""Content that follows its files while people learn."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from training.content.live import LiveLibrary
from training.core.form import assemble
from training.core.refusal import NotFound

Edit = Callable[[str, str, str], None]
TWITCH = "question_banks/sample-twitch.yaml"


class Ticks:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def live(content: Path, ticks: Ticks) -> LiveLibrary:
    return LiveLibrary(content, None, ticks=ticks)


def codes(live: LiveLibrary) -> list[str]:
    return [problem.code for problem in live.problems()]


def stem(live: LiveLibrary, item_id: str) -> str:
    item = live.current().item(item_id)
    assert item is not None
    return item.stem


def test_an_edit_shows_without_a_restart_after_half_a_second(live: LiveLibrary, ticks: Ticks, edit: Edit) -> None:
    edit(TWITCH, "What is a local twitch response?", "What is a twitch?")

    assert stem(live, "sb-twitch-is") == "What is a local twitch response?"
    ticks.seconds += 0.5
    assert stem(live, "sb-twitch-is") == "What is a twitch?"


def test_what_was_saved_in_the_product_shows_at_once(live: LiveLibrary, edit: Edit) -> None:
    live.current()
    edit(TWITCH, "What is a local twitch response?", "What is a twitch?")

    live.renew()

    assert stem(live, "sb-twitch-is") == "What is a twitch?"


def test_a_broken_edit_is_told_to_instructors_and_learners_go_on(live: LiveLibrary, ticks: Ticks, edit: Edit) -> None:
    before = live.current()
    edit(TWITCH, "What is a local twitch response?", "What: is a twitch?")
    edit(TWITCH, "level: recall", "level: recal")
    ticks.seconds += 1

    assert live.current() == before
    assert codes(live) == ["B104"]

    edit(TWITCH, "level: recal\n", "level: recall\n")
    ticks.seconds += 1
    assert codes(live) == []
    assert stem(live, "sb-twitch-is") == "What: is a twitch?"


def test_a_bad_syntax_in_one_file_does_not_hold_up_edits_of_another(
    live: LiveLibrary, ticks: Ticks, edit: Edit
) -> None:
    edit(TWITCH, "items:", "items: [")
    edit("question_banks/sample-safety.yaml", "Where does it go?", "Where to?")
    ticks.seconds += 1

    assert stem(live, "sa-sharps-bin").endswith("Where to?")
    assert stem(live, "sb-twitch-is") == "What is a local twitch response?"
    assert codes(live) == ["Y001"]


def test_an_edit_that_breaks_another_file_waits_until_both_fit(live: LiveLibrary, ticks: Ticks, edit: Edit) -> None:
    edit("question_banks/references.yaml", "key: wheway-2012", "key: wheway-2013")
    ticks.seconds += 1

    assert "wheway-2012" in live.current().references, "learners keep the items that cite it"
    assert live.current().item("sa-needle-count") is not None
    assert codes(live) == ["B113", "B113"]

    edit("question_banks/sample-safety.yaml", "- wheway-2012", "- wheway-2013")
    edit("question_banks/sample-safety.yaml", "- wheway-2012", "- wheway-2013")
    ticks.seconds += 1
    assert codes(live) == []
    assert "wheway-2013" in live.current().references


def test_a_new_item_may_be_saved_before_its_source(live: LiveLibrary, ticks: Ticks, edit: Edit) -> None:
    edit(TWITCH, "- brady-2014", "- brady-2099")
    ticks.seconds += 1
    assert codes(live) == ["B113"]

    edit(
        "question_banks/references.yaml",
        "references:\n",
        "references:\n  - key: brady-2099\n    citation: B.\n    verified: seen\n",
    )
    ticks.seconds += 1
    assert codes(live) == []
    assert "brady-2099" in live.current().references
    item = live.current().item("sb-soreness")
    assert item
    assert item.references == ("brady-2099",)


def test_deleting_a_bank_that_a_quiz_needs_leaves_learners_the_bank(
    live: LiveLibrary, ticks: Ticks, content: Path
) -> None:
    (content / TWITCH).unlink()
    ticks.seconds += 1

    assert "B131" in codes(live)
    assert "sample-twitch" in live.current().banks
    assert len(assemble(live.pool("exam-sample"), seed=1).slots) == 10


def test_a_new_quiz_appears(live: LiveLibrary, ticks: Ticks, content: Path) -> None:
    text = (content / "programmes/practice-sample.yaml").read_text()
    (content / "programmes/second.yaml").write_text(text.replace("practice-sample", "second", 1))
    ticks.seconds += 1

    assert "second" in live.current().programmes
    assert len(assemble(live.pool("second"), seed=1).slots) == 6


def test_at_a_cold_start_the_good_items_of_a_broken_file_are_served(content: Path, edit: Edit, ticks: Ticks) -> None:
    edit(TWITCH, "level: recall", "level: recal")
    live = LiveLibrary(content, None, ticks=ticks)

    assert codes(live) == ["B104"]
    assert len(live.current().banks["sample-twitch"].items) == 13

    edit(TWITCH, "level: analyse", "level: analyze")
    ticks.seconds += 1
    assert len(live.current().banks["sample-twitch"].items) == 12, "there is no good version to keep"


def test_pools_are_built_once_for_each_version_of_the_content(live: LiveLibrary, ticks: Ticks, edit: Edit) -> None:
    before = live.pool("exam-sample")
    ticks.seconds += 1
    assert live.pool("exam-sample") is before

    edit(TWITCH, "What is a local twitch response?", "What is a twitch?")
    ticks.seconds += 1
    after = live.pool("exam-sample")
    assert after is not before
    assert after.content == live.current().digest != before.content


def test_an_unknown_quiz_is_not_found(live: LiveLibrary) -> None:
    with pytest.raises(NotFound, match="no such quiz"):
        live.pool("nothing")


def test_advice_needs_to_know_the_day(live: LiveLibrary) -> None:
    assert live.problems() == ()
    assert live.problems(date(2026, 3, 2)) == ()
    assert {problem.code for problem in live.problems(date(2040, 1, 1))} >= {"B301", "B302"}


def test_many_threads_see_one_version_or_the_other_and_never_half(content: Path, edit: Edit) -> None:
    live = LiveLibrary(content, None, ticks=iter(range(10**9)).__next__)
    old = live.current().digest
    total = sum(1 for _ in live.current().items())

    def look(number: int) -> tuple[str, int]:
        if number == 50:
            edit(TWITCH, "What is a local twitch response?", "What is a twitch?")
        library = live.current()
        return library.digest, sum(1 for _ in library.items())

    with ThreadPoolExecutor(8) as pool:
        seen = set(pool.map(look, range(400)))

    new = live.current().digest
    assert new != old
    assert seen <= {(old, total), (new, total)}


def test_what_was_read_is_kept_for_the_next_start(content: Path, tmp_path: Path) -> None:
    first = LiveLibrary(content, tmp_path / "cache").current()

    assert LiveLibrary(content, tmp_path / "cache").current() == first
