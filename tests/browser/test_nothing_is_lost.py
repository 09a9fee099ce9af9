"""Refresh, back, double clicks, two windows, no connection, a killed server: every answer that was saved is there."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import (
    Person,
    at_question,
    eventually,
    in_address,
    options,
    respond,
    saved,
    settled,
    turn_to,
    visit,
)
from tests.browser.serving import Server, attempts_of, begin, events
from tests.browser.wire import Wire
from training.core.interaction import ChooseOne
from training.services import taking

FIRST, SECOND = 0, 1


def sit(server: Server, enter: Enter, programme: str = "exam-sample") -> tuple[Person, str]:
    """Bring a learner into an exam of ten questions that has just begun."""
    her = enter(server)
    attempt = begin(server, her.actor, programme)
    return her, attempt


def single_choices(server: Server, her: Person, attempt: str) -> list[int]:
    """List the numbers of the questions with one answer."""
    slots = taking.look(server.app, her.actor, attempt).form.slots
    return [number for number, slot in enumerate(slots, 1) if isinstance(slot.question.interaction, ChooseOne)]


def open_at(page: Page, her: Person, attempt: str, number: int) -> None:
    visit(page, f"{her.home}/sitting?attempt={attempt}&q={number}")
    at_question(page, number)


def chosen(page: Page) -> Locator:
    return page.locator("[data-testid=stRadio] label:has(input:checked)")


def pick(page: Page, which: int) -> str:
    """Choose an option of the radio and wait for the receipt; gives its text."""
    option = options(page).nth(which)
    option.click()
    saved(page)
    settled(page)
    return option.inner_text()


def test_a_refresh_half_way_keeps_the_question_and_every_answer(server: Server, enter: Enter) -> None:
    her, attempt = sit(server, enter)
    page = her.page
    visit(page, f"{server.url}/sitting?attempt={attempt}")
    for number in range(1, 6):
        at_question(page, number)
        respond(page)
        page.get_by_role("button", name="Next").click()
    at_question(page, 6)
    page.reload()
    at_question(page, 6)
    expect(page.get_by_text("5 of 10 answered")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"^Question \d+, answered"))).to_have_count(5)

    elsewhere = her.window("/")  # and from the start page she is led to where she was
    elsewhere.get_by_role("button", name="Resume quiz").click()
    expect(elsewhere.get_by_text("5 of 10 answered")).to_be_visible()


def test_an_answer_marks_its_cell_at_once_and_stands_when_she_comes_back(server: Server, enter: Enter) -> None:
    her, attempt = sit(server, enter)
    a, b = single_choices(server, her, attempt)[:2]
    page = her.page
    open_at(page, her, attempt, a)
    answered = pick(page, SECOND)
    expect(page.get_by_text("1 of 10 answered")).to_be_visible()
    expect(page.get_by_role("button", name=f"Question {a}, answered")).to_be_visible()
    for number in (b, a, b, a):
        turn_to(page, number)
    expect(chosen(page)).to_have_text(answered)
    page.get_by_text("Flag for review").click()
    expect(page.get_by_role("button", name=f"Question {a}, answered, flagged")).to_be_visible()
    expect(chosen(page)).to_have_text(answered)


def test_the_back_button_goes_to_the_question_before(server: Server, enter: Enter) -> None:
    her, attempt = sit(server, enter)
    page = her.page
    open_at(page, her, attempt, 1)
    page.get_by_role("button", name="Next").click()
    at_question(page, 2)
    respond(page)
    page.get_by_role("button", name="Next").click()
    at_question(page, 3)
    page.go_back()
    at_question(page, 2)
    saved(page)
    page.go_forward()
    at_question(page, 3)


def test_double_clicks_start_answer_and_hand_in_once(server: Server, enter: Enter) -> None:
    her = enter(server, "/quiz?quiz=exam-sample")
    page = her.page
    page.get_by_role("button", name="Start now").dblclick()
    at_question(page, 1)
    attempt = in_address(page, "attempt")
    assert attempts_of(server, her.actor) == [attempt]

    number = single_choices(server, her, attempt)[0]
    turn_to(page, number)
    options(page).nth(FIRST).dblclick()
    saved(page)
    settled(page)
    assert events(server, attempt, "answered") == 1

    visit(page, f"{server.url}/sitting?attempt={attempt}&q=end")
    page.get_by_role("button", name="Hand in now").dblclick()
    expect(page.get_by_role("heading", name=re.compile("in Exam sample"))).to_be_visible()
    assert events(server, attempt, "submitted") == 1


def test_of_two_windows_on_one_question_the_later_is_told_and_overwrites_nothing(server: Server, enter: Enter) -> None:
    her, attempt = sit(server, enter)
    number = single_choices(server, her, attempt)[0]
    one, other = her.page, her.window("/")
    open_at(one, her, attempt, number)
    open_at(other, her, attempt, number)
    first = pick(one, FIRST)
    options(other).nth(SECOND).click()
    expect(other.get_by_text("answered in another window")).to_be_visible()
    expect(chosen(other)).to_have_text(first)
    assert events(server, attempt, "answered") == 1

    second = pick(other, SECOND)  # now that she has seen it, she may change her mind
    eventually(lambda: events(server, attempt, "answered") == 2)
    one.reload()
    expect(chosen(one)).to_have_text(second)


def test_an_answer_is_kept_by_a_busy_server_though_she_goes_elsewhere_at_once(server: Server, enter: Enter) -> None:
    her, attempt = sit(server, enter)
    numbers = single_choices(server, her, attempt)[:4]
    for number in numbers:
        open_at(her.page, her, attempt, number)
        with server.standing_still():
            options(her.page).nth(SECOND).click()
            her.page.get_by_role("link", name="Modules", exact=True).click()
        expect(her.page.get_by_role("heading", name="Modules", exact=True)).to_be_visible()
    eventually(lambda: events(server, attempt, "answered") == len(numbers))


def test_two_windows_on_different_questions_keep_both_answers(server: Server, enter: Enter) -> None:
    her, attempt = sit(server, enter)
    a, b = single_choices(server, her, attempt)[:2]
    one, other = her.page, her.window("/")
    open_at(one, her, attempt, a)
    open_at(other, her, attempt, b)
    first, second = pick(one, FIRST), pick(other, SECOND)
    turn_to(one, b)
    expect(chosen(one)).to_have_text(second)
    turn_to(other, a)
    expect(chosen(other)).to_have_text(first)


def test_a_lost_connection_comes_back_with_every_answer(server: Server, enter: Enter) -> None:
    her, attempt = sit(server, enter)
    a, b = single_choices(server, her, attempt)[:2]
    page = her.page
    with Wire(server.port) as wire:
        her.moves_to(f"http://127.0.0.1:{wire.port}")
        open_at(page, her, attempt, a)
        before = pick(page, FIRST)
        turn_to(page, b)
        wire.cut()
        expect(page.get_by_role("radio").first).to_be_disabled()  # nothing can be answered that would not be saved
        assert events(server, attempt, "answered") == 1
        wire.mend()
        reaches(page)
        at_question(page, b)
        answered = pick(page, SECOND)
        turn_to(page, a)
        settled(page)
        expect(chosen(page)).to_have_text(before)
        turn_to(page, b)
        settled(page)
        expect(chosen(page)).to_have_text(answered)
    assert events(server, attempt, "answered") == 2


def test_a_server_killed_in_the_middle_gives_back_every_answer_it_acknowledged(
    own_server: Server, enter: Enter
) -> None:
    her, attempt = sit(own_server, enter)
    her.disturbed = True
    numbers = single_choices(own_server, her, attempt)[:4]
    page = her.page
    acknowledged = {}
    for number in numbers[:3]:
        open_at(page, her, attempt, number)
        acknowledged[number] = pick(page, number % 2)
    own_server.kill()
    expect(page.get_by_role("radio").first).to_be_disabled()
    own_server.start()

    reaches(page)  # without a reload: the page finds the server by itself, and is where it was
    at_question(page, numbers[2])
    turn_to(page, numbers[3], insist=True)
    acknowledged[numbers[3]] = pick(page, SECOND)
    page.reload()
    for number, text in acknowledged.items():
        turn_to(page, number)
        expect(chosen(page)).to_have_text(text)
    assert events(own_server, attempt, "answered") == 4


def reaches(page: Page) -> None:
    """Wait until the page has found the server again."""
    settled(page)
    expect(page.get_by_role("radio").first).to_be_enabled()
