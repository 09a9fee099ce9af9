"""Practicals: an examiner fills in the checklist, and a supervisor countersigns sessions."""

import streamlit as st

from training.core.permission import Actor
from training.services import compiling, examining, supervising
from training.services.app import App
from training.services.examining import Candidate
from training.ui.act import act_as, notify
from training.ui.views.words import count, plain

_FIND = "examine.find"


def render(app: App, actor: Actor) -> None:
    """Draw the sessions that wait, then the search for a candidate and her checklist."""
    st.session_state.setdefault(_FIND, "")
    waiting = supervising.waiting(app, actor)
    st.title("Practicals", anchor=False)
    for each in waiting:
        with st.container(border=True):
            st.markdown(f"**{plain(each.name)}** logged a session with you: {each.session.on}, "
                        f"{count(each.session.minutes, 'minute')}, {plain(each.session.place)}")  # fmt: skip
            st.caption(plain(each.session.about))
            st.button("Countersign", key=f"sign-{each.id}", icon=":material/draw:", on_click=_sign,
                      args=(app, actor, each.id))  # fmt: skip
    programmes = {each.slug: each.title for each in compiling.programmes(app, actor)
                  if each.certificate and each.certificate.practical}  # fmt: skip
    if not programmes:
        st.info("No programme asks for a practical.", icon=":material/info:")
        return
    slug = st.selectbox("Programme", list(programmes), key="examine.programme", format_func=programmes.__getitem__)
    st.text_input("Find a learner by name", key=_FIND, icon=":material/search:")
    found = examining.find(app, actor, st.session_state[_FIND])
    if not found:
        return
    chosen = st.selectbox("Learner", list(found), key="examine.learner", format_func=found.__getitem__,
                          index=0 if len(found) == 1 else None, placeholder="Choose a learner")  # fmt: skip
    if chosen:
        _one(app, actor, slug, examining.candidate(app, actor, slug, chosen))


def _sign(app: App, actor: Actor, session: str) -> None:
    act_as(supervising.countersign, app, actor, session)


def _one(app: App, actor: Actor, slug: str, candidate: Candidate) -> None:
    st.header(plain(candidate.name), anchor=False)
    for each in candidate.verdicts:
        agreed = "" if each.kappa is None else f" · kappa {each.kappa:.2f}"
        st.markdown(f"**Round {each.round}: {each.outcome}**{agreed}")
        st.caption(" ".join(plain(reason) for reason in each.reasons))
    if candidate.passed:
        st.success("The practical is passed.", icon=":material/check_circle:")
    elif candidate.bound and actor.id not in candidate.bound:
        st.info(plain(examining.others_words(candidate)), icon=":material/group:")
    elif candidate.own:
        st.info("You have filled in this round. It waits for another examiner.", icon=":material/hourglass_top:")
    else:
        _checklist(app, actor, slug, candidate)


def _checklist(app: App, actor: Actor, slug: str, candidate: Candidate) -> None:
    said = f"{candidate.filled_in} of {count(candidate.practical.examiners, 'examiner')} have filled it in"
    st.caption(f"Round {candidate.round}. {said}; you see theirs when all have. Mark only what you saw yourself.")
    key = f"examine-{candidate.learner}-{slug}-{candidate.round}"
    with st.form(key):
        for line in candidate.practical.checklist:
            st.radio(plain(line.text) + (" (critical)" if line.critical else ""), ["Met", "Not met"], index=None,
                     key=f"{key}-{line.id}", horizontal=True)  # fmt: skip
        st.text_input("Remark (optional)", key=f"{key}-remark", max_chars=500)
        names = [line.id for line in candidate.practical.checklist]
        st.form_submit_button("Hand in", type="primary", on_click=_rate,
                              args=(app, actor, slug, candidate.learner, key, names))  # fmt: skip


def _rate(app: App, actor: Actor, slug: str, learner: str, key: str, names: list[str]) -> None:
    marked = {name: st.session_state[f"{key}-{name}"] for name in names}
    if None in marked.values():
        notify("Please mark every line.", kind="warning")
        return
    met = {name: mark == "Met" for name, mark in marked.items()}
    act_as(examining.rate, app, actor, slug, learner, met, remark=st.session_state[f"{key}-remark"])
