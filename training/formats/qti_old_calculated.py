"""Canvas' formula questions as parameterised ones: values drawn between bounds, and a formula for the answer."""

import re

from training.core.number import parse_number
from training.formats.base import Code
from training.formats.foreign_xml import Element, all_text
from training.formats.html_text import plain_number
from training.formats.qti_old import OldItem

_NAME = re.compile(r"[A-Za-z]\w{0,23}")
_LOGARITHM = re.compile(r"\bln\s*\(")
_SHOWN = re.compile(r"\[(\w+)\]")


def calculated(item: OldItem) -> None:
    """Read variables, formula and tolerance; the values Canvas drew beforehand are drawn anew here."""
    formulas = [all_text(each).strip() for each in item.element.iterfind(".//formulas/formula")]
    variables = list(item.element.iterfind(".//calculated/vars/var"))
    names = {name: name.lower() for each in variables if (name := (each.get("name") or "").strip())}
    if not formulas or not names or len(set(names.values())) < len(variables):
        item.sketch.fail("its formula or its values cannot be read", "write it anew", code=Code.NO_SUCH_TYPE)
        return
    if not all(_NAME.fullmatch(name) for name in names):
        item.sketch.fail("its values have names that cannot be used here", "rename them", code=Code.NO_SUCH_TYPE)
        return
    formula = _rounded(item, _formula(formulas, names))
    stem = item.sketch.fields["stem"]
    item.sketch.fields |= {
        "type": "parameterised", "variables": [_variable(each) for each in variables],
        "answer": formula, "tolerance": _tolerance(item, formula),
        "stem": _SHOWN.sub(lambda match: f"{{{names[match[1]]}}}" if match[1] in names else match[0], stem),
    }  # fmt: skip
    item.sketch.lose("var_sets", "the values that were drawn there; here each learner's are drawn anew")


def _formula(steps: list[str], names: dict[str, str]) -> str:
    """Write the formula in ours; steps before the last give names to what they work out."""
    known = dict(names)
    for step in steps:
        name, equals, worked_out = step.partition("=")
        text = _LOGARITHM.sub("log(", worked_out if equals else step)
        written = re.sub(r"[A-Za-z]\w*(?!\w|\s*\()", lambda match: known.get(match[0], match[0]), text).strip()
        if equals:
            known[name.strip()] = f"({written})"
    return written


def _variable(variable: Element) -> dict[str, str]:
    least, most = (parse_number(all_text(variable.find(name)).strip()) for name in ("min", "max"))
    decimals = max(0, min(9, int(parse_number(variable.get("scale") or "0") or 0)))
    return {
        "name": (variable.get("name") or "").strip().lower(), "from": plain_number(1.0 if least is None else least),
        "to": plain_number(10.0 if most is None else most), "step": plain_number(10.0**-decimals),
    }  # fmt: skip


def _rounded(item: OldItem, formula: str) -> str:
    """Round the answer as it is rounded there."""
    formulas = item.element.find(".//calculated/formulas")
    places = parse_number((formulas.get("decimal_places") if formulas is not None else "") or "")
    return formula if places is None else f"round({formula}, {max(0, min(9, int(places)))})"


def _tolerance(item: OldItem, formula: str) -> str:
    """Write the tolerance as a formula: a number, or a part of the answer."""
    said = all_text(item.element.find(".//calculated/answer_tolerance")).strip()
    amount = abs(parse_number(said.rstrip("% ")) or 0.0)
    return f"abs({plain_number(amount / 100)} * ({formula}))" if said.endswith("%") else plain_number(amount)
