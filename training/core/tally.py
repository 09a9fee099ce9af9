"""What one attempt adds to the sums of its items and of its quiz: whole numbers, so that adding leaves no trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import log2

from training.core.attempt import Answered, Attempt, Checked, Flagged, Rated, Struck
from training.core.blueprint import Mode, Papers
from training.core.certainty import DEGREES
from training.core.interaction import ChooseOne, PickRegion, Value, options_of
from training.core.picks import picks
from training.core.question import Question
from training.core.score import Outcome

BANDS = 101
"""Whole percents of a score, from 0 to 100."""

TIMES = 64
TIMES_PER_OCTAVE = 4
QUICKEST = 0.25
"""Seconds that the first class of times begins with; each is a quarter of an octave wide."""

EXACT_UNIT = 100_000
"""How finely scores are counted: in hundred-thousandths."""

NO_CHOICE = -1
"""Stands for an answer that is not one of the options: typed, several at once, or none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it counts for its item; `rest` is None where nothing else was scored, `time` where none is known.

    `points` and `rest` are in units, `choice` counts the options as they stand in the question, `time` is a class.
    `sure` is a place in DEGREES; None where the quiz does not ask how sure she is, or there is no answer.
    Where several options are given, `picked` is NO_CHOICE for the response and then each of them, as `picks` has it.
    """

    item_id: str
    digest: str
    points: int
    rest: int | None
    choice: int
    time: int | None
    sure: int | None = None
    picked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The scored questions of a section, or of the whole form where `section` is empty; a share of points in units.

    `error` is the error variance of the share in units squared, `product` that of the part and the whole.
    """

    section: str
    share: int
    error: int
    answered: int
    product: int


@dataclass(frozen=True, slots=True)
class Tally:
    """One attempt as it counts: its answers, its band among whole percents, and its parts, the whole form first."""

    programme: str
    mode: Mode
    version: str
    form: str
    month: int
    band: int
    answers: tuple[Answer, ...]
    parts: tuple[Part, ...]
    percent: int
    passed: bool | None

    @property
    def year(self) -> int:
        """The year of its month."""
        return self.month // 12


def tally(attempt: Attempt, outcomes: Sequence[Outcome], passed: bool | None) -> Tally:  # noqa: FBT001
    """Count an attempt that was handed in.

    An exam counts every question, open ones as wrong, as its marks do; practice only what was answered. The score that
    an item is held against is that of the scored questions, itself left out. Raises ValueError for an open attempt.
    """
    end = attempt.submitted
    if end is None:
        raise ValueError(f"attempt {attempt.id} is not handed in")
    form, exam = attempt.form, attempt.form.policy.mode is Mode.EXAM
    counted = [each for each in outcomes if exam or each.value is not None]
    scored = [each.fraction for each in counted if each.scored]
    points, times = sum(scored), seconds(attempt)
    return Tally(
        form.programme, form.policy.mode, form.version, form_key(attempt), month_of(end.at),
        round((points / len(scored) if scored else 0.0) * (BANDS - 1)),
        tuple(_answer(attempt, each, points, len(scored), times) for each in counted), _parts(attempt, counted),
        min(BANDS - 1, int(_share([each for each in counted if each.scored]) * (BANDS - 1) + 1e-9)), passed,
    )  # fmt: skip


def form_key(attempt: Attempt) -> str:
    """Name the paper where it was one of several that many sit; empty where it was drawn for this learner alone."""
    if attempt.form.policy.forms is not Papers.FIXED:
        return ""
    return sha256("".join(slot.digest for slot in attempt.form.slots).encode()).hexdigest()[:16]


def month_of(moment: datetime) -> int:
    """Number the months since the year 0, in UTC."""
    return moment.year * 12 + moment.month - 1


def time_class(spent: float) -> int:
    """Give the class of a time in seconds."""
    return min(TIMES - 1, int(log2(max(spent, QUICKEST) / QUICKEST) * TIMES_PER_OCTAVE))


def seconds(attempt: Attempt) -> Mapping[int, float]:
    """Say how long each answered question took: the time before every event about it, up to its last answer.

    The time between two events goes to the question of the second. So reading a question that is then left alone
    counts for the next one that something is done about, and in practice so does reading why an answer was right.
    """
    last = {slot: each.seq for slot, each in attempt.answers.items()}
    spent: dict[int, timedelta] = {}
    before = attempt.started
    for event in attempt.events:
        if isinstance(event, Answered | Flagged | Struck | Rated | Checked):
            if event.seq <= last.get(event.slot, 0):
                spent[event.slot] = spent.get(event.slot, timedelta()) + (event.at - before)
            before = event.at
    return {slot: each.total_seconds() for slot, each in spent.items()}


def choice_of(question: Question, value: Value) -> int:
    """Number the option chosen where the question asks for one."""
    one = isinstance(question.interaction, ChooseOne | PickRegion)
    if not one or not isinstance(value, str):
        return NO_CHOICE
    names = [option.id for option in options_of(question.interaction)]
    return names.index(value) if value in names else NO_CHOICE


def _answer(attempt: Attempt, outcome: Outcome, points: float, scored: int, times: Mapping[int, float]) -> Answer:
    slot = attempt.form.slots[outcome.slot]
    others = scored - outcome.scored
    rest = points - outcome.fraction if outcome.scored else points
    spent = times.get(outcome.slot)
    asked = attempt.form.policy.confidence and outcome.value is not None
    return Answer(
        outcome.item_id, slot.digest, round(outcome.fraction * EXACT_UNIT),
        round(rest / others * EXACT_UNIT) if others else None, choice_of(slot.question, outcome.value),
        None if spent is None or outcome.value is None else time_class(spent),
        DEGREES.index(attempt.certainties.get(outcome.slot)) if asked else None,
        (NO_CHOICE, *picks(slot.question, outcome.value)) if isinstance(outcome.value, tuple) else (),
    )  # fmt: skip


def _parts(attempt: Attempt, counted: Sequence[Outcome]) -> tuple[Part, ...]:
    """Sum up the whole and each section that has two scored answers: fewer have no error variance."""
    slots, titles = attempt.form.slots, attempt.form.sections
    scored = [each for each in counted if each.scored]
    whole = round(_share(scored) * EXACT_UNIT)
    groups: dict[str, list[Outcome]] = {"": scored}
    for each in scored if len(titles) > 1 else ():
        groups.setdefault(titles[slots[each.slot].section], []).append(each)
    return tuple(_part(name, group, whole) for name, group in groups.items() if len(group) > 1)


def _part(section: str, outcomes: Sequence[Outcome], whole: int) -> Part:
    m, share = len(outcomes), round(_share(outcomes) * EXACT_UNIT)
    mean = sum(each.fraction for each in outcomes) / m
    spread = sum(each.fraction**2 for each in outcomes) - m * mean**2
    return Part(section, share, round(spread / (m - 1) / m * EXACT_UNIT**2), m, share * whole)


def _share(outcomes: Sequence[Outcome]) -> float:
    most = sum(each.max_points for each in outcomes)
    return sum(each.points for each in outcomes) / most if most else 0.0
