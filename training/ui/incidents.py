"""When something breaks: the person gets a reference number and a way on, the log gets the same number and the rest."""

import logging

import streamlit as st

from training.services.app import running_app

_log = logging.getLogger("needlewise.incident")


def report(error: Exception) -> bool:
    """Log an error that nobody expected and say so on the page; True keeps Streamlit from showing it."""
    number = running_app().new_id()[:8]
    _log.error("incident %s: %s", number, type(error).__name__, exc_info=error, extra={"incident": number})
    st.error(
        f"**Something went wrong.** What you saved is safe. Please reload the page; if it happens again, "
        f"tell an administrator this reference number: **{number}**",
        icon=":material/error:",
    )
    return True
