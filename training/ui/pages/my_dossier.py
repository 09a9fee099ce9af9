"""My dossier: what a certificate needs besides the exam, what is done, what is missing, and how to do it."""

import streamlit as st

from training.core.certification import AnswerKind
from training.core.dossier import Session, digest_of
from training.core.permission import Actor
from training.services import attesting, compiling, proving, supervising
from training.services.app import App
from training.services.compiling import Dossier
from training.ui import frame
from training.ui.act import act_as, notify
from training.ui.pages import dossier_parts
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw a part for each programme that certifies."""
    found = compiling.own(app, actor)
    st.title("My dossier", anchor=False)
    if not found:
        frame.empty("No programme gives a certificate yet.", "quizzes", "Quizzes", icon="edit_note")
    for dossier in found:
        st.header(plain(dossier.programme.title), anchor=False)
        dossier_parts.standing(dossier)
        _word(app, actor, dossier)
        _work(app, actor, dossier)
        dossier_parts.hours(dossier.hours)
        dossier_parts.happened(dossier)


def _undone(dossier: Dossier, title: str) -> bool:
    return any(step.title.startswith(title) and not step.done for step in dossier.steps)


def _word(app: App, actor: Actor, dossier: Dossier) -> None:
    asked, slug = dossier.programme.certificate, dossier.programme.slug
    if asked is None or dossier.attempt is None:
        return
    if asked.attestation and _undone(dossier, "Attestation"):
        with st.form(f"attest-{slug}"):
            st.subheader("Attest your own work", anchor=False)
            st.markdown(plain(asked.attestation))
            st.text_input("Your full name, as your account has it", key=f"attest-name-{slug}", max_chars=100)
            st.form_submit_button("I attest this", type="primary", on_click=_attest,
                                  args=(app, actor, slug, dossier.attempt, digest_of(asked.attestation)))  # fmt: skip
    if asked.evaluation and _undone(dossier, "Evaluation"):
        _evaluation(app, actor, dossier, dossier.attempt)


def _attest(app: App, actor: Actor, slug: str, attempt: str, shown: str) -> None:
    act_as(attesting.attest, app, actor, slug, attempt, name=st.session_state[f"attest-name-{slug}"], shown=shown)


def _evaluation(app: App, actor: Actor, dossier: Dossier, attempt: str) -> None:
    slug, asked = dossier.programme.slug, dossier.programme.certificate
    questions = asked.evaluation if asked else ()
    with st.form(f"evaluate-{slug}"):
        st.subheader("Evaluate the programme", anchor=False)
        st.caption("Coordinators see sums of five answers and more, and never who said what.")
        for each in questions:
            label, key = plain(each.text) + ("" if each.required else " (optional)"), f"evaluate-{slug}-{each.id}"
            if each.kind is AnswerKind.WORDS:
                st.text_area(label, key=key, max_chars=2000, height=80)
            else:
                st.radio(label, list(attesting.SCALE), index=None, key=key, horizontal=True,
                         format_func=lambda number: f"{number} {attesting.SCALE[number]}")  # fmt: skip
        st.form_submit_button("Hand in", type="primary", on_click=_evaluate,
                              args=(app, actor, slug, attempt, [each.id for each in questions]))  # fmt: skip


def _evaluate(app: App, actor: Actor, slug: str, attempt: str, names: list[str]) -> None:
    answers = {name: st.session_state[f"evaluate-{slug}-{name}"] for name in names}
    act_as(attesting.evaluate, app, actor, slug, attempt, answers)


def _work(app: App, actor: Actor, dossier: Dossier) -> None:
    slug = dossier.programme.slug
    if _undone(dossier, "Supervised sessions"):
        with st.expander("Log a supervised session"), st.form(f"session-{slug}", clear_on_submit=True):
            st.date_input("Day", value=app.now().date(), key=f"session-on-{slug}", max_value=app.now().date())
            st.number_input("Minutes", 1, supervising.LONGEST_SESSION, 60, key=f"session-minutes-{slug}")
            st.text_input("Where", key=f"session-place-{slug}", max_chars=200)
            st.text_input("What was done", key=f"session-about-{slug}", max_chars=500)
            st.text_input("Supervisor's name", key=f"session-supervisor-{slug}", max_chars=100)
            st.text_input("Supervisor's e-mail", key=f"session-email-{slug}", max_chars=254)
            st.form_submit_button("Log it", on_click=_log, args=(app, actor, slug))
    if _undone(dossier, "Prior evidence"):
        with st.expander("Upload evidence"), st.form(f"evidence-{slug}", clear_on_submit=True):
            st.file_uploader("A PDF, PNG or JPEG of 10 MB at most", type=["pdf", "png", "jpg", "jpeg"],
                             key=f"evidence-file-{slug}")  # fmt: skip
            st.text_input("What it shows", key=f"evidence-about-{slug}", max_chars=300)
            st.form_submit_button("Upload", on_click=_upload, args=(app, actor, slug))


def _log(app: App, actor: Actor, slug: str) -> None:
    told = {name: st.session_state[f"session-{name}-{slug}"]
            for name in ("on", "minutes", "place", "about", "supervisor", "email")}  # fmt: skip
    if act_as(supervising.log, app, actor, slug, Session(**told)):
        notify("The session is logged. It counts once your supervisor has countersigned it.")


def _upload(app: App, actor: Actor, slug: str) -> None:
    given = st.session_state[f"evidence-file-{slug}"]
    if given is None:
        notify("Please choose a file first.", kind="warning")
    elif act_as(proving.upload, app, actor, slug, given.getvalue(), name=given.name,
                about=st.session_state[f"evidence-about-{slug}"]):  # fmt: skip
        notify("The file is uploaded. A coordinator looks at it.")
