"""A learner's certificates: what is missing for the next one, and what she holds."""

import streamlit as st

from training.core.credential import Issued
from training.core.permission import Actor
from training.services import certifying, renewing, verifying
from training.services.app import App
from training.services.certifying import Prospect
from training.ui import frame
from training.ui.act import act_as, notify
from training.ui.views.certificates import HeldView, held_view, prospect_view
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw what can be earned, then what is held, the latest first."""
    prospects, held = certifying.prospects(app, actor), verifying.mine(app, actor)
    st.title("My certificates", anchor=False)
    st.caption("A certificate attests knowledge. It is the theory component: supervised practice is required.")
    for prospect in prospects:
        if prospect.issued is None:
            _earn(app, actor, prospect)
    for issued in reversed(held):
        _held(app, actor, issued)
    if not prospects and not held:
        frame.empty("No quiz gives a certificate yet.", "quizzes", "Quizzes", icon="edit_note")


def _earn(app: App, actor: Actor, prospect: Prospect) -> None:
    view = prospect_view(prospect)
    with st.container(border=True):
        st.header(view.title, anchor=False)
        if view.missing:
            st.markdown(f"Still missing:\n\n{view.missing}")
        else:
            st.markdown(f"You have passed. The certificate will be made out to **{actor.name}**, for ever.")
        with st.form(f"get-{view.slug}", border=False):
            st.text_input(
                "Licence number and place, where your board asks for it", key=f"licence-{view.slug}", max_chars=80
            )
            st.form_submit_button("Get the certificate", icon=":material/workspace_premium:", type="primary",
                                  on_click=_issue, args=(app, actor, view.slug))  # fmt: skip


def _held(app: App, actor: Actor, issued: Issued) -> None:
    policy = renewing.policy_of(app, issued)
    view = held_view(issued, app.now(), policy)
    with st.container(border=True):
        st.header(view.title, anchor=False)
        st.markdown(f"{view.badge} {view.about}")
        if view.reminder:
            st.warning(view.reminder, icon=":material/schedule:")
        with st.container(horizontal=True):
            for label, icon, address in view.files:
                st.link_button(label, address, icon=f":material/{icon}:")
        if view.alive and not view.renewed and policy:
            _renewal(app, actor, issued, view)
        _register(app, actor, issued, view)


def _renewal(app: App, actor: Actor, issued: Issued, view: HeldView) -> None:
    policy = renewing.policy_of(app, issued)
    lacks = renewing.lacks(app, actor, view.number)
    with st.expander("Renew it", icon=":material/autorenew:"):
        for each in lacks:
            st.markdown(f"- {plain(each)}")
        if policy and any(each.startswith("Make the declaration") for each in lacks):
            with st.form(f"declare-{view.number}", border=False):
                st.number_input("Hours of continuing education", 0.0, 1000.0, 0.0, 0.5, key=f"hours-{view.number}")
                if policy.declaration:
                    st.markdown(f"*{policy.declaration}*")
                st.form_submit_button("I declare this", on_click=_declare, args=(app, actor, view.number))
        st.button("Renew the certificate", key=f"renew-{view.number}", disabled=bool(lacks), on_click=_renew,
                  args=(app, actor, view.number))  # fmt: skip


def _register(app: App, actor: Actor, issued: Issued, view: HeldView) -> None:
    programme = app.library.programmes.get(issued.credential.programme)
    public = programme and programme.certificate and programme.certificate.public_register
    if public and not issued.followed_by:
        st.checkbox("List me in the public register", value=view.listed, key=f"listed-{view.number}",
                    on_change=_consent, args=(app, actor, view.number),
                    help="Name, certificate, dates and state, for anybody to see at /certified.")  # fmt: skip


def _issue(app: App, actor: Actor, slug: str) -> None:
    if act_as(certifying.issue, app, actor, slug, licence=st.session_state[f"licence-{slug}"]):
        notify("Your certificate is issued. Nothing changes it from now on.")


def _declare(app: App, actor: Actor, number: str) -> None:
    act_as(renewing.declare, app, actor, number, hours=st.session_state[f"hours-{number}"])


def _renew(app: App, actor: Actor, number: str) -> None:
    if act_as(renewing.renew, app, actor, number):
        notify("Your certificate is renewed.")


def _consent(app: App, actor: Actor, number: str) -> None:
    act_as(verifying.consent, app, actor, number, listed=st.session_state[f"listed-{number}"])
