"""Letting a judge go who cannot finish the first round, so that the panel can go on without her."""

from training.core import study as setting
from training.core.permission import Action, Actor, permit
from training.services.app import App
from training.services.noting import note
from training.store import people, studies
from training.store.database import Connection


def excuse(app: App, actor: Actor, study_id: str, person: str, *, reason: str) -> None:
    """Let a judge go who cannot finish the first round. Raises Refusal."""
    permit(actor, Action.SET_STANDARDS)

    def write(tx: Connection) -> None:
        step = setting.excused(studies.get(tx, study_id), person, actor.id, reason, app.now())
        studies.append(tx, study_id, step)
        note(tx, app, actor.id, step.what.value, study_id, step.excused[1])

    app.database.write(write)


def not_ready(app: App, actor: Actor, study_id: str) -> dict[str, str]:
    """Name the judges who have not rated everything in the open round, by id, for whoever leads."""
    permit(actor, Action.SET_STANDARDS)

    def read(tx: Connection) -> dict[str, str]:
        study = studies.get(tx, study_id)
        return people.names(tx, [each.person for each in study.judges if study.open_items(each.person)])

    return app.database.read(read)
