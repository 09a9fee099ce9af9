"""A form for those who do not write YAML: it changes the same text, and leaves remarks and order as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import streamlit as st

from training.core.items import CHECK_YOURSELF
from training.core.items.item import PRACTICE_ONLY, PRETEST
from training.core.permission import Actor
from training.core.question import Level, Safety
from training.services import arranging, authoring
from training.services.app import App
from training.ui import identity
from training.ui.act import act, notify
from training.ui.components.measured_picture import measured_picture
from training.ui.desk import Desk, catch_up
from training.ui.pages.workshop_fields import Drawn, Offered, draw_blanks, draw_entry, given
from training.ui.pages.workshop_items import in_words
from training.ui.pages.workshop_type import draw_retyping
from training.ui.views.filled_form import Given, Step, filled
from training.ui.views.item_fields import LETTERS, OWN, Blank, Fold, Rows
from training.ui.views.item_form import MOST_PARTS, TYPES, Section, at, entries, option_names, readable, sections
from training.ui.views.measured_picture import measured
from training.ui.views.words import plain


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form: the item as it is written, its stretches, and the keys of its fields, new for each text."""

    app: App
    actor: Actor
    desk: Desk
    written: Mapping[str, Any]
    parts: tuple[Section, ...]
    offered: Offered
    key: str
    steady: str

    def shown(self, number: int, rows: Rows) -> int:
        """Say how many entries of a list are shown."""
        there = entries(at(self.written, self.parts[number].where), rows)
        more = st.session_state.get(f"{self.key}.{number}.{rows.name}.more", 0)
        return max(len(there), rows.least) + more

    def drawn(self, place: str, blanks: Sequence[Blank], name: str, start: int = 0) -> list[Drawn]:
        """Name the fields of a stretch or an entry, from a number on."""
        return [
            (blank, f"{self.key}.{place}.{number}", f"{name}: {blank.label}" if name else blank.label)
            for number, blank in enumerate(blanks, start)
        ]


def draw_form(app: App, actor: Actor, desk: Desk) -> None:
    """Draw the form of the item that the cursor is in."""
    written = arranging.written(actor, desk.opened, desk.text, desk.item)
    if written.get("type") not in TYPES:
        st.info("Add an item, or put the cursor into one whose YAML can be read: then its form is here.",
                icon=":material/info:")  # fmt: skip
        return
    steady = f"form.{desk.id}.{desk.item}"
    key = f"{steady}.{sha256(repr(written).encode()).hexdigest()[:16]}"
    sheet = Sheet(app, actor, desk, written, sections(written), _offered(app, actor), key, steady)
    with st.form(steady, border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{plain(desk.item)}** :small[{in_words(written['type'])}]", width="content")
            _put_button(sheet, "top")  # the first button is the one that Enter presses
        for number in range(len(sheet.parts)):
            _section(sheet, number)
        if written["type"] == "case":
            _new_part(sheet)
        _put_button(sheet, "bottom")
        _other_type(sheet)
        st.caption("The text above changes; it is in the file once you save. An entry without its first field is left "
                   "out. What is still to be written stands empty here.")  # fmt: skip
    draw_retyping(app, actor, desk, f"{steady}.retype")


def _put_button(sheet: Sheet, place: str) -> None:
    st.form_submit_button("Put this into the text", type="primary", icon=":material/edit_note:",
                          key=f"{sheet.steady}.{place}", on_click=_fill_in, args=(sheet, None))  # fmt: skip


def _section(sheet: Sheet, number: int) -> None:
    section = sheet.parts[number]
    written = at(sheet.written, section.where)
    if section.title:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(section.title, anchor=False, width="content")
            if section.moves:
                st.markdown(f":small[{in_words(written['type'])}]", width="content")
            if section.one_of:
                *where, place = section.where
                _tools(sheet, section.title, Step(tuple(where), int(place)), section.one_of, moves=section.moves)
    draw_blanks(sheet.drawn(str(number), section.blanks, section.title), written, sheet.offered)
    view = measured(written) if written.get("type") == "hotspot" else None
    if view:
        measured_picture(view, key=f"{sheet.steady}.{section.where}.picture")
    for rows in section.rows:
        _rows(sheet, number, rows)
    start = len(section.blanks)
    for fold in section.folds:
        with st.expander(f"{section.title}: {fold.title}" if section.title else fold.title):
            _fold(sheet, number, fold, start)
        start += len(fold.blanks)


def _fold(sheet: Sheet, number: int, fold: Fold, start: int) -> None:
    section = sheet.parts[number]
    blanks = sheet.drawn(str(number), fold.blanks, section.title, start)
    fixed = "" if section.where or arranging.nameable(sheet.app, sheet.actor, sheet.desk.item) else "Id"
    draw_blanks(blanks, at(sheet.written, section.where), sheet.offered, fixed)
    if fixed and any(label == fixed for _, _, label in blanks):
        st.caption("It keeps its id: learners or reviewers have met it.")
    for rows in fold.rows:
        _rows(sheet, number, rows)


def _rows(sheet: Sheet, number: int, rows: Rows) -> None:
    section = sheet.parts[number]
    written = at(sheet.written, section.where)
    if not readable(written, rows):
        st.caption(f"{rows.label}: as it stands, this list can only be changed in the text above.")
        return
    there, shown = entries(written, rows), sheet.shown(number, rows)
    offered = {**sheet.offered, "options": option_names(written, shown)}
    names = [_name(section, rows, there, place) for place in range(shown)]
    for place, name in enumerate(names):
        before = there[place] if place < len(there) else {}
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{name}**" + ("" if before else " :small[new]"), width="content")
            if before and not rows.fixed:
                _tools(sheet, name, Step((*section.where, rows.name), place), len(there))
        draw_entry(sheet.drawn(f"{number}.{rows.name}.{place}", rows.blanks, name), before, offered)
    if not rows.fixed:
        _more_button(sheet, number, rows)
    if rows.rare and shown:
        what = rows.label.lower()
        with st.expander(f"{section.title}: more about each {what}" if section.title else f"More about each {what}"):
            for place, name in enumerate(names):
                drawn = sheet.drawn(f"{number}.{rows.name}.{place}", rows.rare, name, len(rows.blanks))
                draw_blanks(drawn, there[place] if place < len(there) else {}, offered)


def _name(section: Section, rows: Rows, there: Sequence[Mapping[str, Any]], place: int) -> str:
    before = there[place] if place < len(there) else {}
    letter = before.get("id") or LETTERS[place % len(LETTERS)]
    name = f"{rows.label} {letter if rows.lettered else place + 1}"
    return f"{section.title}, {name[0].lower()}{name[1:]}" if section.title else name


def _tools(sheet: Sheet, name: str, step: Step, total: int, *, moves: bool = True) -> None:
    """Draw what moves an entry or takes it out. The words stand there for those who cannot see the pictures."""
    where = ".".join(map(str, (*step.where, step.number)))
    with st.container(horizontal=True, gap=None, width="content", key=f"form-tools-{where}"):
        for word, by, icon, able in (
            (f"Move {name} up", -1, "arrow_upward", moves and step.number > 0),
            (f"Move {name} down", 1, "arrow_downward", moves and step.number + 1 < total),
            (f"Take {name} out", 0, "delete", True),
        ):
            if moves or by == 0:
                st.form_submit_button(
                    word, type="tertiary", icon=f":material/{icon}:", key=f"{sheet.steady}.{where}.{by}",
                    disabled=not able, on_click=_fill_in, args=(sheet, replace(step, by=by)),
                )  # fmt: skip


def _more_button(sheet: Sheet, number: int, rows: Rows) -> None:
    section = sheet.parts[number]
    label = f"{section.title}: add {_a(rows.label)}" if section.title else f"Add {_a(rows.label)}"
    st.form_submit_button(label, icon=":material/add:", key=f"{sheet.steady}.{section.where}.{rows.name}.more",
                          on_click=_more, args=(f"{sheet.key}.{number}.{rows.name}.more",))  # fmt: skip


def _a(label: str) -> str:
    return ("an " if label[0] in "AEIO" else "a ") + label.lower()


def _more(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _new_part(sheet: Sheet) -> None:
    parts = sheet.written.get("parts")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"{sheet.steady}.new-part"
        st.selectbox("Type of a new part", [each for each in OWN if each != "case"], key=key, format_func=in_words,
                     width=300)  # fmt: skip
        st.form_submit_button("Add this part", icon=":material/add:", key=f"{sheet.steady}.add-part",
                              disabled=isinstance(parts, list) and len(parts) >= MOST_PARTS,
                              on_click=_add_part, args=(sheet, key))  # fmt: skip


def _other_type(sheet: Sheet) -> None:
    with st.expander("Another type"), st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"{sheet.steady}.other-type"
        others = [each for each in TYPES if each != sheet.written["type"]]
        st.selectbox("Make it", others, key=key, format_func=in_words, width=300)
        st.form_submit_button("Show what would change", icon=":material/swap_horiz:", key=f"{sheet.steady}.show-type",
                              on_click=_ask_type, args=(sheet, key))  # fmt: skip


def _ask_type(sheet: Sheet, key: str) -> None:
    """Take over what was typed, and have the page tell what another type would make of it."""
    text = _taken_over(sheet)
    if text is None:
        return
    st.session_state[f"form.{sheet.desk.id}.{sheet.desk.item}.retype"] = st.session_state[key]
    if text != sheet.desk.text:
        _put(sheet.desk, text)


def _offered(app: App, actor: Actor) -> Offered:
    library = authoring.library(app, actor)
    tags = {tag for item in library.items() for tag in item.tags} | {CHECK_YOURSELF, PRETEST, PRACTICE_ONLY}
    return {
        "objective": {each.id: f"{each.id} {each.text}" for each in library.objectives()},
        "level": {each.value: each.value.capitalize() for each in Level},
        "safety": {each.value: each.value.capitalize() for each in Safety},
        "references": {key: f"{key}: {each.citation}"[:120] for key, each in library.references.items()},
        "claims": {key: f"{key}: {each.statement}"[:120] for key, each in library.claims.items()},
        "misconceptions": {key: f"{each.statement} ({key})"[:160] for key, each in library.misconceptions.items()},
        "pictures": {name: name for name in authoring.pictures(app, actor)},
        "enemies": {item.id: item.id for item in library.items()},
        "tags": {tag: tag for tag in sorted(tags)},
    }


def _taken_over(sheet: Sheet, step: Step | None = None) -> str | None:
    """Give the text with what was filled in; None where that was refused."""
    desk, actor = sheet.desk, identity.confirmed(sheet.app, sheet.actor)
    catch_up(desk)
    if arranging.written(actor, desk.opened, desk.text, desk.item) != sheet.written:
        notify(
            "The text was changed meanwhile, and the form shows it as it is now. Please fill it in again.",
            kind="warning",
        )
        return None
    made = filled(sheet.written, sheet.parts, [_given(sheet, each) for each in range(len(sheet.parts))], step)
    fields = {name: value for name, value in made.fields.items() if name != "id"}
    text: str | None = desk.text
    if fields:
        text = act(arranging.fill_in, actor, desk.opened, desk.text, desk.item, fields, made.orders)
    new = made.fields.get("id")
    if text is not None and new:
        text = act(arranging.rename, sheet.app, actor, desk.opened, text, desk.item, new)
    if text is not None and new:
        desk.item = new
        if desk.focus:
            desk.focus = st.query_params["item"] = new
    return text


def _given(sheet: Sheet, number: int) -> Given:
    section = sheet.parts[number]
    written = at(sheet.written, section.where)
    values = [given(blank, f"{sheet.key}.{number}.{place}") for place, blank in enumerate(section.all_blanks)]
    rows = {
        each.name: [
            [given(blank, f"{sheet.key}.{number}.{each.name}.{entry}.{place}") for place, blank in enumerate(each.all)]
            for entry in range(sheet.shown(number, each))
        ]
        for each in section.all_rows
        if readable(written, each)
    }
    return Given(values, rows)


def _fill_in(sheet: Sheet, step: Step | None) -> None:
    text = _taken_over(sheet, step)
    if text is not None:
        _put(sheet.desk, text)


def _put(desk: Desk, text: str) -> None:
    if text == desk.text:
        notify("Nothing in the form is other than in the text.", kind="info")
        return
    desk.put(text)
    notify("The text has it. It is in the file once you save.", kind="info")


def _add_part(sheet: Sheet, key: str) -> None:
    text, desk = _taken_over(sheet), sheet.desk
    if text is None:
        return
    actor, kind = identity.confirmed(sheet.app, sheet.actor), st.session_state[key]
    more = act(arranging.add_part, actor, desk.opened, text, desk.item, kind)
    _put(desk, more if more is not None else text)
