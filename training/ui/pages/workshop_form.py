"""A form for those who do not write YAML: it changes the same text, and leaves remarks and order as they are."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import streamlit as st

from training.core.permission import Actor
from training.core.question import Level, Safety
from training.services import arranging, authoring
from training.services.app import App
from training.ui import identity
from training.ui.act import act, notify
from training.ui.desk import Desk, catch_up
from training.ui.views.item_form import (
    TYPES,
    Blank,
    Kind,
    Rows,
    Section,
    at,
    filled,
    filled_rows,
    sections,
    shared,
    value_of,
    with_changes,
)
from training.ui.views.words import plain

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def draw_form(app: App, actor: Actor, desk: Desk) -> None:
    """Draw the form of the item that the cursor is in."""
    written = arranging.written(actor, desk.opened, desk.text, desk.item)
    if written.get("type") not in TYPES:
        st.info("Put the cursor into an item whose YAML can be read: then its form is here.", icon=":material/info:")
        return
    key = f"form.{sha256(repr(written).encode()).hexdigest()[:16]}"
    parts = sections(written, shared(_offered(app, actor)))
    with st.form(key, border=True):
        st.markdown(f"**{plain(desk.item)}**")
        for number, section in enumerate(parts):
            _section(section, at(written, section.where), f"{key}.{number}")
        st.form_submit_button("Put this into the text", type="primary", icon=":material/edit_note:",
                              on_click=_fill_in, args=(app, actor, desk, written, parts, key))  # fmt: skip
        st.caption("The text above changes; it is in the file once you save. An entry without its first field is left "
                   "out. Pictures in the stem, tags, ids, misconceptions and the like are written in the text, and "
                   "stay as they are.")  # fmt: skip


def _section(section: Section, written: Mapping[str, Any], key: str) -> None:
    if section.title:
        st.subheader(section.title, anchor=False)
    for number, blank in enumerate(section.blanks):
        label = f"{section.title}: {blank.label}" if section.title else blank.label
        _blank(blank, value_of(written, blank), f"{key}.{number}", label)
    for rows in section.rows:
        _rows(rows, written.get(rows.name) or [], key, section.title)
    if section.note:
        st.caption(section.note)


def _offered(app: App, actor: Actor) -> Mapping[str, Mapping[str, str]]:
    library = authoring.library(app, actor)
    return {
        "objective": {each.id: f"{each.id} {each.text}" for each in library.objectives()},
        "level": {each.value: each.value.capitalize() for each in Level},
        "safety": {each.value: each.value.capitalize() for each in Safety},
        "references": {key: f"{key}: {each.citation}"[:120] for key, each in library.references.items()},
        "claims": {key: f"{key}: {each.statement}"[:120] for key, each in library.claims.items()},
    }


def _blank(blank: Blank, value: Any, key: str, label: str) -> None:
    match blank.kind:
        case Kind.LINE:
            st.text_input(label, value, key=key, max_chars=400)
        case Kind.TEXT:
            st.text_area(label, value, key=key, max_chars=4000, height="content")
        case Kind.LINES:
            st.text_area(label, "\n".join(value), key=key, max_chars=4000, height="content")
        case Kind.TICK:
            st.checkbox(label, value, key=key)
        case Kind.NAMES:
            options = dict.fromkeys([*value, *blank.choices])
            st.multiselect(label, list(options), value, key=key, format_func=lambda each: blank.choices.get(each, each))
        case Kind.CHOICE:
            known = list(dict.fromkeys([*([value] if value else []), *blank.choices]))
            st.selectbox(label, known, known.index(value) if value else None, key=key,
                         format_func=lambda each: blank.choices.get(each, each))  # fmt: skip


def _rows(rows: Rows, written: Sequence[Mapping[str, Any]], key: str, title: str) -> None:
    for number in range(len(written) + rows.spare):
        before = written[number] if number < len(written) else {}
        letter = before.get("id") or LETTERS[number % len(LETTERS)]
        name = f"{rows.label} {letter if rows.lettered else number + 1}"
        name = f"{title}, {name[0].lower()}{name[1:]}" if title else name
        st.markdown(f"**{name}**" + ("" if before else " :small[to add]"))
        for place, blank in enumerate(rows.blanks):
            _blank(blank, value_of(before, blank), f"{key}.{rows.name}.{number}.{place}", f"{name}: {blank.label}")


def _given(blank: Blank, key: str) -> Any:
    value = st.session_state[key]
    return value.splitlines() if blank.kind is Kind.LINES else ("" if value is None else value)


def _fill_in(
    app: App, actor: Actor, desk: Desk, written: Mapping[str, Any], parts: Sequence[Section], key: str
) -> None:
    catch_up(desk)
    changes = [(each.where, _changed(each, at(written, each.where), f"{key}.{n}")) for n, each in enumerate(parts)]
    fields = with_changes(written, changes)
    if not fields:
        notify("Nothing in the form is other than in the text.", kind="info")
        return
    text = act(arranging.fill_in, identity.confirmed(app, actor), desk.opened, desk.text, desk.item, fields)
    if text is not None:
        desk.put(text)
        notify("The text has it. It is in the file once you save.", kind="info")


def _changed(section: Section, written: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Read what was filled in, and give the fields of a stretch that it makes other."""
    fields = filled(written, section.blanks, [_given(each, f"{key}.{n}") for n, each in enumerate(section.blanks)])
    for rows in section.rows:
        before = written.get(rows.name) or []
        values = [
            [_given(blank, f"{key}.{rows.name}.{number}.{place}") for place, blank in enumerate(rows.blanks)]
            for number in range(len(before) + rows.spare)
        ]
        made = filled_rows(before, rows, values)
        if made != before:
            fields[rows.name] = made or None
    return fields
