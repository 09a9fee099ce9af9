"""The list of quizzes, with tries, last and best scores."""

import streamlit as st

from training.core.permission import Actor
from training.services import taking
from training.services.app import App
from training.services.taking import Offer
from training.ui import frame, moments, places
from training.ui.views.offers import REMEDY_FIRST, facts, waiting
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw every quiz, open attempts first."""
    st.title("Quizzes", anchor=False)
    offers = taking.open_quizzes(app, actor)
    if not offers:
        frame.empty(
            "There are no quizzes yet. Read a module meanwhile.", "modules", "See the modules", icon="menu_book"
        )
    for offer in sorted(offers, key=lambda each: each.open_attempt is None):
        _draw(app, offer)


def _draw(app: App, offer: Offer) -> None:
    about = facts(offer, app.now())
    with st.container(border=True):
        st.header(plain(offer.programme.title), anchor=False)
        st.caption(f"{about.kind} · {about.shape}")
        st.markdown(plain(offer.programme.summary))
        st.caption(f"{about.tries} · {about.scores}")
        if offer.open_attempt:
            st.markdown(f":material/pending: **You are in the middle of this quiz.** {about.time_left}")
            places.link("sitting", "Resume", icon="play_arrow", attempt=offer.open_attempt,
                        q=str(offer.open_question))  # fmt: skip
        elif offer.may_start:
            places.link("quiz", "See the rules and start", icon="arrow_forward", quiz=offer.programme.slug)
        else:
            st.markdown(f":material/block: {waiting(offer, moments.zone()) or REMEDY_FIRST}")
            if offer.path and not offer.path.passed:
                places.link("result", "What to do next", icon="arrow_forward", attempt=offer.path.failed)
            else:
                places.link("progress", "See your results", icon="monitoring")
