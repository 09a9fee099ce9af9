"""The pages of certificates: getting one, what coordinators do about them, and who may not."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast
from tests.services.certified import passed, read_all
from tests.ui.conftest import OpenPage, said
from tests.ui.test_review_pages import buttons, press, see
from training.core.credential import State
from training.core.permission import Role
from training.services import verifying
from training.services.app import App
from training.store import people
from training.ui.views.certificates import address_warning


def addresses(page: AppTest) -> list[str]:
    return [each.proto.url for each in page.get("link_button")]


@pytest.mark.parametrize("who", ["ann", "ida", "ada"])
def test_the_page_of_all_certificates_is_for_coordinators(open_page: OpenPage, app: App, cast: Cast, who: str):
    page = open_page(getattr(cast, who), "certificates")

    assert not page.exception
    assert "Your account may not" in page.warning[0].value


def test_a_learner_sees_what_is_missing_and_is_refused_with_it(school: App, cast: Cast, sign_in):
    sign_in(cast.ann)
    page = see(school, "my-certificates")

    assert not page.exception
    assert "Pass the exam." in said(page)
    assert "cannot be issued yet" in press(page, "Get the certificate").warning[0].value


def test_a_learner_who_passed_gets_her_certificate_with_her_licence(school: App, cast: Cast, sign_in):
    read_all(school, cast.ann)
    passed(school, cast.ann)
    sign_in(cast.ann)
    page = see(school, "my-certificates")
    page.text_input[0].set_value("PT 12345, Ohio")
    page = press(page, "Get the certificate")
    (held,) = verifying.mine(school, cast.ann)

    assert held.credential.licence == "PT 12345, Ohio"
    assert "Your certificate is issued" in said(page)
    assert held.credential.number in said(page)
    assert f"/verify/{held.credential.number}" in addresses(page)
    assert "Get the certificate" not in buttons(page)


def test_listing_oneself_in_the_register(school: App, cast: Cast, sign_in, number: str):
    sign_in(cast.ann)
    see(school, "my-certificates").checkbox[0].check().run()

    assert [each.name for each in verifying.register(school)] == ["Ann"]


def test_who_waits_is_issued_by_a_coordinator(school: App, cast: Cast, sign_in):
    read_all(school, cast.bo)
    passed(school, cast.bo)
    sign_in(cast.cy)
    page = see(school, "certificates", show="waiting")
    assert "**Bo**" in said(page)
    page = press(page, "Issue")

    assert "Nobody who passed waits" in said(page)
    assert len(verifying.mine(school, cast.bo)) == 1


def test_two_coordinators_revoke_with_a_reason(school: App, cast: Cast, sign_in, number: str):
    school.database.write(
        lambda tx: people.grant(tx, person="ada", role=Role.COORDINATOR, at=school.now(), by="test") and None
    )
    sign_in(cast.cy)
    page = see(school, "certificates", certificate=number)
    assert "the reason" in press(page, "Propose to revoke").warning[0].value
    page.text_area[0].set_value("Another sat for her.")
    page = press(page, "Propose to revoke")
    assert "A revocation is proposed" in said(page)
    assert "two people" in said(press(page, "Confirm the revocation"))
    sign_in(cast.ada)
    page = press(see(school, "certificates", certificate=number), "Confirm the revocation")

    assert verifying.look_up(school, number)[1] is State.REVOKED
    assert "Propose to revoke" not in buttons(page)


def test_certificates_are_found_by_words_and_state(school: App, cast: Cast, sign_in, number: str):
    sign_in(cast.cy)

    assert number in said(see(school, "certificates", find="ann"))
    assert "There is no such certificate" in said(see(school, "certificates", state="revoked"))
    assert "/exports/certificates.csv" in addresses(see(school, "certificates"))


def test_a_certificate_that_would_lead_nowhere_is_warned_of():
    assert "nobody else can reach" in address_warning("http://localhost:8501")
    assert address_warning("https://needlewise.example.org") == ""
