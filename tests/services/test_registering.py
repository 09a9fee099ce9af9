"""Getting an account: by oneself, by invitation, as the first administrator, or not at all."""

from dataclasses import replace

import pytest

from tests.conftest import Cast, Clock
from tests.services.doors import DORA, PASSWORD, registered
from training.core.permission import Role
from training.core.refusal import Refusal
from training.services import administering, passwords, registering, signing_in
from training.services.app import App
from training.services.registering import Newcomer
from training.services.settings import Registration
from training.store.database import Database

HOUR = 60


def test_a_newcomer_registers_comes_in_and_is_a_learner(app: App) -> None:
    _, dora = registered(app)

    assert (dora.name, dora.roles) == ("Dora", frozenset({Role.LEARNER}))


def test_a_second_account_with_the_same_address_is_refused(app: App) -> None:
    registered(app)

    with pytest.raises(Refusal, match="account with this e-mail"):
        registering.register(app, replace(DORA, email="dora@EXAMPLE.org"))


def test_a_script_cannot_make_accounts_without_end_and_a_class_is_not_kept_out(
    app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "MOST_AN_HOUR", 3)
    for number in range(3):
        registering.register(app, replace(DORA, email=f"d{number}@example.org"), address="192.0.2.1")

    with pytest.raises(Refusal, match="Too many accounts"):
        registering.register(app, DORA, address="192.0.2.1")
    registering.register(app, replace(DORA, email="eve@example.org"), address="192.0.2.2")
    assert signing_in.sign_in(app, email="d0@example.org", password=PASSWORD, address="192.0.2.1")

    clock.advance(minutes=61)
    registering.register(app, DORA, address="192.0.2.1")


@pytest.mark.parametrize(
    ("newcomer", "why"),
    [
        (replace(DORA, password="short"), "at least 10"),
        (replace(DORA, password="x" * 201), "at most 200"),
        (replace(DORA, password="dora@example.org"), "not your e-mail"),
        (replace(DORA, password="Password123"), "first that are tried"),
        (replace(DORA, password="aaaaaaaaaaaa"), "first that are tried"),
        (replace(DORA, email="dora"), "such as ann@example.org"),
        (replace(DORA, email="dora@a\nb@c"), "such as ann@example.org"),
        (replace(DORA, name=" \n "), "name of 1 to 100"),
    ],
)
def test_what_cannot_be_an_account_is_refused_with_a_reason(app: App, newcomer: Newcomer, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        registering.register(app, newcomer)


def test_where_registration_is_by_invitation_one_needs_one(app: App, cast: Cast) -> None:
    app = replace(app, settings=replace(app.settings, registration=Registration.INVITATION))

    with pytest.raises(Refusal, match="by invitation"):
        registering.register(app, DORA)
    url = administering.invite(app, cast.ada, administering.Invitation(Role.INSTRUCTOR))
    _, dora = registered(app, token=url.partition("invitation=")[2])
    assert dora.roles == {Role.INSTRUCTOR}


def test_where_registration_is_closed_the_administrator_makes_the_accounts(app: App, cast: Cast) -> None:
    url = administering.invite(app, cast.ada, administering.Invitation())
    closed = replace(app, settings=replace(app.settings, registration=Registration.CLOSED))

    for token in ("", url.partition("invitation=")[2]):
        with pytest.raises(Refusal):
            registering.register(closed, DORA, token=token)
    with pytest.raises(Refusal, match="closed"):
        administering.invite(closed, cast.ada, administering.Invitation())
    assert administering.add_person(closed, cast.ada, name="Dora", email=DORA.email)


def test_an_invitation_brings_role_and_cohort_once(app: App, cast: Cast) -> None:
    cohort = administering.make_cohort(app, cast.ada, "Autumn")
    url = administering.invite(app, cast.ada, administering.Invitation(cohort_id=cohort, email="dora@example.org"))
    token = url.partition("invitation=")[2]

    with pytest.raises(Refusal, match=r"is for dora@example\.org"):
        registering.register(app, replace(DORA, email="else@example.org"), token=token)
    _, dora = registered(app, token=token)

    assert [member.person_id for member in administering.cohort_members(app, cast.ada, cohort)] == [dora.id]
    with pytest.raises(Refusal, match="used before"):
        registering.register(app, replace(DORA, email="dora@example.org"), token=token)


def test_an_invitation_is_over_after_two_weeks(app: App, cast: Cast, clock: Clock) -> None:
    url = administering.invite(app, cast.ada, administering.Invitation())
    clock.advance(minutes=14 * 24 * HOUR)

    with pytest.raises(Refusal, match="is over"):
        registering.register(app, DORA, token=url.partition("invitation=")[2])


def test_the_first_administrator_comes_in_by_a_link_that_works_once(app: App) -> None:
    url = registering.first_administrator_link(app)
    assert url is not None
    token = url.partition("invitation=")[2]

    _, dora = registered(app, token=token)

    assert dora.roles == {Role.ADMINISTRATOR}
    assert registering.first_administrator_link(app) is None
    with pytest.raises(Refusal):
        registering.register(app, Newcomer("Eve", "eve@example.org", PASSWORD), token=token)


def test_a_restart_voids_the_first_administrators_link_before(app: App) -> None:
    before, after = registering.first_administrator_link(app), registering.first_administrator_link(app)
    assert before is not None
    assert after is not None

    assert registering.welcome(app, before.partition("invitation=")[2]) is None
    assert registering.welcome(app, after.partition("invitation=")[2]) is not None


def test_someone_with_an_account_takes_the_first_administrators_role_with_it(app: App) -> None:
    token, dora = registered(app)
    url = registering.first_administrator_link(app)
    assert url is not None

    registering.accept(app, dora, url.partition("invitation=")[2])

    assert signing_in.actor_of(app, token).roles == {Role.LEARNER, Role.ADMINISTRATOR}


def test_the_whole_way_in_is_the_same_on_both_databases(app: App, database: Database) -> None:
    there = replace(app, database=database)
    url = registering.first_administrator_link(there)
    assert url is not None

    _, ada = registered(there, Newcomer("Ada", "ada@example.org", PASSWORD), token=url.partition("invitation=")[2])
    invited = administering.invite(there, ada, administering.Invitation(email="dora@example.org"))
    token, dora = registered(there, token=invited.partition("invitation=")[2])
    for _ in range(5):
        with pytest.raises(Refusal, match="do not belong"):
            signing_in.sign_in(there, email=DORA.email, password="a wrong password")
    with pytest.raises(Refusal, match="Too many attempts"):
        signing_in.sign_in(there, email=DORA.email, password=PASSWORD)
    administering.disable(there, ada, dora.id)

    assert not signing_in.actor_of(there, token).signed_in
    assert [entry.action for entry in administering.latest_entries(there, ada)].count("register") == 2


def test_when_many_sign_in_at_once_the_last_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    for _ in range(passwords.AT_ONCE):
        passwords._TURNS.acquire()

    with pytest.raises(Refusal, match="try again in a moment"):
        passwords.matches("", "anything")

    passwords._TURNS.release(passwords.AT_ONCE)
    assert not passwords.matches("", "anything")
