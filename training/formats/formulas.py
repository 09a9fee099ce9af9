"""MathML as a line of text: powers, indices, fractions and roots get the marks that say what they are."""

from typing import Any

_BETWEEN = {"msup": ("^",), "msub": ("_",), "msubsup": ("_", "^"), "mfrac": ("/",)}
_ROOTS = frozenset(("msqrt", "mroot"))


def lay_formulas_out(root: Any) -> bool:
    """Put marks between the parts of formulas, in place; says whether there were any."""
    found = False
    for element in [each for each in root.iter() if isinstance(each.tag, str)]:
        name = _name(element)
        parts = [each for each in element if isinstance(each.tag, str)]
        if name in _BETWEEN and len(parts) == len(_BETWEEN[name]) + 1:
            for part, mark in zip(parts, _BETWEEN[name], strict=False):
                _bracket(part)
                part.tail = mark
            _bracket(parts[-1])
        elif name in _ROOTS:
            element.text = "√(" + (element.text or "").strip()
            _append(element, ")")
        elif name in ("annotation", "annotation-xml"):
            element.text = ""
            for each in parts:
                element.remove(each)
        found = found or name == "math"
    return found


def _name(element: Any) -> str:
    return str(element.tag).lower().rpartition("}")[2].rpartition(":")[2]


def _bracket(part: Any) -> None:
    """Put brackets around what is more than one number or letter."""
    if sum(1 for each in part.iter() if (each.text or "").strip()) > 1:
        part.text = "(" + (part.text or "").strip()
        _append(part, ")")


def _append(element: Any, mark: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").strip() + mark
    else:
        element.text = (element.text or "").strip() + mark
