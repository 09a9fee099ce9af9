"""Standard setting: the studies one leads or judges in, and the form that begins one."""

import streamlit as st

from training.core.permission import Action, Actor, may
from training.services import judging
from training.services.app import App
from training.services.judging import Invitation
from training.ui import frame, places
from training.ui.act import act_as, notify
from training.ui.views.study import progress, waiting
from training.ui.views.words import plain

HINT = "One judge a line: e-mail address, then a comma, then the qualification."


def render(app: App, actor: Actor) -> None:
    """Draw the list and, for who may set standards, the form."""
    st.title("Standard setting", anchor=False)
    st.caption("A panel says how likely a minimally competent candidate answers each item; the mean is the cut.")
    frame.notices()
    leads = may(actor, Action.SET_STANDARDS)
    found = judging.mine(app, actor)
    for study in found:
        with st.container(border=True):
            places.link("study", plain(study.title), icon="balance", study=study.id)
            st.caption(f"{study.programme} · {waiting(study) if leads else progress(study, actor.id)}")
    if not found:
        st.info("There is no study yet." if leads else "You are on no panel.", icon=":material/info:")
    if leads:
        _form(app, actor)


def _form(app: App, actor: Actor) -> None:
    with st.expander("Begin a study", icon=":material/add:"), st.form("begin-study"):
        slugs = sorted(app.library.programmes)
        st.selectbox("Programme", slugs, key="study-programme")
        st.text_input("Title", key="study-title", max_chars=120)
        st.text_area("Who counts as minimally competent?", key="study-candidate", max_chars=2000)
        st.text_area("Items, one id a line", key="study-items")
        st.text_area("Panel", key="study-panel", help=HINT, placeholder="ida@example.org, physiotherapist, 12 years")
        st.caption(HINT)
        st.form_submit_button("Begin", type="primary", on_click=_begin, args=(app, actor))


def _begin(app: App, actor: Actor) -> None:
    said = st.session_state
    panel = [_invitation(line) for line in said["study-panel"].splitlines() if line.strip()]
    items = [line.strip() for line in said["study-items"].splitlines() if line.strip()]
    begun = act_as(
        judging.begin, app, actor, said["study-programme"], title=said["study-title"],
        candidate=said["study-candidate"], items=items, panel=panel,
    )  # fmt: skip
    if begun:
        notify("The study has begun. The panel finds it under Standard setting.")


def _invitation(line: str) -> Invitation:
    email, _, qualification = line.partition(",")
    return Invitation(email.strip(), qualification.strip())
