"""How sure the learner is of her answer, and what that makes it worth."""

from collections.abc import Callable

import streamlit as st

from training.core.certainty import WORDS, Certainty
from training.ui.views.take_quiz import QuestionView
from training.ui.widgets.showing import show

SURE = {each: words.partition(":")[0].capitalize() for each, words in WORDS.items()}
WORTH = {each: words.partition(": ")[2].replace("-", "\N{MINUS SIGN}") for each, words in WORDS.items()}
SAID = {None: "You did not say."} | {each: f"You said: {words.lower()}." for each, words in SURE.items()}
FIRST = "You can say it once you have answered."
LOW_STANDS = "Until you say it, an answer counts as not sure."


def ask_certainty(question: QuestionView, *, key: str, on_rate: Callable[[Certainty], None]) -> None:
    """Ask how sure the learner is of her answer, once there is one; `on_rate` gets what she says."""
    if question.closed or question.value is None:
        st.caption(f"How sure are you? {SAID[question.certainty] if question.closed else FIRST}")
        return

    def rated() -> None:
        if (certainty := st.session_state[key]) is not None:
            on_rate(certainty)

    show(key, question.certainty)
    st.segmented_control(
        "How sure are you?",
        list(Certainty),
        format_func=SURE.__getitem__,
        key=key,
        on_change=rated,
    )
    st.caption(" · ".join(f"{SURE[each]}: {WORTH[each]}" for each in Certainty) + f". {LOW_STANDS}")
