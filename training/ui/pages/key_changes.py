"""Key changes: those proposed and applied, upheld challenges that wait for one, and decisions that were turned."""

import streamlit as st

from training.core.permission import Action, Actor, may
from training.services import announcing, regrading, rekeying
from training.services.app import App
from training.ui import filters, moments, places
from training.ui.views.key_changes import rows
from training.ui.views.words import count, plain

PAGE = 20
MOST = 20


def render(app: App, actor: Actor) -> None:
    """Draw the list."""
    found = rows(rekeying.every(app, actor), moments.zone())
    st.title("Key changes", anchor=False)
    st.markdown("Where a key turns out to be wrong, everyone who had the question is marked again, and told why.")
    if may(actor, Action.PROPOSE_KEY_CHANGES):
        _waiting(app, actor)
    if may(actor, Action.SEE_SCORES):
        _turned(app, actor)
        _in_doubt(app, actor)
    if not found:
        st.info("No key change was proposed yet. Begin from an item's preview or an upheld challenge.",
                icon=":material/info:")  # fmt: skip
        return
    number = filters.page(len(found), PAGE)
    with st.container(border=True, gap="medium"):
        for row in found[number * PAGE : (number + 1) * PAGE]:
            with st.container(gap=None):
                places.link("key-change", plain(row.label), icon="chevron_right", change=row.id)
                st.markdown(row.about)


def _waiting(app: App, actor: Actor) -> None:
    waiting = rekeying.upheld(app, actor)
    if not waiting:
        return
    with st.container(border=True):
        st.header(f"{count(len(waiting), 'upheld challenge')} without a key change", anchor=False)
        for each in waiting:
            remedy = each.ending.remedy if each.ending else ""
            places.link("propose-key-change", f"{plain(each.item_id)}: {remedy}", icon="gavel",
                        challenge=each.id)  # fmt: skip


def _turned(app: App, actor: Actor) -> None:
    turned = regrading.decisions_turned(app, actor)
    if not turned:
        return
    lost = sum(bool(each.passed_before) for each in turned)
    st.warning(
        f"Key changes turned {count(len(turned), 'decision')}: {len(turned) - lost} passed after all, {lost} no longer "
        "pass. Certificates that rest on them stand until you decide; none is withdrawn by itself.",
        icon=":material/verified:",
    )


def _in_doubt(app: App, actor: Actor) -> None:
    numbers = announcing.key_news_for(app, actor).certificates
    if not numbers:
        return
    with st.container(border=True):
        st.header(f"{count(len(numbers), 'certificate')} to look at", anchor=False)
        st.caption("The attempt no longer passes, or has another score than the certificate states.")
        for number in numbers[:MOST]:
            places.link("certificates", number, icon="workspace_premium", certificate=number)
        if len(numbers) > MOST:
            st.caption(f"And {len(numbers) - MOST} more, shown as these are looked at.")
