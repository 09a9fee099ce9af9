"""Words that the stories of the workshop share: opening a bank, putting an item into review, saving, the file itself."""

from tests.services.reviewers import BANK, ITEM
from training.core.permission import Actor
from training.services import editing
from training.services.app import App
from training.services.editing import Newer, Opened, Saved

SLUG = "sample-safety"
NEW = "Half-way through needling the thigh"


def on_disk(app: App, file: str = BANK) -> str:
    return (app.settings.content_dir / file).read_text("utf-8")


def opened(app: App, actor: Actor, slug: str = SLUG) -> Opened:
    return editing.open_bank(app, actor, slug)


def drafted(text: str, item_id: str = ITEM) -> str:
    """The text with one item put into review, as an author does who changes what is approved."""
    head, found, rest = text.partition(f"- id: {item_id}\n")
    assert found
    return head + found + rest.replace("status: approved", "status: review", 1)


def save(app: App, actor: Actor, change: Opened, text: str, reason: str = "The thigh is more common.") -> Saved | Newer:
    return editing.save(app, actor, change, text, reason=reason)
