"""A learner challenges an item and reads the ruling; two instructors bring an edited item past its reviews."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person, settled, visit
from tests.browser.serving import Server, begin
from tests.browser.test_every_page import unfit
from tests.services.reviewers import BANK, ITEM, OLD, sign_off, version
from training.core.challenge import State
from training.core.permission import Role
from training.services import challenging, signing_off, taking

REASON = "The second option is right as well, the source allows both."


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(rf"{name}$")).first.click()
    settled(page)


def write(page: Page, label: str, text: str) -> None:
    """Write into a box; Streamlit takes the text over when the box is left."""
    box = page.get_by_role("textbox", name=label)
    box.fill(text)
    box.blur()
    settled(page)


def test_a_challenge_from_the_result_to_the_ruling(own_server: Server, enter: Enter) -> None:
    her, found = enter(own_server), []
    _challenge(own_server, her)
    instructor = enter(own_server, "/challenges", role=Role.INSTRUCTOR).page
    _ask_back(instructor, her)

    her.page.get_by_role("link", name="See your challenge").click()
    expect(her.page.locator("p").get_by_text("Which page of the source do you mean?").first).to_be_visible()
    write(her.page, "Add to it", "Page twelve, the second table.")
    press(her.page, "Send")
    expect(her.page.locator("p").get_by_text("Page twelve, the second table.").first).to_be_visible()
    found += unfit(her.page)
    _uphold(instructor, found)

    her.page.reload()
    settled(her.page)
    expect(her.page.get_by_text(re.compile("^Upheld by Ann"))).to_be_visible()
    expect(her.page.get_by_text("Proposed remedy: Give everyone full points for this question.")).to_be_visible()
    (mine,) = challenging.mine(own_server.app, her.actor)
    assert mine.challenge.state is State.UPHELD
    assert not found, "\n".join(found)


def _challenge(server: Server, her: Person) -> None:
    attempt = begin(server, her.actor, "exam-sample")
    taking.hand_in(server.app, her.actor, attempt)
    visit(her.page, f"{server.url}/result?attempt={attempt}")
    press(her.page, "Challenge this item")
    write(her.page, "What is wrong with this item, and why?", REASON)
    press(her.page, "Send the challenge")
    expect(her.page.get_by_text("You have challenged this item.")).to_be_visible()


def _ask_back(page: Page, her: Person) -> None:
    expect(page.get_by_text("1 open challenge")).to_be_visible()
    page.get_by_role("link", name=REASON).click()
    expect(page.get_by_text("The learner's answer: No answer")).to_be_visible()
    expect(page.get_by_test_id("stMain")).not_to_contain_text(her.actor.id)
    write(page, "Write to the learner", "Which page of the source do you mean?")
    press(page, "Send")
    expect(page.locator("p").get_by_text("Which page of the source do you mean?").first).to_be_visible()


def _uphold(page: Page, found: list[str]) -> None:
    page.reload()
    settled(page)
    expect(page.get_by_text("Page twelve, the second table.")).to_be_visible()
    page.get_by_text("Upheld: the learner is right", exact=True).click()
    page.get_by_text("Give everyone full points for this question").click()
    write(page, "Reason, which the learner reads", "Both are right by the source.")
    found += unfit(page)
    press(page, "Give the ruling")
    expect(page.get_by_text("The ruling is given")).to_be_visible()


def test_an_edited_item_goes_past_its_reviews_again_with_the_difference_in_view(
    own_server: Server, enter: Enter
) -> None:
    author, reviewer = enter(own_server, role=Role.INSTRUCTOR), enter(own_server, role=Role.INSTRUCTOR)
    app = own_server.app
    sign_off(app, author.actor, reviewer.actor)
    signed = version(app)
    _edit(own_server.content / BANK)

    visit(author.page, f"{own_server.url}/review-queue")
    expect(author.page.get_by_text("Edited since sign-off (1)")).to_be_visible()
    author.page.get_by_role("link", name=re.compile("needling the thigh")).click()
    settled(author.page)
    expect(author.page.get_by_text("Quizzes go on with version 1 meanwhile.")).to_be_visible()
    expect(author.page.locator("del", has_text="calf,")).to_be_visible()
    write(author.page, "Comment, or what for", "The thigh is needled more often.")
    press(author.page, "Submit for review")
    expect(author.page.get_by_text("a colleague signs it off")).to_be_visible()
    found = unfit(author.page)

    visit(reviewer.page, f"{own_server.url}/item-history?item={ITEM}")
    expect(reviewer.page.get_by_text("The thigh is needled more often.")).to_be_visible()
    press(reviewer.page, "Pass content review")
    expect(reviewer.page.get_by_text("one person cannot pass both reviews")).to_be_visible()
    editor = enter(own_server, f"/item-history?item={ITEM}", role=Role.INSTRUCTOR)
    press(editor.page, "Pass editorial and bias review")
    expect(editor.page.get_by_text("Approved").first).to_be_visible()

    standing = signing_off.standing_of(app, reviewer.actor, ITEM)
    assert (standing.version == signed, standing.served == standing.version) == (False, True)
    assert not found, "\n".join(found)


def _edit(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace(OLD, "Half-way through needling the thigh", 1), "utf-8")
