"""The start page: the one thing to do next."""

import streamlit as st

from training.core.permission import Action, Actor, may
from training.services import (
    announcing,
    awaiting,
    certifying,
    challenging,
    learning,
    regrading,
    renewing,
    taking,
    verifying,
)
from training.services.app import App
from training.ui import frame, moments, places
from training.ui.views.certificates import reminder_of
from training.ui.views.challenges import answered
from training.ui.views.home import HomeView, Step, duty_in_words, home_view
from training.ui.views.key_changes import news_in_words, told_in_words
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw the next step, and how far she is."""
    offers, prospects = taking.open_quizzes(app, actor), certifying.prospects(app, actor)
    view = home_view(learning.modules(app, actor), offers, prospects, app.now())
    st.title(f"Welcome, {plain(actor.name)}" if actor.name else "Welcome", anchor=False)
    _waiting(app, actor)
    if may(actor, Action.SEE_SCORES):
        _for_coordinators(app, actor)
    _expiring(app, actor)
    _marked_again(app, actor)
    _challenges(app, actor)
    if view.step is None:
        frame.empty("There is nothing to learn here yet. Content appears as soon as its authors approve it.",
                    "modules", "See the modules", icon="menu_book")  # fmt: skip
        return
    _next_step(view.step)
    for other in view.other_attempts:
        with st.container(border=True):
            st.markdown(f"**{plain(other.title)}**  \n{plain(other.text)}")
            places.link(other.url, other.label, icon=other.icon, **other.query)
    _so_far(view)


def _waiting(app: App, actor: Actor) -> None:
    found = awaiting.duties(app, actor)
    if not found:
        return
    with st.container(border=True):
        st.caption("Waiting for you")
        for waiting in found:
            icon, words, url = duty_in_words(waiting)
            places.link(url, words, icon=icon)


def _for_coordinators(app: App, actor: Actor) -> None:
    told = news_in_words(announcing.key_news_for(app, actor), moments.zone())
    if not told:
        return
    with st.container(border=True):
        for line in told:
            st.markdown(f":material/key: {line}")
        places.link("key-changes", "See the key changes", icon="list")


def _expiring(app: App, actor: Actor) -> None:
    for issued in verifying.mine(app, actor):
        reminder = reminder_of(issued, app.now(), renewing.policy_of(app, issued))
        if reminder:
            with st.container(border=True):
                st.markdown(f":material/schedule: **{plain(issued.credential.title)}**: {reminder}")
                places.link("my-certificates", "See how to renew it", icon="autorenew")


def _marked_again(app: App, actor: Actor) -> None:
    titles = {programme.slug: programme.title for programme in app.library.programmes.values()}
    for told in regrading.told_to_me(app, actor)[:3]:
        with st.container(border=True):
            st.markdown(f":material/key: {told_in_words(told, titles, moments.zone())}")
            places.link("result", "See the result", icon="grading", attempt=told.regrade.attempt_id)


def _challenges(app: App, actor: Actor) -> None:
    for each in challenging.news(app, actor)[:3]:
        with st.container(border=True):
            st.markdown(f":material/gavel: {answered(each, app.library.programmes, app.now(), moments.zone())}")
            places.link("my-challenges", "See your challenge", icon="forum")


def _next_step(step: Step) -> None:
    with st.container(border=True):
        st.caption("Your next step")
        st.header(plain(step.title), anchor=False)
        st.markdown(plain(step.text))
        if step.share is not None:
            st.progress(step.share)
        if st.button(step.label, type="primary", icon=f":material/{step.icon}:", key="next-step"):
            places.go(step.url, **step.query)


def _so_far(view: HomeView) -> None:
    st.space("small")
    st.header("So far", anchor=False)
    reading, quizzes = st.columns(2, gap="large")
    with reading:
        st.markdown(view.modules_text)
        st.progress(view.modules_share)
        places.link("modules", "All modules", icon="menu_book")
    with quizzes:
        st.markdown(view.quizzes_text)
        places.link("quizzes", "All quizzes", icon="edit_note")
        places.link("progress", "My progress", icon="monitoring")
