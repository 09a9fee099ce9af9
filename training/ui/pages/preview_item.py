"""One item exactly as a learner meets it, and beside it what she never sees before she answered."""

import streamlit as st

from training.core.permission import Actor
from training.services import authoring
from training.services.app import App
from training.services.authoring import FILTERS, ItemFilter, Preview
from training.ui import filters, places
from training.ui.as_learner import as_learner, choose_seed
from training.ui.questions import reasons_text
from training.ui.views.preview_item import PreviewView, preview_view
from training.ui.views.words import plain

ORDERS = 1000
"""Orders of the options to look at; the number of one stands in the address."""


def render(app: App, actor: Actor) -> None:
    """Draw the item named in the address."""
    if not places.asked("item"):
        st.title("Item preview", anchor=False)
        st.info("This address names no item. Choose one from the list.", icon=":material/info:")
        places.link("banks", "Items", icon="list", show="items")
        return
    listed = filters.address(FILTERS)
    preview = authoring.preview(
        app, actor, places.asked("item"), ItemFilter(**listed), places.asked_number("order"),
        places.asked_number("part") or 1,
    )  # fmt: skip
    view = preview_view(preview)
    st.title(plain(preview.item.id), anchor=False)
    st.markdown(f"{view.badges}  \n:small[{view.stands}]")
    _neighbours(preview, view, listed)
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw_as_learner(app, preview, view)
    with right:
        _beside(view)


def _neighbours(preview: Preview, view: PreviewView, listed: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        places.link("banks", "All in this list", icon="list", show="items", **listed)
        if preview.previous:
            places.link("preview-item", "Previous", icon="arrow_back", item=preview.previous, **listed)
        if preview.next:
            places.link("preview-item", "Next", icon="arrow_forward", item=preview.next, **listed)
        places.link("item-history", "History and review", icon="history", item=preview.item.id)
        places.link("workshop", "Edit", icon="edit_document", bank=preview.bank.slug, item=preview.item.id)
        places.link("propose-key-change", "Change the key", icon="key", item=preview.question.item_id)
        st.caption(view.position, width="content")


def draw_as_learner(app: App, preview: Preview, view: PreviewView) -> None:
    """Draw the question before or after checking, with its parts and its draws to choose from."""
    st.header("As a learner meets it", anchor=False)
    after = filters.switch("seen", "Moment", {"": "Before answering", "after": "After checking"}) == "after"
    _parts(preview)
    unchosen = as_learner(preview.question, preview.order, key=f"preview-{preview.question.item_id}", after=after)
    st.caption("Nothing was chosen, so this is how the right answer looks." if unchosen
               else "Try it: nothing you choose here is kept.")  # fmt: skip
    if view.shuffles:
        _draws(app, preview)


def _draws(app: App, preview: Preview) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose_seed(places.asked_number("order"), most=ORDERS, key="draw", on_choose=_show_draw)
        st.button(
            "Draw other numbers" if preview.item.varies else "Shuffle the options",
            icon=":material/shuffle:", on_click=lambda: _show_draw(app.new_seed() % ORDERS),
        )  # fmt: skip
        if places.asked("order"):
            st.button("In the author's order", icon=":material/sort:", on_click=_show_draw, args=(None,))


def _parts(preview: Preview) -> None:
    """Draw a button for each part of a case."""
    if preview.parts > 1:
        with st.container(horizontal=True):
            for number in range(1, preview.parts + 1):
                st.button(f"Part {number}", key=f"part-{number}", on_click=_show_part, args=(number,),
                          type="primary" if number == preview.part else "secondary")  # fmt: skip


def _show_part(number: int) -> None:
    st.query_params["part"] = str(number)


def _show_draw(seed: int | None) -> None:
    if seed is None:
        st.query_params.pop("order", None)
    else:
        st.query_params["order"] = str(seed)


def _beside(view: PreviewView) -> None:
    for problem in view.problems:
        st.warning(f"{problem.headline}  \n:small[{problem.place}]  \n{problem.hint}")
    st.header("Key and reasons", anchor=False)
    st.markdown(reasons_text(view.reasons))
    if view.mistakes:
        st.markdown("Known mistakes, told to those who make them:\n\n" + "\n\n".join(view.mistakes))
    st.header("References", anchor=False)
    st.markdown("\n".join(f"- {each}" for each in view.references))
    st.header("About this item", anchor=False)
    st.markdown("  \n".join(f"**{name}:** {said}" for name, said in view.facts))
    if view.note:
        st.info(view.note, icon=":material/edit_note:")
    if view.enemies:
        st.markdown("**Never in the same form as:**")
        for enemy in view.enemies:
            places.link("preview-item", plain(enemy), icon="block", item=enemy)
