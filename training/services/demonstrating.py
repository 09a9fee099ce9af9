"""A simulated cohort: 60 learners, 3 cohorts, 4 months of attempts, every name marked as simulated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from training.core.permission import Actor, Role
from training.core.refusal import Refusal
from training.services import passwords
from training.services.app import App
from training.services.furnishing import Staff, furnish
from training.services.simulating import Life, World, new_world, simulate
from training.store import cohorts, people, versions
from training.store.database import Connection

COHORTS = ("Simulated cohort: spring", "Simulated cohort: summer", "Simulated cohort: evening")
LEARNERS_IN_EACH = 20
DAYS = 4 * 30
"""Four months."""

GIVEN = tuple("Alex Bao Casey Dana Eli Farah Gus Hana Ira Jun Kim Lou Mio Noor Oki Pat Quinn Remy Sam Tao".split())  # noqa: SIM905
FAMILY = ("Ahlberg", "Brook", "Castell")
PASSWORD = "simulated needles"  # noqa: S105 - known on purpose: it opens simulated accounts only

STAFF = {
    "instructor": Role.INSTRUCTOR,
    "coordinator": Role.COORDINATOR,
    "administrator": Role.ADMINISTRATOR,
}
SECOND = "second-coordinator"
"""Nobody signs in as this one: what takes two people waits for the coordinator who can be signed in as."""

Progress = Callable[[int, int], None]
"""Told after each learner: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was made: the accounts that can sign in with the one password, and how much there is to see."""

    emails: tuple[str, ...]
    learners: int
    attempts: int


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """A simulated person; every name says so."""

    id: str
    name: str
    role: Role
    secret: str | None = None


def demonstrate(app: App, *, seed: int, told: Progress = lambda done, total: None) -> Demonstration:  # noqa: ARG005
    """Fill an empty database; all depends on the seed, the content and the time. About ten seconds.

    Raises Refusal where people are in it already: simulated and real must not mix.
    """
    if app.database.read(people.every):
        raise Refusal("This database has people in it already. A demonstration needs an empty one.")
    total, rng = LEARNERS_IN_EACH * len(COHORTS), np.random.default_rng(seed)
    world = new_world(app, rng, learners=total, days=DAYS)
    secret = passwords.hashed(PASSWORD, "")
    app.database.write(lambda tx: _add_frame(tx, app, secret))
    app.database.write(lambda tx: _keep_versions(tx, world))
    made = 0
    for number in range(total):
        life = simulate(world, number, _person_id(number))
        app.database.write(lambda tx, who=number, what=life: _add_learner(tx, app, who, what, secret))  # type: ignore[misc]
        made += len(life.attempts)
        told(number + 1, total)
    furnish(app, rng, Staff(_staff("instructor"), _staff("coordinator"), _staff(SECOND)))
    return Demonstration(tuple(f"{name}@example.org" for name in ("learner", *STAFF)), total, made)


def _keep_versions(tx: Connection, world: World) -> None:
    """Note the items as they are: the simulated learners get no others."""
    pools = [*world.practice, *world.exams]
    drawn = [(pool, each) for pool in pools for cell in pool.cells for each in cell.candidates]
    versions.note_served(
        tx, {part.digest: pool.items[each.item_id] for pool, each in drawn for part in each.parts}, world.since
    )


def _add_frame(tx: Connection, app: App, secret: str) -> None:
    """Make the staff and the cohorts, as they were before the first learner came."""
    since = app.now() - timedelta(days=DAYS + 1)
    for title in COHORTS:
        cohorts.add(tx, cohort_id=_cohort_id(title), title=title, at=since)
    for name, role in STAFF.items():
        _add(tx, _Newcomer(_person(name), _named(name), role, secret), f"{name}@example.org", since)
    _add(tx, _Newcomer(_person(SECOND), _named(SECOND), Role.COORDINATOR), f"{SECOND}@example.org", since)


def _add_learner(tx: Connection, app: App, number: int, life: Life, secret: str) -> None:
    """Make a learner with all she did; the first one can be signed in as, to see a learner's own pages."""
    given, family = GIVEN[number % LEARNERS_IN_EACH], FAMILY[number // LEARNERS_IN_EACH]
    first = number == 0
    person = _Newcomer(_person_id(number), f"{given} {family} (simulated)", Role.LEARNER, secret if first else None)
    email = "learner@example.org" if first else f"{given}.{family}@example.org"
    since = app.now() - timedelta(days=DAYS)
    _add(tx, person, email, since)
    cohorts.join(tx, cohort_id=_cohort_id(COHORTS[number // LEARNERS_IN_EACH]), person=person.id, at=since)
    life.store(tx)


def _add(tx: Connection, newcomer: _Newcomer, email: str, at: datetime) -> None:
    people.add(
        tx, person_id=newcomer.id, email=email, name=newcomer.name, at=at, password_hash=newcomer.secret, simulated=True
    )
    people.grant(tx, person=newcomer.id, role=newcomer.role, at=at, by="demonstration")


def _staff(name: str) -> Actor:
    return Actor(_person(name), _named(name), frozenset({STAFF.get(name, Role.COORDINATOR)}))


def _person(name: str) -> str:
    return f"simulated-{name}"


def _named(name: str) -> str:
    return f"Demo {name.replace('-', ' ')} (simulated)"


def _person_id(number: int) -> str:
    return f"simulated-{number + 1:02d}"


def _cohort_id(title: str) -> str:
    return title.lower().replace(": ", "-").replace(" ", "-")
