"""Extra time: a coordinator finds a person and says how much longer she has, and on what grounds."""

import streamlit as st

from training.core.permission import Actor
from training.services import accommodating
from training.services.accommodating import MOST, Found
from training.services.app import App
from training.ui import moments
from training.ui.act import act_as, notify
from training.ui.views.words import day, plain

_FIND, _CHOSEN, _FACTOR, _REASON = "extra.find", "extra.chosen", "extra.factor", "extra.reason"


def render(app: App, actor: Actor) -> None:
    """Draw the search, what was granted so far, and the form of a new grant."""
    st.session_state.setdefault(_FIND, "")
    found = accommodating.find(app, actor, st.session_state[_FIND])
    st.title("Extra time", anchor=False)
    st.markdown("A multiple of the time of every timed quiz that a person begins from now on. It is kept apart: no "
                "result, certificate or dossier tells of it.")  # fmt: skip
    st.text_input("Find a person by name or e-mail", key=_FIND, icon=":material/search:")
    if not found:
        nobody = "Nobody matches. Try fewer letters." if st.session_state[_FIND].strip() else "Type a part of the name."
        st.info(nobody, icon=":material/info:")
        return
    labels = {each.id: f"{each.name} · {each.email}" for each in found}
    chosen = st.selectbox("Person", list(labels), key=_CHOSEN, format_func=labels.__getitem__,
                          index=0 if len(found) == 1 else None, placeholder="Choose a person")  # fmt: skip
    if chosen:
        _one(app, actor, next(each for each in found if each.id == chosen))


def _one(app: App, actor: Actor, person: Found) -> None:
    grants = accommodating.granted(app, actor, person.id)
    now = grants[-1].factor if grants else 1.0
    st.header(plain(person.name), anchor=False)
    st.markdown(f"**{now:g} times the time** holds now." if now != 1 else "No extra time holds now.")
    for each in reversed(grants):
        st.caption(f"{day(each.at, moments.zone())}: {each.factor:g} times. {plain(each.reason)}")
    with st.form("extra"):
        st.number_input("Times the usual time (1 takes it back)", 1.0, MOST, 1.25, 0.05, key=_FACTOR, format="%.2f")
        st.text_input("On what grounds", key=_REASON, max_chars=300)
        st.form_submit_button("Grant", type="primary", icon=":material/more_time:", on_click=_grant,
                              args=(app, actor, person))  # fmt: skip


def _grant(app: App, actor: Actor, person: Found) -> None:
    before = len(accommodating.granted(app, actor, person.id))
    factor, reason = round(st.session_state[_FACTOR], 2), st.session_state[_REASON]
    act_as(accommodating.grant, app, actor, person.id, factor=factor, reason=reason)
    if len(accommodating.granted(app, actor, person.id)) > before:
        st.session_state[_REASON] = ""
        notify(f"From the next quiz on, {plain(person.name)} has {factor:g} times the time.")
