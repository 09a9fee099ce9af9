"""The scores of cohorts, for coordinators: who did how well, and how the group does."""

import streamlit as st

from training.core.permission import Actor
from training.services import exporting, overseeing
from training.services.app import App
from training.services.exporting import Kind
from training.services.overseeing import Choices, Group, Wanted
from training.ui import filters, frame, identity, moments, places
from training.ui.charts.cohorts import distribution_chart, group_domains_chart, weeks_chart
from training.ui.views.cohort_scores import (
    DAYS,
    MODES,
    ORDERS,
    PERIODS,
    cohort_choices,
    day_in,
    export_address,
    figures,
    mode_of,
    offset_of,
    order_of,
    period,
    quiz_choices,
    result_rows,
    too_few,
)

PAGE = 100


def render(app: App, actor: Actor) -> None:
    """Draw the results that the address asks for."""
    choices = overseeing.choices(app, actor)
    st.title("Cohort scores", anchor=False)
    wanted = _wanted(app, choices)
    group = overseeing.group(app, actor, wanted)
    if not group.attempts:
        st.info("No result is like this. Loosen a filter, or wait until somebody hands in.", icon=":material/info:")
        places.link("cohort-scores", "Show everything", icon="filter_alt_off", mode="all")
        return
    _figures(group)
    if group.enough:
        _charts(app, group, wanted)
    else:
        st.info(too_few(group), icon=":material/group_off:")
    _results(app, actor, wanted, choices, group.attempts)


def _wanted(app: App, choices: Choices) -> Wanted:
    mode = mode_of(filters.switch("mode", "Which results", MODES))
    left, middle, right = st.columns(3)
    with left:
        cohort = filters.choose("cohort", "Cohort", cohort_choices(choices))
    with middle:
        quiz = filters.choose("quiz", "Quiz", quiz_choices(choices, mode))
    with right:
        word = filters.choose("period", "Period", PERIODS)
    zone = moments.zone()
    first, last = _days() if word == DAYS else ("", "")
    begins, ends = period(word, first, last, app.now().astimezone(zone).date())
    return Wanted(cohort, quiz, mode, begins, ends, offset_of(zone, app.now()))


def _days() -> tuple[str, str]:
    said = []
    for column, (name, label) in zip(st.columns(3), (("from", "First day"), ("to", "Last day")), strict=False):
        with column:
            text = filters.search(name, label, placeholder="2026-03-31")
            if text and day_in(text) is None:
                st.caption(
                    ":orange[:material/warning:] Write the day as 2026-03-31 (years "
                    f"{overseeing.FIRST_DAY.year} to {overseeing.LAST_DAY.year}); until then it is open."
                )
            said.append(text)
    return said[0], said[1]


def _figures(group: Group) -> None:
    shown = figures(group)
    with st.container(horizontal=True, gap="large"):
        for each in shown:
            st.metric(each.name, each.value, width=130)
    told = [f"{each.name}: {each.told}." for each in shown if each.told]
    if told:
        st.caption(" ".join(told))


def _charts(app: App, group: Group, wanted: Wanted) -> None:
    quiz = app.library.programmes.get(wanted.quiz)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("How the scores lie", anchor=False)
        distribution_chart(group.distribution, quiz.policy.pass_percent if quiz else None, key="distribution")
    with right:
        st.header("Week by week", anchor=False)
        weeks_chart(group.weeks, key="weeks")
    st.header("By domain", anchor=False)
    group_domains_chart(group.domains, key="domains")
    st.caption(
        "Every learner counts once, however often she sat. Whiskers show the 95 % interval. "
        f"Weeks and domains with fewer than {overseeing.GROUP} learners are left out of the charts."
    )


@st.fragment
def _results(app: App, actor: Actor, wanted: Wanted, choices: Choices, total: int) -> None:
    # By itself, so that turning a page does not sum the group up again.
    actor = identity.confirmed(app, actor)
    with frame.refusals():
        _table(app, actor, wanted, choices, total)


def _table(app: App, actor: Actor, wanted: Wanted, choices: Choices, total: int) -> None:
    st.header("Results", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        with st.container(width=260):
            order = order_of(filters.choose("order", "Order", ORDERS))
        with st.container(horizontal=True, width="content"):
            for kind, label in ((Kind.CSV, "CSV"), (Kind.XLSX, "Excel")):
                _export(app, actor, wanted, kind, label)
    number = filters.page(total, PAGE)
    shown = overseeing.rows(app, actor, wanted, order, limit=PAGE, offset=number * PAGE)
    st.dataframe(
        result_rows(shown, choices, wanted.zone), hide_index=True, key="results",
        alt=f"Table of {len(shown)} of {total} results: learner, cohort, quiz, score, passed and when handed in",
        column_config={
            "Score": st.column_config.NumberColumn(format="%.0f %%"),
            "Handed in": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm"),
        },
    )  # fmt: skip
    st.caption(f"{total} results as filtered above. The files hold all of them, and every export is noted.")


def _export(app: App, actor: Actor, wanted: Wanted, kind: Kind, label: str) -> None:
    if identity.token():
        st.link_button(label, export_address(wanted, kind), icon=":material/download:")
        return
    # Whoever signs in elsewhere has no cookie of ours, which our own address asks for.
    st.download_button(
        label, lambda: b"".join(exporting.scores(app, actor, wanted, kind).chunks), f"scores.{kind}",
        icon=":material/download:", on_click="ignore", key=f"export-{kind}",
    )  # fmt: skip
