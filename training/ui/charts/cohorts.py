"""A group's figures: distribution, weeks and domains, each with its table."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from training.services.overseeing import GroupDomain, Week
from training.ui.charts.frame import PERCENT_AXIS, STILL, TEXT, dots, lines, margins, shown
from training.ui.views.cohort_scores import (
    bin_names,
    distribution_in_words,
    domain_row,
    domains_in_words,
    week_name,
    week_row,
    weeks_in_words,
)
from training.ui.views.words import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

PALE = {"opacity": 0.6}
"""Bars light enough for their whiskers to be seen on them, in either theme."""

LINE = 44
"""Characters of a domain's title on one line: what a narrow telephone has room for."""

FEW_WEEKS = 3
"""So few weeks are named each; a date axis would name days between them."""

COUNTS = -7
"""Where on the percent axis the numbers of learners stand: under the lowest score."""

MOST_COUNTS = 18
"""So many numbers side by side can be read on a narrow telephone; of more weeks every second or third has one."""


@st.cache_data(max_entries=100, show_spinner=False)
def distribution_chart(bins: tuple[int, ...], pass_mark: float | None, key: str) -> None:
    """Draw how many results lie in each tenth, and a table of it to open."""
    st.plotly_chart(_distribution(bins, pass_mark), key=key, config=STILL, alt=distribution_in_words(bins))
    _as_table(("Score in percent", "Results"), zip(bin_names(len(bins)), map(str, bins), strict=True))


@st.cache_data(max_entries=100, show_spinner=False)
def weeks_chart(weeks: tuple[Week, ...], key: str) -> None:
    """Draw the mean of each week with its interval, and a table of it to open."""
    if any(week.mean for week in weeks):
        st.plotly_chart(_weeks(weeks), key=key, config=STILL, alt=weeks_in_words(weeks))
        st.caption("The number under a week counts its learners; few learners make a wide interval.")
    else:
        st.caption(weeks_in_words(weeks))
    _as_table(("Week from", "Learners", "Mean score", "95 % interval"), map(week_row, reversed(weeks)))


@st.cache_data(max_entries=100, show_spinner=False)
def group_domains_chart(domains: tuple[GroupDomain, ...], key: str) -> None:
    """Draw the group's mean in each domain with its interval, and a table of it to open."""
    met = [each for each in domains if each.mean]
    if met:
        st.plotly_chart(_domains(met), key=key, config=STILL, alt=domains_in_words(met))
    _as_table(("Domain", "Learners", "Questions", "Mean", "95 % interval"), map(domain_row, domains))


def _as_table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    with st.expander("The same as a table", icon=":material/table:"):
        st.markdown(table(head, rows))


def _distribution(bins: tuple[int, ...], pass_mark: float | None) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    size = 100 / len(bins)
    names = bin_names(len(bins))
    bars = go.Bar(
        x=[size * (number + 0.5) for number in range(len(bins))], y=list(bins), width=size * 0.86,
        text=[n or "" for n in bins], textposition="outside", textfont={"color": TEXT}, customdata=names,
        hovertemplate="%{customdata} %: %{y} results<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(bars)
    figure.update_layout(
        height=280, margin=margins() | {"t": 28}, dragmode=False, showlegend=False,
        xaxis={"range": [-1, 104], **PERCENT_AXIS},
        yaxis={"range": [0, max(bins) * 1.15], "visible": False, "fixedrange": True},
    )  # fmt: skip
    if pass_mark is not None:
        figure.add_vline(
            x=pass_mark, line_dash="dash", line_width=1.5, line_color=TEXT,
            annotation={"text": f"pass mark {pass_mark:g} %", "yanchor": "bottom", "xanchor": "right",
                        "font": {"color": TEXT}},
        )  # fmt: skip
    return figure


def _weeks(weeks: tuple[Week, ...]) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    means = [(week, week.mean) for week in weeks if week.mean]
    line = go.Scatter(
        x=[week.monday for week, _ in means], y=[mean.value for _, mean in means], mode="lines+markers",
        marker={"size": 9}, line={"width": 2}, customdata=[week_row(week) for week, _ in means],
        hovertemplate="Week from %{customdata[0]}<br>%{customdata[2]}, n = %{customdata[1]} learners"
        "<br>95 % interval %{customdata[3]}<extra></extra>",
        error_y={
            "type": "data", "symmetric": False, "array": [mean.high - mean.value for _, mean in means],
            "arrayminus": [mean.value - mean.low for _, mean in means], "thickness": 1.5, "width": 4, "color": TEXT,
        },
    )  # fmt: skip
    axis: dict[str, object] = {
        "fixedrange": True, "title": None, "nticks": 6, "tickformat": "%-d %b", "tickfont": {"color": TEXT},
    }  # fmt: skip
    if len(means) <= FEW_WEEKS:
        axis |= {"tickvals": [week.monday for week, _ in means], "ticktext": [week_name(week) for week, _ in means]}
    figure = go.Figure([line, go.Scatter(_learners([week for week, _ in means]))])
    figure.update_layout(
        height=320, margin=margins(), dragmode=False, showlegend=False,
        yaxis={"range": [2 * COUNTS, 104], "zeroline": False, **PERCENT_AXIS},
        xaxis=axis,
    )  # fmt: skip
    return figure


def _learners(weeks: list[Week]) -> dict[str, object]:
    """Write under the weeks how many learners each rests on, as a scatter of texts."""
    step = -(-len(weeks) // MOST_COUNTS)
    told = weeks[::-step]
    return {
        "x": [week.monday for week in told], "y": [COUNTS] * len(told), "mode": "text", "hoverinfo": "skip",
        "text": [f"n={week.learners}" if len(weeks) <= FEW_WEEKS else str(week.learners) for week in told],
        "textfont": {"size": 11, "color": TEXT}, "cliponaxis": False,
    }  # fmt: skip


def _domains(domains: list[GroupDomain]) -> "Figure":
    from plotly import graph_objects as go  # noqa: PLC0415 - slow to import, and only a chart needs it

    means = [each.mean for each in domains if each.mean]
    bars = go.Bar(
        x=[mean.value for mean in means], y=list(range(len(means))), orientation="h", width=0.36, marker=PALE,
        customdata=[(shown(each.title), *domain_row(each)[1:]) for each in domains],
        hovertemplate="%{customdata[0]}<br>%{customdata[3]} of %{customdata[1]} learners, %{customdata[2]} questions"
        "<br>95 % interval %{customdata[4]}<extra></extra>",
        error_x={
            "type": "data", "symmetric": False, "array": [mean.high - mean.value for mean in means],
            "arrayminus": [mean.value - mean.low for mean in means], "thickness": 1.5, "width": 5, "color": TEXT,
        },
    )  # fmt: skip
    figure = go.Figure([bars, go.Scatter(dots([mean.value for mean in means], range(len(means))))])
    figure.update_layout(
        height=64 + 84 * len(means), margin=margins(), showlegend=False, dragmode=False,
        xaxis={"range": [0, 104], **PERCENT_AXIS},
        yaxis={"range": [len(means) - 0.5, -0.9], "visible": False, "fixedrange": True},
        annotations=[_label(each, place) for place, each in enumerate(domains)],
    )  # fmt: skip
    return figure


def _label(domain: GroupDomain, place: int) -> dict[str, object]:
    value = f"{round(domain.mean.value)}\u00a0% · " if domain.mean else ""
    return {
        "x": 0, "y": place - 0.2, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "align": "left",
        "text": lines(value + domain.title, LINE), "showarrow": False, "font": {"size": 14, "color": TEXT},
    }  # fmt: skip
