"""Stories of who may withdraw a certificate: two people, and never the one who holds it."""

from collections.abc import Callable

import pytest

from tests.conftest import Cast
from training.core.credential import Kind
from training.core.permission import Actor, Role
from training.core.refusal import Refusal
from training.services import certifying as service
from training.services import withdrawing
from training.services.app import App

CO = Actor("co", "Co", frozenset({Role.COORDINATOR}))


def test_nobody_decides_about_her_own_certificate(school: App, cast: Cast, number: str):
    """A coordinator may learn and pass as well; then another coordinator decides about what she holds."""
    herself = Actor("ann", "Ann", frozenset({Role.LEARNER, Role.COORDINATOR}))

    def refused(do: Callable[..., object], **more: str) -> None:
        with pytest.raises(Refusal, match="her own certificate"):
            do(school, herself, number, **more)

    refused(withdrawing.suspend, reason="x")
    refused(service.correct, reason="x")
    withdrawing.suspend(school, cast.cy, number, reason="doubt")
    refused(withdrawing.reinstate, reason="no doubt at all")
    refused(withdrawing.propose_revocation, reason="x")
    withdrawing.propose_revocation(school, cast.cy, number, reason="another sat for her")
    refused(withdrawing.drop_revocation, reason="it was me")
    refused(withdrawing.revoke)
    assert withdrawing.revoke(school, CO, number).last(Kind.REVOKED)


def test_two_roles_of_one_person_are_one_person(school: App, cast: Cast, number: str):
    withdrawing.propose_revocation(school, cast.cy, number, reason="another sat for her")
    as_both = Actor("cy", "Cy", frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}))

    with pytest.raises(Refusal, match="two people"):
        withdrawing.revoke(school, as_both, number)
