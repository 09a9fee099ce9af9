"""Another type for an item: what would be lost is told first, and only then does the text change."""

import streamlit as st

from training.core.permission import Actor
from training.services import arranging
from training.services.app import App
from training.ui import identity
from training.ui.act import act, notify
from training.ui.desk import Desk, catch_up
from training.ui.pages.workshop_items import in_words
from training.ui.views.retyping import retyping_view


def draw_retyping(app: App, actor: Actor, desk: Desk, key: str) -> None:
    """Draw what another type would make of the item, where one was asked for, and let it be done or left."""
    kind = st.session_state.get(key)
    written = arranging.written(actor, desk.opened, desk.text, desk.item)
    if not kind or kind == written.get("type"):
        return
    view = retyping_view(arranging.retyping(actor, desk.opened, desk.text, desk.item, kind), in_words(kind))
    with st.container(border=True, key="workshop-retyping"):
        st.subheader(view.title, anchor=False)
        st.markdown(view.carried)
        if view.lost:
            st.warning(view.lost, icon=":material/warning:")
        else:
            st.success("Nothing of what is written would be lost.", icon=":material/check:")
        if view.unwritten:
            st.markdown(view.unwritten)
        with st.container(horizontal=True):
            st.button("Change the type", type="primary", key="workshop.retype", icon=":material/swap_horiz:",
                      on_click=_retype, args=(app, actor, desk, kind, key))  # fmt: skip
            st.button("Leave it as it is", key="workshop.retype.leave", on_click=_leave, args=(key,))


def _leave(key: str) -> None:
    st.session_state.pop(key, None)


def _retype(app: App, actor: Actor, desk: Desk, kind: str, key: str) -> None:
    catch_up(desk)
    text = act(arranging.retype, identity.confirmed(app, actor), desk.opened, desk.text, desk.item, kind)
    if text is not None:
        _leave(key)
        desk.put(text)
        notify("The text has it as another type, as a draft. It is in the file once you save.", kind="info")
