"""The page of extra time: coordinators find a person, grant, and see what was granted."""

from tests.conftest import Cast
from tests.ui.conftest import OpenPage, said
from training.services import accommodating, taking
from training.services.app import App


def test_a_coordinator_finds_ann_and_gives_her_half_as_much_again(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.cy, "extra-time")
    page.text_input(key="extra.find").input("ANN").run()
    page.number_input(key="extra.factor").set_value(1.5)
    page.text_input(key="extra.reason").input("Dyslexia, letter of 2 March")
    page.button[0].click().run()

    assert not page.exception
    assert "**1.5 times the time** holds now." in said(page)
    assert "Dyslexia, letter of 2 March" in said(page)
    assert taking.rules(app, cast.ann, "exam-sample").minutes == 45
    assert accommodating.granted(app, cast.cy, "bo") == []


def test_without_grounds_nothing_is_granted(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.cy, "extra-time")
    page.text_input(key="extra.find").input("ann").run()
    page.button[0].click().run()

    assert "on what grounds" in page.warning[0].value
    assert accommodating.granted(app, cast.cy, "ann") == []


def test_whoever_is_no_coordinator_finds_nobody(open_page: OpenPage, cast: Cast):
    page = open_page(cast.ida, "extra-time")

    assert "Your account may not" in page.warning[0].value
    assert not page.text_input


def test_a_name_that_nobody_has_is_said(open_page: OpenPage, cast: Cast):
    page = open_page(cast.cy, "extra-time")
    page.text_input(key="extra.find").input("Xanthippe").run()

    assert "Nobody matches" in said(page)
