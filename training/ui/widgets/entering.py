"""A number or a few words, typed."""

import streamlit as st

from training.ui.components.answering import OnAnswer
from training.ui.views.take_quiz import QuestionView
from training.ui.widgets.showing import show


def enter_number(question: QuestionView, key: str, on_answer: OnAnswer, unit: str) -> None:
    """Draw a line for a number."""
    show(key, question.value or "")
    st.text_input(
        question.instruction,
        key=key,
        disabled=question.closed,
        max_chars=40,
        placeholder=f"for example 12.5 {unit}".strip(),
        on_change=lambda: on_answer(st.session_state[key].strip() or None),
        width=320,
    )


def enter_text(question: QuestionView, key: str, on_answer: OnAnswer, longest: int) -> None:
    """Draw a line for a few words."""
    show(key, question.value or "")
    st.text_input(
        question.instruction,
        key=key,
        disabled=question.closed,
        max_chars=longest,
        on_change=lambda: on_answer(st.session_state[key].strip() or None),
        width=480,
    )
