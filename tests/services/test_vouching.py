"""Signing in elsewhere: whom an identity provider may bring, as whom, and in which roles."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import Cast, Clock
from tests.services.doors import DORA, PASSWORD, registered
from training.core.permission import VISITOR, Actor, Role
from training.core.refusal import Refusal
from training.services import administering, signing_in, vouching
from training.services.app import App
from training.services.settings import BadSetting, Registration

ISSUER = "https://id.example.org"


def come(app: App, at: float | None = None, **claims: Any) -> Actor:
    """Come with an ID token issued at this moment."""
    issued = app.now().timestamp() if at is None else at
    told = {
        "iss": ISSUER,
        "sub": "7",
        "iat": issued,
        "email": "dora@example.org",
        "email_verified": True,
        "name": "Dora",
    }
    who = vouching.vouched(app.settings, told | claims)
    assert who is not None
    return vouching.actor_vouched_for(app, who)


def mapped(app: App, **settings: str) -> App:
    return replace(
        app, settings=replace(app.settings, **{"role_map": "staff=instructor, it=administrator", **settings})
    )


def test_a_newcomer_gets_an_account_and_is_the_same_person_next_time(app: App, clock: Clock) -> None:
    dora = come(app)
    clock.advance(minutes=60)

    assert (dora.name, dora.roles) == ("Dora", {Role.LEARNER})
    assert come(app, email="new@example.org") == dora


def test_a_role_comes_by_claim_and_goes_with_it_at_the_next_sign_in(app: App, clock: Clock) -> None:
    app = mapped(app)
    first = clock().timestamp()

    assert come(app, roles=["staff", "other"]).roles == {Role.LEARNER, Role.INSTRUCTOR}
    clock.advance(minutes=1)
    assert come(app, roles=[]).roles == {Role.LEARNER}
    assert come(app, at=first, roles=["staff"]).roles == {Role.LEARNER}, "an older token brings nothing back"


def test_a_role_given_here_is_kept_whatever_the_claims_say(app: App, cast: Cast, clock: Clock) -> None:
    app = mapped(app)
    dora = come(app)
    administering.grant(app, cast.ada, dora.id, Role.COORDINATOR)
    clock.advance(minutes=1)

    assert come(app).roles == {Role.LEARNER, Role.COORDINATOR}


def test_a_claim_may_lie_deeper_and_be_a_single_word(app: App) -> None:
    app = mapped(app, role_claim="realm_access.roles")

    assert come(app, realm_access={"roles": "staff"}).roles == {Role.LEARNER, Role.INSTRUCTOR}


def test_a_verified_address_finds_the_account_that_is_there(app: App, cast: Cast) -> None:
    assert come(app, email="ann@example.org").id == "ann"


def test_whoever_made_an_account_with_her_address_before_her_is_out(app: App) -> None:
    squatter, _ = registered(app)

    dora = come(app)

    assert not signing_in.actor_of(app, squatter).signed_in
    with pytest.raises(Refusal, match="do not belong"):
        signing_in.sign_in(app, email=DORA.email, password=PASSWORD)
    assert dora.signed_in


def test_an_address_that_is_not_verified_opens_nobodys_account(app: App, cast: Cast) -> None:
    with pytest.raises(Refusal, match="does not show that it is yours"):
        come(app, email="ann@example.org", email_verified=False)


def test_an_account_tied_to_one_name_is_not_given_to_another(app: App, cast: Cast, clock: Clock) -> None:
    come(app, email="ann@example.org")
    clock.advance(minutes=1)

    with pytest.raises(Refusal, match="does not show that it is yours"):
        come(app, email="ann@example.org", sub="8")


def test_where_registration_is_by_invitation_strangers_stay_out(app: App, cast: Cast) -> None:
    app = mapped(replace(app, settings=replace(app.settings, registration=Registration.INVITATION)))

    with pytest.raises(Refusal, match="by invitation"):
        come(app)
    assert come(app, email="ann@example.org", sub="9").id == "ann"
    assert come(app, roles=["staff"]).roles == {Role.LEARNER, Role.INSTRUCTOR}


def test_ending_sessions_ends_the_provider_s_too_until_the_next_sign_in(app: App, cast: Cast, clock: Clock) -> None:
    then = clock().timestamp()
    dora = come(app)

    administering.end_sessions(app, cast.ada, dora.id)

    assert come(app, at=then) == VISITOR
    clock.advance(minutes=1)
    assert come(app) == dora


def test_a_disabled_person_is_out_at_once_and_at_the_next_sign_in(app: App, cast: Cast, clock: Clock) -> None:
    then = clock().timestamp()
    dora = come(app)
    administering.disable(app, cast.ada, dora.id)

    assert come(app, at=then) == VISITOR
    clock.advance(minutes=1)
    with pytest.raises(Refusal, match="disabled"):
        come(app)


def test_a_token_of_long_ago_opens_nothing(app: App, clock: Clock) -> None:
    long_ago = (clock() - timedelta(hours=5 * app.settings.session_hours)).timestamp()

    assert come(app, at=long_ago) == VISITOR


def test_claims_that_name_nobody_are_nobody(app: App) -> None:
    assert vouching.vouched(app.settings, {"email": "ann@example.org", "is_logged_in": True}) is None


@pytest.mark.parametrize("text", ["staff", "staff=boss", "=instructor"])
def test_a_role_map_that_cannot_be_read_says_which_part(app: App, text: str) -> None:
    with pytest.raises(BadSetting, match="NEEDLEWISE_ROLE_MAP"):
        vouching.role_map(replace(app.settings, role_map=text))
