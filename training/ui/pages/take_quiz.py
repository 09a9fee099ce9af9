"""The sitting: one question at a time, every answer saved before the page says so."""

from functools import partial

import streamlit as st

from training.core.interaction import Value, options_of
from training.core.permission import Actor
from training.services import taking
from training.services.app import App
from training.ui import figures, frame, identity, places, widgets
from training.ui.act import act
from training.ui.components.sitting_bar import sitting_bar
from training.ui.views.take_quiz import QuestionView, TakeQuizView, Told, resume_at, take_quiz_view

END = "end"
"""What `q` says in the address for the summary before handing in."""


def render(app: App, actor: Actor) -> None:
    """Draw the attempt named in the address, or its result where it is over."""
    attempt_id = places.asked("attempt")
    if not attempt_id:
        frame.nothing_here("This address names no attempt.")
        return
    _sitting(app, actor, attempt_id)


@st.fragment
def _sitting(app: App, actor: Actor, attempt_id: str) -> None:
    actor = identity.confirmed(app, actor)
    attempt = taking.look(app, actor, attempt_id)
    if attempt.submitted:
        places.go("result", attempt=attempt_id)
    asked = places.asked("q")
    number = int(asked) if asked.isdecimal() else resume_at(attempt)
    view = take_quiz_view(attempt, number, app.now())
    _bar(app, attempt_id, view, at_end=asked == END)
    frame.notices()
    if asked == END:
        _summary(app, actor, attempt_id, view)
    else:
        _question(app, actor, attempt_id, view)


def _bar(app: App, attempt_id: str, view: TakeQuizView, *, at_end: bool) -> None:
    key = f"bar-{attempt_id}"
    st.caption(f"{view.title} · {view.progress_text}" + (f" · {view.flagged} flagged" if view.flagged else ""))
    sitting_bar(
        view.places,
        0 if at_end else view.question.number,
        deadline=view.deadline,
        now=app.now(),
        key=key,
        on_go=lambda: _turn_to(st.session_state[key]["go"]),
        on_over=lambda: None,
    )


def _turn_to(place: int | str | None) -> None:
    if place is not None:
        st.query_params["q"] = str(place)


def _question(app: App, actor: Actor, attempt_id: str, view: TakeQuizView) -> None:
    question = view.question
    key = f"{attempt_id}-{question.slot}"
    st.subheader(f"Question {question.number} of {question.total}", anchor=False)
    st.markdown(question.stem)
    if question.image:
        figures.picture(question.image)
    save = partial(act, taking.save_answer, app, actor, attempt_id, question.slot, seen=question.seen)
    widgets.ask(question, key=f"answer-{key}", on_answer=lambda value: _save(save, value))
    st.caption(f":material/cloud_done: {question.receipt}" if question.receipt else "Not answered yet")
    if question.told:
        tell(question.told)
    _marks(app, actor, attempt_id, question, key)
    _moves(app, actor, attempt_id, question)


def _save(save: partial[taking.Receipt | None], value: Value) -> None:
    save(value=value)


def _marks(app: App, actor: Actor, attempt_id: str, question: QuestionView, key: str) -> None:
    if question.closed:
        return
    flag_key, strike_key = f"flag-{key}", f"strike-{key}"
    widgets.show(flag_key, question.flagged)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.toggle(
            "Flag for review",
            key=flag_key,
            on_change=lambda: act(
                taking.flag, app, actor, attempt_id, question.slot, flagged=st.session_state[flag_key]
            ),
        )
        if options_of(question.interaction):
            _strike_out(app, actor, attempt_id, question, strike_key)


def _strike_out(app: App, actor: Actor, attempt_id: str, question: QuestionView, key: str) -> None:
    letters = {choice.id: widgets.LETTERS[position] for position, choice in enumerate(question.choices)}
    standing = [name for name in letters if name in question.struck]
    widgets.show(key, standing)
    st.pills(
        "Strike out options",
        list(letters),
        selection_mode="multi",
        format_func=letters.__getitem__,
        key=key,
        on_change=lambda: act(
            taking.strike, app, actor, attempt_id, question.slot, tuple(st.session_state[key] or ())
        ),
    )


def _moves(app: App, actor: Actor, attempt_id: str, question: QuestionView) -> None:
    last = question.number == question.total
    with st.container(horizontal=True):
        if question.number > 1:
            st.button("Back", icon=":material/arrow_back:", on_click=_turn_to, args=(question.number - 1,))
        if question.may_check:
            st.button(
                "Check answer",
                icon=":material/fact_check:",
                type="primary",
                disabled=question.value is None,
                on_click=act,
                args=(taking.check, app, actor, attempt_id, question.slot),
            )
        st.button(
            "To the summary" if last else "Next",
            key=f"next-{attempt_id}",
            icon=":material/checklist:" if last else ":material/arrow_forward:",
            icon_position="right",
            type="secondary" if question.may_check else "primary",
            on_click=_turn_to,
            args=(END if last else question.number + 1,),
        )
        if not last:
            st.button("Finish…", icon=":material/checklist:", type="tertiary", on_click=_turn_to, args=(END,))


def tell(told: Told) -> None:
    """Draw how an answer did and the reason for every option."""
    kind = st.success if told.fraction == 1 else st.warning if told.fraction > 0 else st.error
    kind(f"**{told.headline}**", icon=":material/check_circle:" if told.fraction == 1 else ":material/cancel:")
    for label, reason in told.reasons:
        st.markdown(f"**{label}**  \n{reason}")


def _summary(app: App, actor: Actor, attempt_id: str, view: TakeQuizView) -> None:
    st.subheader("Before you hand in", anchor=False)
    st.markdown(view.summary_text)
    if view.unanswered:
        st.warning(view.unanswered_text, icon=":material/pending:")
    if view.flagged_numbers:
        st.info(view.flagged_text, icon=":material/flag:")
    with st.container(horizontal=True):
        st.button("Back to the questions", icon=":material/arrow_back:", on_click=_turn_to, args=(view.first_to_visit,))
        st.button(
            "Hand in now", icon=":material/send:", type="primary", key=f"hand-in-{attempt_id}",
            on_click=act, args=(taking.hand_in, app, actor, attempt_id),
        )  # fmt: skip

