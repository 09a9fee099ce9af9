"""The workshop: on the left a bank's text with its problems, on the right the item as a learner meets it."""

import streamlit as st

from training.content.trying import Tried
from training.core.permission import Actor
from training.services import authoring, editing, founding
from training.services.app import App
from training.services.founding import LONGEST
from training.ui import identity, places
from training.ui.act import act, notify
from training.ui.components.code_editor import Sheet, code_editor
from training.ui.desk import EDITOR, Desk, catch_up, desk_of, tried_now
from training.ui.pages.preview_item import draw_as_learner
from training.ui.pages.workshop_below import draw_below
from training.ui.pages.workshop_items import draw_actions
from training.ui.pages.workshop_saving import draw_saving
from training.ui.views.preview_item import preview_view
from training.ui.views.words import count, plain

TITLE, NAME = "workshop.bank.title", "workshop.bank.name"


def render(app: App, actor: Actor) -> None:
    """Draw the bank and the item that the address names, or what there is to choose from."""
    slug, focus = places.asked("bank"), places.asked("item")
    if not slug and focus:
        slug = next((bank.slug for bank in app.library.banks.values() if any(i.id == focus for i in bank.items)), "")
    st.title("Workshop", anchor=False)
    if not slug:
        _choose(app, actor)
        return
    desk = desk_of(app, actor, slug, focus)
    tried = tried_now(app, actor, desk)
    desk.look_at(tried)
    desk.settle(tried)
    _head(app, actor, desk)
    with st.container(key="workshop"):
        left, right = st.columns([4, 3], gap="medium")
        with left:
            _editor(app, actor, desk, tried)
            draw_saving(app, actor, desk)
        with right:
            _preview(app, actor, desk, tried)
    draw_actions(app, actor, desk)
    draw_below(app, actor, desk, tried)


def _choose(app: App, actor: Actor) -> None:
    st.markdown("Write items, see at once what is wrong with them and how a learner meets them, and save.")
    slugs = editing.banks(app, actor)
    if not slugs:
        st.info("There are no banks yet. Begin one here, or import a file.", icon=":material/info:")
    titles = {bank.slug: bank.title for bank in app.library.banks.values()}
    if slugs:
        with st.container(border=True):
            for slug in slugs:
                places.link("workshop", plain(titles.get(slug, slug)), icon="edit_document", bank=slug)
    with st.expander("New bank", expanded=not slugs, icon=":material/library_add:"):
        _new_bank(app, actor)
    with st.container(horizontal=True):
        places.link("exchange", "Import questions", icon="upload_file")
        places.link("exchange", "Export banks", icon="download", show="export")


def _new_bank(app: App, actor: Actor) -> None:
    with st.form("workshop.new-bank", border=False):
        left, right = st.columns(2)
        left.text_input("Title", key=TITLE, max_chars=LONGEST, placeholder="Anatomy of the knee")
        right.text_input("Name of its file", key=NAME, max_chars=64, placeholder="knee-anatomy")
        st.form_submit_button("Begin this bank", icon=":material/add:", on_click=_begin, args=(app, actor))


def _begin(app: App, actor: Actor) -> None:
    slug = st.session_state[NAME].strip()
    if act(founding.found, app, identity.confirmed(app, actor), slug, st.session_state[TITLE]):
        st.query_params["bank"] = slug
        notify("The bank is there. Add its first item below.")


def _head(app: App, actor: Actor, desk: Desk) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        places.link("workshop", "All banks", icon="arrow_back")
        if desk.focus:
            places.link("workshop", "The whole bank", icon="edit_document", bank=desk.opened.slug)
        elif desk.item:
            places.link(
                "workshop", "This item alone", icon="filter_center_focus", bank=desk.opened.slug, item=desk.item
            )
        if desk.item and authoring.exists(app, actor, desk.item):
            places.link("item-history", "History and review", icon="history", item=desk.item)
    state = ":orange-badge[Changed, not saved]" if desk.dirty else ":green-badge[As in the file]"
    st.markdown(f"`{desk.opened.file}` {state}")


def _editor(app: App, actor: Actor, desk: Desk, tried: Tried) -> None:
    fresh = desk.given != desk.stamp
    label = f"YAML of {desk.focus}" if desk.focus else f"YAML of the bank {desk.opened.slug}"
    problems = desk.in_margin(tried)
    code_editor(
        Sheet(desk.stamp, label, desk.shown if fresh else None, desk.first, desk.go_to, desk.heard, problems,
              editing.words(app, actor) if fresh else "", desk.dirty),
        key=EDITOR, on_written=lambda: catch_up(desk),
    )  # fmt: skip
    desk.given = desk.stamp
    st.caption(_told(desk, tried))


def _told(desk: Desk, tried: Tried) -> str:
    bank = tried.banks[desk.opened.file]
    new = f", {count(len(tried.new_errors), 'error')} that would hinder saving" if tried.new_errors else ""
    return f"{count(len(bank.items), 'item')}, {count(len(tried.problems), 'problem')}{new}."


def _preview(app: App, actor: Actor, desk: Desk, tried: Tried) -> None:
    if desk.good is None and not desk.item and not tried.problems:
        st.info("There are no items here yet. Add the first one under “New item” below.", icon=":material/info:")
        return
    if desk.good is None:
        st.info("Nothing here can be read yet. The problems in the margin say why.", icon=":material/info:")
        return
    then, bank, item = desk.good
    preview = authoring.preview_tried(
        actor, then, bank, item, places.asked_number("order"), places.asked_number("part") or 1
    )
    if then is not tried:
        st.warning("The text is broken just now. This is how the item looked last.", icon=":material/history:")
    view = preview_view(preview)
    st.markdown(f"**{plain(item.id)}** {view.badges}")
    draw_as_learner(app, preview, view)
