"""What the scores of a test are worth, for coordinators: reliability, decisions, sections, the yearly list."""

import streamlit as st

from training.core.permission import Actor
from training.measurement.analysis import NAMES
from training.services import reporting
from training.services.app import App
from training.services.reporting import TestReport
from training.ui import filters, moments
from training.ui.charts.measured import choose_picture, draw
from training.ui.pages.report_beyond import comparisons
from training.ui.views.measured import chosen_quiz, fresh_line, quiz_choices
from training.ui.views.test_report import (
    SECTION_HEAD,
    YEAR_HEAD,
    distribution,
    figures,
    information,
    no_model,
    section_rows,
    too_few,
    verdict,
    weak_sections,
    wright_map,
    year_rows,
)
from training.ui.views.words import day, stacked


def render(app: App, actor: Actor) -> None:
    """Draw the report on the quiz that the address names."""
    st.title("Test report", anchor=False)
    quizzes = quiz_choices(reporting.quizzes(app, actor))
    if not quizzes:
        st.info("Nobody has handed in a quiz yet. A report needs scores.", icon=":material/info:")
        return
    slug, mode = chosen_quiz(filters.choose("quiz", "Quiz", quizzes))
    found = reporting.report(app, actor, slug, mode)
    st.caption(fresh_line(found.fresh, moments.zone()))
    if found.whole is None:
        st.info(too_few(found), icon=":material/group_off:")
        return
    st.markdown(f"**{verdict(found)}**")
    with st.container(horizontal=True):
        for name, value, meaning in figures(found):
            with st.container(border=True, width=260):
                st.markdown(f":small[{name}]  \n**{value}**  \n:small[{meaning}]")
    _parts(found)
    _model(found)
    choose_picture()


def _parts(found: TestReport) -> None:
    st.header("How the scores lie", anchor=False)
    draw(distribution(found), key="scores")
    st.header("Year by year", anchor=False)
    st.markdown(stacked(YEAR_HEAD, year_rows(found)))
    st.caption(
        f"Lines of fewer than {reporting.GROUP} learners show counts only. Reliability is dependability, mean, SD and "
        "SEM are in percent of the points, the cut is today's."
    )
    if found.sections:
        st.header("By section", anchor=False)
        st.markdown(stacked(SECTION_HEAD, section_rows(found)))
        if warning := weak_sections(found):
            st.caption(warning)


def _model(found: TestReport) -> None:
    st.header("Where the test measures", anchor=False)
    if found.model is None:
        st.info(no_model(found), icon=":material/info:")
        return
    kept = found.model.kept
    st.caption(f"Fitted: {NAMES[kept.model]}, on {day(kept.at, moments.zone())}, from {kept.attempts} attempts.")
    draw(information(found.model), key="information")
    draw(wright_map(found.model), key="wright")
    comparisons(found.model.beyond, found.quiz.slug)
