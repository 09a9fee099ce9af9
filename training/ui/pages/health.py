"""Health: whether everything works, and the settings in force."""

import streamlit as st

from training.core.permission import Actor
from training.services import checking_health
from training.services.app import App


def render(app: App, actor: Actor) -> None:
    """Draw the checks and the settings as tables."""
    checks = checking_health.health(app, actor)
    st.title("Health")
    ailing = [check for check in checks if not check.well]
    if ailing:
        st.error("Not well: " + ", ".join(check.name for check in ailing), icon=":material/error:")
    else:
        st.success("Everything works.", icon=":material/check_circle:")
    st.table(
        [{"What": check.name, "State": "well" if check.well else "not well", "Found": check.found} for check in checks]
    )
    st.header("Settings in force", anchor=False)
    st.caption("Set in the environment of the server; passwords are hidden. docs/settings.md explains each.")
    settings = checking_health.settings_seen(app, actor)
    st.table([{"Variable": name, "Value": value or "not set"} for name, value in settings])
