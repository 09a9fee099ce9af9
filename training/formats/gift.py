"""GIFT, the text format of Moodle."""

import re

from training.formats.base import Format
from training.formats.gift_reading import read
from training.formats.gift_writing import write

_HEAD = 40_000


def sniff(data: bytes, name: str) -> float:
    """Look for titles, categories and answers in braces."""
    head = data[:_HEAD].replace(b"\0", b"").decode("utf-8", "replace")
    if head.lstrip("\ufeff \n").startswith(("<", "PK", "%PDF", "{")) and not re.search(r"^::.*?::", head, re.MULTILINE):
        return 0.0
    if name.lower().endswith(".gift") or re.search(r"^\s*\$CATEGORY:", head, re.MULTILINE):
        return 0.95
    braces = len(re.findall(r"(?<!\\)\{\s*(?:[=~#>]|T|F|TRUE|FALSE)", head))
    titles = len(re.findall(r"^\s*::[^:\n]{1,200}::", head, re.MULTILINE))
    return 0.85 if braces and titles else 0.6 if braces else 0.2 if titles else 0.0


FORMAT = Format("gift", "GIFT", ".gift", "text/plain; charset=utf-8", sniff, read, write, keeps_cases=True)
