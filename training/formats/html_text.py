"""Our plain text as the HTML that other systems show: escaped, with its paragraphs and line ends kept."""

import re
from html import escape

from training.formats.base import Loss
from training.formats.markup import tidy

_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def html_text(text: str) -> str:
    """Write text as HTML; a single line needs no paragraph."""
    clean = printable(text)
    if "\n" not in clean:
        return escape(clean, quote=False)
    return "".join(f"<p>{_lines(part)}</p>" for part in re.split(r"\n{2,}", clean))


def _lines(text: str) -> str:
    return "<br/>".join(escape(line, quote=False) for line in text.split("\n"))


def printable(text: str) -> str:
    """Leave out characters that XML cannot hold."""
    return _UNPRINTED.sub("", text)


def spacing_loss(item: str, field: str, text: str) -> list[Loss]:
    """Tell that a text comes back with other spaces than it went, where that is so."""
    return [] if tidy(text) == text else [Loss(item, field, "spaces and line ends are not kept exactly")]


def plain_number(number: float) -> str:
    """Write a number so that reading gives the same one."""
    return repr(float(number)).removesuffix(".0")
