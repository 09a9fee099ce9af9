"""The part of the banks' page that shows what rests on a claim."""

from collections.abc import Sequence

import streamlit as st

from training.core.permission import Actor
from training.core.refusal import NotFound
from training.services import tracing
from training.services.app import App
from training.ui import filters, places
from training.ui.views.claims import RestingRow, claim_choices, claim_view


def draw_claims(app: App, actor: Actor) -> None:
    """Draw the list of claims, and what rests on the one chosen."""
    claims = tracing.claims(app, actor)
    if not claims:
        st.info("There are no claims yet. They stand in question_banks/claims.yaml.", icon=":material/info:")
        return
    st.markdown("When a verdict changes, everything that rests on the claim is to be read again.")
    chosen = filters.choose("claim", "Claim", claim_choices(claims))
    if not chosen:
        return
    try:
        view = claim_view(tracing.affected(app, actor, chosen))
    except NotFound as nothing:
        st.caption(str(nothing))
        return
    with st.container(border=True):
        st.markdown(f"**{view.statement}**\n\n{view.verdict}\n\n{view.finding}")
        if view.wording:
            st.markdown(f"**To be worded so that it stays true everywhere:** {view.wording}")
        st.caption(f"Sources: {view.sources}")
    st.markdown(view.summary)
    _list("Items", "quiz", view.items)
    _list("Sections", "menu_book", view.sections)


def _list(title: str, icon: str, rows: Sequence[RestingRow]) -> None:
    if rows:
        st.header(f"{title} ({len(rows)})", anchor=False)
    for row in rows:
        with st.container(gap=None):
            places.link(row.page, row.label, icon=icon, **dict(row.query))
            st.caption(row.about)
