"""Pictures from the content folders, by the address our own route serves them under."""

from urllib.parse import quote

import streamlit as st

from training.core.question import Image


def address(file: str) -> str:
    """Give the address of a content file, named by its path from the content root."""
    return f"/assets/{quote(file)}"


def picture(image: Image) -> None:
    """Draw a question's picture with its text alternative."""
    st.markdown(f"![{image.alt}]({address(image.file)})")
