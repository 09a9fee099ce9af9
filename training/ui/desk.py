"""What one window of the workshop has open: a bank's text as it was opened and as it stands, kept until it is saved."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

import streamlit as st

from training.content.trying import Tried
from training.core.bank import Bank
from training.core.items import Item
from training.core.permission import Actor
from training.core.problem import Problem
from training.services import editing
from training.services.app import App
from training.services.editing import Newer, Opened, Saved

KEY = "desks"
EDITOR = "workshop.editor"


@dataclass(slots=True)
class Desk:
    """One bank. The editor shows the item in focus, or all of it: `above` and `below` are what it does not show."""

    id: str
    opened: Opened
    text: str
    focus: str = ""
    above: str = ""
    below: str = ""
    turn: int = 0
    heard: int = 0
    line: int = 1
    go_to: int = 1
    given: str = ""
    item: str = ""
    newer: Newer | None = None
    saved: Saved | None = None
    refusal: str = ""
    unreviewed: tuple[str, ...] = ()
    tried: tuple[str, Tried] | None = None
    good: tuple[Tried, Bank, Item] | None = None
    taken: set[str] = field(default_factory=set)

    @property
    def stamp(self) -> str:
        """Name the text that was put into the editor last; what is written there belongs to it."""
        return f"{self.id}:{self.focus}:{self.turn}"

    @property
    def dirty(self) -> bool:
        return self.text != self.opened.text

    @property
    def shown(self) -> str:
        """The part that stands in the editor."""
        return self.text[len(self.above) : len(self.text) - len(self.below)]

    @property
    def first(self) -> int:
        """The line of the file that the editor begins with."""
        return self.above.count("\n") + 1

    def in_margin(self, tried: Tried) -> list[Problem]:
        """Give the problems of the lines shown; the first error made here that shows only below them, at the last."""
        last = self.first + self.shown.count("\n") - bool(self.below)  # where nothing is below, the text ends here
        mine = [each for each in tried.problems if each.file == self.opened.file]
        shown = [each for each in mine if self.first <= each.line <= last]
        further = [each for each in tried.new_errors if each.file == self.opened.file and each.line > last]
        if further and not any(each in tried.new_errors for each in shown):
            said = f"{further[0].message}, found in line {further[0].line}"
            shown.append(replace(further[0], line=last, column=1, message=said))
        return shown

    def hear(self, message: object) -> None:
        """Take over what was written, unless it belongs to a text that was replaced since."""
        if not isinstance(message, dict) or message.get("stamp") != self.stamp:
            return
        text, number, line = (message.get(name) for name in ("text", "number", "line"))
        if message.get("lost"):
            self.given = ""
        elif isinstance(text, str) and isinstance(number, int) and isinstance(line, int) and number >= self.heard:
            if self.above + text + self.below != self.text:
                self.text, self.refusal = self.above + text + self.below, ""
            self.heard, self.line = number, line

    def put(self, text: str, item: str = "") -> None:
        """Put another text into the editor, with the cursor at an item."""
        self.text, self.turn, self.refusal = text, self.turn + 1, ""
        self.item = item or self.item
        self.focus = self.focus and self.item
        self.above = self.below = ""

    def rebase(self, text: str) -> None:
        """Go on from what stands in the file now."""
        self.opened, self.newer, self.unreviewed, self.refusal = (replace(self.opened, text=text), None, (), "")

    def settle(self, tried: Tried) -> None:
        """Find the item that the cursor is in and, where it can be read, keep how it looks."""
        at = next((name for name, lines in tried.lines.items() if self.line in lines), "")
        self.item = at or self.item or next(iter(tried.lines), "")
        bank = tried.banks.get(self.opened.file)
        found = next((each for each in bank.items if each.id == self.item), None) if bank else None
        if bank and found:
            self.good = (tried, bank, found)

    def look_at(self, tried: Tried) -> None:
        """Cut the item in focus out of the text, once for each text that is put into the editor."""
        if self.stamp in self.taken:
            return
        self.taken.add(self.stamp)
        lines = tried.lines.get(self.focus or self.item)
        if lines:
            self.line = self.go_to = lines.start
        if self.focus and lines:
            rows = self.text.splitlines(keepends=True)
            self.above, self.below = "".join(rows[: lines.start - 1]), "".join(rows[lines.stop - 1 :])
        else:
            self.above = self.below = ""


def desk_of(app: App, actor: Actor, slug: str, focus: str) -> Desk:
    """Give this window's desk for a bank, opened where it is not yet. Raises NotFound and Refusal."""
    desks: dict[str, Desk] = st.session_state.setdefault(KEY, {})
    if slug not in desks:
        opened = editing.open_bank(app, actor, slug)
        desks[slug] = Desk(app.new_id(), opened, opened.text, focus=focus, item=focus)
    desk = desks[slug]
    catch_up(desk)
    if desk.focus != focus:
        desk.focus, desk.item, desk.turn = focus, focus or desk.item, desk.turn + 1
    if not desk.dirty and desk.newer is None:
        fresh = editing.open_bank(app, actor, slug)
        if fresh != desk.opened:
            desk.opened, desk.text, desk.turn = fresh, fresh.text, desk.turn + 1
    return desk


def catch_up(desk: Desk) -> None:
    """Take over what was written last. A click comes with it in one message, and may be looked at first.

    The message that told of it alone may never be looked at: Streamlit drops it where another follows closely.
    """
    sent = st.session_state.get(EDITOR)
    desk.hear(sent.get("written") if sent else None)


def tried_now(app: App, actor: Actor, desk: Desk) -> Tried:
    """Say what the text as it stands would give; asked once for each text and each state of the other files."""
    name = f"{app.library.digest} {app.now().date()} {sha256(desk.text.encode('utf-8', 'replace')).hexdigest()}"
    if desk.tried is None or desk.tried[0] != name:
        desk.tried = (name, editing.check(app, actor, desk.opened.slug, desk.text))
    return desk.tried[1]
