"""Keeping the minutes of a standard-setting study: written when its cut is adopted, and the same file ever after."""

from dataclasses import dataclass

from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.core.study import Happening, Phase, Study
from training.core.version import version_of
from training.documents.minutes import minutes_pdf
from training.services.app import App
from training.services.minutes_words import Known, minutes_of
from training.services.noting import note
from training.store import people, results, studies
from training.store.database import Connection
from training.store.results import Choice

FEWEST_ANSWERS = 5
"""From fewer answers no facility is shown."""


@dataclass(frozen=True, slots=True)
class MinutesFile:
    """The minutes as a file."""

    name: str
    data: bytes


def fetch(app: App, actor: Actor, study_id: str) -> MinutesFile:
    """Give the minutes of a study, a draft before the cut is adopted. Raises Refusal while a round is open."""
    permit(actor, Action.SET_STANDARDS)
    study, kept = app.database.read(lambda tx: (studies.get(tx, study_id), studies.minutes(tx, study_id)))
    if study.phase not in (Phase.CLOSED, Phase.ADOPTED):
        raise Refusal("The minutes are written when both rounds are closed.")
    adopted = study.phase is Phase.ADOPTED
    data = kept or (keep(app, actor, study_id) if adopted else _written(app, study))
    app.database.write(lambda tx: note(tx, app, actor.id, "fetched minutes", study_id))
    return MinutesFile(
        f"{'minutes' if adopted else 'draft-minutes'}-{study.programme}-{study.begun:%Y-%m-%d}.pdf", data
    )


def keep(app: App, actor: Actor, study_id: str) -> bytes:
    """Write the minutes of an adopted cut and keep them; where that was done already, give those. Raises Refusal."""
    permit(actor, Action.SET_STANDARDS)
    study = app.database.read(lambda tx: studies.get(tx, study_id))
    if study.phase is not Phase.ADOPTED:
        raise Refusal("Minutes are kept once the cut is adopted.")
    data = _written(app, study)

    def write(tx: Connection) -> bytes:
        kept = studies.minutes(tx, study_id)
        if kept is None:
            studies.add_minutes(tx, study_id, data, app.now())
        return kept or data

    return app.database.write(write)


def _written(app: App, study: Study) -> bytes:
    step = next((each for each in study.steps if each.what is Happening.ADOPTED), None)
    return minutes_pdf(minutes_of(study, _known(app, study), step.at if step else app.now()))


def _known(app: App, study: Study) -> Known:
    """Gather what is not in the study itself, as it is now; of scores, those until the cut was adopted."""
    until = next((each.at for each in study.steps if each.what is Happening.ADOPTED), None)
    involved = {study.lead, *(each.person for each in study.judges), *(each.by for each in study.steps)}
    involved |= {each.excused[0] for each in study.steps if each.what is Happening.EXCUSED}
    items = {each: app.library.item(each) for each in study.items}
    programme = app.library.programmes.get(study.programme)

    def read(tx: Connection) -> Known:
        return Known(
            programme.title if programme else study.programme,
            {each: people.get(tx, each).name for each in sorted(involved)},
            {each: version_of(item) for each, item in items.items() if item} | dict(study.versions),
            dict(results.facilities(tx, study.items, FEWEST_ANSWERS)),
            tuple(mark.percent for mark in results.marks(tx, Choice(programme=study.programme, until=until))),
        )  # fmt: skip

    return app.database.read(read)
