"""The sitting: one question at a time, every answer saved before the page says so."""

import streamlit as st

from training.core.attempt import Attempt
from training.core.certainty import Certainty
from training.core.interaction import Value
from training.core.permission import Actor
from training.services import taking
from training.services.app import App
from training.services.taking import Receipt
from training.ui import frame, identity, moments, places, widgets
from training.ui.act import act_as
from training.ui.components.receipt import receipt
from training.ui.components.sitting_bar import sitting_bar
from training.ui.one_run import OneRun
from training.ui.questions import draw_stem, tell
from training.ui.views.take_quiz import QuestionView, TakeQuizView, take_quiz_view

END = "end"
"""What `q` says in the address for the summary before handing in."""

WHOLE = "sitting"
"""The name of the part of the page that holds the whole sitting; an answer draws only itself again."""

_written: OneRun[Attempt] = OneRun()


def render(app: App, actor: Actor) -> None:
    """Draw the attempt named in the address, or its result where it is over."""
    attempt_id = places.asked("attempt")
    if not attempt_id:
        frame.nothing_here("This address names no attempt.")
        return
    _sitting(app, actor, attempt_id)


@st.fragment(key=WHOLE)
def _sitting(app: App, actor: Actor, attempt_id: str) -> None:
    with frame.refusals():
        _draw(app, identity.confirmed(app, actor), attempt_id)


def _draw(app: App, actor: Actor, attempt_id: str) -> None:
    attempt = _look(app, actor, attempt_id)
    number, at_end = places.asked_number("q"), places.asked("q") == END
    view = _view(app, attempt, _arrival(attempt) if number is None else number)
    _head(app, attempt_id, view, at_end=at_end)
    frame.notices()
    _turned(attempt_id, END if at_end else view.question.slot)
    if at_end:
        _summary(app, actor, attempt_id, view)
    else:
        _question(app, actor, attempt_id, view.question)


def _look(app: App, actor: Actor, attempt_id: str) -> Attempt:
    attempt = taking.look(app, actor, attempt_id, written=_written.take(attempt_id))
    if attempt.submitted:
        places.go("result", attempt=attempt_id)
    return attempt


def _view(app: App, attempt: Attempt, number: int) -> TakeQuizView:
    return take_quiz_view(attempt, number, app.now(), moments.zone())


def _arrival(attempt: Attempt) -> int:
    """Say where an address without a question leads: where she was when she came, so that going back finds it again."""
    number: int = st.session_state.setdefault(f"arrival-{attempt.id}", taking.resume_at(attempt))
    return number


def _head(app: App, attempt_id: str, view: TakeQuizView, *, at_end: bool) -> None:
    key = f"bar-{attempt_id}"
    sitting_bar(
        view,
        at_end=at_end,
        now=app.now(),
        key=key,
        on_go=lambda: _turn_to(st.session_state[key]["go"]),
        on_over=lambda: None,
    )


def _turn_to(place: int | str | None) -> None:
    if place is not None:
        st.query_params["q"] = str(place)


def _question(app: App, actor: Actor, attempt_id: str, question: QuestionView) -> None:
    key = f"{attempt_id}-{question.slot}"
    draw_stem(question)
    if question.opening:
        _gate(app, actor, attempt_id, question)
        return
    _answer(app, actor, attempt_id, question.number)
    if not question.closed:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
            if question.can_strike:
                _strike_out(app, actor, attempt_id, question, f"strike-{key}")
            _flag(app, actor, attempt_id, question, f"flag-{key}")
    _moves(app, actor, attempt_id, question)


def _gate(app: App, actor: Actor, attempt_id: str, question: QuestionView) -> None:
    """Ask before a part is opened that closes what came before."""
    st.warning(question.opening, icon=":material/lock_open:")
    st.button(
        "Open this part", icon=":material/visibility:", type="primary", key=f"open-{attempt_id}-{question.slot}",
        on_click=act_as, args=(taking.open_part, app, actor, attempt_id, question.slot),
    )  # fmt: skip
    _moves(app, actor, attempt_id, question)


def _turned(attempt_id: str, place: int | str) -> None:
    """Where she turned to another question, forget what its widgets held, so that they are told what is saved.

    Streamlit keeps it when the part around a fragment is drawn again, while the browser does not.
    """
    if st.session_state.get(f"place-{attempt_id}", place) != place:
        ours = tuple(f"{kind}-{attempt_id}-{place}" for kind in ("answer", "sure"))
        for key in [str(each) for each in st.session_state]:
            if key in ours or key.startswith(tuple(f"{each}-" for each in ours)):
                del st.session_state[key]
    st.session_state[f"place-{attempt_id}"] = place


@st.fragment
def _answer(app: App, actor: Actor, attempt_id: str, number: int) -> None:
    """Draw what is drawn again for every answer: the answer itself and its receipt, and nothing else."""
    with frame.refusals():
        _draw_answer(app, identity.confirmed(app, actor), attempt_id, number)


def _draw_answer(app: App, actor: Actor, attempt_id: str, number: int) -> None:
    view = _view(app, _look(app, actor, attempt_id), number)
    question, key = view.question, f"{attempt_id}-{number - 1}"

    def save(value: Value) -> None:
        # Of two quick changes, the second may come before the first was drawn: this window knows what it wrote.
        seen = max(question.seen, st.session_state.get(f"wrote-{key}", 0))
        saved = act_as(taking.save_answer, app, actor, attempt_id, question.slot, value, seen=seen)
        if saved is not None:
            st.session_state[f"wrote-{key}"] = saved.attempt.answers[question.slot].seq
        if saved is None or _changes_more(view, saved, value):
            st.rerun(WHOLE)
        _written.keep(attempt_id, saved.attempt)

    def rate(certainty: Certainty) -> None:
        rated = act_as(taking.rate, app, actor, attempt_id, question.slot, certainty)
        if rated is None:
            st.rerun(WHOLE)
        _written.keep(attempt_id, rated)

    if question.told:
        tell(question.told, key=f"told-{key}")
    else:
        widgets.ask(question, key=f"answer-{key}", on_answer=save)
    if question.asks_certainty and not question.told:
        widgets.ask_certainty(question, key=f"sure-{key}", on_rate=rate)
    receipt(view, key=f"receipt-{key}")


def _changes_more(view: TakeQuizView, saved: Receipt, value: Value) -> bool:
    """Say whether an answer changes what stands around it: another window wrote too, or it may be checked now."""
    others_wrote = saved.attempt.next_seq - 1 > view.seq + 1
    question = view.question
    return others_wrote or (question.may_check and (question.value is None) != (value is None))


def _flag(app: App, actor: Actor, attempt_id: str, question: QuestionView, key: str) -> None:
    widgets.show(key, question.flagged)

    def changed() -> None:
        act_as(taking.flag, app, actor, attempt_id, question.slot, flagged=st.session_state[key])

    st.toggle("Flag for review", key=key, on_change=changed)


def _strike_out(app: App, actor: Actor, attempt_id: str, question: QuestionView, key: str) -> None:
    letters = {choice.id: choice.letter for choice in question.choices}
    standing = [name for name in letters if name in question.struck]
    widgets.show(key, standing)

    def changed() -> None:
        act_as(taking.strike, app, actor, attempt_id, question.slot, tuple(st.session_state[key] or ()))

    st.pills(
        "Strike out options",
        list(letters),
        selection_mode="multi",
        format_func=letters.__getitem__,
        key=key,
        on_change=changed,
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
                on_click=act_as,
                args=(taking.check, app, actor, attempt_id, question.slot),
            )
        st.button(
            "To the summary" if last else "Next",
            key=f"next-{attempt_id}",
            icon=":material/checklist:" if last else ":material/arrow_forward:",
            icon_position="right",
            type="secondary" if question.may_check or question.opening else "primary",
            on_click=_turn_to,
            args=(END if last else question.number + 1,),
        )
        if not last:
            st.button("Finish…", icon=":material/checklist:", type="tertiary", on_click=_turn_to, args=(END,))


def _summary(app: App, actor: Actor, attempt_id: str, view: TakeQuizView) -> None:
    st.markdown(view.summary_text)
    if view.unanswered:
        st.warning(view.unanswered_text, icon=":material/pending:")
    if view.flagged_numbers:
        st.info(view.flagged_text, icon=":material/flag:")
    with st.container(horizontal=True):
        st.button(
            "Back to the questions", icon=":material/arrow_back:", key=f"return-{attempt_id}",
            on_click=_turn_to, args=(view.first_to_visit,),
        )  # fmt: skip
        st.button(
            "Hand in now", icon=":material/send:", type="primary", key=f"hand-in-{attempt_id}",
            on_click=act_as, args=(taking.hand_in, app, actor, attempt_id),
        )  # fmt: skip
