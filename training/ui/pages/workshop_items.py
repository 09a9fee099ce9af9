"""Whole items in the workshop: a new one, a copy, retiring one, moving one to another bank."""

import streamlit as st

from training.core.items import BY_TYPE
from training.core.permission import Actor
from training.core.version import version_of
from training.services import arranging, editing
from training.services.app import App
from training.ui import identity
from training.ui.act import act, notify
from training.ui.desk import Desk, catch_up
from training.ui.pages.workshop_saving import keep
from training.ui.views.words import plain

ID, TYPE, WHY, TO = (f"workshop.items.{each}" for each in ("id", "type", "why", "to"))
FIRST_TO_SAVE = "Save or undo your changes first: this is done in the file itself."


def draw_actions(app: App, actor: Actor, desk: Desk) -> None:
    """Draw what can be done with whole items."""
    with st.expander("New item, copy, retire, move", expanded=not desk.item, icon=":material/library_add:"):
        left, right = st.columns(2, gap="large")
        with left:
            _new(app, actor, desk)
        with right:
            _away(app, actor, desk)


def _new(app: App, actor: Actor, desk: Desk) -> None:
    st.text_input("Id of the new item", key=ID, max_chars=64, placeholder="ci-new-topic-01")
    st.selectbox("Type", list(BY_TYPE), key=TYPE, format_func=in_words)
    with st.container(horizontal=True):
        st.button("New empty item", icon=":material/add:", key="workshop.empty", on_click=_add_empty,
                  args=(app, actor, desk))  # fmt: skip
        st.button("New item from the example", icon=":material/add:", key="workshop.new", on_click=_add,
                  args=(app, actor, desk, ""))  # fmt: skip
        st.button("Copy this item" if desk.item else "Copy", icon=":material/content_copy:", key="workshop.copy",
                  disabled=not desk.item, on_click=_add, args=(app, actor, desk, desk.item))  # fmt: skip
    st.caption("It comes at the end of the text as a draft, and is in the file once you save.")


def _add_empty(app: App, actor: Actor, desk: Desk) -> None:
    catch_up(desk)
    now, new = identity.confirmed(app, actor), st.session_state[ID].strip()
    text = act(arranging.add_empty, app, now, desk.opened, desk.text, st.session_state[TYPE], new)
    _put(desk, text, new)
    if text is not None:
        st.query_params["show"] = "form"


def in_words(name: str) -> str:
    """Give the name of an item type as people say it."""
    return name.replace("_", " ").capitalize()


def _add(app: App, actor: Actor, desk: Desk, source: str) -> None:
    catch_up(desk)
    now, new = identity.confirmed(app, actor), st.session_state[ID].strip()
    if source:
        text = act(arranging.copy_item, app, now, desk.opened, desk.text, source, new)
    else:
        text = act(arranging.add_example, app, now, desk.opened, desk.text, st.session_state[TYPE], new)
    _put(desk, text, new)


def _put(desk: Desk, text: str | None, new: str) -> None:
    if text is not None:
        desk.put(text, new)
        if desk.focus:
            st.query_params["item"] = new
        st.session_state[ID] = ""
        notify(f"{new} stands at the end of the text. It is saved with the rest.", kind="info")


def _away(app: App, actor: Actor, desk: Desk) -> None:
    if not desk.item:
        st.caption("Put the cursor into an item to retire or move it.")
        return
    st.markdown(f"With **{plain(desk.item)}**")
    st.text_input("Why it is retired or moved", key=WHY, max_chars=500)
    others = [slug for slug in editing.banks(app, actor) if slug != desk.opened.slug]
    st.selectbox("Bank to move it to", others, key=TO)
    hindered = desk.dirty or not desk.opened.writable
    with st.container(horizontal=True):
        st.button("Retire", icon=":material/archive:", key="workshop.retire", disabled=hindered, on_click=_retire,
                  args=(app, actor, desk))  # fmt: skip
        st.button("Move", icon=":material/drive_file_move:", key="workshop.move", disabled=hindered or not others,
                  on_click=_move, args=(app, actor, desk))  # fmt: skip
    st.caption(FIRST_TO_SAVE if desk.dirty else "A retired item leaves every quiz at once and stays in the file.")


def _hindered(desk: Desk) -> bool:
    """Say, and tell, that something was written since the buttons were drawn."""
    catch_up(desk)
    if desk.dirty:
        notify(FIRST_TO_SAVE, kind="warning")
    return desk.dirty


def _retire(app: App, actor: Actor, desk: Desk) -> None:
    if _hindered(desk):
        return
    item, now = app.library.item(desk.item), identity.confirmed(app, actor)
    if item is None:
        notify("Quizzes do not have this item, so there is nothing to retire.", kind="warning")
        return
    reason = st.session_state[WHY]
    keep(desk, lambda: arranging.retire(app, now, desk.opened, item.id, version=version_of(item), reason=reason))
    if not desk.refusal:
        st.session_state[WHY] = ""


def _move(app: App, actor: Actor, desk: Desk) -> None:
    if _hindered(desk):
        return
    now, to = identity.confirmed(app, actor), st.session_state[TO]
    moved, reason = desk.item, st.session_state[WHY]
    done = act(arranging.move, app, now, desk.opened, moved, to, reason=reason)
    if done is not None:
        desk.rebase(done.text)
        desk.item = desk.focus = ""
        desk.put(done.text)
        st.query_params.pop("item", None)
        st.session_state[WHY] = ""  # a second click would mean the item that the cursor is in now
        notify(f"{moved} is in {to} now.")
