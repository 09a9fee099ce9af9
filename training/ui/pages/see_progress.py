"""A learner's own progress: scores over time, the profile by domain, and how active she was."""

import streamlit as st

from training.core.permission import Actor
from training.services import reviewing
from training.services.app import App
from training.ui import frame, moments, places
from training.ui.charts.activity import activity_chart
from training.ui.charts.domains import domain_chart
from training.ui.charts.scores import score_chart
from training.ui.views.see_progress import ProgressView, progress_view
from training.ui.views.words import plain


def render(app: App, actor: Actor) -> None:
    """Draw what the finished quizzes and read sections say."""
    view = progress_view(reviewing.progress(app, actor), app.now(), moments.zone())
    st.title("My progress", anchor=False)
    if not view.scores:
        frame.empty("After your first quiz you see here how your scores develop.", "quizzes", "Choose a quiz",
                    icon="edit_note")  # fmt: skip
    else:
        _quizzes(view)
    if any(week.questions or week.sections for week in view.weeks):
        st.header("Activity", anchor=False)
        st.caption("The last twelve weeks.")
        activity_chart(view.weeks, key="activity")


def _quizzes(view: ProgressView) -> None:
    st.header("Scores over time", anchor=False)
    score_chart(view.scores, key="scores")
    st.header("By domain", anchor=False)
    st.caption("All finished quizzes together. A wide interval means few questions so far.")
    domain_chart(view.bars, key="progress-domains")
    st.header("Finished quizzes", anchor=False)
    places.link("my-challenges", "My challenges", icon="gavel")
    for score in reversed(view.scores):
        places.link("result", f"{plain(score.title)}, {score.when}: {score.percent_text}", icon="grading",
                    attempt=score.attempt)  # fmt: skip
