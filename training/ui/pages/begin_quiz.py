"""The page before the start: what holds in this quiz, and the button that begins it."""

import streamlit as st

from training.core.dossier import digest_of
from training.core.permission import Actor
from training.services import attesting, taking
from training.services.app import App
from training.services.taking import Offer
from training.ui import moments, places
from training.ui.act import act_as
from training.ui.views.offers import CERTIFIES, REMEDY_FIRST, facts, rules_of, waiting
from training.ui.views.words import plain

STARTED, HONOUR = "started_attempt", "honour"


def render(app: App, actor: Actor) -> None:
    """Draw the rules; where a click has just begun an attempt, lead there."""
    started = st.session_state.pop(STARTED, None)
    if started:
        places.go("sitting", attempt=started, q="1")
    offer = taking.rules(app, actor, places.asked("quiz"))
    st.set_page_config(page_title=offer.programme.title)
    st.title(plain(offer.programme.title), anchor=False)
    st.markdown(plain(offer.programme.summary))
    st.caption(f"{facts(offer).kind} · {facts(offer).shape}")
    for rule in rules_of(offer):
        listed = "".join(f"\n- {plain(each)}" for each in rule.listed)
        st.markdown(f":material/{rule.icon}: **{rule.title}**  \n{plain(rule.text)}\n{listed}")
    st.info(CERTIFIES, icon=":material/info:")
    _way_in(app, actor, offer)


def _way_in(app: App, actor: Actor, offer: Offer) -> None:
    if offer.open_attempt:
        st.markdown(f"You are in the middle of this quiz. {facts(offer, app.now()).time_left}")
        if st.button("Resume", type="primary", icon=":material/play_arrow:", key="resume"):
            places.go("sitting", attempt=offer.open_attempt, q=str(offer.open_question))
    elif offer.may_start:
        slug = offer.programme.slug
        code = attesting.honour_code(offer.programme)
        if code:
            with st.container(border=True):
                st.markdown(f"**Honour code**  \n{plain(code)}")
                st.checkbox("I have read this and accept it", key=HONOUR)
        request = st.session_state.setdefault(f"start-{slug}", app.new_id())
        st.button("Start now", type="primary", icon=":material/play_arrow:", key="start",
                  on_click=_start, args=(app, actor, slug, request, digest_of(code) if code else ""))  # fmt: skip
    else:
        if offer.waits:
            st.warning(waiting(offer, moments.zone()), icon=":material/block:")
        if offer.path and not offer.path.passed:
            st.info(REMEDY_FIRST, icon=":material/school:")
            places.link("result", "What to do next", icon="arrow_forward", attempt=offer.path.failed)
    places.link("quizzes", "All quizzes", icon="arrow_back")


def _start(app: App, actor: Actor, slug: str, request: str, shown: str) -> None:
    accepted = shown if st.session_state.get(HONOUR) else ""
    attempt_id = act_as(taking.start, app, actor, slug, request=request, honour=accepted)
    # The next view of this page is another click, were it to come; a second click on this one is the same.
    st.session_state.pop(f"start-{slug}", None)
    st.session_state[STARTED] = attempt_id
