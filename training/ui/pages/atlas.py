"""The muscle atlas: choose a region on the body or search; see its muscles and what the needle may meet."""

import streamlit as st

from training.core.permission import Actor
from training.services import learning
from training.services.app import App
from training.ui import filters, frame, places
from training.ui.components.body_map import body_map
from training.ui.views.atlas import REGIONS, MuscleCard, atlas_view
from training.ui.views.words import plain

REGION = "region"


def render(app: App, actor: Actor) -> None:
    """Draw the map, the filters and the muscles found."""
    muscles = learning.muscles(app, actor)
    st.title("Muscle atlas", anchor=False)
    st.caption(
        "Attachments, nerve, the referral that is classically described, and the structures at risk. Where it says "
        "“verify locally”, the project has no source at hand: check it with your teacher before you rely on it."
    )
    if not muscles:
        frame.empty("There is no atlas yet.", "modules", "See the modules", icon="menu_book")
        return
    chosen = places.asked(REGION) if places.asked(REGION) in REGIONS else ""
    left, right = st.columns([1, 1], gap="large")
    with left:
        body_map(REGIONS, chosen, key="body", on_pick=_picked)
    with right:
        region = filters.choose(REGION, "Region", {"": "The whole body"} | REGIONS)
        text = filters.search("find", "Find a muscle, nerve or structure", placeholder="radial nerve", icon="search")
        view = atlas_view(muscles, region, text, learning.references(app, actor))
        st.markdown(f"**{view.summary}**")
        if not region and not text:
            st.caption("Choose a region on the body or in the list, or search.")
        for card in view.cards if region or text else ():
            _draw(card)


def _picked() -> None:
    picked = st.session_state["body"]["pick"]
    if picked:
        st.query_params[REGION] = picked


def _draw(card: MuscleCard) -> None:
    with st.container(border=True):
        st.header(card.name, anchor=False)
        st.caption(card.about)
        risk = st.error if card.grave else st.warning
        risk(f"**At risk:** {card.at_risk}", icon=":material/warning:")
        st.markdown(card.text)
        if card.note:
            st.markdown(f":material/info: {card.note}")
        if card.sources:
            st.caption("Sources: " + " · ".join(plain(each) for each in card.sources))
