"""The banks, for instructors to read: what there is, what is wrong, what is missing."""

from collections.abc import Sequence

import streamlit as st

from training.core.permission import Actor
from training.core.problem import Problem
from training.core.refusal import NotFound
from training.services import answering, authoring, signing_off
from training.services.app import App
from training.services.authoring import FILTERS, ItemFilter
from training.ui import filters, places
from training.ui.charts.coverage import coverage_chart
from training.ui.pages.see_bots import draw_bots
from training.ui.pages.trace_claim import draw_claims
from training.ui.views.banks import (
    BankCard,
    bank_card,
    by_file,
    coverage_view,
    filtered_by,
    item_choices,
    item_row,
    manual_page,
    problem_row,
    problems_in_words,
)
from training.ui.views.challenges import counted
from training.ui.views.review_queue import lapsed_in_words
from training.ui.views.words import count, plain

PAGE = 20
PROBLEMS = 50


def render(app: App, actor: Actor) -> None:
    """Draw the part of the page that the address names."""
    problems = authoring.problems(app, actor)
    st.title("Banks", anchor=False)
    st.caption(
        "To read here; to change in the workshop or in the files. What is saved shows the next time this is drawn."
    )
    parts = {
        "": "Banks",
        "items": "Items",
        "problems": f"Problems ({len(problems)})" if problems else "Problems",
        "coverage": "Coverage",
        "claims": "Claims",
        "bots": "Bots",
    }
    match filters.switch("show", "Part", parts):
        case "items":
            _items(app, actor)
        case "problems":
            _problems(app, actor, problems)
        case "coverage":
            _coverage(app, actor)
        case "claims":
            draw_claims(app, actor)
        case "bots":
            draw_bots(app, actor)
        case _:
            _banks(app, actor, problems)


def _banks(app: App, actor: Actor, problems: Sequence[Problem]) -> None:
    cards = [bank_card(summary) for summary in authoring.banks(app, actor)]
    if problems:
        st.warning(f"The files have {problems_in_words(problems)}. What is broken is left out, or goes on as it was.",
                   icon=":material/warning:")  # fmt: skip
        places.link("banks", "See the problems", icon="troubleshoot", show="problems")
    _waiting(app, actor)
    if not cards:
        st.info("There are no banks yet. Put a YAML file into the folder question_banks, and it appears here.",
                icon=":material/info:")  # fmt: skip
    for first in range(0, len(cards), 2):
        for column, card in zip(st.columns(2), cards[first : first + 2], strict=False):
            with column:
                _bank(card)


def _waiting(app: App, actor: Actor) -> None:
    """Say what waits for this instructor elsewhere: items edited since sign-off, and challenges."""
    lapsed = signing_off.queue(app, actor).lapsed
    if lapsed:
        st.warning(lapsed_in_words(lapsed), icon=":material/history:")
        places.link("review-queue", "See the review queue", icon="rate_review")
    waiting = answering.counts(app, actor)
    if waiting.open:
        st.info(f"{counted(waiting)}.", icon=":material/gavel:")
        places.link("challenges", "Answer the challenges", icon="gavel")


def _bank(card: BankCard) -> None:
    with st.container(border=True):
        st.header(card.title, anchor=False)
        st.caption(f"{card.counts} · `{card.file}`")
        st.markdown("  \n".join(f"**{name}:** {said}" for name, said in card.rows))
        if card.trouble:
            st.caption(f":orange[:material/warning:] This file has {card.trouble}.")
        places.link("banks", f"Items of {card.title}", icon="list", show="items", bank=card.slug)
        places.link("workshop", f"Edit {card.title}", icon="edit_document", bank=card.slug)


def _items(app: App, actor: Actor) -> None:
    wanted = _filter(app, actor)
    found = authoring.items(app, actor, wanted)
    filtered = wanted != ItemFilter()
    said = f", filtered by {filtered_by(wanted, authoring.library(app, actor))}" if filtered else ""
    st.caption(f"{count(len(found), 'item')}{said}" if found else f"No item is like this{said}. Loosen a filter.")
    if filtered:
        places.link("banks", "Clear the filters", icon="filter_alt_off", show="items")
    handed_on = filters.address(FILTERS)
    number = filters.page(len(found), PAGE)
    if found:
        with st.container(border=True, gap="medium"):
            for row in map(item_row, found[number * PAGE : (number + 1) * PAGE]):
                with st.container(gap=None):
                    places.link("preview-item", row.label, icon="chevron_right", item=row.id, **handed_on)
                    st.markdown(row.about)


def _filter(app: App, actor: Actor) -> ItemFilter:
    offered = item_choices(authoring.library(app, actor), places.asked("domain"))
    text = filters.search("text", "Search in all that is written", placeholder="pneumothorax", icon="search")
    others = [name for name in offered if name != "objective"]
    used = [name for name in offered if places.asked(name)]
    chosen = {}
    with st.expander(f"Filters ({len(used)} in use)" if used else "Filters", icon=":material/filter_alt:"):
        for names in (others[:3], others[3:]):
            for column, name in zip(st.columns(3), names, strict=True):
                with column:
                    chosen[name] = filters.choose(name, name.capitalize(), offered[name])
        chosen["objective"] = filters.choose("objective", "Objective", offered["objective"])
    return ItemFilter(text=text, **chosen)


def _problems(app: App, actor: Actor, problems: Sequence[Problem]) -> None:
    if not problems:
        st.success("Nothing is wrong in the files.", icon=":material/check_circle:")
        return
    st.markdown(
        f"{problems_in_words(problems).capitalize()}. An error leaves its item out, or as it was before the edit."
    )
    codes = {problem.code: problem.code for problem in sorted(problems, key=lambda each: each.code)}
    _manual(app, actor, filters.choose("code", "Explain a code", {"": "Choose a code"} | codes))
    number = filters.page(len(problems), PROBLEMS)
    for file, found in by_file(problems[number * PROBLEMS : (number + 1) * PROBLEMS]).items():
        with st.container(border=True):
            st.header(plain(file), anchor=False)
            for row in map(problem_row, found):
                st.markdown(f"{row.headline}  \n:small[{row.place}]" + (f"  \n{row.hint}" if row.hint else ""))


def _manual(app: App, actor: Actor, code: str) -> None:
    if not code:
        return
    with st.container(border=True):
        try:
            st.markdown(manual_page(code, authoring.manual(app, actor, code)))
        except NotFound as nothing:
            st.caption(str(nothing))


def _coverage(app: App, actor: Actor) -> None:
    view = coverage_view(authoring.coverage(app, actor))
    if not view.cells:
        st.info("There are no objectives yet. They stand in question_banks/objectives.yaml.", icon=":material/info:")
        return
    st.markdown(f"**{view.summary}**")
    coverage_chart(view, key="coverage")
    for title, named in (("Without an approved item", view.gaps), ("With fewer than they need", view.thin)):
        if named:
            st.header(f"{title} ({len(named)})", anchor=False)
            st.markdown("\n".join(f"- {each}" for each in named))
