"""Setting a standard: a study is begun, judges rate twice, the lead closes rounds, an authority adopts the cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from training.core import study as setting
from training.core.items import Item
from training.core.permission import Action, Actor, may, permit
from training.core.question import Question
from training.core.refusal import NotFound, Refusal
from training.core.study import Bounds, Happening, Judge, Phase, Study, matrix
from training.core.version import restored, version_of
from training.measurement.standard_setting import AngoffCut, Hofstee, angoff, hofstee
from training.services import minuting
from training.services.app import App
from training.services.minuting import FEWEST_ANSWERS
from training.services.noting import note
from training.store import people, results, studies, versions
from training.store.database import Connection
from training.store.results import Choice

SHOWN = 12
"""Characters of a digest that name a version in a programme's file."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to put on the panel, by e-mail, and with what qualification."""

    email: str
    qualification: str


@dataclass(frozen=True, slots=True)
class Discussed:
    """One item in the discussion: the spread of the ratings, nobody's name, and the facility where it is known."""

    item: str
    mean: float
    deviation: float
    lowest: float
    highest: float
    facility: float | None
    mine: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the panel set: the cut of each round, Hofstee's check, and the judges' names where one may know them."""

    first: AngoffCut | None
    second: AngoffCut | None
    check: Hofstee | None
    names: Mapping[str, str]


def begin(
    app: App, actor: Actor, slug: str, *, title: str, candidate: str, items: Sequence[str], panel: Sequence[Invitation]
) -> str:
    """Begin a study on items of a programme's banks; returns its id. Raises Refusal or NotFound."""
    permit(actor, Action.SET_STANDARDS)
    if slug not in app.library.programmes:
        raise NotFound("There is no such quiz.")
    unknown = [each for each in items if app.library.item(each) is None]
    if unknown or not items:
        raise Refusal(f"There is no item '{unknown[0]}'." if unknown else "Please name at least one item.")
    if not candidate.strip() or not title.strip():
        raise Refusal("Please write a title, and say who counts as minimally competent.")
    study_id = app.new_id()

    def write(tx: Connection) -> None:
        judges = tuple(_judge(tx, each) for each in panel)
        rated = {each: versions.keep(tx, item, app.now()) for each in items if (item := app.library.item(each))}
        begun = Study(study_id, slug, title.strip(), candidate.strip(), tuple(dict.fromkeys(items)), app.now(),
                      actor.id, tuple({judge.person: judge for judge in judges}.values()),
                      versions=rated)  # fmt: skip
        studies.add(tx, begun)
        note(tx, app, actor.id, "began study", study_id, slug)

    app.database.write(write)
    return study_id


def add_judge(app: App, actor: Actor, study_id: str, invitation: Invitation) -> None:
    """Put another judge on the panel while the first round is open. Raises Refusal."""
    permit(actor, Action.SET_STANDARDS)

    def write(tx: Connection) -> None:
        study, judge = studies.get(tx, study_id), _judge(tx, invitation)
        if study.phase is not Phase.FIRST_ROUND:
            raise Refusal("The panel is settled once the first round is closed.")
        if judge.person in {each.person for each in study.judges}:
            raise Refusal("This person is on the panel already.")
        if judge.person in {step.excused[0] for step in study.steps}:
            raise Refusal("This judge was excused from the panel.")
        studies.add_judge(tx, study_id, judge, app.now())
        note(tx, app, actor.id, "added judge", study_id, judge.person)

    app.database.write(write)


def sees_cut(actor: Actor, study: Study) -> bool:
    """Say whether one may see what the others rated; who leads may, unless she judges in an open first round."""
    if study.phase in (Phase.CLOSED, Phase.ADOPTED):
        return True
    judges = actor.id in {each.person for each in study.judges}
    return may(actor, Action.SET_STANDARDS) and not (judges and study.phase is Phase.FIRST_ROUND)


def mine(app: App, actor: Actor) -> list[Study]:
    """List the studies one leads or judges in."""
    permit(actor, Action.LEARN)
    if may(actor, Action.SET_STANDARDS):
        return app.database.read(studies.every)
    return app.database.read(lambda tx: studies.of_judge(tx, actor.id))


def look(app: App, actor: Actor, study_id: str) -> Study:
    """Give a study to its judges and to those who may set standards; a judge sees her own ratings only."""
    permit(actor, Action.LEARN)
    study = _read(app, actor, study_id)
    if may(actor, Action.SET_STANDARDS):
        return study
    own = tuple(each for each in study.ratings if each.judge == actor.id)
    return replace(study, ratings=own, bounds=tuple(each for each in study.bounds if each.judge == actor.id))


def _read(app: App, actor: Actor, study_id: str) -> Study:
    study = app.database.read(lambda tx: studies.get(tx, study_id))
    if not may(actor, Action.SET_STANDARDS):
        setting.must_be_judge(study, actor.id)
    return study


def questions(app: App, study: Study) -> dict[str, Question]:
    """Give the questions of a study as they were when it began, by item; one that cannot be read is left out."""
    bodies = app.database.read(lambda tx: versions.bodies(tx, study.versions.values()))
    found = {each: _as_rated(app, each, bodies.get(study.versions.get(each, ""))) for each in study.items}
    return {item_id: item.questions(seed=0)[0] for item_id, item in found.items() if item}


def edited(app: App, study: Study) -> list[str]:
    """List the items of a study that are other now than when it began, or gone: the ratings are not of these."""
    return [
        each for each, version in study.versions.items()
        if (item := app.library.item(each)) is None or version_of(item) != version
    ]  # fmt: skip


def _as_rated(app: App, item_id: str, body: str | None) -> Item | None:
    now = app.library.item(item_id)
    if body is None:
        return now
    try:
        return restored(body, now)
    except ValueError:
        return None


def rate(app: App, actor: Actor, study_id: str, item: str, value: float) -> None:
    """Keep a judge's rating (0 to 1) of one item in the round that is open. Raises Refusal."""
    permit(actor, Action.LEARN)
    row_id = app.new_id()

    def write(tx: Connection) -> None:
        study = studies.get(tx, study_id)
        rating = setting.rated(study, actor.id, item, value, app.now())
        if study.standing(rating.round).get((actor.id, item)) != value:
            studies.add_rating(tx, row_id, study_id, rating)

    app.database.write(write)


def give_bounds(app: App, actor: Actor, study_id: str, bounds: Bounds) -> None:
    """Keep a judge's bounds for Hofstee's check. Raises Refusal."""
    permit(actor, Action.LEARN, owner=bounds.judge)
    row_id = app.new_id()

    def write(tx: Connection) -> None:
        study = studies.get(tx, study_id)
        if study.phase is Phase.ADOPTED:
            raise Refusal("The cut is adopted; nothing changes it any more.")
        studies.add_bounds(tx, row_id, study_id, setting.checked_bounds(study, bounds), app.now())

    app.database.write(write)


def close_round(app: App, actor: Actor, study_id: str) -> None:
    """Close the round that is open. Raises Refusal while ratings are missing."""
    permit(actor, Action.SET_STANDARDS)

    def write(tx: Connection) -> None:
        step = setting.closed(studies.get(tx, study_id), actor.id, app.now())
        studies.append(tx, study_id, step)
        note(tx, app, actor.id, step.what.value, study_id)

    app.database.write(write)


def adopt(app: App, actor: Actor, study_id: str, *, authority: str) -> None:
    """Adopt the panel's cut in the name of an authority, and keep the minutes. Raises Refusal."""
    permit(actor, Action.SET_STANDARDS)

    def write(tx: Connection) -> None:
        step = setting.adopted(studies.get(tx, study_id), actor.id, authority, app.now())
        studies.append(tx, study_id, step)
        note(tx, app, actor.id, "adopted cut", study_id, step.text)

    app.database.write(write)
    minuting.keep(app, actor, study_id)


def discussion(app: App, actor: Actor, study_id: str) -> list[Discussed]:
    """Give the spread of the first round item by item, the widest first, without names. Raises Refusal before it."""
    permit(actor, Action.LEARN)
    study = _read(app, actor, study_id)
    if study.phase is Phase.FIRST_ROUND:
        raise Refusal("The first round is anonymous and still open; the spread is shown when it is closed.")
    first, held = matrix(study, 1), study.standing(study.round or 2)
    facilities = _facilities(app, study)
    rows = []
    for number, item in enumerate(study.items):
        given = [row[number] for row in first if row[number] is not None]
        values = np.array(given, dtype=float)
        rows.append(
            Discussed(item, float(values.mean()), float(values.std(ddof=1)), float(values.min()), float(values.max()),
                      facilities.get(item), held.get((actor.id, item)))
        )  # fmt: skip
    return sorted(rows, key=lambda row: -row.deviation)


def outcome(app: App, actor: Actor, study_id: str) -> Outcome:
    """Give the cuts and the judges' spread; to those who may set standards, or once the rounds are closed."""
    permit(actor, Action.LEARN)
    study = _read(app, actor, study_id)
    leads = may(actor, Action.SET_STANDARDS)
    if not sees_cut(actor, study):
        raise Refusal("The cut is shown when both rounds are closed.")
    bounds = [(each.lowest_cut, each.highest_cut, each.lowest_fails, each.highest_fails) for each in study.bounds]
    names = app.database.read(lambda tx: {each.person: people.get(tx, each.person).name for each in study.judges})
    return Outcome(
        _cut(study, 1), _cut(study, 2) if study.phase is not Phase.FIRST_ROUND else None,
        hofstee(bounds, _percents(app, study.programme)), names if leads else {},
    )  # fmt: skip


def proposal(app: App, actor: Actor, study_id: str) -> str:
    """Write the adopted cut as YAML for the programme's file, to be put there as any other change. Raises Refusal."""
    permit(actor, Action.LEARN)
    study = _read(app, actor, study_id)
    step = next((each for each in study.steps if each.what is Happening.ADOPTED), None)
    cut = _cut(study, 2)
    if step is None or cut is None:
        raise Refusal("There is nothing to put into the programme before the cut is adopted.")
    error = [] if cut.standard_error is None else [f"  standard_error: {cut.standard_error:.2f}"]
    ratings = [f"    {item}: {value:.3f}" for item, value in zip(study.items, cut.items, strict=True)]
    of = [f"    {item}: {study.versions[item][:SHOWN]}" for item in study.items if item in study.versions]
    head = ["standard:", f"  adopted: {step.at.date().isoformat()}", f'  by: "{step.text}"',
            f"  judges: {len(study.judges)}"]  # fmt: skip
    rated = ["  versions:", *of] if of else []
    return "\n".join([*head, *error, "  ratings:", *ratings, *rated]) + "\n"


def _judge(tx: Connection, invitation: Invitation) -> Judge:
    if not invitation.qualification.strip():
        raise Refusal("Please record each judge's qualification.")
    person = people.by_email(tx, invitation.email)
    if person is None:
        raise NotFound(f"Nobody here has the address {invitation.email.strip()}.")
    return Judge(person.id, invitation.qualification.strip())


def _cut(study: Study, number: int) -> AngoffCut | None:
    rows = [[np.nan if value is None else value for value in row] for row in matrix(study, number)]
    complete = [row for row in rows if not all(np.isnan(row))]
    return angoff(np.array(complete, dtype=float)) if complete and len(complete) == len(rows) else None


def _facilities(app: App, study: Study) -> dict[str, float]:
    found = app.database.read(lambda tx: results.facilities(tx, study.items, FEWEST_ANSWERS))
    return dict(found)


def _percents(app: App, programme: str) -> list[float]:
    marks = app.database.read(lambda tx: results.marks(tx, Choice(programme=programme)))
    return [mark.percent for mark in marks]
