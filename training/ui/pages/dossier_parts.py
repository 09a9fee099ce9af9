"""What the pages of dossiers share: steps, hours, and what happened, entry by entry."""

from urllib.parse import urlencode

import streamlit as st

from training.core.dossier import Evidence
from training.services.archiving import details
from training.services.compiling import Counted, Dossier
from training.ui import moments
from training.ui.views.words import day_and_time, plain

NAMES = {
    "honour": "Honour code accepted", "attestation": "Attested", "evaluation": "Evaluation handed in",
    "rating": "Checklist filled in", "verdict": "Round of the practical closed",
    "other_examiners": "Other examiners let in", "session": "Session logged",
    "countersignature": "Session countersigned", "evidence": "Evidence uploaded", "ruling": "Evidence ruled on",
}  # fmt: skip


def standing(dossier: Dossier) -> None:
    """Draw what is done and what is missing."""
    for exam in dossier.exams:
        said = "passed" if exam.passed else "not passed"
        st.markdown(f"- Exam on {exam.on.day} {exam.on:%B %Y}: {exam.percent:.0f} %, {said}")
    for step in dossier.steps:
        icon, said = ("check_circle", "done") if step.done else ("radio_button_unchecked", "not done")
        st.markdown(f":material/{icon}: **{plain(step.title)}**: {said}")
    if dossier.certificate:
        st.success(f"Certificate {dossier.certificate} is issued.", icon=":material/verified:")
    elif dossier.missing:
        st.info("\n".join(["What is missing:", "", *(f"- {plain(each)}" for each in dossier.missing)]))
    else:
        st.success("Everything is there.", icon=":material/check_circle:")


def hours(derivation: Counted | None) -> None:
    """Draw the derivation of the hours, step by step."""
    if derivation:
        with st.expander(f"Contact hours: {derivation.said}"):
            for step in derivation.steps:
                st.markdown(f"- {plain(step)}")


def happened(dossier: Dossier) -> None:
    """Draw the entries, oldest first, and the archive."""
    with st.expander(f"What happened ({len(dossier.entries)})"):
        for each in dossier.entries:
            when = day_and_time(each.at, moments.zone())
            who = plain(dossier.people.get(each.by, each.by))
            st.markdown(f"**{NAMES[each.body.kind]}** · {when} · {who}")
            if isinstance(each.body, Evidence):
                st.caption(f"{plain(each.body.name)}: {plain(each.body.about)}")
                evidence_link(each.id)
            else:
                st.caption(plain(details(each)))
    query = urlencode({"programme": dossier.programme.slug, "learner": dossier.learner})
    st.link_button("Everything as one archive (ZIP)", f"/exports/dossier.zip?{query}", icon=":material/folder_zip:")


def evidence_link(entry: str) -> None:
    """Draw the way to a file."""
    st.link_button("Download the file", f"/exports/evidence?{urlencode({'entry': entry})}", icon=":material/download:")
