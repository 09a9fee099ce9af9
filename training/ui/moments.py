"""The learner's own time of day."""

from datetime import UTC, timedelta, timezone, tzinfo

import streamlit as st


def zone() -> tzinfo:
    """Give the browser's offset from UTC as it is now; UTC where there is no browser."""
    minutes = st.context.timezone_offset
    return timezone(timedelta(minutes=-minutes)) if minutes else UTC
