"""One simulated learner's months: what she read, practised and sat, by an item-response model and the real core."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from training.core.attempt import Attempt, answer, begin, check, flag, submit
from training.core.blueprint import Mode
from training.core.form import Form, Slot, assemble
from training.core.interaction import FillGaps, Interaction, MatchEach, Value, options_of, places_of
from training.core.items.item import Item
from training.core.items.options import OptionsItem
from training.core.key import Pairs, Phrases, RightOrder, Within, Worth, WorthEach, correct_value, fraction
from training.core.library import LearningModule
from training.core.pool import Pool
from training.core.question import Level
from training.core.refusal import Refusal
from training.measurement.simulation import (
    Array,
    ItemModel,
    draw_abilities,
    draw_items,
    draw_paces,
    draw_seconds,
    learning_gain,
    three_pl,
)
from training.services.app import App
from training.services.marking import settle
from training.store import attempts, reading
from training.store.database import Connection

DIFFICULTY = {Level.RECALL: -0.6, Level.APPLY: 0.0, Level.ANALYSE: 0.5}
MOST_TO_LEARN = 1.5
"""How far practice can lift ability in a domain, on the ability scale."""

EXAM_AFTER = 3
"""Attempts before a simulated learner sits her first exam; from then on every third one is an exam."""

PREPARED, STUDIED = 0.3, 2.7
"""The share of learners who read everything before the exam that certifies, and by how much they are the abler then."""

LEAVES_OPEN = 0.15
"""The share of learners who are in the middle of a practice quiz now."""

FLAGS, BREAKS_OFF = 0.06, 0.04
"""The share of answers that are flagged, and of attempts handed in half-way."""


@dataclass(frozen=True, slots=True)
class World:
    """What the simulation draws from: its chance, the items' hidden parameters, the learners' hidden abilities."""

    rng: np.random.Generator
    parameters: Mapping[str, tuple[float, float, float]]
    abilities: Array
    paces: Array
    domains: Mapping[str, int]
    practice: Sequence[Pool]
    exams: Sequence[Pool]
    modules: Sequence[LearningModule]
    since: datetime
    until: datetime

    @property
    def certifying(self) -> Sequence[Pool]:
        return [pool for pool in self.exams if pool.programme.certificate]


@dataclass(slots=True)
class Life:
    """What one learner did: attempts, the open one last, and (module, section, moment) for each section read."""

    person: str
    practised: Array
    prepared: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    read: list[tuple[str, str, datetime]] = field(default_factory=list)
    met: dict[str, datetime] = field(default_factory=dict)

    def store(self, tx: Connection) -> None:
        """Write it down as if it had happened at its own time."""
        for attempt in self.attempts:
            begun = begin(attempt.id, learner=attempt.learner, form=attempt.form, now=attempt.started)
            attempts.add(tx, begun, request=attempt.id)
            attempts.append(tx, begun, attempt)
            if attempt.submitted:
                settle(tx, attempt, attempt.submitted.at)
        for number, (module, section, at) in enumerate(self.read):
            row_id = f"{self.person}-read-{number}"
            reading.add(tx, row_id=row_id, person=self.person, module=module, section=section, finished=True, at=at)


def new_world(app: App, rng: np.random.Generator, *, learners: int, days: int) -> World:
    """Give every item its hidden parameters and every learner her hidden abilities."""
    library = app.library
    items = [item for item in library.items() if item.drawable]
    means = np.array([DIFFICULTY[item.level] for item in items], dtype=float)
    model = draw_items(rng, means, np.array([_luck(item) for item in items], dtype=float))
    rows = zip(model.difficulty.tolist(), model.discrimination.tolist(), model.guessing.tolist(), strict=True)
    domains = {domain: index for index, domain in enumerate(sorted({item.domain for item in items}))}
    pools = [pool for slug in sorted(library.programmes) if _can_be_drawn(pool := app.content.pool(slug))]
    return World(
        rng, dict(zip((item.id for item in items), rows, strict=True)),
        draw_abilities(rng, learners, len(domains)), draw_paces(rng, learners), domains,
        [pool for pool in pools if pool.programme.policy.mode is Mode.PRACTICE],
        [pool for pool in pools if pool.programme.policy.mode is Mode.EXAM],
        sorted(library.modules.values(), key=lambda module: module.order),
        app.now() - timedelta(days=days), app.now(),
    )  # fmt: skip


def _can_be_drawn(pool: Pool) -> bool:
    try:
        assemble(pool, seed=0)
    except Refusal:
        return False  # its author is told elsewhere; the others can still be shown
    return True


def _luck(item: Item) -> float:
    """Give the chance to be right without knowing anything."""
    return 1 / len(item.options) if isinstance(item, OptionsItem) else 0.02


def simulate(world: World, number: int, person: str) -> Life:
    """Let learner `number` read, practise and sit exams from `since` to `until`."""
    prepared = bool(world.certifying) and world.rng.random() < PREPARED
    life = Life(person, np.zeros(len(world.domains)), prepared)
    _read(world, life)
    for count, moment in enumerate(_moments(world)):
        pool = _next_quiz(world, life, count)
        if pool:
            _sit(world, life, pool, number, moment)
    for pool in world.certifying if prepared else ():
        day = (world.until - world.since).days - int(world.rng.integers(2, 40))
        _sit(world, life, pool, number, _moment(world, day, float(world.rng.uniform(8, 20))), studied=STUDIED)
    if world.practice and world.rng.random() < LEAVES_OPEN:
        pool = world.practice[int(world.rng.integers(len(world.practice)))]
        _sit(world, life, pool, number, world.until - timedelta(minutes=40), leave_open=True)
    return life


def _read(world: World, life: Life) -> None:
    """Let her read some modules to the end, and one part of the way."""
    wholly = len(world.modules) if life.prepared else int(world.rng.integers(len(world.modules) + 1))
    for rank, module in enumerate(world.modules[: wholly + 1]):
        sections = module.sections if rank < wholly else module.sections[: len(module.sections) // 2]
        evening = world.since + timedelta(days=9 * rank + float(world.rng.uniform(0, 6)))
        for place, section in enumerate(sections):
            life.read.append((module.slug, section.id, evening + timedelta(minutes=6 * place)))


def _moments(world: World) -> Iterator[datetime]:
    """Give the moments at which she sits down, in order: 6 to 14 days apart at random, mostly towards the evening."""
    span = (world.until - world.since).days
    count = int(world.rng.integers(6, 15))
    days = np.sort(world.rng.choice(np.arange(1, span - 1), count, replace=False))
    hours = world.rng.normal(17, 3, count).clip(6, 22)
    for day, hour in zip(days.tolist(), hours.tolist(), strict=True):
        yield _moment(world, day, hour)


def _moment(world: World, day: int, hour: float) -> datetime:
    midnight = (world.since + timedelta(days=day)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=hour)


def _next_quiz(world: World, life: Life, count: int) -> Pool | None:
    wants_exam = count >= EXAM_AFTER and count % 3 == 0
    exams = [pool for pool in world.exams if not (life.prepared and pool.programme.certificate)]
    pools = [pool for pool in (exams if wants_exam else world.practice) if _may_try(pool, life)]
    return pools[int(world.rng.integers(len(pools)))] if pools else None


def _may_try(pool: Pool, life: Life) -> bool:
    limit = pool.programme.policy.tries
    return limit is None or sum(each.form.programme == pool.programme.slug for each in life.attempts) < limit


def _sit(
    world: World,
    life: Life,
    pool: Pool,
    number: int,
    start: datetime,
    *,
    leave_open: bool = False,
    studied: float = 0,
) -> None:
    """Take one quiz through the core, answer by answer; an open one is left half-way."""
    form = assemble(pool, seed=int(world.rng.integers(2**40)), seen=life.met)
    life.met |= {slot.question.met_as: start for slot in form.slots}
    chances = _chances(world, form, world.abilities[number] + learning_gain(life.practised, MOST_TO_LEARN) + studied)
    half = leave_open or (not studied and world.rng.random() < BREAKS_OFF)
    attempt = begin(f"{life.person}-{len(life.attempts) + 1}", learner=life.person, form=form, now=start)
    attempt, now = _answer_all(world, attempt, chances[: len(chances) // 2] if half else chances, world.paces[number])
    for slot in form.slots:
        life.practised[world.domains[slot.question.domain]] += 1
    life.attempts.append(attempt if leave_open else submit(attempt, now=now + timedelta(seconds=20)))


def _answer_all(world: World, attempt: Attempt, chances: list[float], pace: float) -> tuple[Attempt, datetime]:
    now, end = attempt.started, attempt.deadline
    times = draw_seconds(world.rng, len(chances), pace).tolist()
    for number, (chance, seconds) in enumerate(zip(chances, times, strict=True)):
        now += timedelta(seconds=seconds)
        if end and now >= end:
            break
        value = _respond(world, attempt.form.slots[number], right=bool(world.rng.random() < chance))
        attempt = answer(attempt, number, value, seen=0, now=now)
        if world.rng.random() < FLAGS:
            attempt = flag(attempt, number, flagged=True, now=now)
        if attempt.form.policy.mode is Mode.PRACTICE and value is not None:
            attempt = check(attempt, number, now=now + timedelta(seconds=2))
    return attempt, now


def _chances(world: World, form: Form, ability: Array) -> list[float]:
    rows = np.array([world.parameters[slot.question.met_as] for slot in form.slots])
    mine = np.array([ability[world.domains[slot.question.domain]] for slot in form.slots])
    probabilities: list[float] = three_pl(mine, ItemModel(rows[:, 0], rows[:, 1], rows[:, 2])).tolist()
    return probabilities


def _respond(world: World, slot: Slot, *, right: bool) -> Value:
    """Give the key, or something wrong that a learner could give."""
    question = slot.question
    if right:
        return correct_value(question.key)
    match question.key:
        case Within(answer=number, tolerance=slack):
            return f"{number + 3 * slack + 1:.4g}"
        case Phrases():
            return "do not know"
        case RightOrder(right=order):
            return order[::-1]
        case Pairs(right=pairs):
            return _mismatched(question.interaction, pairs)
        case WorthEach(correct=best, options=options):
            others = [name for name in options if name not in best]
            # One right option is missed, and another takes its place where there is one.
            return (*best[1:], *others[:1]) or None
        case Worth():
            wrong = [each.id for each in options_of(question.interaction) if not fraction(question.key, each.id)]
            return wrong[int(world.rng.integers(len(wrong)))] if wrong else None


def _mismatched(interaction: Interaction, right: tuple[tuple[str, ...], ...]) -> Value:
    """Give the first row or gap something wrong and the others the key; where nothing is left over, swap two."""
    if not isinstance(interaction, MatchEach | FillGaps):
        return None
    first, *rest = (good[0] for good in right)
    taken = rest if isinstance(interaction, MatchEach) and interaction.once else []
    options = (option.id for option in places_of(interaction)[0].options)
    wrong = next((name for name in options if name not in right[0] and name not in taken), None)
    return (wrong, *rest) if wrong else (rest[0], first, *rest[1:])
