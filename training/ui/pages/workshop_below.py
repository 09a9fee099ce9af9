"""What stands below the editor: problems, the form, coverage, how learners answered, and the bots."""

import streamlit as st

from training.content.trying import Tried
from training.core.coverage import covered
from training.core.permission import Actor
from training.core.problem import Problem
from training.services import authoring, guessing, tallying
from training.services.app import App
from training.services.tallying import FEWEST, Answered
from training.ui import filters, places
from training.ui.charts.bots import bots_chart
from training.ui.charts.coverage import coverage_chart
from training.ui.desk import Desk
from training.ui.pages.near_misses import draw_near_misses
from training.ui.pages.workshop_form import draw_form
from training.ui.views.banks import coverage_view, problem_row
from training.ui.views.bots import bots_view
from training.ui.views.words import count, plain, table

PARTS = {
    "": "Problems", "form": "Form", "coverage": "Coverage", "statistics": "Statistics", "bots": "Bots",
}  # fmt: skip
SHOWN = 50


def draw_below(app: App, actor: Actor, desk: Desk, tried: Tried) -> None:
    """Draw the part that the address names."""
    st.divider()
    match filters.switch("show", "Part", PARTS):
        case "form":
            draw_form(app, actor, desk)
        case "coverage":
            _coverage(tried)
        case "statistics":
            _statistics(app, actor, desk)
        case "bots":
            _bots(app, actor, desk, tried)
        case _:
            _problems(app, actor, desk, tried)


def _problems(app: App, actor: Actor, desk: Desk, tried: Tried) -> None:
    mine = [each for each in tried.problems if each.line in tried.lines.get(desk.focus, range(10**9))]
    others = [each for each in tried.new_errors if each.file != desk.opened.file]
    if not mine and not others:
        st.success("Nothing is wrong here.", icon=":material/check_circle:")
    for each in others:
        st.error(f"This change would break `{each.file}`, line {each.line}: {plain(each.message)}.")
    for each in mine[:SHOWN]:
        _problem(each)
    if len(mine) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(mine)} are shown.")
    codes = sorted({each.code for each in mine})
    if codes:
        with st.expander("What a code means", icon=":material/menu_book:"):
            code = st.selectbox("Code", codes, key="workshop.code")
            st.markdown(authoring.manual(app, actor, code))


def _problem(problem: Problem) -> None:
    row = problem_row(problem)
    st.markdown(f"{row.headline}  \n:small[{row.place}]  \n{row.hint}")


def _coverage(tried: Tried) -> None:
    view = coverage_view(covered(tried.library))
    st.caption("With the text above as it stands, saved or not.")
    if view.cells:
        st.markdown(f"**{view.summary}**")
        coverage_chart(view, key="workshop-coverage")


def _statistics(app: App, actor: Actor, desk: Desk) -> None:
    if desk.good is None:
        st.info("Put the cursor into an item to see how learners answered it.", icon=":material/info:")
        return
    item = desk.good[2]
    found = tallying.answered(app, actor, item)
    st.markdown(f"**{plain(item.id)}**: {_told(found)}")
    draw_near_misses(found, item)
    places.link("item-history", "Versions, and where each was used", icon="history", item=item.id)


def _told(found: Answered) -> str:
    if found.facility is None:
        few = f"fewer than {FEWEST} learners answered" if found.n else "no answers yet"
        return f"{few}, so nothing is shown." if found.n else f"{few}."
    said = f"{count(found.n, 'answer')}, {round(100 * found.facility)} % of the points on average."
    if not found.chosen:
        return said
    rows = [(("✓ " if each.right else "") + plain(each.words), str(each.n), f"{round(100 * each.n / found.n_last)} %")
            for each in found.chosen]  # fmt: skip
    return f"{said}\n\n" + table((f"Of the last version ({found.n_last})", "Answers", "Share"), rows)


def _bots(app: App, actor: Actor, desk: Desk, tried: Tried) -> None:
    st.caption("Bots that know no anatomy answer this bank as it stands above, each by one cue.")
    bank = tried.banks[desk.opened.file]
    if not bank.items:
        st.info("No item can be read yet.", icon=":material/info:")
        return
    found = guessing.guessed_on(app, actor, bank)
    view = bots_view(found.whole)
    (st.warning if view.won else st.success)(view.summary, icon=":material/smart_toy:")
    bots_chart(view, key="workshop-bots")
    for won in view.won:
        st.markdown(f"**{plain(won.title)}** wins {', '.join(plain(label) for label in won.labels[:SHOWN])}.")
