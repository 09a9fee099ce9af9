"""Exam forms: build parallel ones, read and sign them, make them live; and the odds to pass under the policy."""

import streamlit as st

from training.core.form import assemble
from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services import releasing
from training.services.app import App
from training.services.assembling import Built, Plan
from training.services.weighing import weigh
from training.ui import filters, frame, moments, places
from training.ui.act import act_as, notify
from training.ui.views.exam_forms import FormCard, built_rows, built_words, form_card, odds_rows
from training.ui.views.words import plain, table


def render(app: App, actor: Actor) -> None:
    """Draw the forms of the programme that the address names."""
    st.title("Exam forms", anchor=False)
    st.caption("Forms that many sit: alike in what they ask, read and signed by someone else than who built them.")
    exams = {slug: plain(each.title) for slug, each in sorted(app.library.programmes.items())}
    if not exams:
        frame.empty("There are no quizzes yet.", "banks", "See the banks", icon="folder_open")
        return
    slug = filters.choose("programme", "Programme", {"": "Choose a programme"} | exams)
    frame.notices()
    if slug:
        _kept(app, actor, slug)
        _build(app, actor, slug)
        _odds(app, actor, slug)


def _kept(app: App, actor: Actor, slug: str) -> None:
    st.header("Kept forms", anchor=False)
    found = releasing.forms(app, actor, slug)
    if not found:
        st.info("None yet. Build some below; learners of a programme with `forms: fixed` meet only live ones.",
                icon=":material/info:")  # fmt: skip
    names = releasing.names(app, actor, slug)
    for kept in found:
        _card(app, actor, form_card(kept, actor.id, names, moments.zone()))


def _card(app: App, actor: Actor, card: FormCard) -> None:
    with st.container(border=True):
        st.markdown(f"**{card.title}** · {card.state}")
        st.caption(card.about)
        with st.expander("Read its questions", icon=":material/list:"):
            for number, item in enumerate(card.questions, 1):
                places.link("preview-item", f"{number}. {item}", item=item)
        with st.container(horizontal=True):
            if card.may_sign:
                st.button("Sign: I have read every question", key=f"sign-{card.id}", on_click=act_as,
                          args=(releasing.sign, app, actor, card.id))  # fmt: skip
            if card.may_go_live:
                st.button("Make live", type="primary", key=f"live-{card.id}", on_click=act_as,
                          args=(releasing.make_live, app, actor, card.id))  # fmt: skip
        if card.live:
            _withdraw(app, actor, card.id)


def _withdraw(app: App, actor: Actor, form_id: str) -> None:
    key = f"why-{form_id}"

    def withdraw() -> None:
        act_as(releasing.withdraw, app, actor, form_id, reason=st.session_state[key])

    with st.form(f"withdraw-{form_id}", border=False):
        st.text_input("Withdraw it: why?", key=key, max_chars=300)
        st.form_submit_button("Withdraw", on_click=withdraw)


def _build(app: App, actor: Actor, slug: str) -> None:
    st.header("Build forms", anchor=False)
    with st.form("build"):
        st.number_input("How many", 1, 20, 2, key="how-many")
        st.number_input("Seed", 1, 999_999, 1, key="build-seed", help="The same seed builds the same forms.")
        asked = st.form_submit_button("Build and compare", icon=":material/construction:")
    if not asked:
        return
    plan = Plan(int(st.session_state["how-many"]), int(st.session_state["build-seed"]))
    try:
        built = releasing.build(app, actor, slug, plan)
    except Refusal as refusal:
        st.warning(str(refusal), icon=":material/block:")
        return
    st.markdown(built_words(built))
    st.markdown(table(("Measure", "Target", "Forms", "Furthest"), built_rows(built)))
    st.button("Keep these forms", type="primary", key="keep", on_click=_keep, args=(app, actor, slug, plan))


def _keep(app: App, actor: Actor, slug: str, plan: Plan) -> None:
    built: Built | None = act_as(releasing.build, app, actor, slug, plan)
    if built:
        act_as(releasing.keep_mine, app, actor, built)
        notify("Kept. Someone else must read and sign them before they are live.")


def _odds(app: App, actor: Actor, slug: str) -> None:
    with st.expander("Who would pass?", icon=":material/casino:"):
        st.caption("Simulated papers of learners who truly know this or that share, decided by the programme's rules.")
        try:
            weighed = weigh(assemble(releasing.pool(app, actor, slug), seed=1))
        except Refusal as refusal:
            st.info(str(refusal), icon=":material/info:")
            return
        st.markdown(f"**{weighed.sentence}**")
        st.markdown(table(("Truly knows", "Passes once", f"Within {weighed.tries}"), odds_rows(weighed)))
