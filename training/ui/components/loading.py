"""Components of our own from the .js and .css beside them, registered once in a process."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

HERE = Path(__file__).parent


@cache
def component(name: str, html: str, *shared: str) -> ComponentRenderer:
    """Register `<name>/<name>.js` and `.css` and give what mounts them; `shared` scripts stand before its own."""
    folder = HERE / name
    scripts = [*(HERE / f"{each}.js" for each in shared), folder / f"{name}.js"]
    return st.components.v2.component(
        f"needlewise.{name}",
        html=html,
        css=(folder / f"{name}.css").read_text("utf-8"),
        js="\n".join(script.read_text("utf-8") for script in scripts),
    )
