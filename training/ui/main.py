"""The Streamlit script: who is asking, and which page."""

from training.services.app import running_app
from training.ui import look, navigation
from training.ui.identity import current_actor


def render() -> None:
    """Draw the page that the address names, for the person whose cookie came with it."""
    look.wear()
    app = running_app()
    navigation.run(app, current_actor(app))
