"""A question on a page, before it is answered and after: what is asked, and what is told of the answer."""

import streamlit as st

from training.ui import figures
from training.ui.components.hotspot import marked_picture
from training.ui.views.take_quiz import QuestionView
from training.ui.views.told import PARTLY, RIGHT, WRONG, Beside, Reasoned, Told

VERDICTS = {
    "Correct": RIGHT,
    "Partly correct": PARTLY,
    "Not correct": WRONG,
    "Not answered": ":material/remove_circle:",
}


def draw_stem(question: QuestionView) -> None:
    """Draw what is asked, with its picture; of a case, its vignette in a box above."""
    picture = f"\n\n{figures.picture(question.image.file, question.image.alt)}" if question.image else ""
    if question.case:
        with st.container(border=True):
            st.markdown(f":material/person: **{question.case}**\n\n{question.context}\n\n:small[{question.case_rule}]")
    if question.closed_why:
        st.info(question.closed_why, icon=":material/lock:")
    st.markdown(question.stem + picture)


def tell(told: Told, *, key: str) -> None:
    """Draw how an answer did, the reason for every option, and the sources."""
    with st.container(border=True):
        st.markdown(f"{VERDICTS[told.headline]} **{told.headline}**")
        if told.beside:
            draw_beside(told.beside, key=key)
        st.markdown(reasons_text(told.reasons))
        if told.references:
            st.caption("Sources: " + " · ".join(told.references))


def draw_beside(beside: Beside, *, key: str) -> None:
    """Draw her answer beside the right one."""
    if beside.spots:
        marked_picture(beside.spots, key=key)
    st.markdown(beside.text)


def reasons_text(reasons: tuple[Reasoned, ...]) -> str:
    """Write the reasons as one piece of Markdown: right and wrong by icon and word, her own answer named."""
    return "\n\n".join(
        f"{RIGHT if each.right else WRONG} {each.label}{' **(your answer)**' if each.chosen else ''}  \n{each.reason}"
        for each in reasons
    )
