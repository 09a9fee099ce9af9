"""A new bank: a file with its name and title, into which items are written in the workshop."""

from training.content.banks import empty_bank
from training.core.permission import Action, Actor, permit
from training.core.refusal import Refusal
from training.services import editing
from training.services.app import App
from training.services.bank_files import BankFile, new_bank_file
from training.services.finishing import Edit, files_of, noted, one_at_a_time
from training.services.noting import entry

LONGEST = 120
"""Characters of a title."""


def found(app: App, actor: Actor, slug: str, title: str) -> str:
    """Write the file of a new bank and give its name. Raises Refusal: a name that is taken, a folder that is shut."""
    permit(actor, Action.EDIT_CONTENT)
    words = " ".join(title.split())
    if not 0 < len(words) <= LONGEST:
        raise Refusal(f"Please give the bank a title of {LONGEST} characters at most.")
    with one_at_a_time(app):
        path = new_bank_file(app.settings.content_dir, slug)
        text = empty_bank(slug, words)
        done = entry(app, actor, "new bank", slug, words)
        with noted(app, Edit(done, actor, f"New bank: {words}", files_of((path, text.encode())))):
            editing.write(path, BankFile(""), text)
    return slug
