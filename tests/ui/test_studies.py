"""The studio's pages: judges rate and see nobody else's ratings; the lead closes, and hands over what was adopted."""

from tests.conftest import Cast
from tests.services.test_judging import ITEMS, ROUND_ONE, rate_all, study
from tests.ui.conftest import OpenPage, said
from training.services import judging
from training.services.app import App


def test_a_judge_rates_with_the_key_in_sight_and_each_choice_is_saved(open_page: OpenPage, app: App, cast: Cast):
    study_id = study(app, cast)
    page = open_page(cast.ann, "study", study=study_id)

    page.selectbox[0].set_value(65).run()

    assert "1 of 3 items rated" in said(page)
    assert judging.look(app, cast.ann, study_id).standing(1) == {("ann", ITEMS[0]): 0.65}
    assert "Key:" in said(page)


def test_the_lead_sees_who_is_not_ready_and_cannot_close_before(open_page: OpenPage, app: App, cast: Cast):
    page = open_page(cast.cy, "study", study=study(app, cast))

    page.button(key="close-round").click().run()

    assert "3 judges, 3 of them not ready yet" in said(page)
    assert "have not rated everything yet" in " ".join(each.value for each in page.warning)


def test_after_the_adoption_the_lead_is_given_the_yaml(open_page: OpenPage, app: App, cast: Cast):
    study_id = study(app, cast)
    rate_all(app, cast, study_id, **ROUND_ONE)
    for _ in range(2):
        judging.close_round(app, cast.cy, study_id)
    judging.adopt(app, cast.cy, study_id, authority="Board")

    page = open_page(cast.cy, "study", study=study_id)

    assert "standard:" in page.code[0].value
    assert "76.7 %" in said(page)
    assert page.get("link_button")[0].proto.url == f"/exports/minutes.pdf?study={study_id}"


def test_whoever_is_not_on_the_panel_is_refused(open_page: OpenPage, app: App, cast: Cast):
    study_id = study(app, cast, ())

    assert "Only members of the panel" in said(open_page(cast.bo, "study", study=study_id))


def test_the_list_says_what_there_is_to_do(open_page: OpenPage, app: App, cast: Cast):
    study(app, cast)

    assert "3 judges, 3 of them not ready yet" in said(open_page(cast.cy, "studies"))
