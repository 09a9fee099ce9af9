"""At the door with a real browser: in, reload, another tab, out; links, limits, and a way in without scripts."""

import json
import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import settled
from tests.browser.serving import Server
from training.core.permission import Role
from training.services import administering
from training.services.administering import OPERATOR, Invitation
from training.services.signing_in import COOKIE

PASSWORD = "four plain words here"


def path_of(server: Server, url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]


def fill(page: Page, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label.replace("E_mail", "E-mail"), exact=True).fill(value)


def in_as(page: Page, name: str) -> None:
    expect(page.get_by_text(f"Signed in as {name}")).to_be_visible()
    settled(page)


def at_the_door(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    fill(page, E_mail=email, Password=password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_dora_registers_reloads_opens_a_tab_leaves_and_comes_back_to_where_she_was(
    server: Server, enter: Enter
) -> None:
    dora = enter(server, "/progress?from=a-bookmark", role=None)
    at_the_door(dora.page)
    dora.page.get_by_role("link", name="Make an account").click()
    fill(dora.page, Name="Dora", E_mail="Dora@Example.org", Password=PASSWORD)
    dora.page.get_by_role("button", name="Make my account").click()
    in_as(dora.page, "Dora")
    cookie = next(cookie for cookie in dora.context.cookies() if cookie["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert COOKIE not in dora.page.evaluate("document.cookie")

    dora.page.reload()
    in_as(dora.page, "Dora")
    other = dora.window("/progress?from=a-bookmark")
    in_as(other, "Dora")

    dora.page.get_by_role("button", name="Sign out").click()
    at_the_door(dora.page)
    other.reload()
    at_the_door(other)
    sign_in(other, "dora@example.org")
    in_as(other, "Dora")
    assert other.url == f"{server.url}/progress?from=a-bookmark"


def test_a_wrong_password_is_told_and_the_right_one_works(server: Server, enter: Enter) -> None:
    administering.add_person(server.app, OPERATOR, name="Eva", email="eva@example.org", password=PASSWORD)
    eva = enter(server, "/", role=None)

    sign_in(eva.page, "eva@example.org", "not the password")
    expect(eva.page.get_by_text("do not belong together")).to_be_visible()
    sign_in(eva.page, "eva@example.org")

    in_as(eva.page, "Eva")


def test_one_comes_in_by_keyboard_alone(server: Server, enter: Enter) -> None:
    administering.add_person(server.app, OPERATOR, name="Kim", email="kim@example.org", password=PASSWORD)
    kim = enter(server, "/", role=None)

    kim.page.get_by_label("E-mail").focus()
    kim.page.keyboard.type("kim@example.org")
    kim.page.keyboard.press("Tab")
    kim.page.keyboard.type(PASSWORD)
    kim.page.keyboard.press("Enter")

    in_as(kim.page, "Kim")


def test_someone_signed_out_by_an_administrator_is_out_at_the_next_click(server: Server, enter: Enter) -> None:
    ann = enter(server, "/", role=Role.LEARNER)
    in_as(ann.page, "Ann")

    administering.end_sessions(server.app, OPERATOR, ann.actor.id)
    ann.page.get_by_role("link", name="My progress").first.click()

    at_the_door(ann.page)


def test_the_first_administrator_s_link_works_once_and_is_in_no_log(own_server: Server, enter: Enter) -> None:
    link = own_server.first_administrator_link()
    ada = enter(own_server, path_of(own_server, link), role=None)
    fill(ada.page, Name="Ada", E_mail="ada@example.org", Password=PASSWORD)
    ada.page.get_by_role("button", name="Make my account").click()
    in_as(ada.page, "Ada")
    expect(ada.page.get_by_role("link", name="People")).to_be_visible()

    eve = enter(own_server, path_of(own_server, link), role=None)

    expect(eve.page.get_by_text("used before or is over")).to_be_visible()
    log = (own_server.data / "logs" / "needlewise.log").read_text("utf-8")
    assert "no administrator yet" in log
    assert link.partition("invitation=")[2] not in log


def test_an_invitation_leads_to_an_account_in_its_role(server: Server, enter: Enter) -> None:
    link = administering.invite(server.app, OPERATOR, Invitation(Role.COORDINATOR, "cleo@example.org"))
    cleo = enter(server, path_of(server, link), role=None)

    expect(cleo.page.get_by_label("E-mail")).to_have_value("cleo@example.org")
    fill(cleo.page, Name="Cleo", Password=PASSWORD)
    cleo.page.get_by_role("button", name="Make my account").click()

    in_as(cleo.page, "Cleo")
    assert administering.account_by_email(server.app, OPERATOR, "cleo@example.org").roles == (Role.COORDINATOR,)


def test_a_reset_link_leads_in_with_a_new_password(server: Server, enter: Enter) -> None:
    person = administering.add_person(server.app, OPERATOR, name="Rosa", email="rosa@example.org")
    link = administering.make_reset_link(server.app, OPERATOR, person)
    rosa = enter(server, path_of(server, link), role=None)

    rosa.page.locator("input[type=password]").fill(PASSWORD)
    rosa.page.get_by_role("button", name="Set password").click()

    in_as(rosa.page, "Rosa")


def test_without_scripts_the_plain_form_signs_in(server: Server, browser: Browser) -> None:
    administering.add_person(server.app, OPERATOR, name="Pia", email="pia@example.org", password=PASSWORD)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/auth/login?next=/progress")

    sign_in(page, "pia@example.org", "not the password")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    sign_in(page, "pia@example.org")

    expect(page).to_have_url(f"{server.url}/progress")
    assert COOKIE in {cookie["name"] for cookie in context.cookies()}
    context.close()


def test_when_something_breaks_the_person_and_the_log_have_the_same_number(own_server: Server, enter: Enter) -> None:
    ann = enter(own_server, "/", role=Role.LEARNER)
    in_as(ann.page, "Ann")
    own_server.app.database.write(lambda tx: tx.exec_driver_sql("ALTER TABLE results RENAME TO gone"))

    ann.page.get_by_role("link", name="My progress").first.click()
    told = ann.page.get_by_text("Something went wrong").locator("xpath=ancestor-or-self::*[contains(., 'number')][1]")
    expect(told).to_be_visible()

    number = re.findall(r"number: ([0-9a-f]{8})", told.inner_text())[0]
    lines = (own_server.data / "logs" / "needlewise.log").read_text("utf-8").splitlines()
    [incident] = [said for said in map(json.loads, lines) if said.get("incident")]
    assert incident["incident"] == number
    assert "OperationalError" in incident["trace"]
    assert "gone" not in ann.page.content()
