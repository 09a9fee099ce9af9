"""What the pages of the door share: a ticket in hand is redeemed at once, and errors stand above the form."""

from urllib.parse import urlsplit

import streamlit as st

from training.ui import frame
from training.ui.act import notify
from training.ui.components.redeem import redeem

_TICKET = "entrance.ticket"
_REDEEM = "entrance.redeem"
DOORS = frozenset({"sign-in", "register", "reset-password"})


def hold(ticket: str | None) -> None:
    """Keep a ticket for the drawing that follows; None, where there was a refusal, changes nothing."""
    if ticket:
        st.session_state[_TICKET] = ticket


def going_in() -> bool:
    """Where a ticket was just earned, redeem it and say so; the browser then loads the page it wanted."""
    ticket = st.session_state.get(_TICKET)
    if not ticket:
        frame.notices()
        return False
    redeem(ticket, to="/" if here() in DOORS else "", key=_REDEEM, on_failed=_failed)
    return True


def here() -> str:
    """Give the address of the page the browser shows, without what stands before and after."""
    return urlsplit(st.context.url or "").path.strip("/")


def _failed() -> None:
    st.session_state.pop(_TICKET, None)
    notify(st.session_state[_REDEEM]["failed"], kind="error")
