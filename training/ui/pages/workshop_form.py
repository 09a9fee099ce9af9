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
from training.ui.views.item_form import OWN, ROWS, TYPES, Blank, Kind, Rows, filled, filled_rows, shared, value_of
from training.ui.views.words import plain

SPARE = 2
"""Empty entries at the end of each list, to write more into."""


def draw_form(app: App, actor: Actor, desk: Desk) -> None:
    """Draw the form of the item that the cursor is in."""
    written = arranging.written(actor, desk.opened, desk.text, desk.item)
    kind = written.get("type")
    if kind not in TYPES:
        st.info("The form is for single best answer, multiple response, true or false, numbers, short text, matching "
                "and ordering. Items of other types, and those with broken YAML, are written in the editor.",
                icon=":material/info:")  # fmt: skip
        return
    key = f"form.{sha256(repr(written).encode()).hexdigest()[:16]}"
    blanks = (*shared(_offered(app, actor)), *OWN[kind])
    with st.form(key, border=True):
        st.markdown(f"**{plain(desk.item)}**")
        for number, blank in enumerate(blanks):
            _blank(blank, value_of(written, blank), f"{key}.{number}")
        for rows in ROWS.get(kind, ()):
            _rows(rows, written.get(rows.name) or [], key)
        st.form_submit_button("Put this into the text", type="primary", icon=":material/edit_note:",
                              on_click=_fill_in, args=(app, actor, desk, written, blanks, key))  # fmt: skip
        st.caption("The text above changes; it is in the file once you save. An entry without a text is left out.")


def _offered(app: App, actor: Actor) -> Mapping[str, Mapping[str, str]]:
    library = authoring.library(app, actor)
    return {
        "objective": {each.id: f"{each.id} {each.text}" for each in library.objectives()},
        "level": {each.value: each.value.capitalize() for each in Level},
        "safety": {each.value: each.value.capitalize() for each in Safety},
        "references": {key: f"{key}: {each.citation}"[:120] for key, each in library.references.items()},
        "claims": {key: f"{key}: {each.statement}"[:120] for key, each in library.claims.items()},
    }


def _blank(blank: Blank, value: Any, key: str, label: str = "") -> None:
    label = label or blank.label
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


def _rows(rows: Rows, written: Sequence[Mapping[str, Any]], key: str) -> None:
    for number in range(len(written) + SPARE):
        before = written[number] if number < len(written) else {}
        letter = before.get("id") or "abcdefghijklmnopqrstuvwxyz"[number % 26]
        name = f"{rows.label} {letter if rows.name == 'options' else number + 1}"
        st.markdown(f"**{name}**" + ("" if before else " :small[to add]"))
        for place, blank in enumerate(rows.blanks):
            _blank(blank, value_of(before, blank), f"{key}.{rows.name}.{number}.{place}", f"{name}: {blank.label}")


def _given(blank: Blank, key: str) -> Any:
    value = st.session_state[key]
    return value.splitlines() if blank.kind is Kind.LINES else ("" if value is None else value)


def _fill_in(app: App, actor: Actor, desk: Desk, written: Mapping[str, Any], blanks: Sequence[Blank], key: str) -> None:
    catch_up(desk)
    given = [_given(blank, f"{key}.{number}") for number, blank in enumerate(blanks)]
    fields = filled(written, blanks, given)
    for rows in ROWS.get(written["type"], ()):
        before = written.get(rows.name) or []
        values = [
            [_given(blank, f"{key}.{rows.name}.{number}.{place}") for place, blank in enumerate(rows.blanks)]
            for number in range(len(before) + SPARE)
        ]
        made = filled_rows(before, rows, values)
        if made != before:
            fields[rows.name] = made
    if not fields:
        notify("Nothing in the form is other than in the text.", kind="info")
        return
    text = act(arranging.fill_in, identity.confirmed(app, actor), desk.opened, desk.text, desk.item, fields)
    if text is not None:
        desk.put(text)
        notify("The text has it. It is in the file once you save.", kind="info")
