"""The start page beyond reading and quizzes: a certificate that was earned, one that ends, a try that failed."""

from tests.conftest import Cast, Clock
from tests.services.certified import passed, read_all
from tests.services.test_remedying import failed, gated
from tests.ui.conftest import OpenPage, said
from training.core.permission import Actor
from training.services import withdrawing
from training.services.app import App

DAY = 24 * 60

__all__ = ["failed", "gated"]


def step_of(page: object) -> str:
    return page.button(key="next-step").label


def test_whoever_passed_is_led_to_the_certificate_and_told_what_is_missing(
    school: App, cast: Cast, open_page: OpenPage
):
    passed(school, cast.ann)
    page = open_page(cast.ann, other=school)
    assert step_of(page) == "See what is missing"
    assert "You have passed the exam. Still missing\\: " in said(page)

    read_all(school, cast.ann)
    assert step_of(open_page(cast.ann, other=school)) == "Get the certificate"


def test_a_certificate_that_was_taken_home_is_no_step_any_more(
    school: App, cast: Cast, open_page: OpenPage, number: str
):
    assert "certificate" not in step_of(open_page(cast.ann, other=school))


def test_the_holder_of_a_certificate_that_expires_soon_reads_it_at_once(
    school: App, cast: Cast, clock: Clock, open_page: OpenPage, number: str
):
    assert "expires in" not in said(open_page(cast.ann, other=school))
    clock.advance(minutes=700 * DAY)
    assert "It expires in 31 days" in said(open_page(cast.ann, other=school))


def test_whoever_missed_a_sentinel_is_led_to_what_to_do_next(gated: App, cast: Cast, open_page: OpenPage, failed: str):
    page = open_page(cast.ann, other=gated)

    assert step_of(page) == "What to do next"
    assert "read and re-check it first" in said(page)
    assert page.button(key="next-step").click().run().title[0].value.endswith("in Gated sample")


def test_whoever_works_here_reads_what_waits_for_her(school: App, cast: Cast, open_page: OpenPage, number: str):
    assert "Waiting for you" not in said(open_page(cast.cy, other=school))
    withdrawing.propose_revocation(school, Actor("coco", "Coco", cast.cy.roles), number, reason="Issued by mistake.")
    page = open_page(cast.cy, other=school)

    assert "Waiting for you" in said(page)
    assert "1 certificate waits for a second person" in page.get("page_link")[0].proto.label
