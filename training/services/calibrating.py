"""Fitting models to the answers of a quiz as they stand in the database, and keeping what was found with its date."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.core.blueprint import Mode
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound, Refusal
from training.measurement.analysis import Analysis, Fitted, fitted_model
from training.measurement.further import Further, calibrated, looked_further
from training.measurement.items import item_statistics
from training.measurement.linked import calibrated_of, link_forms
from training.measurement.marks import marks_of
from training.measurement.responses import Responses
from training.measurement.score_sums import ScoreSums
from training.measurement.scoring import expected_abilities
from training.measurement.summed import summed_test
from training.measurement.told import as_json, dependence_as_json, groups_as_json, link_as_json
from training.measurement.verdicts import flags_of
from training.services.analysing import whole
from training.services.app import App
from training.services.noting import note
from training.services.parting import EVERYTHING, Part, part_of, parted
from training.services.summing import Asked, Summed, items_of
from training.store import calibrations as kept
from training.store import cohorts, sum_reading
from training.store.calibrations import KeptCalibration
from training.store.database import Connection
from training.store.sum_reading import Of

__all__ = [
    "EVERYTHING", "Analysed", "KeptCalibration", "Part", "Wanted", "analysed", "calibrate", "calibrations", "keep",
    "latest",
]  # fmt: skip

LATEST, LISTED = "latest", 5
EDGES = tuple(step / 4 for step in range(-16, 17))
RIGHT = 1 - 1e-9
GROUP = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers, and which model: `ctt`, `rasch` or `2pl`.

    `by_cohort` compares cohorts item by item. `linked` puts the items on the scale of another calibration: `latest` for
    the one before, or the beginning of an id. `part` is all there is, or some days or one cohort of it.
    """

    programme: str
    model: str = "2pl"
    mode: Mode = Mode.EXAM
    priors: bool = True
    by_cohort: bool = False
    linked: str = ""
    part: Part = EVERYTHING


@dataclass(frozen=True, slots=True)
class Analysed:
    """An analysis with its items' names and options, and how many learners' abilities lie in each quarter of EDGES."""

    names: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    analysis: Analysis
    abilities: tuple[int, ...]
    further: Further = field(default_factory=Further)
    linked_to: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give what `analyse --json` prints."""
        return as_json(self.names, self.analysis)


def analysed(app: App, actor: Actor, wanted: Wanted) -> Analysed:
    """Analyse a quiz: classical statistics from the sums, or for a part of it from the answers, which models need too.

    Raises NotFound without any answers, and Refusal where a part is of fewer than five learners.
    """
    permit(actor, Action.MANAGE_FORMS)

    def read(tx: Connection) -> tuple[Summed, ScoreSums, _Read | None]:
        if wanted.part == EVERYTHING:
            summed = items_of(tx, Of(wanted.mode, programme=wanted.programme))
            scores = whole(tx, wanted.programme, wanted.mode).whole
        else:
            summed, scores = part_of(tx, wanted.programme, wanted.mode, wanted.part)
        asked = (wanted.model != "ctt" or wanted.by_cohort) and summed.items
        return summed, scores, _answers(tx, wanted, summed) if asked else None

    summed, scores, answers = app.database.read(read)
    if not summed.items:
        raise NotFound("Nobody has handed this quiz in yet, so there is nothing to analyse.")
    stats, uses = item_statistics(summed.sums), summed.options.uses
    names = tuple(summed.options.names(place) for place in range(len(uses)))
    model, abilities = _fitted(answers.responses, wanted, stats.n) if answers else (Fitted("ctt", None, None, ()), ())
    flags = tuple(flags_of(stats, place, uses[place], names[place]) for place in range(len(uses)))
    test = summed_test(summed.sums, scores)
    found = Analysed(_names(summed), names, Analysis(test, stats, uses, model, flags), abilities)
    return _further(app, wanted, found, answers) if answers else found


def _further(app: App, wanted: Wanted, found: Analysed, answers: "_Read") -> Analysed:
    """Look for pairs of items, compare cohorts, and link to another calibration, as far as was asked.

    Pairs and groups take persons to answer independently of each other, so only the first attempt of each counts.
    """
    first = answers.first
    cohort = answers.cohorts and tuple(compress(answers.cohorts, first))
    analysis, further = looked_further(found.analysis, answers.responses.of_persons(first), found.names, cohort)
    if not first.all():
        model = replace(analysis.model, notes=(*analysis.model.notes, _said_of(first)))
        analysis = replace(analysis, model=model)
    done = replace(found, analysis=analysis, further=further)
    if not wanted.linked:
        return done
    before = app.database.read(lambda tx: _before(tx, wanted))
    link = link_forms(calibrated(found.names, analysis), calibrated_of(json.loads(before.body)))
    other = "" if before.programme == wanted.programme else f" of {before.programme}"
    linked_to = f"the calibration{other} of {before.at:%Y-%m-%d}"
    return replace(done, further=replace(further, link=link), linked_to=linked_to)


def _said_of(first: NDArray[np.bool_]) -> str:
    return (f"Pairs of items and groups are judged by the first attempt of each learner: {int(first.sum())} of "
            f"{len(first)} attempts.")  # fmt: skip


def _before(tx: Connection, wanted: Wanted) -> KeptCalibration:
    """Find the calibration to link to. Raises NotFound, or Refusal where several are meant."""
    own = [each for each in kept.of_programme(tx, wanted.programme) if each.mode == wanted.mode.value]
    if wanted.linked == LATEST:
        if not own:
            raise NotFound("There is no calibration before this one to link to. Leave --link out the first time.")
        return own[0]
    found = kept.beginning(tx, wanted.linked)
    if not found:
        known = ", ".join(f"{each.id} of {each.at:%Y-%m-%d}" for each in own[:LISTED]) or "none yet"
        raise NotFound(f"No calibration has an id that begins with '{wanted.linked}'. Of this quiz there are: {known}.")
    if len(found) > 1:
        raise Refusal(f"{len(found)} calibrations have an id that begins with '{wanted.linked}'. Please say more.")
    return found[0]


def calibrate(app: App, actor: Actor, wanted: Wanted) -> KeptCalibration:
    """Fit a model and keep what was found. Raises Refusal where the answers allow none."""
    permit(actor, Action.MANAGE_FORMS)
    return keep(app, actor, wanted, analysed(app, actor, wanted))


def keep(app: App, actor: Actor, wanted: Wanted, found: Analysed) -> KeptCalibration:
    """Keep what was found. Raises Refusal where the answers allowed no model."""
    permit(actor, Action.MANAGE_FORMS)
    if wanted.part != EVERYTHING:
        raise Refusal("A calibration is of all answers to a quiz; that of a part is shown, and not kept.")
    if found.analysis.model.fit is None:
        raise Refusal(" ".join(found.analysis.model.notes) or "Classical statistics have no parameters to keep.")
    body = {
        **found.as_json(), "programme": wanted.programme, "mode": wanted.mode.value,
        "notes": list(found.analysis.model.notes), **_told_further(found),
        "abilities": {"edges": list(EDGES), "counts": list(found.abilities)},
    }  # fmt: skip
    made = KeptCalibration(
        app.new_id(), wanted.programme, found.analysis.model.name, wanted.mode.value, app.now(), actor.id,
        found.analysis.test.n, wanted.priors, json.dumps(body, ensure_ascii=False, allow_nan=False),
    )  # fmt: skip

    def work(tx: Connection) -> None:
        kept.add(tx, made)
        note(tx, app, actor.id, "calibrated", wanted.programme, f"{made.model}, {made.attempts} attempts")

    app.database.write(work)
    return made


def _told_further(found: Analysed) -> dict[str, Any]:
    further, told = found.further, dict[str, Any]()
    if further.dependence:
        told["dependence"] = dependence_as_json(found.names, further.dependence)
    if further.groups:
        told["groups"] = groups_as_json(found.names, further.groups)
    if further.link:
        told["link"] = link_as_json(found.linked_to, further.link)
    return told


def calibrations(app: App, actor: Actor, slug: str) -> list[KeptCalibration]:
    """List a quiz's calibrations, the latest first."""
    permit(actor, Action.MANAGE_FORMS)
    return app.database.read(lambda tx: kept.of_programme(tx, slug))


def latest(app: App, actor: Actor, slug: str) -> KeptCalibration:
    """Give the latest calibration of a quiz. Raises NotFound where there is none."""
    found = calibrations(app, actor, slug)
    if not found:
        raise NotFound(f"There is no calibration of {slug} yet. Run: python -m training analyse --programme {slug}")
    return found[0]


@dataclass(frozen=True, slots=True)
class _Read:
    """Answers by attempt, which attempts are their learner's first, and the cohort of each where they are compared."""

    responses: Responses
    first: NDArray[np.bool_]
    cohorts: tuple[str, ...] | None


def _answers(tx: Connection, wanted: Wanted, summed: Summed) -> _Read:
    """Read answers page by page into arrays of whole numbers; what earned less than everything is wrong."""
    place, persons = summed.place_of(), dict[str, int]()
    choice = parted(tx, wanted.programme, wanted.mode, wanted.part)
    parts = [_page(page, place, persons) for page in sum_reading.answers(tx, choice)]
    empty = np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int8)
    person, item, score = (np.concatenate(column) for column in zip(empty, *parts, strict=True))
    responses = Responses(person, item, score, len(persons), len(summed.items))
    learner, cohort = sum_reading.learner_of(tx, choice), cohorts.of_everyone(tx)
    firsts = {who: attempt for attempt, who in reversed(learner.items()) if attempt in persons}
    first = np.array([firsts[learner[attempt]] == attempt for attempt in persons], dtype=np.bool_)
    of = tuple(cohort.get(learner[attempt], "") for attempt in persons) if wanted.by_cohort else None
    return _Read(responses, first, of)


def _page(rows: Sequence[Any], place: dict[str, int], persons: dict[str, int]) -> tuple[Any, Any, Any]:
    known = [row for row in rows if row[1] in place]
    return (
        np.array([persons.setdefault(row[0], len(persons)) for row in known], np.int32),
        np.array([place[row[1]] for row in known], np.int32),
        np.array([row[2] >= RIGHT for row in known], np.int8),
    )


def _fitted(answers: Responses, wanted: Wanted, n: Any) -> tuple[Fitted, tuple[int, ...]]:
    model = fitted_model(answers, n, wanted.model, priors=wanted.priors)
    if model.fit is None or not model.fit.fitted.any():
        return model, ()
    ability = expected_abilities(marks_of(answers), model.fit).ability
    known = np.clip(ability[~np.isnan(ability)], EDGES[0], EDGES[-1] - 1e-9)
    counts = tuple(int(each) for each in np.histogram(known, EDGES)[0])
    said = "Each attempt counts as a person. Answers that earned a part of their points count as wrong for the model."
    return replace(model, notes=(*model.notes, said)), counts if len(known) >= GROUP else ()


def _names(summed: Summed) -> tuple[str, ...]:
    """Name items by their ids; of several versions the one asked last has the plain id, as forms are built of it."""
    last: dict[str, tuple[int, int]] = {}
    for place, each in enumerate(summed.items):
        months = np.flatnonzero(summed.months.n[:, place])
        when = (int(months[-1]) if len(months) else -1, place)
        last[each.item_id] = max(last.get(each.item_id, when), when)
    return tuple(_named(summed.items, last))


def _named(items: Sequence[Asked], last: dict[str, tuple[int, int]]) -> Iterator[str]:
    for place, each in enumerate(items):
        yield each.item_id if last[each.item_id][1] == place else f"{each.item_id} (version {each.version[:8]})"
