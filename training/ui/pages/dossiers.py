"""Dossiers, for coordinators: who has what, evidence to rule on, links to countersign, evaluations and hours."""

import streamlit as st

from training.core.dossier import Evidence, Ruling
from training.core.permission import Actor
from training.services import compiling, evaluating, examining, proving, supervising
from training.services.app import App
from training.services.compiling import Dossier
from training.ui import frame
from training.ui.act import act_as
from training.ui.pages import dossier_parts
from training.ui.views.words import count, plain, table

_LINK = "dossiers.link"


def render(app: App, actor: Actor) -> None:
    """Draw one programme's dossiers."""
    programmes = {each.slug: each for each in compiling.programmes(app, actor)}
    st.title("Dossiers", anchor=False)
    if not programmes:
        frame.empty("No programme gives a certificate yet.", "home", "Home", icon="home")
        return
    slug = st.selectbox("Programme", list(programmes), key="dossiers.programme",
                        format_func=lambda each: programmes[each].title)  # fmt: skip
    found = compiling.listed(app, actor, slug)
    everyone, sessions, evaluation = st.tabs(["Learners", "Sessions to countersign", "Evaluation and hours"])
    with everyone:
        _learners(app, actor, found)
    with sessions:
        _sessions(app, actor, slug)
    with evaluation:
        _evaluation(app, actor, slug)
        dossier_parts.hours(compiling.hours_of(app, programmes[slug]))


def _learners(app: App, actor: Actor, found: list[Dossier]) -> None:
    if not found:
        st.info("Nobody has sat this exam or begun a dossier yet.", icon=":material/info:")
        return
    rows = [
        (plain(each.known_as), each.certificate or count(len(each.missing), "thing") + " missing") for each in found
    ]
    st.markdown(table(("Learner", "Stands at"), rows))
    names = {each.learner: each for each in found}
    chosen = st.selectbox("Open a dossier", list(names), key="dossiers.learner", index=None,
                          format_func=lambda each: names[each].known_as, placeholder="Choose a learner")  # fmt: skip
    if chosen:
        dossier = names[chosen]
        st.header(plain(dossier.known_as), anchor=False)
        dossier_parts.standing(dossier)
        _examiners(app, actor, dossier)
        _rulings(app, actor, dossier)
        dossier_parts.happened(dossier)


def _examiners(app: App, actor: Actor, dossier: Dossier) -> None:
    slug, learner = dossier.programme.slug, dossier.learner
    bound = examining.bound_to(app, actor, slug, learner)
    if not bound:
        return
    with st.container(border=True):
        st.markdown(f"**Practical:** {plain(' and '.join(bound))} disagreed and look again.")
        st.text_input("Reason why others examine", key=f"others-{learner}", max_chars=300)
        st.button("Let other examiners in", key=f"let-others-{learner}", on_click=_let_in,
                  args=(app, actor, slug, learner))  # fmt: skip


def _let_in(app: App, actor: Actor, slug: str, learner: str) -> None:
    act_as(examining.let_others_in, app, actor, slug, learner, reason=st.session_state[f"others-{learner}"])


def _rulings(app: App, actor: Actor, dossier: Dossier) -> None:
    ruled = {each.body.evidence for each in dossier.entries if isinstance(each.body, Ruling)}
    for each in dossier.entries:
        if isinstance(each.body, Evidence) and each.id not in ruled:
            with st.container(border=True):
                st.markdown(f"**Evidence:** {plain(each.body.about)} ({plain(each.body.name)})")
                dossier_parts.evidence_link(each.id)
                st.text_input("Reason", key=f"rule-{each.id}", max_chars=300)
                with st.container(horizontal=True):
                    st.button("Accept", key=f"accept-{each.id}", on_click=_rule, args=(app, actor, each.id, True))
                    st.button("Do not accept", key=f"decline-{each.id}", on_click=_rule,
                              args=(app, actor, each.id, False))  # fmt: skip


def _rule(app: App, actor: Actor, entry: str, accepted: bool) -> None:
    act_as(proving.rule, app, actor, entry, accepted=accepted, reason=st.session_state[f"rule-{entry}"])


def _sessions(app: App, actor: Actor, slug: str) -> None:
    waiting = supervising.uncountersigned(app, actor, slug)
    url = st.session_state.pop(_LINK, "")
    if url:
        st.success("For the supervisor. It works once, for 14 days, and is shown only now:", icon=":material/link:")
        st.code(url, language=None, wrap_lines=True)
    if not waiting:
        st.info("No session waits for a countersignature.", icon=":material/info:")
    for each in waiting:
        logged = each.session
        with st.container(border=True):
            st.markdown(f"**{plain(each.name)}** · {logged.on} · {count(logged.minutes, 'minute')} · "
                        f"{plain(logged.supervisor)}, {plain(logged.email)}")  # fmt: skip
            st.caption(f"{plain(logged.place)}: {plain(logged.about)}")
            st.button("Make a link for the supervisor", key=f"link-{each.id}", icon=":material/link:",
                      on_click=_make_link, args=(app, actor, each.id))  # fmt: skip


def _make_link(app: App, actor: Actor, session: str) -> None:
    url = act_as(supervising.make_link, app, actor, session)
    if url:
        st.session_state[_LINK] = url


def _evaluation(app: App, actor: Actor, slug: str) -> None:
    for told in evaluating.summary(app, actor, slug):
        st.subheader(plain(told.question.text), anchor=False)
        if told.n is None:
            st.caption(f"Fewer than {evaluating.ENOUGH} answers: nothing is shown, so that nobody is recognised.")
        elif told.mean is not None:
            st.markdown(f"Mean {told.mean:.1f} of 5, {count(told.n, 'answer')}")
            st.markdown(table(("1", "2", "3", "4", "5"), [[str(each) for each in told.counts]]))
        else:
            st.markdown("\n".join(f"- {plain(each)}" for each in told.words))
