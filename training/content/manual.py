"""The manual of problem codes, one page for each, written to docs/problems.md: `python -m training.content.manual`."""

import re
from pathlib import Path

from training.content.rules import codes, manual

FILE = Path(__file__).parents[2] / "docs" / "problems.md"

_HEAD = """\
# Problem codes

What `python -m training check` may say about banks, modules and programmes, with an example that has the problem and
one that does not. `python -m training explain CODE` prints the same page. Written by `make docs`; do not edit.

Y0xx: the file cannot be read · B1xx: something is missing, misspelt or does not fit · B2xx: advice on writing ·
B3xx: advice on currency.
"""

_EXAMPLE = re.compile(r"^(Bad|Good)([^\n]*):\n((?:    [^\n]*\n|\n)+)", re.MULTILINE)


def examples(page: str) -> list[tuple[str, str, str]]:
    """Find the examples of a page: Bad or Good, the file they stand in (or empty), and their text."""
    found = _EXAMPLE.findall(page + "\n")
    return [(kind, where.removeprefix(", in "), _flush(text)) for kind, where, text in found]


def whole_manual() -> str:
    """Write all pages as one Markdown document."""
    return _HEAD + "".join(_chapter(code) for code in codes())


def _chapter(code: str) -> str:
    title, _, rest = manual(code).partition("\n")
    body = _EXAMPLE.sub(_fenced, rest.strip("\n") + "\n")
    return f"\n## {code}: {title.rstrip('.')}\n\n{body.rstrip()}\n"


def _fenced(match: re.Match[str]) -> str:
    kind, where, text = match.groups()
    language = "markdown" if where.endswith(".md") else "yaml"
    return f"{kind}{where}:\n\n```{language}\n{_flush(text).rstrip()}\n```\n\n"


def _flush(text: str) -> str:
    """Take away the indentation of an example."""
    return re.sub(r"^    ", "", text, flags=re.MULTILINE)


if __name__ == "__main__":
    FILE.write_text(whole_manual(), "utf-8")
