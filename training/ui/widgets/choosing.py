"""One option, or several of them."""

import streamlit as st

from training.ui.components.answering import OnAnswer
from training.ui.views.take_quiz import QuestionView
from training.ui.widgets.showing import show


def choose_one(question: QuestionView, key: str, on_answer: OnAnswer) -> None:
    """Draw a radio button for each option."""
    show(key, question.value)
    labels = {choice.id: choice.label for choice in question.choices}
    st.radio(
        question.instruction,
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=key,
        disabled=question.closed,
        on_change=lambda: on_answer(st.session_state[key]),
    )


def choose_many(question: QuestionView, key: str, on_answer: OnAnswer, limit: int | None) -> None:
    """Draw a checkbox for each option; those left are out of reach once `limit` are ticked."""
    chosen = question.value if isinstance(question.value, tuple) else ()
    keys = {choice.id: f"{key}-{choice.id}" for choice in question.choices}

    def changed() -> None:
        ticked = tuple(name for name, box in keys.items() if st.session_state[box])
        on_answer(ticked or None)

    st.caption(question.instruction)
    full = limit is not None and len(chosen) >= limit
    for choice in question.choices:
        show(keys[choice.id], choice.id in chosen)
        st.checkbox(
            choice.light_label,
            key=keys[choice.id],
            disabled=question.closed or (full and choice.id not in chosen),
            on_change=changed,
        )
    if full and not question.closed:
        st.caption(f"You have chosen {limit}. Untick one to choose another.")
