"""A module, one section at a time, with questions to check oneself after each."""

import streamlit as st

from training.core.permission import Actor
from training.core.question import Question
from training.core.refusal import NotFound
from training.services import learning
from training.services.app import App
from training.services.learning import ReadingProgress
from training.ui import figures, frame, identity, places, widgets
from training.ui.act import act, act_as
from training.ui.components.page_top import page_top
from training.ui.questions import draw_stem, tell
from training.ui.views.reading import REFERENCES, Kind, Passage, SectionView, section_view
from training.ui.views.take_quiz import lone_question
from training.ui.views.words import plain

LABELS = {
    Kind.VIGNETTE: ":material/person: **Vignette**",
    Kind.DECISION: ":material/alt_route: **Worked decision**",
    Kind.CONTESTED: ":material/balance: **Contested**",
    Kind.VERIFY_LOCALLY: ":material/fact_check: **Verify locally**",
}


def render(app: App, actor: Actor) -> None:
    """Draw the section named in the address, or the one where she left."""
    slug = places.asked("module")
    progress = learning.open_module(app, actor, slug)
    section_id = places.asked("section") or _arrival(progress)
    view = section_view(
        progress, section_id, learning.citations(app, progress.module), learning.glossary(app, actor),
        learning.claims(app, actor),
    )  # fmt: skip
    if view is None:
        raise NotFound("This module has no such section.")
    if progress.last_section != section_id:
        learning.note_reading(app, actor, slug, section_id, finished=section_id in progress.finished)
    _head(view)
    for passage in view.passages:
        draw_passage(passage)
    _check_yourself(app, actor, slug, section_id)
    _key_points(view)
    _references(view)
    _onwards(app, actor, view)


def _arrival(progress: ReadingProgress) -> str:
    """Say where an address without a section leads: where she was when she came, so that going back finds it again."""
    section: str = st.session_state.setdefault(f"arrival-{progress.module.slug}", progress.resume_at)
    return section


def _head(view: SectionView) -> None:
    st.set_page_config(page_title=f"{view.title} · {view.module_title}")
    page_top(view.id, key=f"top-{view.module}")
    st.caption(f"{plain(view.module_title)} · {view.position}")
    st.title(plain(view.title), anchor=False)
    with st.expander(f"Contents · {view.share_text}", icon=":material/toc:"):
        for entry in view.contents:
            mark = "check_circle" if entry.read else "arrow_right" if entry.here else "circle"
            places.link("module", plain(entry.title), icon=mark, module=view.module, section=entry.id)


def draw_passage(passage: Passage) -> None:
    """Draw a piece of a module's text."""
    match passage.kind:
        case Kind.PROSE:
            st.markdown(passage.text)
        case Kind.FIGURE:
            caption = f"\n\n:small[{passage.text}]" if passage.text else ""
            st.markdown(figures.picture(passage.file, passage.alt) + caption)
        case Kind.CLAIMS:
            with st.expander("What the articles say, and the verdict", icon=":material/balance:"):
                st.markdown(passage.text)
        case _:
            with st.container(border=True):
                st.markdown(f"{LABELS[passage.kind]}\n\n{passage.text}")


def _check_yourself(app: App, actor: Actor, slug: str, section: str) -> None:
    questions = learning.check_questions(app, actor, slug, section)
    if not questions:
        return
    st.space("small")
    st.header("Check yourself", anchor=False)
    st.caption("For you alone: these answers are not kept and not scored.")
    for question in questions:
        _ask(app, actor, question)


@st.fragment
def _ask(app: App, actor: Actor, question: Question) -> None:
    identity.confirmed(app, actor)
    key = f"check-{question.item_id}"
    given, asked = f"{key}-given", f"{key}-asked"
    view = lone_question(question, st.session_state.get(given), shown=st.session_state.get(asked, False))

    def answered(value: object) -> None:
        st.session_state[given], st.session_state[asked] = value, False

    def check() -> None:
        marked = act(learning.check_answer, question, st.session_state.get(given))
        st.session_state[asked] = marked is not None

    with st.container(border=True):
        draw_stem(view)
        widgets.ask(view, key=key, on_answer=answered)
        frame.notices()
        if view.told:
            tell(view.told, key=f"{key}-told")
        else:
            st.button("Check answer", key=f"{key}-check", icon=":material/fact_check:", on_click=check,
                      disabled=view.value is None)  # fmt: skip


def _key_points(view: SectionView) -> None:
    if view.key_points:
        st.header("Key points", anchor=False)
        st.markdown("\n".join(f"- {point}" for point in view.key_points))
    if view.revision:
        places.link("revision", "Revision sheet: the module on one page", icon="summarize", module=view.module)


def _references(view: SectionView) -> None:
    if view.sources:
        st.header(view.sources_title, anchor=REFERENCES)
        st.markdown("\n\n".join(view.sources))


def _onwards(app: App, actor: Actor, view: SectionView) -> None:
    st.divider()
    if view.share == 1 and view.next is None:
        st.success("You have finished this module.", icon=":material/check_circle:")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if view.previous:
            places.link("module", "Previous", icon="arrow_back", module=view.module, section=view.previous.id)
        else:
            places.link("modules", "All modules", icon="menu_book")
        if view.share == 1 and view.next is None:
            if st.button("Go to the quizzes", type="primary", icon=":material/edit_note:", key="to-quizzes"):
                places.go("quizzes")
        else:
            st.button(
                view.done_label, type="primary", icon=":material/arrow_forward:", icon_position="right", key="done",
                on_click=_finish, args=(app, actor, view),
            )  # fmt: skip


def _finish(app: App, actor: Actor, view: SectionView) -> None:
    if not view.read:
        act_as(learning.note_reading, app, actor, view.module, view.id, finished=True)
    if view.next:
        st.query_params["section"] = view.next.id
