"""For comparison: a quiz page with the widgets of our sitting, written and served the way tutorials do it."""

import sqlite3
from pathlib import Path

import streamlit as st

QUESTIONS = 50
PAGES = (
    "Home", "Modules", "Module", "Quizzes", "Quiz", "Result", "Progress", "Banks", "Scores", "People", "Health", "Help",
)  # fmt: skip
OPTIONS = ["**A.** Remove the needle now", "**B.** Two more insertions", "**C.** Persuade the patient", "**D.** Wait"]


def connection() -> sqlite3.Connection:
    """Open the database beside this script."""
    opened = sqlite3.connect(Path(__file__).with_name("answers.db"), timeout=60)
    opened.execute("CREATE TABLE IF NOT EXISTS answers (learner TEXT, question INTEGER, answer TEXT, "
                   "PRIMARY KEY (learner, question))")  # fmt: skip
    return opened


def save(learner: str, question: int, answer: str) -> None:
    """Write one answer."""
    with connection() as tx:
        tx.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (learner, question, answer))


def answers_of(learner: str) -> dict[int, str]:
    """Read every answer of a learner."""
    with connection() as tx:
        return dict(tx.execute("SELECT question, answer FROM answers WHERE learner = ?", (learner,)).fetchall())


def quiz() -> None:
    """Draw one question with its navigator, marks and moves; all of the page runs for every click."""
    learner = st.query_params.get("learner", "nobody")
    number = st.session_state.setdefault("number", 1)
    answers = answers_of(learner)
    st.title("Foundation exam")
    st.progress(len(answers) / QUESTIONS, text=f"{len(answers)} of {QUESTIONS} answered")
    st.pills("Questions", range(1, QUESTIONS + 1), default=number)
    st.subheader(f"Question {number} of {QUESTIONS}")
    st.markdown("Half-way through needling the calf, a patient says “please stop”. What happens next?")
    answer = st.radio("Choose one answer", OPTIONS, index=None, key=f"answer-{number}")
    if answer:
        save(learner, number, answer)
        st.caption(":material/cloud_done: Saved")
    with st.container(horizontal=True):
        st.toggle("Flag for review", key=f"flag-{number}")
        st.pills("Strike out options", ["A", "B", "C", "D"], selection_mode="multi", key=f"strike-{number}")
    with st.container(horizontal=True):
        st.button("Back", icon=":material/arrow_back:")
        st.button("Next", icon=":material/arrow_forward:", type="primary")
        st.button("Finish…", icon=":material/checklist:", type="tertiary")


def other() -> None:
    """Draw one of the pages that are not measured."""
    st.title("Another page")


pages = [st.Page(quiz, title="Sitting", url_path="sitting", default=True)]
pages += [st.Page(other, title=name, url_path=name.lower()) for name in PAGES]
chosen = st.navigation(pages)
with st.sidebar:
    st.caption("Signed in as **Ann**")
    st.button("Sign out", icon=":material/logout:")
chosen.run()
