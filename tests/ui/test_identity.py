"""Who a window belongs to: the cookie says so on every run, whatever the window held before."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import Cast, Clock
from tests.services.doors import DORA, PASSWORD
from tests.ui.conftest import Browser, OpenPage, said
from training.core.permission import Actor, Role
from training.services import administering, registering, resetting, signing_in
from training.services.app import App
from training.store import people, sessions

SignIn = Callable[[Actor], None]


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def choose(page: AppTest, person_id: str) -> AppTest:
    return page.selectbox(key="people.chosen").set_value(person_id).run()


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label.startswith(label)).click().run()


def test_a_visitor_sees_the_door_at_every_address(open_page: OpenPage, cast: Cast) -> None:
    for url in ("home", "progress", "people"):
        page = open_page(cast.zed, url)
        assert page.title[0].value == "Sign in"


def test_a_window_taken_over_by_another_cookie_forgets_what_it_held(
    open_page: OpenPage, sign_in: SignIn, cast: Cast
) -> None:
    page = open_page(cast.ada, "people")
    choose(page, "ann")

    sign_in(cast.bo)
    page.run()

    assert not page.exception
    assert "people.chosen" not in page.session_state
    assert "Ann" not in said(page)


def test_a_click_in_a_window_taken_over_is_not_the_owner_s(
    app: App, open_page: OpenPage, sign_in: SignIn, cast: Cast
) -> None:
    page = choose(open_page(cast.ada, "people"), "ann")

    sign_in(cast.bo)
    press(page, "Disable")

    assert administering.account(app, cast.ada, "ann").disabled_at is None


def test_a_session_ended_elsewhere_ends_in_this_window_at_the_next_touch(
    app: App, open_page: OpenPage, cast: Cast
) -> None:
    page = open_page(cast.ann)

    administering.end_sessions(app, cast.ada, "ann")
    page.run()

    assert page.title[0].value == "Sign in"


def test_signing_out_ends_the_session_and_shows_the_door(
    app: App, browser: Browser, open_page: OpenPage, cast: Cast
) -> None:
    page = open_page(cast.ann)

    press(page, "Sign out")

    assert page.title[0].value == "Sign in"
    assert not signing_in.actor_of(app, browser.cookies[signing_in.COOKIE]).signed_in


def test_the_form_earns_a_ticket_and_keeps_the_password_nowhere(app: App, open_page: OpenPage, cast: Cast) -> None:
    registering.register(app, DORA)
    page = open_page(cast.zed, "progress")
    page.text_input(key="sign-in.email").input(DORA.email)
    page.text_input(key="sign-in.password").input(PASSWORD)

    press(page, "Sign in")

    ticket = page.session_state["entrance.ticket"]
    assert not page.text_input
    page.run()
    assert PASSWORD not in str(page.session_state)
    assert signing_in.actor_of(app, signing_in.redeem(app, ticket).token).name == "Dora"


@pytest.mark.parametrize(("email", "password"), [("", ""), ("dora@example.org", "a wrong password")])
def test_what_is_missing_or_wrong_is_said_and_the_form_stays(
    open_page: OpenPage, cast: Cast, email: str, password: str
) -> None:
    page = open_page(cast.zed)
    page.text_input(key="sign-in.email").input(email)
    page.text_input(key="sign-in.password").input(password)

    press(page, "Sign in")

    assert page.warning
    assert page.text_input(key="sign-in.email").value == email


def test_an_invitation_fixes_the_address_and_says_the_role(app: App, open_page: OpenPage, cast: Cast) -> None:
    invitation = administering.Invitation(Role.COORDINATOR, "dora@example.org")
    token = administering.invite(app, cast.ada, invitation).partition("invitation=")[2]
    page = open_page(cast.zed, "register", invitation=token)
    page.text_input(key="register.name").input("Dora")
    page.text_input(key="register.password").input(PASSWORD)

    assert "coordinator" in said(page)
    press(page, "Make my account")

    assert administering.account_by_email(app, cast.ada, "dora@example.org").roles == (Role.COORDINATOR,)


def test_an_invitation_can_be_taken_with_the_account_one_has(app: App, open_page: OpenPage, cast: Cast) -> None:
    token = administering.invite(app, cast.ada, administering.Invitation(Role.INSTRUCTOR)).partition("invitation=")[2]

    press(open_page(cast.ann, "register", invitation=token), "Take it")

    assert administering.account(app, cast.ada, "ann").roles == (Role.LEARNER, Role.INSTRUCTOR)


def test_a_link_that_is_over_says_so(open_page: OpenPage, cast: Cast) -> None:
    for url, query in (("register", {"invitation": "x"}), ("reset-password", {"token": "x"})):
        assert "used before or is over" in said(open_page(cast.zed, url, **query))


def test_a_reset_link_sets_the_password(app: App, open_page: OpenPage, cast: Cast) -> None:
    token = administering.make_reset_link(app, cast.ada, "ann").partition("token=")[2]
    page = open_page(cast.zed, "reset-password", token=token)
    page.text_input(key="reset.new").input(PASSWORD)

    press(page, "Set password")

    assert signing_in.sign_in(app, email="ann@example.org", password=PASSWORD)
    assert not resetting.can_reset(app, token)


def test_one_changes_one_s_own_password(app: App, open_page: OpenPage, cast: Cast) -> None:
    administering.set_password(app, cast.ada, "ann", PASSWORD)
    page = open_page(cast.ann, "reset-password")
    page.text_input(key="reset.old").input(PASSWORD)
    page.text_input(key="reset.new").input("five other plain words")

    press(page, "Change password")

    assert "Your password is changed" in said(page)
    assert signing_in.sign_in(app, email="ann@example.org", password="five other plain words")


def test_the_administrator_gives_a_role_and_hands_out_links(app: App, open_page: OpenPage, cast: Cast) -> None:
    page = choose(open_page(cast.ada, "people"), "ann")

    page.pills(key="people.roles.ann").set_value([Role.LEARNER, Role.INSTRUCTOR]).run()
    assert administering.account(app, cast.ada, "ann").roles == (Role.LEARNER, Role.INSTRUCTOR)
    press(page, "Make a link")
    assert "/reset-password?token=" in page.code[0].value
    page.run()
    assert not page.code, "a link is shown once"
    press(page, "Make an invitation")
    assert "/register?invitation=" in page.code[0].value


def test_what_was_done_to_an_account_is_said_in_its_box(app: App, open_page: OpenPage, cast: Cast) -> None:
    page = choose(open_page(cast.ada, "people"), "ann")

    press(page, "Sign out everywhere")

    done = [str(each.value) for each in page.success]
    assert done == ["Ann is signed out of 0 sessions."]
    assert done[0] in [str(each.value) for each in page.tabs[0].success]


def test_the_administrator_makes_an_account_and_hands_out_its_link(app: App, open_page: OpenPage, cast: Cast) -> None:
    page = open_page(cast.ada, "people")
    page.text_input(key="add.name").input("Eva")
    page.text_input(key="add.email").input("eva@example.org")

    press(page, "Make an account")

    assert "/reset-password?token=" in page.code[0].value
    assert administering.account_by_email(app, cast.ada, "eva@example.org").name == "Eva"


def test_a_name_is_text_and_never_markup(app: App, open_page: OpenPage, cast: Cast) -> None:
    name = "![x](https://evil.example/x.png) **B**"
    person = administering.add_person(app, cast.ada, name=name, email="eva@example.org")

    page = choose(open_page(cast.ada, "people"), person)

    assert "![x](" not in said(page)
    assert "![x](" not in str(page.table[0].value)


def test_the_last_administrator_is_told_why_she_stays(open_page: OpenPage, cast: Cast) -> None:
    page = choose(open_page(cast.ada, "people"), "ada")

    page.pills(key="people.roles.ada").set_value([]).run()

    assert "last administrator" in said(page)
    assert page.pills(key="people.roles.ada").value == [Role.ADMINISTRATOR]


def test_the_administrator_makes_a_cohort_and_fills_it(app: App, open_page: OpenPage, cast: Cast) -> None:
    page = open_page(cast.ada, "people")
    page.text_input(key="cohort.title").input("Autumn")
    press(page, "Make it")
    [cohort] = administering.all_cohorts(app, cast.ada)

    page.multiselect(key=f"cohort.members.{cohort.id}").set_value(["ann", "bo"]).run()

    assert [each.person_id for each in administering.cohort_members(app, cast.ada, cohort.id)] == ["ann", "bo"]


@pytest.mark.parametrize("url", ["people", "health"])
def test_the_administrator_s_pages_open_for_nobody_else(open_page: OpenPage, cast: Cast, url: str) -> None:
    assert not open_page(cast.ada, url).exception
    for other in (cast.ann, cast.ida, cast.cy):
        page = open_page(other, url)
        assert "may not" in said(page)
        assert not page.table


def test_health_shows_the_settings_in_force(open_page: OpenPage, cast: Cast) -> None:
    page = open_page(cast.ada, "health")

    assert "Everything works." in said(page)
    assert "NEEDLEWISE_DATABASE_URL" in str(page.table[1].value)


def test_the_last_use_is_noted_while_someone_looks_around(
    app: App, clock: Clock, open_page: OpenPage, cast: Cast
) -> None:
    page = open_page(cast.ann)
    clock.advance(minutes=5)
    page.run()

    [session] = app.database.read(lambda tx: sessions.of_person(tx, "ann", clock()))
    assert session.last_seen == clock()
    assert app.database.read(lambda tx: people.get(tx, "ann")).name == "Ann"
