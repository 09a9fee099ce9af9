"""A save that was killed between the file and the database: the file is whole, and who changed it and why is known."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.conftest import Cast
from tests.processes import PATIENCE, until
from tests.services.desk import NEW, SLUG, drafted, on_disk, opened, save
from tests.services.reviewers import ITEM, OLD
from training.core.permission import Actor
from training.core.stage import ItemEvent, Step
from training.services import finishing, tracing_items
from training.services.app import App
from training.services.finishing import BEGUN, UNCLEAR
from training.store import audit
from training.store.engines import sqlite_writer


def killed_while_noting(app: App, actor: Actor, new: str) -> None:
    """Save in another process, which finds the file's place but not the database's: that is held here. Then SIGKILL."""
    script = textwrap.dedent(f"""
        from pathlib import Path
        from training.content.live import LiveLibrary
        from training.core.permission import Actor, Role
        from training.services import editing
        from training.services.app import App
        from training.services.settings import settings_from
        from training.store.database import open_database
        content, data = {str(app.settings.content_dir)!r}, {str(app.settings.data_dir)!r}
        settings = settings_from({{"NEEDLEWISE_DATA_DIR": data, "NEEDLEWISE_CONTENT_DIR": content}})
        app = App(settings, open_database({app.database.shown_url!r}), LiveLibrary(Path(content), None))
        ida = Actor({actor.id!r}, {actor.name!r}, frozenset({{Role.INSTRUCTOR}}))
        there = editing.open_bank(app, ida, {SLUG!r})
        editing.save(app, ida, there, {new!r}, reason="The thigh is more common.")
    """)
    with sqlite_writer(app.database.url).begin():
        process = subprocess.Popen([sys.executable, "-c", script], cwd=Path.cwd())
        until(lambda: on_disk(app) == new or process.poll() is not None, seconds=PATIENCE)
        assert process.poll() is None
        process.kill()
        process.wait()


def edits(app: App, actor: Actor) -> list[ItemEvent]:
    return [each for each in tracing_items.history(app, actor, ITEM).events if each.step is Step.EDITED]


def test_a_save_killed_between_file_and_database_is_noted_at_the_next_start(own: App, cast: Cast):
    new = drafted(on_disk(own).replace(OLD, NEW))
    killed_while_noting(own, cast.ida, new)
    assert edits(own, cast.ida) == []

    finishing.finish_interrupted(own)
    finishing.finish_interrupted(own)

    assert on_disk(own) == new
    assert [(each.by, each.text) for each in edits(own, cast.ida)] == [("ida", "The thigh is more common.")]
    entry = own.database.read(lambda tx: audit.latest(tx, 1))[0]
    assert (entry.actor, entry.action, entry.subject) == ("ida", "edited bank", SLUG)
    assert not (own.settings.data_dir / BEGUN).exists()


def test_the_next_save_notes_the_interrupted_one_first(own: App, cast: Cast):
    killed_while_noting(own, cast.ida, drafted(on_disk(own).replace(OLD, NEW)))

    change = opened(own, cast.ida)
    save(own, cast.ida, change, change.text.replace(NEW, "Half-way through needling the arm"), "The arm.")

    assert [each.text for each in edits(own, cast.ida)] == ["The thigh is more common.", "The arm."]


def test_what_was_changed_by_hand_since_is_not_laid_at_the_authors_door(own: App, cast: Cast):
    new = drafted(on_disk(own).replace(OLD, NEW))
    killed_while_noting(own, cast.ida, new)
    file = own.settings.content_dir / "question_banks" / f"{SLUG}.yaml"
    file.write_text(new + "# by hand\n", "utf-8")

    finishing.finish_interrupted(own)

    assert edits(own, cast.ida) == []
    assert UNCLEAR in own.database.read(lambda tx: audit.latest(tx, 1))[0].detail


def test_a_save_that_wrote_nothing_leaves_nothing(own: App, cast: Cast):
    killed_while_noting(own, cast.ida, drafted(on_disk(own).replace(OLD, NEW)))
    before = json.loads((own.settings.data_dir / BEGUN).read_text("utf-8"))
    finishing.finish_interrupted(own)
    number = len(own.database.read(lambda tx: audit.latest(tx, 100)))
    (file, (_, after)) = next(iter(before["files"].items()))
    before |= {"files": {file: [after, "0" * 64]}, "entry": before["entry"] | {"id": "another"}}
    (own.settings.data_dir / BEGUN).write_text(json.dumps(before), "utf-8")

    finishing.finish_interrupted(own)

    assert len(own.database.read(lambda tx: audit.latest(tx, 100))) == number


def test_what_another_release_left_hinders_nobody_and_is_kept(own: App, cast: Cast):
    (own.settings.data_dir / BEGUN).write_text('{"release": 99}', "utf-8")
    change = opened(own, cast.ida)

    save(own, cast.ida, change, drafted(change.text.replace(OLD, NEW)))

    assert len(edits(own, cast.ida)) == 1
    assert (own.settings.data_dir / BEGUN).with_suffix(".unread").read_text("utf-8") == '{"release": 99}'
