"""A simulated cohort: 60 learners, 3 cohorts, 4 months of attempts, every name marked as simulated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from training.core.attempt import Attempt, answer, begin, submit
from training.core.blueprint import Mode
from training.core.form import Slot, assemble
from training.core.interaction import ChooseMany, ChooseOne, Value
from training.core.items.item import Item
from training.core.items.options import OptionsItem
from training.core.key import Within, correct_value, fraction
from training.core.permission import Role
from training.core.pool import Pool
from training.core.question import Level
from training.core.refusal import Refusal
from training.core.score import grade
from training.measurement.simulation import (
    Array,
    ItemModel,
    draw_abilities,
    draw_items,
    draw_seconds,
    learning_gain,
    three_pl,
)
from training.services.app import App
from training.services.signing_in import hashed
from training.store import attempts, cohorts, people, reading, results
from training.store.database import Connection

COHORTS = ("Simulated cohort: spring", "Simulated cohort: summer", "Simulated cohort: evening")
LEARNERS_IN_EACH = 20
MONTHS = 4
DAYS = MONTHS * 30
GIVEN = tuple("Alex Bao Casey Dana Eli Farah Gus Hana Ira Jun Kim Lou Mio Noor Oki Pat Quinn Remy Sam Tao".split())  # noqa: SIM905
FAMILY = tuple("Ahlberg Brook Castell".split())  # noqa: SIM905
DIFFICULTY = {Level.RECALL: -0.9, Level.APPLY: -0.4, Level.ANALYSE: 0.1}
EXAM_AFTER = 4
"""Practice attempts before a simulated learner sits her first exam."""

STAFF = (
    ("learner", "Demo learner", Role.LEARNER),
    ("instructor", "Demo instructor", Role.INSTRUCTOR),
    ("coordinator", "Demo coordinator", Role.COORDINATOR),
    ("administrator", "Demo administrator", Role.ADMINISTRATOR),
)

Progress = Callable[[int, int], None]
"""Told after each learner: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was made: the accounts that can sign in with the one password, and how much there is to see."""

    emails: tuple[str, ...]
    learners: int
    attempts: int


@dataclass(slots=True)
class _World:
    """What the simulation draws from: its chance, the items' hidden parameters, the learners' hidden abilities."""

    app: App
    rng: np.random.Generator
    parameters: dict[str, tuple[float, float, float]]
    abilities: Array
    domains: list[str]
    practice: list[Pool]
    exams: list[Pool]
    until: datetime
    made: int = 0
    met: dict[str, datetime] = field(default_factory=dict)


def demonstrate(app: App, *, password: str, seed: int, told: Progress = lambda done, total: None) -> Demonstration:  # noqa: ARG005
    """Fill an empty database. Raises Refusal where people are in it already: simulated and real must not mix."""
    if app.database.read(people.every):
        raise Refusal("This database has people in it already. A demonstration needs an empty one.")
    emails = _add_staff(app, password)
    cohort_ids = [_add_cohort(app, title) for title in COHORTS]
    total = LEARNERS_IN_EACH * len(COHORTS)
    world = _world(app, seed, total)
    for number in range(total):
        person = _add_learner(app, number, cohort_ids[number // LEARNERS_IN_EACH])
        _live(world, person, number)
        told(number + 1, total)
    return Demonstration(emails, total, world.made)


def _add_staff(app: App, password: str) -> tuple[str, ...]:
    secret = hashed(password)
    for name, title, role in STAFF:
        _add_person(app, name, f"{title} (simulated)", f"{name}@example.org", role, secret)
    return tuple(f"{name}@example.org" for name, _, _ in STAFF)


def _add_learner(app: App, number: int, cohort: str) -> str:
    given, family = GIVEN[number % LEARNERS_IN_EACH], FAMILY[number // LEARNERS_IN_EACH]
    person = f"simulated-{number + 1:02d}"
    _add_person(app, person, f"{given} {family} (simulated)", f"{person}@example.org", Role.LEARNER, None)
    app.database.write(lambda tx: cohorts.join(tx, cohort_id=cohort, person=person, at=app.now()))
    return person


def _add_person(app: App, person: str, name: str, email: str, role: Role, secret: str | None) -> None:
    def work(tx: Connection) -> None:
        people.add(tx, person_id=person, email=email, name=name, at=app.now(), password_hash=secret, simulated=True)
        people.grant(tx, person=person, role=role, at=app.now(), by="demonstration")

    app.database.write(work)


def _add_cohort(app: App, title: str) -> str:
    cohort = app.new_id()
    app.database.write(lambda tx: cohorts.add(tx, cohort_id=cohort, title=title, at=app.now()))
    return cohort


def _world(app: App, seed: int, learners: int) -> _World:
    rng = np.random.default_rng(seed)
    library = app.library
    items = [item for item in library.items() if item.drawable]
    model = draw_items(
        rng,
        np.array([DIFFICULTY[item.level] for item in items], dtype=float),
        np.array([_luck(item) for item in items], dtype=float),
    )
    rows = zip(model.difficulty.tolist(), model.discrimination.tolist(), model.guessing.tolist(), strict=True)
    domains = sorted({item.domain for item in items})
    pools = [app.content.pool(slug) for slug in sorted(library.programmes)]
    return _World(
        app, rng, dict(zip((item.id for item in items), rows, strict=True)),
        draw_abilities(rng, learners, len(domains)), domains,
        [pool for pool in pools if pool.programme.policy.mode is Mode.PRACTICE],
        [pool for pool in pools if pool.programme.policy.mode is Mode.EXAM], app.now(),
    )  # fmt: skip


def _luck(item: Item) -> float:
    return 1 / len(item.options) if isinstance(item, OptionsItem) else 0.05


def _live(world: _World, person: str, number: int) -> None:
    """Let one learner read, practise and sit exams over the months."""
    world.met = {}
    tries: dict[str, int] = {}
    _read(world, person)
    for count, moment in enumerate(_moments(world)):
        pool = _next_quiz(world, count, tries)
        if pool is None:
            continue
        tries[pool.programme.slug] = tries.get(pool.programme.slug, 0) + 1
        lift = learning_gain(count, ceiling=1.1)
        attempt = _sit(world, pool, person, world.abilities[number] + lift, moment)
        _store(world, attempt)


def _moments(world: _World) -> Iterator[datetime]:
    start = world.until - timedelta(days=DAYS - float(world.rng.uniform(0, 30)))
    count = int(world.rng.integers(6, 15))
    days = np.sort(world.rng.uniform(0, (world.until - start).days - 1, count))
    hours = world.rng.normal(17, 3, count).clip(6, 22)
    for day, hour in zip(days.tolist(), hours.tolist(), strict=True):
        midnight = (start + timedelta(days=int(day))).replace(hour=0, minute=0, second=0, microsecond=0)
        yield min(midnight + timedelta(hours=hour), world.until - timedelta(hours=3))


def _next_quiz(world: _World, count: int, tries: dict[str, int]) -> Pool | None:
    wants_exam = count >= EXAM_AFTER and count % 3 == 0
    pools = world.exams if wants_exam and world.exams else world.practice
    allowed = [
        pool for pool in pools
        if pool.programme.policy.tries is None or tries.get(pool.programme.slug, 0) < pool.programme.policy.tries
    ]  # fmt: skip
    return allowed[int(world.rng.integers(len(allowed)))] if allowed else None


def _sit(world: _World, pool: Pool, person: str, ability: Array, start: datetime) -> Attempt:
    seed = int(world.rng.integers(2**40))
    form = assemble(pool, seed=seed, seen=world.met)
    world.met.update({slot.question.item_id: start for slot in form.slots})
    attempt = begin(f"demo-{world.made:05d}-{seed:x}", learner=person, form=form, now=start)
    chances = _chances(world, form.slots, ability)
    now, end = start, attempt.deadline
    for slot, (chance, seconds) in enumerate(zip(chances, draw_seconds(world.rng, len(chances)).tolist(), strict=True)):
        now += timedelta(seconds=seconds)
        if end and now >= end:
            break
        value = _respond(world, form.slots[slot], right=bool(world.rng.random() < chance))
        attempt = answer(attempt, slot, value, seen=0, now=now)
    return submit(attempt, now=now + timedelta(seconds=20))


def _chances(world: _World, slots: Sequence[Slot], ability: Array) -> list[float]:
    rows = np.array([world.parameters[slot.question.item_id] for slot in slots])
    mine = np.array([ability[world.domains.index(slot.question.domain)] for slot in slots])
    probabilities: list[float] = three_pl(mine, ItemModel(rows[:, 0], rows[:, 1], rows[:, 2])).tolist()
    return probabilities


def _respond(world: _World, slot: Slot, *, right: bool) -> Value:
    question = slot.question
    best = correct_value(question.key)
    if right:
        return best
    match question.interaction, question.key:
        case ChooseOne(options=options), _:
            wrong = [option.id for option in options if not fraction(question.key, option.id)]
            return wrong[int(world.rng.integers(len(wrong)))]
        case ChooseMany(options=options), _:
            others = [option.id for option in options if option.id not in (best or ())]
            # One right option is missed, and another takes its place where there is one.
            return (*list(best or ())[1:], *others[:1]) or None
        case _, Within(answer=number, tolerance=slack):
            return f"{number + 3 * slack + 1:.4g}"
    return None


def _store(world: _World, attempt: Attempt) -> None:
    def work(tx: Connection) -> None:
        begun = begin(attempt.id, learner=attempt.learner, form=attempt.form, now=attempt.started)
        attempts.add(tx, begun, request=attempt.id)
        attempts.append(tx, begun, attempt)
        results.put(tx, attempt, grade(attempt))

    world.app.database.write(work)
    world.made += 1


def _read(world: _World, person: str) -> None:
    """Let her read some modules to the end, and one part of the way."""
    modules = sorted(world.app.library.modules.values(), key=lambda module: module.order)
    wholly = int(world.rng.integers(len(modules) + 1))
    at = world.until - timedelta(days=DAYS - 1)

    def work(tx: Connection) -> None:
        for rank, module in enumerate(modules[: wholly + 1]):
            sections = module.sections if rank < wholly else module.sections[: len(module.sections) // 2]
            for section in sections:
                reading.add(
                    tx, row_id=world.app.new_id(), person=person, module=module.slug, section=section.id,
                    finished=True, at=at + timedelta(days=rank),
                )  # fmt: skip

    world.app.database.write(work)
