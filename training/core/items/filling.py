"""Filling numbers into an author's text: `{n}` as it is, `{n:2}` with two decimals."""

import re
from collections.abc import Mapping

from training.core.expression import ExpressionError, rounded

PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,23})(?::([0-9]))?\}")


def placeholders(text: str) -> frozenset[str]:
    """Name the values that a text shows."""
    return frozenset(match[1] for match in PLACE.finditer(text))


def filled(text: str, values: Mapping[str, float]) -> str:
    """Put the values in their places. Raises ExpressionError for one that there is not."""
    return PLACE.sub(lambda match: _shown(match, values), text)


def _shown(match: re.Match[str], values: Mapping[str, float]) -> str:
    name, decimals = match[1], match[2]
    if name not in values:
        raise ExpressionError(f"the text shows '{{{name}}}', but nothing has that name")
    if decimals is None:
        return plainly(values[name])
    return f"{rounded(values[name], int(decimals)):.{decimals}f}"


def plainly(number: float) -> str:
    """Write a number with the digits it has, twelve at most, and without an exponent where it can be read."""
    short = f"{number:.12g}"
    return (
        short if "e" not in short else f"{number:.15f}".rstrip("0").rstrip(".") if abs(number) < 1 else f"{number:.0f}"
    )
