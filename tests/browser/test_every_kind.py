"""The example of every item type, in a real browser: answered by keyboard alone, kept, marked, and fit for everyone."""

import re
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser import keyboard
from tests.browser.conftest import Enter
from tests.browser.every_kind import answer, every_kind, shown
from tests.browser.person import at_question, eventually, saved, settled, visit
from tests.browser.serving import Server, begin
from tests.browser.test_every_page import unfit
from tests.browser.wire import Wire
from training.core.attempt import Attempt
from training.core.form import Slot
from training.core.interaction import ChooseMany, ChooseOne, FillGaps, MatchEach, PickRegion, PutInOrder, Value
from training.core.key import correct_value, fraction
from training.core.permission import Actor, Role
from training.services import taking

FULL = "You have chosen 2. Take one away to choose another."


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("kinds")
    with Server(folder / "data", every_kind(folder / "content")) as served:
        yield served


def at_kind(
    server: Server,
    enter: Enter,
    kind: type,
    *,
    width: int = 1280,
    once: bool = False,
    choose: int = 1,
    by: Wire | None = None,
) -> tuple[Page, Attempt, int]:
    """Open a new attempt at the first question of a kind; gives the page, the attempt, and the question's slot."""
    her = enter(server, width=width)
    if by:
        her.moves_to(f"http://127.0.0.1:{by.port}")
    attempt = taking.look(server.app, her.actor, begin(server, her.actor, "every-kind"))
    asked = [slot.question.interaction for slot in attempt.form.slots]
    fits = [not isinstance(each, PickRegion) or each.choose == choose for each in asked]
    number = next(
        n for n, each in enumerate(asked) if isinstance(each, kind) and getattr(each, "once", once) == once and fits[n]
    )
    visit(her.page, f"{her.home}/sitting?attempt={attempt.id}&q={number + 1}")
    expect(her.page.get_by_test_id("stMain").locator(".order li, .spot g, .selects select").first).to_be_visible()
    return her.page, attempt, number


def given(server: Server, attempt: Attempt, number: int) -> Value:
    """Read from the database what is answered."""
    she = Actor(attempt.learner, "Ann", frozenset({Role.LEARNER}))
    return taking.look(server.app, she, attempt.id).responses.get(number)


def test_every_kind_is_answered_by_keyboard_alone_kept_over_a_refresh_and_marked(kinds: Server, enter: Enter) -> None:
    her = enter(kinds)
    page, attempt_id = her.page, begin(kinds, her.actor, "every-kind")
    slots = taking.look(kinds.app, her.actor, attempt_id).form.slots
    visit(page, f"{kinds.url}/sitting?attempt={attempt_id}&q=1")
    for number, slot in enumerate(slots, 1):
        at_question(page, number)
        settled(page)
        value = correct_value(slot.question.key)
        answer(page, slot, value)
        saved(page)
        eventually(partial(_is_saved, kinds, her.actor, attempt_id, number - 1))
        page.reload()
        settled(page)
        _shows(page, slot)
        keyboard.press(page, "Next" if number < len(slots) else "To the summary")
    keyboard.press(page, "Hand in now")
    expect(page.get_by_role("heading", name="100 % in Every kind")).to_be_visible()


def _is_saved(server: Server, actor: Actor, attempt_id: str, number: int) -> bool:
    attempt = taking.look(server.app, actor, attempt_id)
    return fraction(attempt.form.slots[number].question.key, attempt.responses.get(number)) == 1


def _shows(page: Page, slot: Slot) -> None:
    """After a refresh the page shows the answer that was given."""
    value, asked = correct_value(slot.question.key), slot.question.interaction
    if isinstance(asked, ChooseOne | ChooseMany):
        ticked = page.get_by_test_id("stMain").locator("input:checked:not([role=switch])")
        expect(ticked).to_have_count(1 if isinstance(value, str) else len(value or ()))
    else:
        eventually(lambda: shown(page, asked) == value)


def test_every_kind_is_fit_for_everyone_before_and_after_it_is_marked(kinds: Server, enter: Enter) -> None:
    her = enter(kinds)
    attempt = begin(kinds, her.actor, "every-kind")
    found = []
    for number, slot in enumerate(taking.look(kinds.app, her.actor, attempt).form.slots):
        if isinstance(slot.question.interaction, ChooseOne | ChooseMany):
            continue
        visit(her.page, f"{kinds.url}/sitting?attempt={attempt}&q={number + 1}")
        found += unfit(her.page)
        taking.save_answer(kinds.app, her.actor, attempt, number, correct_value(slot.question.key), seen=0)
        taking.check(kinds.app, her.actor, attempt, number)
        visit(her.page, f"{kinds.url}/sitting?attempt={attempt}&q={number + 1}")
        found += unfit(her.page)
    taking.hand_in(kinds.app, her.actor, attempt)
    visit(her.page, f"{kinds.url}/result?attempt={attempt}")
    found += unfit(her.page)
    assert not found, "\n".join(found)


def touch(page: Page, *points: tuple[float, float]) -> None:
    """Put a finger down, move it along and lift it."""
    finger = page.context.new_cdp_session(page)
    for number, (x, y) in enumerate(points):
        kind = "touchMove" if number else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_step_can_be_dragged_by_a_finger(kinds: Server, enter: Enter) -> None:
    page, _, _ = at_kind(kinds, enter, PutInOrder, width=360)
    steps = page.get_by_test_id("stMain").locator("li:has(.grip)")
    first = steps.first.locator(".text").inner_text()
    steps.last.scroll_into_view_if_needed()
    grip, below = steps.first.locator(".grip").bounding_box(), steps.nth(1).bounding_box()
    assert grip
    assert below
    x, y, end = grip["x"] + 15, grip["y"] + 15, below["y"] + below["height"]
    touch(page, (x, y), (x, y + 20), (x, end - 10), (x, end))
    expect(steps.nth(1).locator(".text")).to_have_text(first)
    saved(page)


def test_steps_can_be_dragged_and_quick_moves_are_all_kept(kinds: Server, enter: Enter) -> None:
    page, attempt, number = at_kind(kinds, enter, PutInOrder)
    steps = page.get_by_test_id("stMain").locator("li:has(.grip)")
    before = steps.locator(".text").all_inner_texts()
    grip, last = steps.first.locator(".grip").bounding_box(), steps.last.bounding_box()
    assert grip
    assert last
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, last["y"] + last["height"] + 10, steps=8)
    page.mouse.up()
    expect(steps.last.locator(".text")).to_have_text(before[0])
    saved(page)

    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(steps.first.locator(".text")).to_have_text(before[0])
    eventually(lambda: given(kinds, attempt, number) == attempt.form.slots[number].order)
    settled(page)
    page.reload()
    settled(page)
    expect(steps.locator(".text")).to_have_text(before)
    expect(page.get_by_text("answered in another window")).to_have_count(0)


WATCHED = """list => {
  window.seen = [];
  const order = () => [...list.querySelectorAll(".text")].map(each => each.textContent);
  new MutationObserver(() => window.seen.push(order())).observe(list, {childList: true, subtree: true});
}"""


def test_news_of_an_earlier_move_never_takes_back_a_later_one(kinds: Server, enter: Enter) -> None:
    with Wire(kinds.port) as wire:
        page, attempt, number = at_kind(kinds, enter, PutInOrder, by=wire)
        steps = page.get_by_test_id("stMain").locator("li:has(.grip)")
        first, *others = attempt.form.slots[number].order
        steps.first.locator(".grip").focus()
        with wire.lagging(3):
            for key, place in (("ArrowDown", 1), ("ArrowUp", 0), ("ArrowDown", 1)):
                page.keyboard.press(key)
                wanted = (*others[:place], first, *others[place:])
                eventually(lambda wanted=wanted: given(kinds, attempt, number) == wanted)  # type: ignore[misc]
            before = steps.locator(".text").all_inner_texts()
            page.locator("ol:has(.grip)").evaluate(WATCHED)
            page.wait_for_timeout(3_000)
        saved(page)
        settled(page)
        assert all(order == before for order in page.evaluate("seen"))
        assert steps.locator(".text").all_inner_texts() == before


def test_a_place_is_chosen_by_a_finger_or_in_words_and_nothing_tells_which_is_right(
    kinds: Server, enter: Enter
) -> None:
    page, attempt, number = at_kind(kinds, enter, PickRegion, width=360)
    asked = attempt.form.slots[number].question.interaction
    assert isinstance(asked, PickRegion)
    places = page.locator("g[role=button]")
    marks = places.evaluate_all(
        "all => all.map(g => [g.getAttribute('class').trim(), g.children.length, g.ariaPressed])"
    )
    assert len({str(mark) for mark in marks}) == 1
    place = page.get_by_role("button", name=asked.regions[0].text)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    touch(page, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    expect(page.get_by_text("Your choice: ")).to_contain_text(asked.regions[0].text)
    saved(page)

    page.get_by_text("Answer in words instead").click()
    words = page.get_by_role("radio", name=asked.regions[1].text)
    keyboard.tab_to(page, page.get_by_role("radio", name=asked.regions[0].text))
    words.check()
    expect(page.get_by_role("button", name=asked.regions[1].text)).to_have_attribute("aria-pressed", "true")


def test_two_places_are_chosen_by_the_mouse_taken_away_and_chosen_in_words(kinds: Server, enter: Enter) -> None:
    page, attempt, number = at_kind(kinds, enter, PickRegion, choose=2)
    asked = attempt.form.slots[number].question.interaction
    assert isinstance(asked, PickRegion)
    first, second, third = (page.get_by_role("button", name=each.text) for each in asked.regions)
    for place, pressed in ((first, True), (third, True), (second, False), (first, False), (second, True)):
        place.click()
        expect(place).to_have_attribute("aria-pressed", str(pressed).lower())
        if place is second and not pressed:
            expect(page.get_by_text(FULL)).to_be_visible()
    wanted = tuple(each.id for each in asked.regions[1:])
    eventually(lambda: set(given(kinds, attempt, number) or ()) == set(wanted))
    page.reload()
    settled(page)
    eventually(lambda: shown(page, asked) == wanted)

    page.get_by_text("Answer in words instead").click()
    page.get_by_role("checkbox", name=asked.regions[1].text).uncheck()
    expect(second).to_have_attribute("aria-pressed", "false")
    page.get_by_role("checkbox", name=asked.regions[0].text).check()
    expect(page.get_by_text("Your choice: ")).to_contain_text(asked.regions[0].text)


def test_that_no_more_places_may_be_chosen_is_still_said_when_the_last_answer_has_arrived(
    kinds: Server, enter: Enter
) -> None:
    page, attempt, number = at_kind(kinds, enter, PickRegion, choose=2)
    place = page.locator("g[role=button]")
    expect(place).to_have_count(3)
    place.evaluate_all("all => all.forEach(each => each.dispatchEvent(new MouseEvent('click')))")
    eventually(lambda: len(given(kinds, attempt, number) or ()) == 2)
    settled(page)
    saved(page)
    expect(page.get_by_text(FULL)).to_be_visible()
    place.first.click()
    expect(page.get_by_text(FULL)).to_have_count(0)


def test_what_is_used_once_cannot_be_chosen_again(kinds: Server, enter: Enter) -> None:
    page, _, _ = at_kind(kinds, enter, MatchEach, once=True)
    boxes = page.get_by_role("combobox")
    boxes.first.select_option(index=1)
    saved(page)
    expect(boxes.nth(1).locator("option:disabled")).to_have_text(re.compile(r" \(used\)$"))


def test_a_gap_stands_within_its_sentence(kinds: Server, enter: Enter) -> None:
    page, _, _ = at_kind(kinds, enter, FillGaps)
    page.get_by_role("combobox", name="Gap 1").select_option(index=1)
    saved(page)
    expect(page.get_by_text("1 of 2 still open.")).to_be_attached()
