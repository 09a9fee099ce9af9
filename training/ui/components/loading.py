"""Components of our own from the .js and .css beside them, registered once in a process."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

HERE = Path(__file__).parent


@cache
def component(name: str, html: str) -> ComponentRenderer:
    """Register `<name>/<name>.js` and `.css` and give what mounts them."""
    folder = HERE / name
    return st.components.v2.component(
        f"needlewise.{name}",
        html=html,
        css=(folder / f"{name}.css").read_text("utf-8"),
        js=(folder / f"{name}.js").read_text("utf-8"),
    )
