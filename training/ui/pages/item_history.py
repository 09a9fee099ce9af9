"""One item's history: where it stands, the thread, every version with what changed and where it was used."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from training.core.permission import Actor
from training.core.stage import Stage, Step
from training.services import signing_off, tracing_items
from training.services.app import App
from training.services.signing_off import LONGEST, Queued
from training.ui import moments, places
from training.ui.act import act_as
from training.ui.views.item_history import HistoryView, VersionView, history_view, offers
from training.ui.views.words import plain

Take = Callable[..., str]
TAKE: Mapping[Step, Take] = {
    Step.COMMENTED: signing_off.comment,
    Step.SUBMITTED: signing_off.submit,
    Step.CONTENT_PASSED: partial(signing_off.sign_off, at=Stage.CONTENT_REVIEW),
    Step.EDITORIAL_PASSED: partial(signing_off.sign_off, at=Stage.EDITORIAL_REVIEW),
    Step.CONFIRMED: signing_off.confirm_typographical,
    Step.DECLARED: signing_off.declare_typographical,
    Step.RETURNED: signing_off.send_back,
    Step.RETIRED: signing_off.retire,
}


def render(app: App, actor: Actor) -> None:
    """Draw the history of the item named in the address."""
    item_id = places.asked("item")
    if not item_id:
        st.title("Item history", anchor=False)
        st.info("This address names no item. Choose one from the list.", icon=":material/info:")
        places.link("banks", "Items", icon="list", show="items")
        return
    told = tracing_items.history(app, actor, item_id)
    standing = signing_off.standing_of(app, actor, item_id) if told.item else None
    titles = {programme.slug: programme.title for programme in app.library.programmes.values()}
    view = history_view(told, standing, titles, moments.zone())
    st.title(plain(item_id), anchor=False)
    st.markdown(f"{view.stage}  \n:small[{view.totals}]")
    with st.container(horizontal=True):
        places.link("review-queue", "Review queue", icon="rate_review")
        if told.item:
            places.link("preview-item", "The item as a learner meets it", icon="preview", item=item_id)
        if told.bank:
            places.link("workshop", "Edit", icon="edit_document", bank=told.bank.slug, item=item_id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _versions(view)
    with right:
        _review(app, actor, view, standing)


def _review(app: App, actor: Actor, view: HistoryView, standing: Queued | None) -> None:
    st.header("Review", anchor=False)
    for notice in view.notices:
        st.info(notice, icon=":material/info:")
    if view.look_for:
        st.caption(view.look_for)
    for head, text in view.thread:
        st.markdown(f"{head}  \n{text}" if text else head)
    if not view.thread:
        st.caption("Nothing was said or done about this item in the app yet.")
    if view.in_file:
        st.caption("Reviews that stand in its file")
        st.markdown("\n\n".join(f"{head}  \n{text}" for head, text in view.in_file))
    if standing:
        _steps(app, actor, standing)


def _steps(app: App, actor: Actor, standing: Queued) -> None:
    with st.form("steps"):
        st.text_area("Comment, or what for", key="history.text", max_chars=LONGEST)
        for offer in offers(standing, actor.id):
            st.form_submit_button(
                offer.label, icon=f":material/{offer.icon}:", type="primary" if offer.main else "secondary",
                on_click=_take, args=(app, actor, offer.step, standing.item.id, standing.version), width="stretch",
            )  # fmt: skip


def _take(app: App, actor: Actor, step: Step, item_id: str, version: str) -> None:
    if act_as(TAKE[step], app, actor, item_id, version=version, text=st.session_state["history.text"]):
        st.session_state["history.text"] = ""


def _versions(view: HistoryView) -> None:
    st.header("Versions", anchor=False)
    for version in view.versions:
        _version(version)
    if view.unversioned:
        with st.container(border=True):
            st.markdown("**Before versions were kept**")
            st.markdown("  \n".join(view.unversioned))


def _version(version: VersionView) -> None:
    with st.container(border=True):
        st.markdown(f"**{version.title}**  \n:small[{version.about}]")
        if version.pooling:
            st.markdown(version.pooling)
        for each in version.differences:
            st.markdown(f"**{each.label}**  \n- Before: {each.before}\n- After: {each.after}")
        if version.uses:
            st.markdown("  \n".join(version.uses))
