"""How each interaction is drawn: one function per kind, all keyboard first."""

from collections.abc import Callable

import streamlit as st

from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Value
from training.ui.views.take_quiz import QuestionView

OnAnswer = Callable[[Value], None]


def ask(question: QuestionView, *, key: str, on_answer: OnAnswer) -> None:
    """Draw what the learner does with the question; `on_answer` gets every new response, None where it was cleared."""
    match question.interaction:
        case ChooseOne():
            _choose_one(question, key, on_answer)
        case ChooseMany(choose=limit):
            _choose_many(question, key, on_answer, limit)
        case EnterNumber(unit=unit):
            _enter_number(question, key, on_answer, unit)


def show(key: str, value: object) -> None:
    """Let a widget show what is saved, whatever this window showed before."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _choose_one(question: QuestionView, key: str, on_answer: OnAnswer) -> None:
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


def _choose_many(question: QuestionView, key: str, on_answer: OnAnswer, limit: int | None) -> None:
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


def _enter_number(question: QuestionView, key: str, on_answer: OnAnswer, unit: str) -> None:
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
