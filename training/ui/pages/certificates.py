"""Certificates for a coordinator: who waits for one, all that were issued, and what is to be done about one."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from training.core.credential import Issued, State, standing
from training.core.permission import Actor
from training.services import certifying, renewing, withdrawing
from training.services.app import App
from training.ui import filters, moments, places
from training.ui.act import act_as, notify
from training.ui.views.certificates import address_warning, held_view, history, row_about, row_label
from training.ui.views.words import plain

PAGE = 20
PARTS = {"": "Issued", "waiting": "Waiting"}
STATES = {"": "Any state", **{state.value: state.value.capitalize() for state in State}}


def render(app: App, actor: Actor) -> None:
    """Draw the part that the address asks for."""
    asked = places.asked("certificate")
    if asked:
        _one(app, actor, asked)
        return
    waiting = certifying.queue(app, actor)
    st.title("Certificates", anchor=False)
    warning = address_warning(app.settings.base_url)
    if warning:
        st.warning(warning, icon=":material/link_off:")
    parts = {**PARTS, "waiting": f"Waiting ({len(waiting)})"}
    if filters.switch("show", "Part", parts) == "waiting":
        _waiting(app, actor, waiting)
    else:
        _issued(app, actor)


def _waiting(app: App, actor: Actor, waiting: list[tuple[str, str, Any, tuple[str, ...]]]) -> None:
    if not waiting:
        st.info("Nobody who passed waits for a certificate.", icon=":material/info:")
    for learner, name, programme, missing in waiting:
        with st.container(border=True):
            st.markdown(f"**{plain(name)}** · {plain(programme.title)}")
            for each in missing:
                st.markdown(f"- {plain(each)}")
            st.button("Issue", key=f"issue-{learner}-{programme.slug}", disabled=bool(missing), on_click=_issue,
                      icon=":material/workspace_premium:", args=(app, actor, programme.slug, learner))  # fmt: skip


def _issued(app: App, actor: Actor) -> None:
    find, choose = st.columns([2, 1])
    with find:
        words = filters.search("find", "Find by name, number, licence or programme", icon="search")
    with choose:
        state = filters.choose("state", "State", STATES)
    found = withdrawing.held(app, actor, search=words, state=State(state) if state else None)
    st.link_button("All as CSV", "/exports/certificates.csv", icon=":material/download:")
    if not found:
        none = "There is no such certificate." if words or state else "No certificate has been issued yet."
        st.info(none, icon=":material/search_off:")
        return
    number = filters.page(len(found), PAGE)
    with st.container(border=True, gap="medium"):
        for each in found[number * PAGE : (number + 1) * PAGE]:
            with st.container(gap=None):
                places.link("certificates", row_label(each, app.now()), icon="chevron_right",
                            certificate=each.credential.number)  # fmt: skip
                st.markdown(row_about(each, app.now()))


def _one(app: App, actor: Actor, number: str) -> None:
    found = [each for each in withdrawing.held(app, actor, search=number) if each.credential.number == number]
    places.link("certificates", "All certificates", icon="arrow_back")
    if not found:
        st.info("There is no certificate of this number.", icon=":material/search_off:")
        return
    issued = found[0]
    view = held_view(issued, app.now(), None)
    st.title(plain(issued.credential.name), anchor=False)
    st.markdown(f"{view.badge} **{view.title}** · {view.about}")
    with st.container(horizontal=True):
        for label, icon, address in view.files:
            st.link_button(label, address, icon=f":material/{icon}:")
    _actions(app, actor, issued)
    st.header("What happened", anchor=False)
    people = [who for event in issued.events for who in (event.by, event.other) if who]
    st.table(list(history(issued, withdrawing.names(app, actor, people), moments.zone())))


def _actions(app: App, actor: Actor, issued: Issued) -> None:
    number, state = issued.credential.number, standing(issued, app.now())
    if state in {State.REVOKED, State.SUPERSEDED}:
        return
    if issued.proposal:
        st.warning(f"A revocation is proposed: {plain(issued.proposal.reason)} A second person has to confirm it.",
                   icon=":material/gavel:")  # fmt: skip
    with st.container(border=True):
        st.text_area("Reason", key="certificate-reason", max_chars=1000, height=80,
                     help="It is kept with the certificate and shown to coordinators; to its holder "
                          "where an audit is not passed.")  # fmt: skip
        with st.container(horizontal=True):
            for label, icon, do in _choices(issued, state):
                st.button(label, icon=f":material/{icon}:", on_click=_do, args=(app, actor, do, number))
            if issued.proposal:
                st.button(
                    "Confirm the revocation", icon=":material/block:", on_click=_revoke, args=(app, actor, number)
                )


def _choices(issued: Issued, state: State) -> list[tuple[str, str, Callable[..., Issued]]]:
    suspended = state is State.SUSPENDED
    found: list[tuple[str, str, Callable[..., Issued]]] = [
        ("End the suspension", "play_circle", withdrawing.reinstate)
        if suspended
        else ("Suspend", "pause_circle", withdrawing.suspend)
    ]
    if not (suspended or issued.proposal or issued.renewed_by):
        found.append(("Correct: issue anew", "edit_document", certifying.correct))
    if issued.audit_open:
        found += [
            ("Audit passed", "fact_check", renewing.pass_audit),
            ("Audit not passed", "unpublished", renewing.fail_audit),
        ]
    if issued.proposal:
        found.append(("Drop the proposal", "undo", withdrawing.drop_revocation))
    else:
        found.append(("Propose to revoke", "gavel", withdrawing.propose_revocation))
    return found


def _issue(app: App, actor: Actor, slug: str, learner: str) -> None:
    if act_as(certifying.issue, app, actor, slug, learner=learner):
        notify("The certificate is issued.")


def _do(app: App, actor: Actor, do: Callable[..., Issued], number: str) -> None:
    if act_as(do, app, actor, number, reason=st.session_state["certificate-reason"]):
        st.session_state["certificate-reason"] = ""
        notify("Done, and written down.")


def _revoke(app: App, actor: Actor, number: str) -> None:
    if act_as(withdrawing.revoke, app, actor, number):
        notify("The certificate is revoked.")
