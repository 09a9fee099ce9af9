"""Answers that come from a component of our own: what the browser sent, read with care."""

from collections.abc import Callable

import streamlit as st

from training.core.interaction import Value
from training.ui.components.loading import component

OnAnswer = Callable[[Value], None]


def mount(name: str, html: str, shown: object, *, key: str, on_answer: OnAnswer) -> None:
    """Draw a component that asks; `on_answer` gets each new response, None where it was cleared.

    Each has a number, and the component is told which was heard last: so it knows what is news of an earlier one.
    """
    heard = f"{key}-heard"

    def answered() -> None:
        sent = st.session_state[key]["answer"]
        if is_response(sent):
            given, st.session_state[heard] = sent["given"], sent["number"]
            on_answer(tuple(given) if isinstance(given, list) else given)

    # In a list, since Streamlit looks at every value of a dictionary for a data frame, which takes its time.
    component(name, html, "answering")(key=key, data=[shown, st.session_state.get(heard, 0)], on_answer_change=answered)


def is_response(sent: object) -> bool:
    """Say whether this has the form of a response, with its number: one text, several, or nothing.

    Whether it fits is not asked.
    """
    if not isinstance(sent, dict) or set(sent) != {"given", "number"} or type(sent["number"]) is not int:
        return False
    given = sent["given"]
    return given is None or isinstance(given, str) or (isinstance(given, list) and all(type(x) is str for x in given))
