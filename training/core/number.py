"""Numbers as people type them."""

import re
from math import isfinite

_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")
LONGEST = 40


def parse_number(text: str) -> float | None:
    """Read a finite number, with a point or a comma for decimals; None where it is none."""
    plain = text.strip().replace("\u2212", "-").removesuffix("%").strip()
    if len(plain) > LONGEST or not _PLAIN.fullmatch(plain):
        return None
    number = float(plain.replace(",", "."))
    return number if isfinite(number) else None
