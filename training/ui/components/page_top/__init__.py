"""Brings the top of a page into view when the same page turns to something else, as a book does."""

from training.ui.components.loading import component

HTML = '<span class="top" aria-hidden="true"></span>'


def page_top(place: str, *, key: str) -> None:
    """Stand at the top of a page; when `place` changes, the view returns there and the heading takes the focus."""
    component("page_top", HTML)(key=key, data=place)
