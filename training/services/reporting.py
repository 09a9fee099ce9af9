"""What the scores of a test are worth: reliability, error, decisions and the yearly list, never of fewer than five."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.core.blueprint import Mode, Programme
from training.core.interval import Interval, wilson
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound
from training.core.rules import Rules
from training.measurement.decisions import Decisions, livingston_lewis, subkoviak
from training.measurement.information import chances, total_information
from training.measurement.policy import CORRELATIONS_FROM
from training.measurement.reliability import WholeTest
from training.measurement.responses import Array
from training.measurement.score_sums import ScoreSums
from training.measurement.summed import effective_weights, summed_test
from training.measurement.sums import ItemSums
from training.services.analysing import Quiz
from training.services.app import App
from training.services.looking_beyond import Beyond, beyond
from training.services.summing import Paper, Scores, plain_sums, scores_of, together
from training.store import calibrations, sum_reading
from training.store.calibrations import KeptCalibration
from training.store.database import Connection
from training.store.sum_reading import Fresh, Of

__all__ = ["GROUP", "Model", "SectionLine", "TestReport", "YearLine", "quizzes", "report"]

GROUP = 5
"""Of fewer learners nothing is said: the figures would be theirs, one by one."""

MOST_SCORES = 20_000
"""Scores that decisions are reckoned from; of more, every band is thinned out alike."""

ABILITIES = tuple(step / 10 for step in range(-40, 41))


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line of the yearly list: a paper of a version of the quiz in a year; NaN where it cannot be said."""

    year: int
    paper: str
    learners: int
    attempts: int
    cut: float
    passed: float
    mean: float
    sd: float
    reliability: float
    sem: float
    consistency: float


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section: how it went and what it weighs, as meant (share of questions) and as it happened."""

    title: str
    questions: float
    mean: float
    sd: float
    reliability: float
    nominal: float
    effective: float


@dataclass(frozen=True, slots=True)
class Model:
    """The latest calibration: items' difficulties, abilities by quarter, information of a form and the cut.

    `cut` is the ability at which a form of the usual length is expected to be just passed; `beyond` are groups, pairs
    and the link to the calibration before.
    """

    kept: KeptCalibration
    a: tuple[float, ...]
    b: tuple[float, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    ability: tuple[float, ...]
    information: tuple[float, ...]
    cut: float
    beyond: Beyond


@dataclass(frozen=True, slots=True)
class TestReport:
    """All that is said of a test; of fewer than GROUP learners only how many there are. Percents are 0 to 100."""

    quiz: Quiz
    learners: int
    fresh: Fresh
    whole: WholeTest | None = None
    dependability: float = float("nan")
    passing: Interval | None = None
    passed: float = float("nan")
    cut: float = float("nan")
    decisions: Decisions | None = None
    subkoviak: Decisions | None = None
    distribution: tuple[int, ...] = ()
    sections: tuple[SectionLine, ...] = ()
    years: tuple[YearLine, ...] = ()
    model: Model | None = None
    most_answers: int = 0
    """To any one version of an item: what says which model could be fitted."""


@dataclass(frozen=True, slots=True)
class _Read:
    sums: ItemSums
    scores: dict[Paper, Scores]
    learners: dict[Paper, int]
    all_learners: int
    fresh: Fresh
    calibration: KeptCalibration | None


def quizzes(app: App, actor: Actor) -> list[Quiz]:
    """List the tests that were handed in, exams first."""
    permit(actor, Action.SEE_SCORES)
    titles = {slug: each.title for slug, each in app.library.programmes.items()}
    found = [Quiz(slug, titles.get(slug, slug), mode, n) for slug, mode, n in app.database.read(sum_reading.quizzes)]
    return sorted(found, key=lambda each: (each.mode is not Mode.EXAM, each.title))


def report(app: App, actor: Actor, slug: str, mode: Mode = Mode.EXAM) -> TestReport:
    """Report on a test. Raises NotFound where nobody handed it in."""
    permit(actor, Action.SEE_SCORES)
    read = app.database.read(lambda tx: _read(tx, slug, mode))
    if not read.scores:
        raise NotFound("Nobody has handed this quiz in yet, so there is nothing to report.")
    scores, programme = together(tuple(read.scores.values())), app.library.programmes.get(slug)
    quiz = Quiz(slug, programme.title if programme else slug, mode, int(scores.whole.bands.sum()))
    if read.all_learners < GROUP:
        return TestReport(quiz, read.all_learners, read.fresh)
    cut, whole = _cut(programme), summed_test(read.sums, scores.whole)
    phi = scores.whole.dependability
    return TestReport(
        quiz, read.all_learners, read.fresh, whole, phi,
        wilson(scores.passed / scores.decided, scores.decided) if scores.decided else None,
        100 * scores.passed / scores.decided if scores.decided else float("nan"),
        cut, _decisions(scores.whole, cut), _by_number_right(scores.whole, whole, cut),
        tuple(int(each) for each in scores.whole.bands), _sections(scores),
        tuple(_year(paper, each, read.learners.get(paper, 0), cut) for paper, each in sorted(read.scores.items())),
        _model(read.calibration, whole.length, cut), int(read.sums.n.max(initial=0)),
    )  # fmt: skip


def _read(tx: Connection, slug: str, mode: Mode) -> _Read:
    kept = [each for each in calibrations.of_programme(tx, slug) if each.mode == mode.value]
    return _Read(
        plain_sums(tx, Of(mode, programme=slug)),
        scores_of(sum_reading.score_rows(tx, slug, mode), sum_reading.decision_rows(tx, slug, mode)),
        sum_reading.learners(tx, slug, mode), sum_reading.all_learners(tx, slug, mode), sum_reading.fresh(tx),
        kept[0] if kept else None,
    )  # fmt: skip


def _cut(programme: Programme | None) -> float:
    """Give the cut in percent as the quiz stands now; NaN where it has none for the total."""
    if programme is None:
        return float("nan")
    rules: Rules | None = programme.rules.full if programme.rules else None
    if rules and rules.overall:
        return rules.overall.cut
    mark = programme.policy.pass_percent
    return float("nan") if mark is None else float(mark)


def _spread_out(bands: Array) -> Array:
    """Give a score for each attempt, from counts by whole percent."""
    thin = min(1.0, MOST_SCORES / max(bands.sum(), 1))
    return np.repeat(np.arange(len(bands), dtype=float), np.rint(bands * thin).astype(int))


def _decisions(whole: ScoreSums, cut: float) -> Decisions | None:
    if not (whole.n >= CORRELATIONS_FROM and cut == cut and whole.dependability > 0):  # noqa: PLR0124 - NaN
        return None
    return livingston_lewis(_spread_out(whole.bands), whole.dependability, lowest=0, highest=100, cut=cut)


def _by_number_right(whole: ScoreSums, test: WholeTest, cut: float) -> Decisions | None:
    if not (whole.n >= CORRELATIONS_FROM and cut == cut and test.alpha > 0 and test.length > 1):  # noqa: PLR0124
        return None
    right = _spread_out(whole.bands) * test.length / 100
    return subkoviak(right, test.length, test.alpha, cut=cut * test.length / 100)


def _sections(scores: Scores) -> tuple[SectionLine, ...]:
    names, whole = list(scores.sections), scores.whole
    parts = [scores.sections[name] for name in names]
    answered = np.array([each.answered for each in parts])
    product = np.array([scores.products[name] for name in names])
    share = np.array([each.fraction for each in parts])
    effective = effective_weights(answered, product, share, whole) if whole.n else answered
    enough = whole.n >= CORRELATIONS_FROM
    return tuple(
        SectionLine(
            name, each.answered / each.n, 100 * each.mean, 100 * each.sd,
            each.dependability if enough else float("nan"), float(100 * each.answered / answered.sum()),
            float(100 * effective[place]) if enough else float("nan"),
        )
        for place, (name, each) in enumerate(zip(names, parts, strict=True))
    )  # fmt: skip


def _year(paper: Paper, scores: Scores, learners: int, cut: float) -> YearLine:
    version, form, year = paper
    name = (f"paper {form[:6]}" if form else "drawn for each") + (f", rules {version[:6]}" if version else "")
    whole, nothing = scores.whole, float("nan")
    attempts = int(whole.bands.sum())
    if learners < GROUP:
        return YearLine(year, name, learners, attempts, cut, *(nothing,) * 6)
    decided = _decisions(whole, cut)
    enough = whole.n >= CORRELATIONS_FROM
    return YearLine(
        year, name, learners, attempts, cut, 100 * scores.passed / scores.decided if scores.decided else nothing,
        100 * whole.mean, 100 * whole.sd, whole.dependability if enough else nothing,
        100 * whole.sem if enough else nothing, decided.consistency if decided else nothing,
    )  # fmt: skip


def _model(kept: KeptCalibration | None, length: int, cut: float) -> Model | None:
    """Read a calibration, and reckon the information of a form whose items are like the bank's on average."""
    if kept is None:
        return None
    body: dict[str, Any] = json.loads(kept.body)
    fitted = [(float(each["a"] or 1), float(each["b"])) for each in body["items"] if each["b"] is not None]
    if not fitted:
        return None
    a, b = (np.array(column) for column in zip(*fitted, strict=True))
    ability = np.array(ABILITIES)
    information = total_information(ability, a, b) * length / len(a)
    expected = chances(ability, a, b).mean(axis=1)
    at_cut = float(np.interp(cut / 100, expected, ability)) if _within(cut / 100, expected) else float("nan")
    return Model(
        kept, tuple(a.tolist()), tuple(b.tolist()), tuple(body["abilities"]["edges"]),
        tuple(body["abilities"]["counts"]), ABILITIES, tuple(information.tolist()), at_cut, beyond(body),
    )  # fmt: skip


def _within(share: float, expected: Sequence[float]) -> bool:
    return bool(expected[0] <= share <= expected[-1])
