"""The fields of the workshop's form, drawn: short ones side by side, a reason beside what it is the reason of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from training.ui.views.item_fields import Blank, Kind, choices
from training.ui.views.item_form import value_of

Offered = Mapping[str, Mapping[str, str]]
Drawn = tuple[Blank, str, str]
"""A field, its key and its label."""

SHORT = frozenset({Kind.LINE, Kind.CHOICE})
ABREAST = 4
PAIR = 2


def draw_entry(blanks: Sequence[Drawn], written: Mapping[str, Any], offered: Offered) -> None:
    """Draw the fields of an entry, its reason beside the rest, and the short ones of a long text below both."""
    if len(blanks) == 1 or blanks[-1][0].path != ("why",):
        draw_blanks(blanks, written, offered)
        return
    long = any(blank.kind is Kind.TEXT for blank, _, _ in blanks[:-1])
    below = [each for each in blanks[:-1] if long and each[0].kind is Kind.LINE]
    left, right = st.columns(2)
    with left:
        draw_blanks([each for each in blanks[:-1] if each not in below], written, offered)
    with right:
        draw_blanks(blanks[-1:], written, offered)
    draw_blanks(below, written, offered)


def draw_blanks(blanks: Sequence[Drawn], written: Mapping[str, Any], offered: Offered, fixed: str = "") -> None:
    """Draw fields with what is written in them; the one whose label is `fixed` cannot be changed."""
    for row in _rows(blanks):
        columns = st.columns(len(row)) if len(row) > 1 else [st.container()]
        for column, each in zip(columns, row, strict=True):
            with column:
                _blank(each, written, offered, fixed)


def _rows(blanks: Sequence[Drawn]) -> Iterator[list[Drawn]]:
    """Put short fields side by side, and texts two by two."""
    row: list[Drawn] = []
    for each in blanks:
        kind = each[0].kind
        alike = (
            row and not (row[0][0].wide or each[0].wide) and (row[0][0].kind is kind or {row[0][0].kind, kind} <= SHORT)
        )
        room = ABREAST if kind in SHORT else PAIR if kind is Kind.TEXT else 1
        if row and not (alike and len(row) < room):
            yield row
            row = []
        row.append(each)
    if row:
        yield row


def _blank(each: Drawn, written: Mapping[str, Any], offered: Offered, fixed: str) -> None:
    blank, key, label = each
    value, known, disabled = value_of(written, blank), choices(blank, offered), label == fixed
    match blank.kind:
        case Kind.LINE:
            st.text_input(label, value, key=key, max_chars=400, disabled=disabled)
        case Kind.TEXT:
            st.text_area(label, value, key=key, max_chars=4000, height="content")
        case Kind.LINES:
            st.text_area(label, "\n".join(value), key=key, max_chars=4000, height="content")
        case Kind.TICK:
            st.checkbox(label, value, key=key)
        case Kind.NAMES | Kind.TAGS:
            st.multiselect(label, list(dict.fromkeys([*value, *known])), value, key=key,
                           format_func=lambda name: known.get(name, name),
                           accept_new_options=blank.kind is Kind.TAGS)  # fmt: skip
        case Kind.CHOICE:
            named = list(dict.fromkeys(["", *([value] if value else []), *known]))
            named = named if not blank.default else named[1:]
            st.selectbox(label, named, named.index(value), key=key,
                         format_func=lambda name: known.get(name, name) or "–")  # fmt: skip


def given(blank: Blank, key: str) -> Any:
    """Read what stands in a field."""
    value = st.session_state[key]
    return value.splitlines() if blank.kind is Kind.LINES else ("" if value is None else value)
