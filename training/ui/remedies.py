"""The way from a failed try to the next, drawn as steps: what to read, then the re-check."""

import streamlit as st

from training.core.permission import Actor
from training.services import remedying
from training.services.app import App
from training.services.remedying import Path, Step
from training.ui import places
from training.ui.act import act_as
from training.ui.views.words import plain

RECHECK_STARTED = "started_recheck"


def draw_path(app: App, actor: Actor, slug: str, path: Path) -> None:
    """Draw the steps with their state; where a click has just begun the re-check, lead there."""
    started = st.session_state.pop(RECHECK_STARTED, None)
    if started:
        places.go("sitting", attempt=started, q="1")
    for number, step in enumerate(path.steps, 1):
        _reading(number, step)
    if path.passed:
        st.markdown(":green[:material/check_circle:] The re-check is passed.")
    elif path.recheck:
        places.link("sitting", "Go on with the re-check", icon="play_arrow", attempt=path.recheck, q="1")
    else:
        request = st.session_state.setdefault(f"recheck-{slug}-{path.failed}", app.new_id())
        st.button(
            "Start the re-check", type="primary", icon=":material/fact_check:", key="recheck",
            disabled=not path.read, on_click=_start, args=(app, actor, slug, path.failed, request),
        )  # fmt: skip


def _reading(number: int, step: Step) -> None:
    mark = ":green[:material/check_circle:] Read" if step.done else ":material/radio_button_unchecked: To read"
    title = f"{plain(step.section.module.title)}: {plain(step.section.title)}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{number}. {mark}", width="content")
        places.link("module", title, icon="menu_book", module=step.section.module.slug, section=step.section.section)


def _start(app: App, actor: Actor, slug: str, failed: str, request: str) -> None:
    st.session_state[RECHECK_STARTED] = act_as(remedying.start_recheck, app, actor, slug, request=request)
    st.session_state.pop(f"recheck-{slug}-{failed}", None)
