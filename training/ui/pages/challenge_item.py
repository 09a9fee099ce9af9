"""Beside an answer in a result: challenge the item, or see how one's challenge stands."""

from collections.abc import Mapping

import streamlit as st

from training.core.challenge import LONGEST
from training.core.permission import Actor
from training.services import challenging
from training.services.app import App
from training.services.challenging import Own
from training.ui import frame, moments, places
from training.ui.act import act_as
from training.ui.views.challenges import status

_PANEL = "challenge.open"


def beside(app: App, actor: Actor, attempt_id: str, slot: int, mine: Mapping[int, Own], *, days: int) -> None:
    """Draw the way to challenge the item in this slot, or what became of it."""
    own = mine.get(slot)
    if own:
        st.caption(f":material/gavel: {status(own.challenge, app.now(), moments.zone())}")
        places.link("my-challenges", "See your challenge", icon="forum")
    if own is None or own.again:
        _offer(app, actor, attempt_id, slot, days)


def _offer(app: App, actor: Actor, attempt_id: str, slot: int, days: int) -> None:
    here, key = f"{attempt_id}-{slot}", f"challenge-{attempt_id}-{slot}"
    if st.session_state.get(_PANEL) != here:
        st.button("Challenge this item", icon=":material/gavel:", key=f"{key}-open", type="tertiary", on_click=_open,
                  args=(here,), help="Where you think that the key or the item is wrong")  # fmt: skip
        return
    frame.notices()
    with st.form(key, border=False):
        st.text_area("What is wrong with this item, and why?", key=f"{key}-reason", max_chars=LONGEST)
        st.caption(f"An instructor answers within {days} days. Your answer goes with it and how "
                   "others answered; your name does not, so do not write it.")  # fmt: skip
        with st.container(horizontal=True):
            st.form_submit_button("Send the challenge", type="primary", icon=":material/send:", on_click=_send,
                                  args=(app, actor, attempt_id, slot))  # fmt: skip
            st.form_submit_button("Cancel", on_click=_open, args=("",))


def _open(here: str) -> None:
    st.session_state[_PANEL] = here


def _send(app: App, actor: Actor, attempt_id: str, slot: int) -> None:
    reason = st.session_state[f"challenge-{attempt_id}-{slot}-reason"]
    if act_as(challenging.challenge, app, actor, attempt_id, slot, reason):
        _open("")
