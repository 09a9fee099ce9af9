"""What one attempt adds to the sums of its items and of its quiz: whole numbers, so that adding leaves no trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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


Given = tuple[int, int | None, int | None, tuple[int, ...]]
"""Choice, time, certainty and picks of an answer, which no marking changes."""


Mark = tuple[int, int, int, bool]
"""Units earned, points and the most there are in units, and whether the question is scored."""


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
    form, counted = attempt.form, _counted(attempt, outcomes)
    known, marks = _given(attempt, counted), _marks(counted)
    return Tally(
        form.programme, form.policy.mode, form.version, form_key(attempt), month_of(end.at), _band(marks),
        _answers(attempt, counted, marks, known), _parts(attempt, counted, marks), _percent(marks), passed,
    )  # fmt: skip


def tally_again(known: Tally, attempt: Attempt, outcomes: Sequence[Outcome], passed: bool | None) -> Tally:  # noqa: FBT001
    """Count an attempt that was marked again: as `tally` does, from what its answers were counted as before.

    A regrade changes neither which answers count nor what was chosen and how long it took.
    """
    counted = _counted(attempt, outcomes)
    marks = _marks(counted)
    same = [(each.choice, each.time, each.sure, each.picked) for each in known.answers]
    return replace(
        known, band=_band(marks), answers=_answers(attempt, counted, marks, same),
        parts=_parts(attempt, counted, marks), percent=_percent(marks), passed=passed,
    )  # fmt: skip


def units(share: float) -> int:
    """Count a fraction in units, halves up: plain arithmetic that every database does alike."""
    return int(share * EXACT_UNIT + 0.5)


def rounded(part: int, whole: int) -> int:
    """Divide whole numbers, halves up: no order of adding and no database makes a difference."""
    return (2 * part + whole) // (2 * whole)


def by_outcome(known: Tally, outcomes: Sequence[Outcome]) -> tuple[Answer | None, ...]:
    """Give what each outcome was counted as; None where it does not count."""
    answers = iter(known.answers)
    return tuple(next(answers) if _counts(known.mode, each) else None for each in outcomes)


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


def _counted(attempt: Attempt, outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [each for each in outcomes if _counts(attempt.form.policy.mode, each)]


def _counts(mode: Mode, outcome: Outcome) -> bool:
    return mode is Mode.EXAM or outcome.value is not None


def _marks(counted: Sequence[Outcome]) -> list[Mark]:
    unit = EXACT_UNIT  # as `units` does; a call for each would be half of what counting costs
    return [
        (int(each.fraction * unit + 0.5), int(each.points * unit + 0.5), int(each.max_points * unit + 0.5), each.scored)
        for each in counted
    ]


def _band(marks: Sequence[Mark]) -> int:
    scored = [mark for mark, _, _, counts in marks if counts]
    return rounded((BANDS - 1) * sum(scored), EXACT_UNIT * len(scored)) if scored else 0


def _percent(marks: Sequence[Mark]) -> int:
    """Give the whole percents of points that were reached; what rounding to units may have cost is made good."""
    scored = [each for each in marks if each[3]]
    points, most = _points(scored)
    return min(BANDS - 1, (BANDS - 1) * (points + len(scored)) // most) if most else 0


def _given(attempt: Attempt, counted: Sequence[Outcome]) -> list[Given]:
    """Say of each answer what was chosen, the class of its time, and how sure she was where the policy asks."""
    slots, times, sure, found = attempt.form.slots, seconds(attempt), attempt.certainties, []
    for each in counted:
        asked, spent, there = slots[each.slot].question, times.get(each.slot), each.value is not None
        found.append((
            choice_of(asked, each.value),
            time_class(spent) if spent is not None and there else None,
            DEGREES.index(sure.get(each.slot)) if there and attempt.form.policy.confidence else None,
            (NO_CHOICE, *picks(asked, each.value)) if isinstance(each.value, tuple) else (),
        ))  # fmt: skip
    return found


def _answers(
    attempt: Attempt, counted: Sequence[Outcome], marks: Sequence[Mark], known: Sequence[Given]
) -> tuple[Answer, ...]:
    """Count each answer against the others that are scored; what was given is known."""
    scored = [mark for mark, _, _, counts in marks if counts]
    points, number, slots, found = sum(scored), len(scored), attempt.form.slots, []
    for each, (mark, _, _, counts), given in zip(counted, marks, known, strict=True):
        others, rest = number - counts, points - mark * counts
        found.append(
            Answer(each.item_id, slots[each.slot].digest, mark, rounded(rest, others) if others else None, *given)
        )
    return tuple(found)


def _parts(attempt: Attempt, counted: Sequence[Outcome], marks: Sequence[Mark]) -> tuple[Part, ...]:
    """Sum up the whole and each section that has two scored answers: fewer have no error variance."""
    slots, titles = attempt.form.slots, attempt.form.sections
    whole = [each for each in marks if each[3]]
    share, groups = _share(whole), dict[str, list[Mark]]({"": whole})
    for each, mark in zip(counted, marks, strict=True) if len(titles) > 1 else ():
        if mark[3]:
            groups.setdefault(titles[slots[each.slot].section], []).append(mark)
    return tuple(_part(name, group, share) for name, group in groups.items() if len(group) > 1)


def _part(section: str, group: Sequence[Mark], whole: int) -> Part:
    m, marks = len(group), [each[0] for each in group]
    share = _share(group) if section else whole
    spread = m * sum([each * each for each in marks]) - sum(marks) ** 2
    return Part(section, share, rounded(spread, m * m * (m - 1)), m, share * whole)


def _share(group: Sequence[Mark]) -> int:
    points, most = _points(group)
    return rounded(EXACT_UNIT * points, most) if most else 0


def _points(group: Sequence[Mark]) -> tuple[int, int]:
    return sum([each[1] for each in group]), sum([each[2] for each in group])
