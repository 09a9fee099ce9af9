"""One key change: what it would do to whom, the second signature, applying it, and taking it back."""

import streamlit as st

from training.core.key_change import LONGEST, State
from training.core.permission import Action, Actor, may
from training.core.refusal import Refusal
from training.services import regrading, rekeying
from training.services.app import App
from training.services.rekeying import Seen
from training.ui import filters, frame, identity, moments, places
from training.ui.act import act_as, notify
from training.ui.charts.measured import choose_picture, draw
from training.ui.views.key_changes import EffectsView, effects_view, key_change_view, moves
from training.ui.views.words import count, stacked, table

PAGE = 25


def render(app: App, actor: Actor) -> None:
    """Draw the key change named in the address."""
    change_id = places.asked("change")
    if not change_id:
        frame.nothing_here("This address names no key change.")
        return
    seen = rekeying.look(app, actor, change_id)
    view = key_change_view(seen, moments.zone())
    st.title(view.title, anchor=False)
    st.markdown(f"{view.badge} **{view.what}**  \n{view.reason}")
    with st.container(horizontal=True):
        places.link("key-changes", "All key changes", icon="list")
        if seen.proposal.challenge and may(actor, Action.ANSWER_CHALLENGES):
            places.link("challenge", "The challenge that asked for it", icon="gavel", challenge=seen.proposal.challenge)
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.header("The question", anchor=False)
        st.markdown(f"{view.stem}\n\nKey as it was asked: **{view.old_key}**  \n:small[{view.versions}]")
        st.info(view.bank, icon=":material/edit_document:")
        st.markdown("\n".join(f"- {line}" for line in view.history))
    with left:
        _effects(app, actor, seen)
        if view.still_open:
            st.caption(view.still_open)
        _next(app, actor, seen)


def _effects(app: App, actor: Actor, seen: Seen) -> None:
    proposal = seen.proposal
    titles = {programme.slug: programme.title for programme in app.library.programmes.values()}
    if proposal.state in (State.APPLIED, State.TAKEN_BACK):
        st.header("What it did", anchor=False)
        _draw(effects_view(regrading.done_by(app, actor, proposal.change.id), (), titles))
        return
    st.header("Dry run", anchor=False)
    st.caption("Worked out from every attempt concerned, as it stands now. Nothing is written.")
    place = st.empty()

    def told(done: int, total: int) -> None:
        place.progress(done / max(total, 1), f"Marked {done} of {total} attempts for the dry run")

    found = regrading.forecast(app, actor, proposal.change, told)
    place.empty()
    _draw(effects_view(found.effects, found.quizzes, titles))


def _draw(view: EffectsView) -> None:
    st.markdown(view.summary)
    if view.strictly:
        st.markdown(view.strictly)
    if view.quizzes:
        st.markdown(stacked(("Quiz", "Attempts", "Mean cut", "Alpha"), view.quizzes))
    if not view.rows:
        return
    draw(moves(view), key="key-change-scores")
    choose_picture()
    number = filters.page(len(view.rows), PAGE)
    st.markdown(table(view.head, view.rows[number * PAGE : (number + 1) * PAGE]))


def _next(app: App, actor: Actor, seen: Seen) -> None:
    match seen.proposal.state:
        case State.PROPOSED if seen.proposal.by == actor.id:
            st.info("A second person must sign this before it is applied.", icon=":material/group:")
        case State.PROPOSED:
            _sign(app, actor, seen.proposal.change.id)
        case State.SIGNED | State.UNDER_WAY:
            _apply(app, actor, seen.proposal.change.id)
        case State.APPLIED if may(actor, Action.PROPOSE_KEY_CHANGES):
            _take_back(app, actor, seen.proposal.change.id)


def _sign(app: App, actor: Actor, change_id: str) -> None:
    st.header("Second signature", anchor=False)
    st.button("Sign", type="primary", icon=":material/signature:", on_click=_signed, args=(app, actor, change_id))
    with st.form("decline", border=False):
        st.text_input("Or decline it, and say why", key="key-change.why", max_chars=LONGEST)
        st.form_submit_button("Decline", on_click=_declined, args=(app, actor, change_id))


def _signed(app: App, actor: Actor, change_id: str) -> None:
    act_as(rekeying.sign, app, actor, change_id)


def _declined(app: App, actor: Actor, change_id: str) -> None:
    act_as(rekeying.decline, app, actor, change_id, st.session_state["key-change.why"])


def _apply(app: App, actor: Actor, change_id: str) -> None:
    st.header("Apply", anchor=False)
    st.caption("Marks every attempt again in small steps. Broken off, the server goes on with it after two minutes.")
    if not st.button("Apply to every attempt", type="primary", icon=":material/published_with_changes:"):
        return
    bar = st.progress(0.0, "Marking again")  # written here, not in a callback: the progress must show meanwhile
    try:
        who = identity.confirmed(app, actor)

        def told(done: int, total: int) -> None:
            bar.progress(done / max(total, 1), f"{done} of {total} attempts")

        number = regrading.apply(app, who, change_id, told)
        notify(f"{count(number, 'attempt')} marked again. Learners see it on their start page and in the result.")
    except Refusal as refusal:
        notify(str(refusal), kind="warning")
    st.rerun()


def _take_back(app: App, actor: Actor, change_id: str) -> None:
    st.header("Take back", anchor=False)
    with st.form("take-back", border=False):
        st.text_input("Why it should be taken back, which learners read", key="key-change.back", max_chars=LONGEST)
        st.form_submit_button("Propose to take it back", icon=":material/undo:", on_click=_back,
                              args=(app, actor, change_id))  # fmt: skip


def _back(app: App, actor: Actor, change_id: str) -> None:
    fresh = act_as(rekeying.take_back, app, actor, change_id, st.session_state["key-change.back"])
    if fresh:
        st.query_params["change"] = fresh
        notify("Proposed. A second person must sign it before it is applied.")
