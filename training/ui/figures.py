"""Pictures from the content folders, by the address our own route serves them under."""

from urllib.parse import quote


def address(file: str) -> str:
    """Give the address of a content file, named by its path from the content root."""
    return f"/assets/{quote(file)}"


def picture(file: str, alt: str) -> str:
    """Write a picture in Markdown, with its text alternative."""
    words = alt.replace("[", "(").replace("]", ")")
    return f"![{words}]({address(file)})"
