"""How each interaction is drawn: one function per kind, all keyboard first."""

from collections.abc import Callable

import streamlit as st

from training.core.certainty import WORDS as CERTAINTY
from training.core.certainty import Certainty
from training.core.interaction import (
    OPEN,
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    FillGaps,
    MatchEach,
    PickRegion,
    PutInOrder,
    Value,
)
from training.ui import figures
from training.ui.views.take_quiz import QuestionView
from training.ui.views.words import plain

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
        case EnterText(longest=longest):
            _enter_text(question, key, on_answer, longest)
        case PutInOrder() | MatchEach() | FillGaps() | PickRegion() as interaction:
            _arrange(question, key, on_answer, interaction)


def _arrange(
    question: QuestionView, key: str, on_answer: OnAnswer, interaction: PutInOrder | MatchEach | FillGaps | PickRegion
) -> None:
    match interaction:
        case PutInOrder(options=options):
            _put_in_order(question, key, on_answer, len(options))
        case MatchEach(rows=rows):
            labels = {choice.id: f"{choice.letter}. {choice.text}" for choice in question.choices}
            _choose_for_each(question, key, on_answer, [(plain(row.text), labels) for row in rows])
        case FillGaps():
            _fill_gaps(question, key, on_answer, interaction)
        case PickRegion():
            _pick_region(question, key, on_answer, interaction)


def _pick_region(question: QuestionView, key: str, on_answer: OnAnswer, interaction: PickRegion) -> None:
    st.markdown(figures.picture(interaction.image.file, interaction.image.alt))
    if interaction.choose == 1:
        _choose_one(question, key, on_answer)
    else:
        _choose_many(question, key, on_answer, interaction.choose)


def ask_certainty(question: QuestionView, *, key: str, on_rate: Callable[[Certainty], None]) -> None:
    """Ask how sure the learner is of her answer; `on_rate` gets what she says."""
    show(key, question.certainty)
    st.radio(
        "How sure are you?",
        list(Certainty),
        index=None,
        format_func=lambda each: CERTAINTY[each].capitalize(),
        key=key,
        disabled=question.closed or question.value is None,
        on_change=lambda: on_rate(st.session_state[key]),
    )


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


def _enter_text(question: QuestionView, key: str, on_answer: OnAnswer, longest: int) -> None:
    show(key, question.value or "")
    st.text_input(
        question.instruction,
        key=key,
        disabled=question.closed,
        max_chars=longest,
        on_change=lambda: on_answer(st.session_state[key].strip() or None),
        width=480,
    )


def _put_in_order(question: QuestionView, key: str, on_answer: OnAnswer, count: int) -> None:
    """Ask which step is first, second and so on; the answer is saved once each place has a step of its own."""
    labels = {choice.id: f"{choice.letter}. {choice.text}" for choice in question.choices}
    saved = question.value if isinstance(question.value, tuple) else (None,) * count
    keys = [f"{key}-{place}" for place in range(count)]
    if question.value is not None:
        for each, name in zip(keys, saved, strict=True):
            st.session_state.setdefault(each, name)

    def changed() -> None:
        given = tuple(st.session_state[each] for each in keys)
        if None not in given and len(set(given)) == count:
            on_answer(given)

    st.caption(question.instruction)
    for place, each in enumerate(keys, 1):
        st.selectbox(
            f"Place {place}",
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key=each,
            disabled=question.closed,
            on_change=changed,
        )
    given = [name for each in keys if (name := st.session_state.get(each))]
    if len(set(given)) != len(given):
        st.caption("One step stands in two places. The order is saved once each place has a step of its own.")


def _fill_gaps(question: QuestionView, key: str, on_answer: OnAnswer, filling: FillGaps) -> None:
    numbers = {gap.id: number for number, gap in enumerate(filling.gaps, 1)}
    pieces = filling.pieces()
    st.markdown("".join(f"**({numbers[piece]})**" if odd % 2 else plain(piece) for odd, piece in enumerate(pieces)))
    rows = [
        (
            f"Gap {numbers[gap.id]}",
            {
                choice.id.removeprefix(f"{gap.id}:"): f"{choice.letter}. {choice.text}"
                for choice in question.choices
                if choice.id.startswith(f"{gap.id}:")
            },
        )
        for gap in filling.gaps
    ]
    _choose_for_each(question, key, on_answer, rows)


def _choose_for_each(
    question: QuestionView, key: str, on_answer: OnAnswer, rows: list[tuple[str, dict[str, str]]]
) -> None:
    """Draw a select box for each row or gap; what is open is saved as open."""
    saved = question.value if isinstance(question.value, tuple) else (OPEN,) * len(rows)
    keys = [f"{key}-{place}" for place in range(len(rows))]

    def changed() -> None:
        given = tuple(st.session_state[each] or OPEN for each in keys)
        on_answer(given if any(given) else None)

    st.caption(question.instruction)
    for (label, labels), each, name in zip(rows, keys, saved, strict=True):
        show(each, name or None)
        st.selectbox(
            label,
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key=each,
            disabled=question.closed,
            on_change=changed,
        )
