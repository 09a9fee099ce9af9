"""An instructor reads her banks: what there is, what is wrong, what is missing, and each item in full."""

import shutil
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from tests.conftest import SAMPLE, Cast
from training.content.live import LiveLibrary
from training.core.interaction import options_of
from training.core.refusal import NotFound, Refusal
from training.services import authoring
from training.services.app import App
from training.services.authoring import ItemFilter

BANK = "question_banks/sample-safety.yaml"


@pytest.fixture
def own_app(app: App, tmp_path: Path) -> App:
    """The product on a copy of the sample content, for tests that edit it."""
    root = tmp_path / "content"
    shutil.copytree(SAMPLE, root)
    return replace(app, settings=replace(app.settings, content_dir=root), content=LiveLibrary(root, None))


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_an_instructor_reads_the_banks(app: App, cast: Cast, who: str):
    actor, item = getattr(cast, who), next(app.library.items()).id

    for ask in (
        lambda: authoring.banks(app, actor),
        lambda: authoring.items(app, actor, ItemFilter()),
        lambda: authoring.library(app, actor),
        lambda: authoring.problems(app, actor),
        lambda: authoring.manual(app, actor, "B201"),
        lambda: authoring.coverage(app, actor),
        lambda: authoring.preview(app, actor, item, ItemFilter()),
    ):
        with pytest.raises(Refusal):
            ask()


def test_banks_are_counted_by_status_type_level_and_safety(app: App, cast: Cast):
    summaries = authoring.banks(app, cast.ida)

    assert [each.bank.slug for each in summaries] == ["sample-safety", "sample-twitch", "samples-of-every-kind"]
    for each in summaries:
        total = len(each.bank.items)
        assert sum(each.status.values()) == sum(each.type.values()) == sum(each.level.values()) == total
        assert sum(each.safety.values()) == total
        assert each.drawable == sum(item.drawable for item in each.bank.items)
        assert (each.errors, each.warnings) == (0, 0)


def test_items_are_filtered_by_everything_at_once(app: App, cast: Cast):
    everything = authoring.items(app, cast.ida, ItemFilter())
    chosen = authoring.items(app, cast.ida, ItemFilter(domain="1", level="apply", status="approved"))

    assert len(everything) == sum(1 for _ in app.library.items())
    assert 0 < len(chosen) < len(everything)
    assert {(each.item.domain, each.item.level.value, each.item.status.value) for each in chosen} == {
        ("1", "apply", "approved")
    }
    assert [each for each in everything if each in chosen] == chosen


def test_the_search_finds_every_word_wherever_an_author_wrote_it(app: App, cast: Cast):
    item = next(item for item in app.library.items() if item.type == "single_best")
    word = item.options[1].why.split()[-1].strip(".")

    found = authoring.items(app, cast.ida, ItemFilter(text=f"{word.upper()} {item.id}"))

    assert [each.item.id for each in found] == [item.id]
    assert authoring.items(app, cast.ida, ItemFilter(text="no such words at all")) == []


def test_coverage_counts_what_quizzes_can_draw_and_shows_the_gaps(app: App, cast: Cast):
    covered = authoring.coverage(app, cast.ida)

    assert [each.objective.id for each in covered] == [each.id for each in app.library.objectives()]
    assert sum(each.drawable for each in covered) == sum(item.drawable for item in app.library.items())
    assert sum(sum(each.levels.values()) for each in covered) == sum(each.drawable for each in covered)
    assert sum(each.check_yourself for each in covered) > 0


def test_a_preview_has_the_references_enemies_and_neighbours_of_its_list(app: App, cast: Cast):
    wanted = ItemFilter(bank="sample-safety")
    listed = [each.item for each in authoring.items(app, cast.ida, wanted)]

    first, second = (authoring.preview(app, cast.ida, item.id, wanted) for item in listed[:2])

    assert (first.previous, first.next, first.place, first.total) == (None, listed[1].id, 0, len(listed))
    assert (second.previous, second.next) == (listed[0].id, listed[2].id)
    assert [key for key, _ in first.references] == list(listed[0].references)
    assert all(reference for _, reference in first.references)
    assert first.objective.id == listed[0].objective
    assert [citation.key for citation in first.question.citations] == list(listed[0].references)


def test_an_enemy_is_named_on_both_sides(app: App, cast: Cast):
    pairs = [(item.id, enemy) for item in app.library.items() for enemy in item.enemies]

    assert pairs
    for one, other in pairs:
        assert other in authoring.preview(app, cast.ida, one, ItemFilter()).enemies
        assert one in authoring.preview(app, cast.ida, other, ItemFilter()).enemies


def test_a_preview_says_on_which_line_the_item_begins(app: App, cast: Cast):
    text = (SAMPLE / BANK).read_text("utf-8").splitlines()

    for listed in authoring.items(app, cast.ida, ItemFilter(bank="sample-safety")):
        line = authoring.preview(app, cast.ida, listed.item.id, ItemFilter()).line
        assert listed.item.id in text[line - 1]


def test_options_may_be_shuffled_and_anchored_ones_stay_last(app: App, cast: Cast):
    anchored = [
        item
        for item in app.library.items()
        if item.type == "single_best" and any(note.anchored for note in item.options)
    ]
    for item in anchored:
        orders = set()
        for seed in range(20):
            preview = authoring.preview(app, cast.ida, item.id, ItemFilter(), seed)
            by_id = {option.id: option for option in options_of(preview.question.interaction)}
            shown = [by_id[name] for name in preview.order]
            assert {option.id for option in shown} == set(item.option_ids)
            assert [option.anchored for option in shown] == sorted(option.anchored for option in shown)
            orders.add(tuple(option.id for option in shown))
        assert len(orders) > 1
    assert anchored


def test_an_item_that_left_its_list_is_still_shown(app: App, cast: Cast):
    item = next(item for item in app.library.items() if item.domain == "1")

    preview = authoring.preview(app, cast.ida, item.id, ItemFilter(domain="7"))

    assert preview.item.id == item.id
    assert preview.total == sum(1 for _ in app.library.items())


def test_an_unknown_item_or_code_is_not_found(app: App, cast: Cast):
    with pytest.raises(NotFound, match="no-such-item"):
        authoring.preview(app, cast.ida, "no-such-item", ItemFilter())
    with pytest.raises(NotFound, match="X999"):
        authoring.manual(app, cast.ida, "X999")


def test_a_broken_edit_shows_its_problem_while_the_last_good_item_goes_on(own_app: App, cast: Cast):
    item = next(each for each in own_app.library.items() if each.type == "single_best")
    file = own_app.settings.content_dir / own_app.library.banks["sample-safety"].file
    good = file.read_text("utf-8")
    file.write_text(good.replace("level: apply", "level: aply", 1), "utf-8")
    wait_for_edit(own_app)

    (problem,) = [each for each in authoring.problems(own_app, cast.ida) if "aply" in each.message]

    assert (problem.file, good.splitlines()[problem.line - 1].strip()) == (BANK, "level: apply")
    assert authoring.manual(own_app, cast.ida, problem.code)
    assert authoring.banks(own_app, cast.ida)[0].errors == 1
    assert authoring.preview(own_app, cast.ida, item.id, ItemFilter()).item.id == item.id


def wait_for_edit(app: App) -> None:
    """Look again as long as the library may still trust what it saw half a second ago."""
    for _ in range(20):
        if app.content.problems():
            return
        sleep(0.1)
        app.content.current()
