"""Import and export on the page: a question beside its source, what is lost, and what happens to conflicts."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.processes import PATIENCE
from tests.services.desk import SLUG, on_disk
from tests.services.test_importing import QUIZ
from tests.ui.conftest import _script, said
from training.core.permission import Actor
from training.services.app import App

Open = Callable[..., AppTest]


@pytest.fixture
def opened(own: App, sign_in: Callable[[Actor], None], cast: Cast) -> Open:
    def opened(actor: Actor = cast.ida, **query: str) -> AppTest:
        sign_in(actor)
        page = AppTest.from_function(_script, args=(own, "exchange"), default_timeout=PATIENCE)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return opened


def test_only_instructors_see_it(opened: Open, cast: Cast):
    assert "may not" in opened(cast.ann).warning[0].value


def test_a_file_is_reviewed_question_by_question_and_brought_in(own: App, opened: Open):
    page = opened()
    page.selectbox(key="import.into").select(SLUG).run()
    page.file_uploader(key="import.file").set_value(("knee.gift", QUIZ.encode(), "text/plain")).run()

    assert not page.exception
    assert "3 questions read as GIFT: 1 come in, 0 replace one, 2 stay out" in said(page)
    assert any("=The patella#It does." in each.value for each in page.code)
    assert "In the bank already as" in said(page)
    page.radio(key="import.way.sa-withdrawn-consent").set_value("both").run()
    assert "2 come in" in said(page)

    page.button(key="import.bring").click().run()

    assert not page.exception
    assert "2 questions came into" in said(page)
    assert "knee-01" in on_disk(own)


@pytest.mark.parametrize("form", ["gift", "moodle-xml", "qti3", "csv"])
def test_a_bank_goes_out_with_what_it_loses_named(own: App, opened: Open, form: str):
    page = opened(show="export")
    names = page.selectbox(key="export.format")
    page.multiselect(key="export.banks").set_value([SLUG]).run()
    names.set_value(form if form in names.options else names.value).run()

    assert not page.exception
    assert page.get("download_button")
