"""A result: the score and how sure it is, the domains, and every question with its key and reasons."""

import streamlit as st

from training.core.permission import Actor
from training.core.remedy import RECHECK
from training.services import challenging, reviewing
from training.services.app import App
from training.services.reviewing import Result
from training.ui import figures, frame, identity, moments, places
from training.ui.charts.domains import domain_chart
from training.ui.pages import challenge_item
from training.ui.pages.certainty import draw_certainty
from training.ui.questions import VERDICTS, draw_beside, reasons_text
from training.ui.remedies import draw_path
from training.ui.views.offers import waiting
from training.ui.views.review_result import ResultView, Reviewed, result_view
from training.ui.views.words import count, plain

MET, NOT_MET = ":green[:material/check_circle:] Met.", ":red[:material/cancel:] Not met."


def render(app: App, actor: Actor) -> None:
    """Draw the result of the attempt named in the address."""
    attempt_id = places.asked("attempt")
    if not attempt_id:
        frame.nothing_here("This address names no attempt.")
        return
    result = reviewing.result(app, actor, attempt_id)
    view = result_view(result, moments.zone())
    _headline(view)
    _what_next(app, actor, view, result)
    st.header("By domain", anchor=False)
    domain_chart(view.bars, key="result-domains")
    if view.certainty:
        draw_certainty(view.certainty)
    st.header("Your answers", anchor=False)
    _questions(app, actor, attempt_id, view)


def _headline(view: ResultView) -> None:
    st.set_page_config(page_title=f"Result · {view.title}")
    st.title(f"{view.score} in {plain(view.title)}", anchor=False)
    st.caption(f"{view.points_text} · {view.when}")
    kind, icon = {
        True: (st.success, "verified"), False: (st.warning, "flag"), None: (st.info, "info"),
    }[view.passed]  # fmt: skip
    kind(f"**{view.verdict}**", icon=f":material/{icon}:")
    st.markdown(view.sure)
    for rule in view.rules:
        st.markdown(f"{MET if rule.holds else NOT_MET} {rule.words}")


def _what_next(app: App, actor: Actor, view: ResultView, result: Result) -> None:
    with st.container(border=True):
        st.header("What next", anchor=False)
        st.markdown(view.next_text)
        if result.path:
            draw_path(app, actor, view.programme.removesuffix(RECHECK), result.path)
        if result.offer and result.offer.waits:
            st.markdown(f":material/schedule: {waiting(result.offer, moments.zone())}")
        if result.path and not result.path.passed:
            return
        for number, module in enumerate(result.modules[:2]):
            if number == 0 and view.passed is not True:
                if st.button(f"Read “{plain(module.title)}”", type="primary", icon=":material/menu_book:", key="read"):
                    places.go("module", module=module.slug, section=module.sections[0].id)
            else:
                places.link("module", f"Read “{plain(module.title)}”", icon="menu_book", module=module.slug,
                            section=module.sections[0].id)  # fmt: skip
        if view.may_try_again:
            places.link("quiz", "Try again", icon="replay", quiz=view.programme)
        places.link("progress", "My progress", icon="monitoring")


@st.fragment
def _questions(app: App, actor: Actor, attempt_id: str, view: ResultView) -> None:
    mine = challenging.of_attempt(app, identity.confirmed(app, actor), attempt_id)
    days = view.challenge_days or app.settings.challenge_days
    shown = view.questions
    if view.wrong and len(view.wrong) < len(view.questions):
        missed, everything = f"To look at again ({len(view.wrong)})", f"All ({len(view.questions)})"
        choice = st.segmented_control("Show", [missed, everything], default=missed, required=True, key="shown")
        shown = view.wrong if choice == missed else view.questions
    elif not view.wrong:
        st.caption(f"All {count(len(view.questions), 'answer')} right.")
    for question in shown:
        with st.container(border=True):
            _draw(question)
            challenge_item.beside(app, actor, attempt_id, question.number - 1, mine, days=days)


def _draw(question: Reviewed) -> None:
    if question.again:
        st.info(question.again, icon=":material/key:")
    picture = f"\n\n{figures.picture(question.image.file, question.image.alt)}" if question.image else ""
    sources = "\n".join(f"- {each}" for each in question.references)
    head = f"{VERDICTS[question.headline]} **Question {question.number}: {question.headline.lower()}**\n\n"
    head += f":small[{question.sure}]\n\n" if question.sure else ""
    head += f"{question.stem}{picture}\n\n"
    reasons = reasons_text(question.reasons) + (f"\n\nReferences\n\n{sources}" if sources else "")
    if question.beside.spots:
        st.markdown(head)
        draw_beside(question.beside, key=f"places-{question.number}")
        st.markdown(reasons)
    else:
        st.markdown(f"{head}{question.beside.text}\n\n{reasons}")
