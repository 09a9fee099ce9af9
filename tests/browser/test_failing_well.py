"""From a missed sentinel to a new try: what to read, a re-check of fresh questions, and another form."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import at_question, in_address, saved, settled, visit
from tests.browser.serving import Server, begin
from tests.conftest import SAMPLE
from tests.services.test_remedying import GATED
from training.core.form import Slot
from training.core.key import correct_value
from training.core.permission import Actor
from training.services import taking

QUIZ = "gated-sample"
FRESH = 6
"""Sentinels of the one objective: two for each try and two for the re-check."""
ITEM = """\
  - id: stop-{n}
    type: single_best
    status: approved
    objective: "1.3"
    level: apply
    safety: sentinel
    stem: "Patient {n} says stop while {n} needles are in the calf. What happens next?"
    options:
      - text: "The needles come out now"
        correct: true
        why: "Consent can be withdrawn at any moment, and needling ends with it."
      - text: "One more insertion, then out"
        why: "Unsafe. Needling without consent is an assault."
      - text: "The patient is talked round"
        why: "Unsafe. A refusal is not argued with."
    references:
      - alberta-hqca-2014
    authors:
      - Needlewise editors
    reviewers:
      - Needlewise clinical editors
    reviewed: 2026-01-15
    review_by: 2036-01-15
"""
ENOUGH = timedelta(hours=25)
"""The pause after a failed try is a day."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with an exam that fails whoever misses a sentinel, and a bank with sentinels enough."""
    folder: Path = tmp_path_factory.mktemp("failing")
    content = folder / "content"
    shutil.copytree(SAMPLE, content)
    items = "".join(ITEM.format(n=number) for number in range(2, 2 + FRESH))
    (content / "question_banks" / "stopping.yaml").write_text(
        f"bank: stopping\ntitle: Stopping\nitems:\n{items}", "utf-8"
    )
    gated = GATED.replace("banks: [sample-safety]", "banks: [stopping]")
    gated = re.sub(r"quotas:.*", 'quotas:\n        - count: 2\n          objective: "1.3"\n', gated, flags=re.DOTALL)
    (content / "programmes" / f"{QUIZ}.yaml").write_text(gated, "utf-8")
    with Server(folder / "data", content) as served:
        yield served


def fail(school: Server, who: Actor, ago: timedelta) -> str:
    """Sit the exam some time ago, and give wrong answers to all of it."""
    attempt_id = begin(school, who, QUIZ, ago=ago)
    then = replace(school.app, now=lambda: school.app.now() - ago)
    for number, slot in enumerate(taking.look(then, who, attempt_id).form.slots):
        wrong = next(name for name in slot.order if name != correct_value(slot.question.key))
        taking.save_answer(then, who, attempt_id, number, wrong, seen=0)
    taking.hand_in(then, who, attempt_id)
    return attempt_id


def slots_of(school: Server, who: Actor, page: Page) -> tuple[str, tuple[Slot, ...]]:
    attempt_id = in_address(page, "attempt")
    return attempt_id, taking.look(school.app, who, attempt_id).form.slots


def asked(slots: tuple[Slot, ...]) -> set[str]:
    return {slot.question.item_id for slot in slots}


def answer_rightly(page: Page, slots: tuple[Slot, ...]) -> None:
    """Choose what is right in every question of the sitting, and hand in."""
    for number, slot in enumerate(slots, 1):
        at_question(page, number)
        settled(page)
        right = next(each.text for each in slot.options() if each.id == correct_value(slot.question.key))
        page.get_by_test_id("stMain").locator("label").filter(has_text=right).first.click()
        saved(page)
        settled(page)
        page.get_by_role("button", name="Next" if number < len(slots) else "To the summary").click()
    settled(page)
    page.get_by_role("button", name="Hand in now").click()


def read_again(page: Page) -> None:
    """Follow the result's link and read the section to its end."""
    page.get_by_role("link", name="Consent and stopping: When the patient says stop").click()
    expect(page.get_by_role("heading", name="When the patient says stop")).to_be_visible()
    settled(page)
    page.get_by_role("button", name=re.compile("^Next|read")).last.click()
    expect(page.get_by_role("heading", name="One needle, one use")).to_be_visible()


def test_from_a_missed_sentinel_to_a_second_try_with_another_form(school: Server, enter: Enter) -> None:
    her = enter(school)
    failed = fail(school, her.actor, ENOUGH)
    page, first = her.page, asked(taking.look(school.app, her.actor, failed).form.slots)

    visit(page, f"{school.url}/result?attempt={failed}")
    expect(page.get_by_text("must be passed by itself")).to_be_visible()
    expect(page.get_by_role("button", name="Start the re-check")).to_be_disabled()
    expect(page.get_by_role("link", name="Try again")).to_have_count(0)

    read_again(page)
    visit(page, f"{school.url}/result?attempt={failed}")
    page.get_by_role("button", name="Start the re-check").click()
    at_question(page, 1)
    recheck, probed = slots_of(school, her.actor, page)
    answer_rightly(page, probed)
    expect(page).to_have_url(re.compile("/result"))
    settled(page)

    visit(page, f"{school.url}/result?attempt={failed}")
    expect(page.get_by_text("The re-check is passed.")).to_be_visible()
    page.get_by_role("link", name="Try again").click()
    page.get_by_role("button", name="Start now").click()
    at_question(page, 1)
    second, slots = slots_of(school, her.actor, page)
    answer_rightly(page, slots)
    expect(page.get_by_text(re.compile("^Passed"))).to_be_visible()

    assert len({failed, recheck, second}) == 3
    assert len(first | asked(probed) | asked(slots)) == FRESH  # nothing was asked twice


def test_whoever_failed_just_now_is_told_when_the_next_try_opens(school: Server, enter: Enter) -> None:
    her = enter(school)
    failed = fail(school, her.actor, timedelta())
    page = her.page

    visit(page, f"{school.url}/result?attempt={failed}")
    expect(page.get_by_text("When the patient says stop")).to_be_visible()
    expect(page.get_by_text(re.compile("pause of 1 day"))).to_be_visible()
    visit(page, f"{school.url}/quiz?quiz={QUIZ}")
    expect(page.get_by_role("link", name="What to do next")).to_be_visible()
    expect(page.get_by_role("button", name="Start now")).to_have_count(0)
