"""A learner's own challenges: what she said, what was answered, how each ended."""

import streamlit as st

from training.core.challenge import LONGEST
from training.core.permission import Actor
from training.services import challenging
from training.services.app import App
from training.services.challenging import Own
from training.ui import frame, moments, places
from training.ui.act import act_as
from training.ui.pages import challenge_talk
from training.ui.views.challenges import own_view
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw them all, the latest first."""
    found = challenging.mine(app, actor)
    st.title("My challenges", anchor=False)
    st.caption("Instructors see the item, your answer and what you write, but not who you are.")
    if not found:
        frame.empty("You have not challenged any item. Where you think that one is wrong, say so beside it in your "
                    "result.", "progress", "My progress", icon="monitoring")  # fmt: skip
    for own in found:
        _draw(app, actor, own)


def _draw(app: App, actor: Actor, own: Own) -> None:
    titles = {programme.slug: programme.title for programme in app.library.programmes.values()}
    view = own_view(own, titles, app.now(), moments.zone())
    with st.container(border=True):
        st.header(view.title, anchor=False)
        challenge_talk.head(view)
        st.markdown(f"*{plain(' '.join(own.question.stem.split()))}*")
        challenge_talk.thread(view)
        if view.open:
            _go_on(app, actor, view.id)
        places.link("result", "The result it belongs to", icon="grading", attempt=own.challenge.attempt_id)


def _go_on(app: App, actor: Actor, challenge_id: str) -> None:
    key = f"my-challenge-{challenge_id}"
    with st.form(key, border=False):
        st.text_area("Add to it", key=f"{key}-text", max_chars=LONGEST, height=80)
        with st.container(horizontal=True):
            st.form_submit_button("Send", icon=":material/send:", on_click=_send, args=(app, actor, challenge_id))
            st.form_submit_button("Withdraw the challenge", icon=":material/undo:", on_click=_withdraw,
                                  args=(app, actor, challenge_id))  # fmt: skip


def _send(app: App, actor: Actor, challenge_id: str) -> None:
    key = f"my-challenge-{challenge_id}-text"
    if act_as(challenging.say, app, actor, challenge_id, st.session_state[key]):
        st.session_state[key] = ""


def _withdraw(app: App, actor: Actor, challenge_id: str) -> None:
    act_as(challenging.withdraw, app, actor, challenge_id)
