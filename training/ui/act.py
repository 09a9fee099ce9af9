"""A service call as a widget's callback: it runs before the page is drawn again, and a refusal becomes a notice."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services.app import App
from training.ui import identity

P = ParamSpec("P")
T = TypeVar("T")

NOTICES = "notices"


def act(do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Call a service; where it refuses, keep its message for the next drawing and give None."""
    try:
        return do(*args, **kwargs)
    except Refusal as refusal:
        notify(str(refusal), kind="warning")
        return None


def act_as(
    do: Callable[Concatenate[App, Actor, P], T], app: App, actor: Actor, *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """Call a service for the person this window belongs to now: she may have signed out since it was drawn."""
    return act(do, app, identity.confirmed(app, actor), *args, **kwargs)


def notify(text: str, *, kind: str = "success") -> None:
    """Leave a notice for the next drawing; kind is success, info, warning or error."""
    st.session_state.setdefault(NOTICES, []).append((kind, text))


def take_notices() -> list[tuple[str, str]]:
    """Give the notices that wait, once."""
    waiting: list[tuple[str, str]] = st.session_state.pop(NOTICES, [])
    return waiting
