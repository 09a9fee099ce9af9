"""The little of the look that the theme in .streamlit/config.toml cannot say."""

from pathlib import Path

import streamlit as st

from training.services.settings import ROOT

ICON = ROOT / "static" / "icon.svg"
STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"


def wear() -> None:
    """Set our icon (Streamlit would fetch a page's own from a font server) and the style of every page."""
    st.set_page_config(page_icon=str(ICON))
    st.html(STYLE)
