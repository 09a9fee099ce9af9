"""A case in an exam, in a window: what a part tells is not there before she opens it, and opening closes what was."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.services.reviewers import on_own_content
from tests.ui.conftest import OpenPage, said
from training.core.attempt import Attempt, Opened
from training.services import taking
from training.services.app import App

CASE, TOLD = "case-exam", "She is short of breath when climbing stairs"
PROGRAMME = f"""\
programme: {CASE}
title: A case
summary: One case as an exam.
banks:
  - samples-of-every-kind
policy:
  mode: exam
blueprint:
  sections:
    - title: Case
      quotas:
        - count: 2
          type: case
"""


@pytest.fixture
def own(app: App, cast: Cast, tmp_path: Path) -> App:
    own = on_own_content(app, tmp_path)
    (own.settings.content_dir / "programmes" / f"{CASE}.yaml").write_text(PROGRAMME, "utf-8")
    return own


@pytest.fixture
def attempt(own: App, cast: Cast) -> Attempt:
    return taking.look(own, cast.ann, taking.start(own, cast.ann, CASE, request="x"))


def button(page: AppTest, label: str) -> Any:
    return next((each for each in page.button if each.label == label), None)


def test_a_part_that_tells_more_is_not_on_the_page_before_she_opens_it(
    open_page: OpenPage, own: App, cast: Cast, attempt: Attempt
):
    page = open_page(cast.ann, "sitting", other=own, attempt=attempt.id, q="2")

    assert not page.exception
    assert TOLD not in said(page)
    assert attempt.form.slots[1].question.stem not in said(page)
    assert "question 1 is closed" in said(page)
    assert "You have not answered question 1 yet" in said(page)
    assert not page.radio


def test_opening_it_shows_it_closes_what_came_before_and_loses_no_answer(
    open_page: OpenPage, own: App, cast: Cast, attempt: Attempt
):
    given = attempt.form.slots[0].order[0]
    taking.save_answer(own, cast.ann, attempt.id, 0, given, seen=0)
    page = open_page(cast.ann, "sitting", other=own, attempt=attempt.id, q="2")
    button(page, "Open this part").click().run()

    assert not page.exception
    assert TOLD in said(page)
    assert page.radio
    now = taking.look(own, cast.ann, attempt.id)
    assert isinstance(now.events[-1], Opened)
    assert now.responses == {0: given}
    before = open_page(cast.ann, "sitting", other=own, attempt=attempt.id, q="1")
    assert "This one is closed, because question 2 told you more." in said(before)
    assert before.radio[0].disabled


def test_going_back_without_opening_leaves_everything_open(open_page: OpenPage, own: App, cast: Cast, attempt: Attempt):
    page = open_page(cast.ann, "sitting", other=own, attempt=attempt.id, q="2")
    button(page, "Back").click().run()

    assert not page.radio[0].disabled
    assert taking.look(own, cast.ann, attempt.id).events == ()
