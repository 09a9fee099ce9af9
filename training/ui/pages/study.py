"""One standard-setting study: a judge rates, the panel discusses, the lead closes rounds and has the cut adopted."""

from urllib.parse import urlencode

import streamlit as st

from training.core.permission import Action, Actor, may
from training.core.study import Bounds, Phase, Study
from training.services import excusing, judging
from training.services.app import App
from training.ui import frame, places, widgets
from training.ui.act import act_as
from training.ui.views.study import (
    STEPS,
    ItemToRate,
    cut_shown,
    discussion_rows,
    edited_words,
    items_to_rate,
    progress,
    waiting,
)
from training.ui.views.words import plain, table


def render(app: App, actor: Actor) -> None:
    """Draw the study that the address names."""
    study = judging.look(app, actor, places.asked("study"))
    st.title(plain(study.title), anchor=False)
    st.markdown(f"**Minimally competent:** {plain(study.candidate)}")
    frame.notices()
    judge = actor.id in {each.person for each in study.judges}
    if judge:
        _rating(app, actor, study)
    if study.phase is not Phase.FIRST_ROUND:
        _discussion(app, actor, study)
    if judge and study.phase is not Phase.ADOPTED:
        _bounds(app, actor, study)
    if may(actor, Action.SET_STANDARDS):
        _lead(app, actor, study)
    if judging.sees_cut(actor, study):
        _cut(app, actor, study)
    if may(actor, Action.SET_STANDARDS) and study.phase in (Phase.CLOSED, Phase.ADOPTED):
        draft = "" if study.phase is Phase.ADOPTED else " (draft)"
        address = f"/exports/minutes.pdf?{urlencode({'study': study.id})}"
        st.link_button(f"Minutes{draft}, PDF", address, icon=":material/download:")
    places.link("studies", "All studies", icon="arrow_back")


def _rating(app: App, actor: Actor, study: Study) -> None:
    st.header("Your ratings", anchor=False)
    st.markdown(progress(study, actor.id))
    if study.round is None:
        return
    st.caption(f"You rate each item as it was on {study.begun:%-d %B %Y}, when the study began.")
    st.caption("Of 100 minimally competent candidates, how many answer rightly? Each choice is saved at once.")
    for item in items_to_rate(study, judging.questions(app, study), actor.id):
        _item(app, actor, study, item)


def _item(app: App, actor: Actor, study: Study, item: ItemToRate) -> None:
    key = f"rate-{study.id}-{study.round}-{item.id}"
    widgets.show(key, item.mine)

    def changed() -> None:
        if st.session_state[key] is not None:
            act_as(judging.rate, app, actor, study.id, item.id, st.session_state[key] / 100)

    with st.container(border=True):
        st.markdown(f"**{item.number}.** {item.stem}")
        st.caption(f"Key: {item.key}")
        st.selectbox(
            f"Rating of item {item.number}, of 100", STEPS, index=None, key=key, placeholder="Choose", width=220,
            on_change=changed,
        )  # fmt: skip


def _discussion(app: App, actor: Actor, study: Study) -> None:
    st.header("Discussion", anchor=False)
    st.caption("What the panel disagreed on most comes first. Nobody is named. Facility is shown from five answers on.")
    head = ("Item", "Mean", "Spread", "Facility", "Yours")
    st.markdown(table(head, discussion_rows(judging.discussion(app, actor, study.id))))


def _bounds(app: App, actor: Actor, study: Study) -> None:
    with st.expander("Hofstee's check: what could you live with?", icon=":material/rule:"):
        mine = next((each for each in study.bounds if each.judge == actor.id), None)
        start = (mine.lowest_cut, mine.highest_cut, mine.lowest_fails, mine.highest_fails) if mine else (60, 80, 5, 40)
        names = ("Lowest cut", "Highest cut", "Fewest who may fail", "Most who may fail")
        with st.form("bounds", border=False):
            for column, name, value in zip(st.columns(4), names, start, strict=True):
                with column:
                    st.number_input(f"{name}, %", 0, 100, int(value), key=f"bounds-{name}")
            st.form_submit_button("Save", on_click=_save_bounds, args=(app, actor, study.id, names))


def _save_bounds(app: App, actor: Actor, study_id: str, names: tuple[str, ...]) -> None:
    given = [float(st.session_state[f"bounds-{name}"]) for name in names]
    act_as(judging.give_bounds, app, actor, study_id, Bounds(actor.id, *given))


def _lead(app: App, actor: Actor, study: Study) -> None:
    st.header("For the lead", anchor=False)
    st.markdown(waiting(study))
    edited = judging.edited(app, study)
    if edited:
        st.warning(edited_words(edited), icon=":material/edit_note:")
    if study.round is not None:
        st.button(f"Close the {study.phase.value}", type="primary", key="close-round", on_click=act_as,
                  args=(judging.close_round, app, actor, study.id))  # fmt: skip
        if study.phase is Phase.FIRST_ROUND:
            _excuse(app, actor, study)
    elif study.phase is Phase.CLOSED:
        with st.form("adopt"):
            st.text_input("Adopted by (a named person or body)", key="authority", max_chars=120)
            st.form_submit_button("Adopt the cut", type="primary", on_click=_adopt, args=(app, actor, study.id))
    else:
        st.markdown("Put this into the programme's file; until then nothing changes for learners.")
        st.code(judging.proposal(app, actor, study.id), language="yaml")


def _excuse(app: App, actor: Actor, study: Study) -> None:
    waited_for = excusing.not_ready(app, actor, study.id)
    if not waited_for:
        return
    with st.expander("A judge cannot go on", icon=":material/person_off:"), st.form("excuse"):
        st.caption("What she rated is kept and not counted. Who has rated everything stays.")
        st.selectbox("Judge", list(waited_for), key="excused", index=None, format_func=waited_for.__getitem__)
        st.text_input("Why (it stands in the minutes)", key="excused-why", max_chars=300)
        st.form_submit_button("Excuse the judge", on_click=_excused, args=(app, actor, study.id))


def _excused(app: App, actor: Actor, study_id: str) -> None:
    if st.session_state["excused"]:
        reason = st.session_state["excused-why"]
        act_as(excusing.excuse, app, actor, study_id, st.session_state["excused"], reason=reason)


def _adopt(app: App, actor: Actor, study_id: str) -> None:
    act_as(judging.adopt, app, actor, study_id, authority=st.session_state["authority"])


def _cut(app: App, actor: Actor, study: Study) -> None:
    outcome = judging.outcome(app, actor, study.id)
    for title, cut in (("First round", outcome.first), ("Second round", outcome.second)):
        shown = cut_shown(title, cut, study, outcome)
        if shown:
            st.markdown(shown.sentence)
            with st.expander(f"The judges, {title.lower()}"):
                st.markdown(table(("Judge", "Cut", "Against the panel", "Consistency"), shown.rows))
    if outcome.check:
        st.markdown(f"Hofstee's check: {outcome.check.cut:.1f} %, at which {outcome.check.fails:.0f} % would fail.")
