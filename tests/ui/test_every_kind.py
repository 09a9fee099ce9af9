"""Every kind of question in the sitting, the preview and the result: it opens, tells no key beforehand, and is told after."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import SAMPLE, Cast
from tests.ui.conftest import OpenPage, said
from training.content.live import LiveLibrary
from training.core.attempt import Attempt
from training.core.certainty import Certainty
from training.core.interaction import PickRegion
from training.core.key import correct_value
from training.services import taking
from training.services.app import App
from training.ui.components.answering import is_response
from training.ui.views.words import plain


@pytest.fixture
def attempt(app: App, cast: Cast) -> Attempt:
    return taking.look(app, cast.ann, taking.start(app, cast.ann, "kinds-sample", request="x"))


def test_each_opens_with_what_is_asked_and_without_its_reasons(
    open_page: OpenPage, cast: Cast, attempt: Attempt
) -> None:
    assert len({slot.question.interaction.kind for slot in attempt.form.slots}) == 7
    for number, slot in enumerate(attempt.form.slots, 1):
        page = open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number))
        text = said(page)
        assert not page.exception
        assert slot.question.stem.split()[0] in text
        assert not any(reason.text in text for reason in slot.question.reasons)


def test_a_case_shows_its_vignette_with_each_part_and_says_how_it_goes(
    open_page: OpenPage, cast: Cast, attempt: Attempt
) -> None:
    second = next(n for n, slot in enumerate(attempt.form.slots, 1) if slot.question.item_id.endswith("/2"))
    text = said(open_page(cast.ann, "sitting", attempt=attempt.id, q=str(second)))

    assert "A slim runner of 24" in text
    assert "short of breath when climbing stairs" in text
    assert "Part 2 of 2 of a case." in text


def test_all_right_answers_are_told_in_the_result(open_page: OpenPage, app: App, cast: Cast, attempt: Attempt) -> None:
    for number, slot in enumerate(attempt.form.slots):
        taking.save_answer(app, cast.ann, attempt.id, number, correct_value(slot.question.key), seen=0)
        taking.rate(app, cast.ann, attempt.id, number, Certainty.HIGH)
    taking.hand_in(app, cast.ann, attempt.id)

    page = open_page(cast.ann, "result", attempt=attempt.id)

    assert not page.exception
    assert page.title[0].value == "100 % in Samples of every kind"


def test_an_instructor_previews_each_with_its_reasons(open_page: OpenPage, app: App, cast: Cast) -> None:
    for item in app.library.banks["samples-of-every-kind"].items:
        page = open_page(cast.ida, "preview-item", item=item.id, order="3", part="2", seen="after")
        assert not page.exception, item.id
        assert "Key and reasons" in said(page)


def shown_in_components(page: AppTest) -> str:
    return "\n".join(each.proto.json for each in page.get("bidi_component"))


def test_in_practice_each_is_told_with_its_reasons_once_it_is_checked(
    open_page: OpenPage, app: App, cast: Cast, attempt: Attempt
) -> None:
    for number, slot in enumerate(attempt.form.slots):
        taking.save_answer(app, cast.ann, attempt.id, number, correct_value(slot.question.key), seen=0)
        if slot.question.group is None:
            taking.check(app, cast.ann, attempt.id, number)
            page = open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number + 1))
            assert not page.exception
            assert "**Correct**" in said(page)
            assert plain(slot.question.reasons[0].text) in said(page) or slot.question.key.kind == "within"


def test_a_picture_tells_right_from_wrong_only_after_the_check(
    open_page: OpenPage, app: App, cast: Cast, attempt: Attempt
) -> None:
    number, slot = next(
        (n, each) for n, each in enumerate(attempt.form.slots) if isinstance(each.question.interaction, PickRegion)
    )
    right = correct_value(slot.question.key)
    wrong = next(name for name in slot.order if name != right)
    taking.save_answer(app, cast.ann, attempt.id, number, wrong, seen=0)
    asked = shown_in_components(open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number + 1)))
    taking.check(app, cast.ann, attempt.id, number)
    told = shown_in_components(open_page(cast.ann, "sitting", attempt=attempt.id, q=str(number + 1)))

    assert "rectangle" in asked
    assert "mark" not in asked
    assert told.count('"mark": "right"') == 1
    assert told.count('"mark": "wrong"') == 1


def test_a_module_may_ask_each_to_check_yourself(open_page: OpenPage, app: App, cast: Cast, tmp_path: Path) -> None:
    content = Path(copytree(SAMPLE, tmp_path / "content"))
    items = app.library.banks["samples-of-every-kind"].items
    module = content / "modules" / "consent-and-stopping" / "module.yaml"
    listed = "".join(f"      - {item.id}\n" for item in items)
    module.write_text(module.read_text("utf-8").replace("      - sa-check-stop\n", listed), encoding="utf-8")
    other = replace(app, settings=replace(app.settings, content_dir=content), content=LiveLibrary(content, None))
    page = open_page(cast.ann, "module", other=other, module="consent-and-stopping", section="stopping")
    questions = [question for item in items for question in item.questions(seed=0)]

    for question in questions:
        assert page.button(key=f"check-{question.item_id}-check").disabled
        page.session_state[f"check-{question.item_id}-given"] = correct_value(question.key)
    page.run()
    for question in questions:
        page.button(key=f"check-{question.item_id}-check").click().run()

    assert not page.exception
    assert said(page).count("**Correct**") == len(questions)


@pytest.mark.parametrize(
    "sent",
    [None, "a", {}, *({"given": given, "number": 1} for given in (1, [["a"]], {"a": 1})), {"given": "a", "x": 1},
     {"given": "a", "number": "1"}, {"given": "a", "number": True}, {"given": "a", "number": 1, "x": 1}],
)  # fmt: skip
def test_what_is_no_response_is_not_taken_for_one(sent: object) -> None:
    assert not is_response(sent)
    assert is_response({"given": None, "number": 1})
    assert is_response({"given": ["a", ""], "number": 2})
