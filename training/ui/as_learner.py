"""One question exactly as a learner meets it, before and after answering, for those who write items."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from training.core.interaction import Value
from training.core.key import correct_value
from training.core.question import Question
from training.ui import widgets
from training.ui.questions import draw_stem, tell
from training.ui.views.take_quiz import lone_question


def as_learner(question: Question, order: tuple[str, ...], *, key: str, after: bool) -> bool:
    """Draw a question with its options in this order; says whether the right answer stood in for a missing one.

    Nothing is kept. Learners cannot check before they chose: so `after` checking, the right answer is shown where
    nothing was chosen.
    """
    given = f"{key}-given"
    value = st.session_state.get(given)
    unchosen = after and value is None
    shown = lone_question(question, correct_value(question.key) if unchosen else value, shown=after, order=order)

    def answered(value: Value) -> None:
        st.session_state[given] = value

    with st.container(border=True):
        view = replace(shown, closed=after)
        draw_stem(view)
        if view.told:
            tell(view.told, key=f"{key}-told")
        else:
            widgets.ask(view, key=key, on_answer=answered)
    return unchosen


def choose_seed(seed: int | None, *, most: int, key: str, on_choose: Callable[[int | None], None]) -> None:
    """Ask for one of the numbered draws of an item, each a step or a click away; None is as the author wrote it."""
    widgets.show(key, seed)
    st.number_input(
        "Draw", min_value=0, max_value=max(most - 1, seed or 0), step=1, value=None, key=key, width=200,
        placeholder="as written",
        help="Each number is one order of the options and one set of random values. A learner gets one of them.",
        on_change=lambda: on_choose(st.session_state[key]),
    )  # fmt: skip
