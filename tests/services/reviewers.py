"""Words that the stories of review and challenge share: three instructors, an item that can be edited, its sign-off."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.conftest import SAMPLE
from training.content.live import LiveLibrary
from training.core.permission import Actor, Role
from training.core.stage import Stage
from training.core.version import version_of
from training.services import signing_off
from training.services.app import App
from training.store import people
from training.store.database import Connection

ITEM, BANK, OLD = "sa-withdrawn-consent", "question_banks/sample-safety.yaml", "Half-way through needling the calf"


def on_own_content(app: App, folder: Path) -> App:
    """The product on a copy of the sample content, for stories that edit it; edits show at once."""
    root = folder / "content"
    shutil.copytree(SAMPLE, root)
    ticks = iter(range(10**9))
    live = LiveLibrary(root, None, ticks=lambda: float(next(ticks)))
    return replace(app, settings=replace(app.settings, content_dir=root), content=live)


def edit(app: App, old: str, new: str) -> None:
    """Change the bank's file by hand, as an author does."""
    file = app.settings.content_dir / BANK
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def instructor(app: App, name: str) -> Actor:
    actor = Actor(name.lower().replace(" ", "-"), name, frozenset({Role.INSTRUCTOR}))

    def work(tx: Connection) -> None:
        people.add(tx, person_id=actor.id, email=f"{actor.id}@example.org", name=name, at=app.now())
        people.grant(tx, person=actor.id, role=Role.INSTRUCTOR, at=app.now(), by="test")

    app.database.write(work)
    return actor


def version(app: App, item_id: str = ITEM) -> str:
    """The version that an item is now."""
    item = app.library.item(item_id)
    assert item
    return version_of(item)


def editor(app: App) -> Actor:
    """Eva, an instructor who looks at words and fairness."""
    known = app.database.read(lambda tx: people.names(tx, ["eva"]))
    return Actor("eva", "Eva", frozenset({Role.INSTRUCTOR})) if known else instructor(app, "Eva")


def sign_off(app: App, author: Actor, reviewer: Actor, item_id: str = ITEM) -> str:
    """Put an item forward and let two others sign it off, the second of them Eva; gives the version."""
    now = version(app, item_id)
    signing_off.submit(app, author, item_id, version=now)
    for who, stage in ((reviewer, Stage.CONTENT_REVIEW), (editor(app), Stage.EDITORIAL_REVIEW)):
        signing_off.sign_off(app, who, item_id, version=now, at=stage, text="Checked against the sources.")
    return now
