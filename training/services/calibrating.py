"""Fitting models to the answers of a quiz as they stand in the database, and keeping what was found with its date."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from training.core.blueprint import Mode
from training.core.permission import Action, Actor, permit
from training.core.refusal import NotFound, Refusal
from training.measurement.analysis import Analysis, Fitted, fitted_model
from training.measurement.further import Further, calibrated, looked_further
from training.measurement.items import item_statistics
from training.measurement.linked import calibrated_of, link_forms
from training.measurement.marks import marks_of
from training.measurement.responses import Responses
from training.measurement.scoring import expected_abilities
from training.measurement.summed import summed_test
from training.measurement.told import as_json, dependence_as_json, groups_as_json, link_as_json
from training.measurement.verdicts import flags_of
from training.services.analysing import whole
from training.services.app import App
from training.services.noting import note
from training.services.summing import Asked, Scores, Summed, items_of
from training.store import calibrations as kept
from training.store import cohorts, sum_reading
from training.store.calibrations import KeptCalibration
from training.store.database import Connection
from training.store.sum_reading import Of

__all__ = ["Analysed", "KeptCalibration", "Wanted", "analysed", "calibrate", "calibrations", "keep", "latest"]

EDGES = tuple(step / 4 for step in range(-16, 17))
RIGHT = 1 - 1e-9
GROUP = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers, and which model: `ctt`, `rasch` or `2pl`.

    `by_cohort` compares cohorts item by item, `linked` puts the items on the scale of the calibration before.
    """

    programme: str
    model: str = "2pl"
    mode: Mode = Mode.EXAM
    priors: bool = True
    by_cohort: bool = False
    linked: bool = False


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
    """Analyse a quiz: classical statistics from the sums, models from the answers. Raises NotFound without any."""
    permit(actor, Action.MANAGE_FORMS)

    def read(tx: Connection) -> tuple[Summed, Scores, _Read | None]:
        summed = items_of(tx, Of(wanted.mode, programme=wanted.programme))
        asked = (wanted.model != "ctt" or wanted.by_cohort) and summed.items
        return summed, whole(tx, wanted.programme, wanted.mode), _answers(tx, wanted, summed) if asked else None

    summed, scores, answers = app.database.read(read)
    if not summed.items:
        raise NotFound("Nobody has handed this quiz in yet, so there is nothing to analyse.")
    stats, uses = item_statistics(summed.sums), summed.options.uses
    names = tuple(summed.options.names(place) for place in range(len(uses)))
    model, abilities = _fitted(answers.responses, wanted, stats.n) if answers else (Fitted("ctt", None, None, ()), ())
    flags = tuple(flags_of(stats, place, uses[place], names[place]) for place in range(len(uses)))
    test = summed_test(summed.sums, scores.whole)
    found = Analysed(_names(summed), names, Analysis(test, stats, uses, model, flags), abilities)
    return _further(app, wanted, found, answers) if answers else found


def _further(app: App, wanted: Wanted, found: Analysed, answers: "_Read") -> Analysed:
    """Look for pairs of items, compare cohorts, and link to the calibration before, as far as was asked."""
    analysis, further = looked_further(found.analysis, answers.responses, found.names, answers.cohorts)
    done = replace(found, analysis=analysis, further=further)
    if not wanted.linked:
        return done
    kept_before = app.database.read(lambda tx: kept.of_programme(tx, wanted.programme))
    before = next((each for each in kept_before if each.mode == wanted.mode.value), None)
    if before is None:
        raise NotFound("There is no calibration before this one to link to. Leave --link out the first time.")
    link = link_forms(calibrated(found.names, analysis), calibrated_of(json.loads(before.body)))
    return replace(done, further=replace(further, link=link), linked_to=f"the calibration of {before.at:%Y-%m-%d}")


def calibrate(app: App, actor: Actor, wanted: Wanted) -> KeptCalibration:
    """Fit a model and keep what was found. Raises Refusal where the answers allow none."""
    permit(actor, Action.MANAGE_FORMS)
    return keep(app, actor, wanted, analysed(app, actor, wanted))


def keep(app: App, actor: Actor, wanted: Wanted, found: Analysed) -> KeptCalibration:
    """Keep what was found. Raises Refusal where the answers allowed no model."""
    permit(actor, Action.MANAGE_FORMS)
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
    """Answers, and the cohort of each person where cohorts are compared."""

    responses: Responses
    cohorts: tuple[str, ...] | None


def _answers(tx: Connection, wanted: Wanted, summed: Summed) -> _Read:
    """Read answers page by page into arrays of whole numbers; what earned less than everything is wrong."""
    place, persons = summed.place_of(), dict[str, int]()
    parts = [_page(page, place, persons) for page in sum_reading.answers(tx, wanted.programme, wanted.mode)]
    empty = np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int8)
    person, item, score = (np.concatenate(column) for column in zip(empty, *parts, strict=True))
    responses = Responses(person, item, score, len(persons), len(summed.items))
    if not wanted.by_cohort:
        return _Read(responses, None)
    learner, cohort = sum_reading.learner_of(tx, wanted.programme, wanted.mode), cohorts.of_everyone(tx)
    return _Read(responses, tuple(cohort.get(learner[attempt], "") for attempt in persons))


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
