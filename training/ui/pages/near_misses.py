"""Wrong phrases that are nearly right, for the author to accept or to leave wrong."""

import streamlit as st

from training.core.items import Item
from training.core.items.short_text import ShortText
from training.services.tallying import Answered
from training.ui.views.words import plain, table


def draw_near_misses(found: Answered, item: Item) -> None:
    """Show what was typed, or foreseen by the author, that is nearly right; nothing where there is none."""
    foreseen = item.near_misses() if isinstance(item, ShortText) else ()
    if not found.slips and not foreseen:
        return
    st.markdown("**Near misses**: a slip of the fingers from what is accepted, and marked wrong.")
    rows = [(plain(each.typed), plain(each.near), str(each.n)) for each in found.slips]
    rows += [(plain(text), plain(near), "in your mistakes") for text, near in foreseen]
    st.markdown(table(("Typed", "Nearly", "Answers"), rows))
    st.caption("What should count is written under `accepted`; then it leaves this list.")
