"""What goes on around the simulated attempts: certificates, doubts, challenges and a key change, each by the rules."""

from collections import Counter

import pytest

from tests.services.certified import QUIZ, certifying, checked
from tests.services.demonstrated import on_its_own
from training.core.credential import State as Stands
from training.core.credential import standing
from training.core.key_change import State
from training.core.permission import Actor, Role
from training.services import awaiting, verifying, withdrawing
from training.services.app import App
from training.services.awaiting import Duty
from training.services.certifying import queue
from training.services.demonstrating import demonstrate
from training.store import certificates, challenges, key_changes, results

COORDINATOR = Actor("simulated-coordinator", "Demo coordinator (simulated)", frozenset({Role.COORDINATOR}))
INSTRUCTOR = Actor("simulated-instructor", "Demo instructor (simulated)", frozenset({Role.INSTRUCTOR}))


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The demonstration where one of the programmes certifies."""
    folder = tmp_path_factory.mktemp("furnished")
    app = certifying(on_its_own(str(folder)), folder)
    demonstrate(app, seed=2026)
    return app


def test_those_who_passed_have_certificates_that_verify_and_some_still_owe_a_step(furnished: App) -> None:
    held = furnished.database.read(certificates.every)
    passed = {
        mark.learner
        for mark in furnished.database.read(lambda tx: results.marks(tx, results.Choice(programme=QUIZ)))
        if mark.passed
    }

    assert 3 < len(held) < len(passed)
    assert {each.credential.learner for each in held} < passed
    assert len(queue(furnished, COORDINATOR)) == len(passed) - len(held)
    assert all("(simulated)" in each.credential.name for each in held)
    assert checked(furnished, verifying.pdf(furnished, held[-1].credential.number)).good


def test_one_certificate_is_on_hold_and_one_waits_for_a_second_person(furnished: App) -> None:
    stands = Counter(standing(each, furnished.now()) for each in withdrawing.held(furnished, COORDINATOR))

    assert stands[Stands.SUSPENDED] == 1
    assert Duty.CERTIFICATES in {each.duty for each in awaiting.duties(furnished, COORDINATOR)}


def test_challenges_are_answered_late_and_fresh_and_a_key_change_waits(furnished: App) -> None:
    found = furnished.database.read(challenges.every)
    (change,) = furnished.database.read(key_changes.every)
    (waits,) = [each for each in awaiting.duties(furnished, INSTRUCTOR) if each.duty is Duty.CHALLENGES]

    assert sum(each.ending is not None for each in found) == 1
    assert (waits.count, waits.late) == (2, 1)
    assert change.state is State.PROPOSED


def test_nothing_of_it_lies_ahead(furnished: App) -> None:
    moments = [
        *(each.credential.issued for each in furnished.database.read(certificates.every)),
        *(event.at for each in furnished.database.read(certificates.every) for event in each.events),
        *(each.opened for each in furnished.database.read(challenges.every)),
    ]

    assert max(moments) <= furnished.now()
