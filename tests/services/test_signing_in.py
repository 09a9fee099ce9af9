"""Signing in, out, and back: what a password, a ticket and a session open, and what they do not."""

from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.conftest import Cast, Clock
from tests.services.doors import DORA, PASSWORD, enter, registered
from training.core.permission import VISITOR, Role
from training.core.refusal import Refusal
from training.services import administering, passwords, registering, resetting, signing_in
from training.services.app import App
from training.store import people, tables

HOUR = 60


def sign_in(app: App, password: str = PASSWORD, email: str = DORA.email, address: str = "192.0.2.7") -> str:
    return signing_in.sign_in(app, email=email, password=password, address=address)


def test_an_e_mail_address_is_the_same_however_it_is_written(app: App) -> None:
    _, dora = registered(app)

    token = enter(app, sign_in(app, email="  DORA@example.ORG "))

    assert signing_in.actor_of(app, token) == dora


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(app: App) -> None:
    registered(app)

    with pytest.raises(Refusal) as wrong:
        sign_in(app, "not the password")
    with pytest.raises(Refusal) as unknown:
        sign_in(app, email="nobody@example.org")

    assert str(wrong.value) == str(unknown.value)


def test_an_account_without_a_password_cannot_be_entered_by_one(app: App, cast: Cast) -> None:
    for guess in ("", "anything at all"):
        with pytest.raises(Refusal, match="do not belong together"):
            sign_in(app, guess, email="ann@example.org")


def test_a_ticket_opens_once(app: App) -> None:
    ticket = registering.register(app, DORA)
    enter(app, ticket)

    with pytest.raises(Refusal, match="sign in again"):
        enter(app, ticket)


def test_a_ticket_is_over_after_a_minute(app: App, clock: Clock) -> None:
    ticket = registering.register(app, DORA)
    clock.advance(seconds=60)

    with pytest.raises(Refusal, match="sign in again"):
        enter(app, ticket)


def test_a_reset_link_is_no_ticket_and_a_ticket_no_reset_link(app: App, cast: Cast) -> None:
    link = administering.make_reset_link(app, cast.ada, "ann").partition("token=")[2]
    ticket = registering.register(app, DORA)

    with pytest.raises(Refusal):
        enter(app, link)
    with pytest.raises(Refusal):
        resetting.reset_password(app, ticket, PASSWORD)


def test_the_database_knows_no_token_and_no_password(app: App) -> None:
    ticket = registering.register(app, DORA)
    token = enter(app, ticket)

    def everything(tx: people.Connection) -> str:
        return "\n".join(str(row) for table in tables.metadata.sorted_tables for row in tx.execute(select(table)))

    stored = app.database.read(everything)
    assert not [secret for secret in (ticket, token, PASSWORD) if secret in stored]
    assert "$argon2id$" in stored


def test_an_unknown_token_is_a_visitor(app: App) -> None:
    assert signing_in.actor_of(app, "guessed") == VISITOR
    assert signing_in.actor_of(app, "") == VISITOR


def test_a_session_lasts_as_long_as_it_is_used_and_not_for_ever(app: App, clock: Clock) -> None:
    app = replace(app, settings=replace(app.settings, session_hours=2))
    token, dora = registered(app)

    for _ in range(7):
        clock.advance(minutes=1 * HOUR)
        assert signing_in.actor_of(app, token) == dora
    clock.advance(minutes=1 * HOUR)
    assert signing_in.actor_of(app, token) == VISITOR


def test_a_session_that_is_not_used_ends(app: App, clock: Clock) -> None:
    app = replace(app, settings=replace(app.settings, session_hours=2))
    token, _ = registered(app)

    clock.advance(minutes=2 * HOUR)

    assert signing_in.actor_of(app, token) == VISITOR


def test_last_seen_is_written_at_most_once_a_minute(app: App, clock: Clock) -> None:
    token, dora = registered(app)
    begun = clock()

    clock.advance(seconds=59)
    signing_in.actor_of(app, token)
    assert signing_in.own_sessions(app, dora)[0].last_seen == begun
    clock.advance(seconds=1)
    signing_in.actor_of(app, token)
    assert signing_in.own_sessions(app, dora)[0].last_seen == clock()


def test_signing_out_ends_this_session_and_no_other(app: App) -> None:
    here, dora = registered(app)
    there = enter(app, sign_in(app))

    signing_in.sign_out(app, here)

    assert signing_in.actor_of(app, here) == VISITOR
    assert signing_in.actor_of(app, there) == dora


def test_signing_in_again_in_the_same_browser_ends_the_session_before(app: App) -> None:
    before, _ = registered(app)

    signing_in.redeem(app, sign_in(app), before=before)

    assert signing_in.actor_of(app, before) == VISITOR


def test_all_other_sessions_can_be_ended_at_once(app: App) -> None:
    here, dora = registered(app)
    others = [enter(app, sign_in(app)) for _ in range(2)]

    assert signing_in.sign_out_elsewhere(app, dora, token=here) == 2

    assert signing_in.actor_of(app, here) == dora
    assert {signing_in.actor_of(app, other) for other in others} == {VISITOR}


def test_a_new_password_signs_out_elsewhere_and_the_old_one_opens_nothing(app: App) -> None:
    here, dora = registered(app)
    there = enter(app, sign_in(app))

    signing_in.change_password(app, dora, old=PASSWORD, new="five other plain words", token=here)

    assert signing_in.actor_of(app, here) == dora
    assert signing_in.actor_of(app, there) == VISITOR
    with pytest.raises(Refusal):
        sign_in(app)
    assert sign_in(app, "five other plain words")


def test_changing_a_password_needs_the_present_one(app: App) -> None:
    _, dora = registered(app)

    with pytest.raises(Refusal, match="present password"):
        signing_in.change_password(app, dora, old="something else", new="five other plain words")


def test_a_role_given_or_taken_holds_at_once(app: App, cast: Cast) -> None:
    token, dora = registered(app)

    administering.grant(app, cast.ada, dora.id, Role.INSTRUCTOR)
    assert signing_in.actor_of(app, token).roles == {Role.LEARNER, Role.INSTRUCTOR}
    administering.withdraw(app, cast.ada, dora.id, Role.INSTRUCTOR)
    assert signing_in.actor_of(app, token).roles == {Role.LEARNER}


def test_a_disabled_account_is_out_at_once_and_cannot_come_in(app: App, cast: Cast) -> None:
    token, dora = registered(app)
    ticket = sign_in(app)

    administering.disable(app, cast.ada, dora.id)

    assert signing_in.actor_of(app, token) == VISITOR
    with pytest.raises(Refusal):
        enter(app, ticket)
    with pytest.raises(Refusal, match="disabled"):
        sign_in(app)


def test_after_five_wrong_passwords_each_further_try_waits_longer(app: App, clock: Clock) -> None:
    registered(app)
    for _ in range(5):
        with pytest.raises(Refusal, match="do not belong"):
            sign_in(app, "a wrong password")

    with pytest.raises(Refusal, match="again in 6 seconds"):
        sign_in(app)
    clock.advance(seconds=5)
    with pytest.raises(Refusal, match="do not belong"):
        sign_in(app, "a wrong password")
    clock.advance(seconds=5)
    with pytest.raises(Refusal, match="again in 6 seconds"):
        sign_in(app)
    clock.advance(seconds=5)
    assert sign_in(app)


def test_waiting_is_the_same_for_an_address_nobody_has(app: App) -> None:
    for _ in range(5):
        with pytest.raises(Refusal, match="do not belong"):
            sign_in(app, email="nobody@example.org")

    with pytest.raises(Refusal, match="Too many attempts"):
        sign_in(app, email="nobody@example.org")


def test_guessing_from_elsewhere_does_not_lock_the_owner_out(app: App) -> None:
    registered(app)
    for _ in range(5):
        with pytest.raises(Refusal):
            sign_in(app, "a wrong password", address="203.0.113.9")

    assert sign_in(app, address="192.0.2.7")


def test_one_address_that_tries_many_accounts_has_to_wait(app: App) -> None:
    def note(number: int) -> None:
        signing_in._note_attempt(app, f"person{number}@example.org", "203.0.113.9")

    for number in range(50):
        note(number)

    with pytest.raises(Refusal, match="Too many attempts"):
        note(50)


def test_a_success_lets_the_count_begin_again(app: App) -> None:
    registered(app)
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(Refusal, match="do not belong"):
                sign_in(app, "a wrong password")
        sign_in(app)


def test_a_hash_with_old_parameters_is_renewed_at_the_next_sign_in(app: App, cast: Cast) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    app.database.write(lambda tx: people.set_password(tx, "ann", weak))

    sign_in(app, email="ann@example.org")

    renewed = app.database.read(lambda tx: people.get(tx, "ann")).password_hash
    assert renewed != weak
    assert not passwords.outdated(renewed)
    assert sign_in(app, email="ann@example.org")


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "address"),
    [
        ("", "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        ("10.0.0.0/8", "10.0.0.2", "192.0.2.1", "192.0.2.1"),
        ("10.0.0.0/8", "10.0.0.2", "198.51.100.66, 192.0.2.1, 10.0.0.3", "192.0.2.1"),
        ("10.0.0.0/8", "10.0.0.2", "nonsense", "10.0.0.2"),
        ("10.0.0.0/8, ::1", "::1", "", "::1"),
        ("", "", "", ""),
    ],
)
def test_the_address_behind_proxies_is_the_last_that_they_did_not_add(
    app: App, trusted: str, peer: str, forwarded: str, address: str
) -> None:
    settings = replace(app.settings, trusted_proxies=trusted)

    assert signing_in.address_of(settings, peer, forwarded) == address


def test_what_was_over_long_ago_is_forgotten(app: App, clock: Clock) -> None:
    registered(app)
    clock.advance(minutes=365 * 24 * HOUR)

    signing_in.forget_old(app)

    def left(tx: people.Connection) -> list[int]:
        return [
            len(tx.execute(select(each)).all()) for each in (tables.sessions, tables.links, tables.sign_in_attempts)
        ]

    assert app.database.read(left) == [0, 0, 0]
