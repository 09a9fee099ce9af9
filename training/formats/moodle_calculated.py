"""Moodle's calculated questions as parameterised ones, where their formula can be said in ours."""

import re
from collections.abc import Mapping

from training.core.number import parse_number
from training.formats.base import Code
from training.formats.foreign_xml import Element, all_text
from training.formats.html_text import plain_number
from training.formats.moodle_kinds import general, number
from training.formats.moodle_text import Piece, text_of
from training.formats.sketch import Sketch

_WILD = re.compile(r"\{\s*([A-Za-z][\w ]{0,40}?)\s*\}")
_POWER = re.compile(r"pow\(\s*([\w.]+)\s*,\s*([\w.]+)\s*\)")
_RENAMED = (("pi()", "3.141592653589793"), ("ceiling(", "ceil("))
_DEGREES = re.compile(r"\b(deg2rad|rad2deg)\(")
_FACTORS = {"deg2rad": "0.017453292519943295", "rad2deg": "57.29577951308232"}


def calculated(sketch: Sketch, question: Element) -> None:
    """Read the first answer that earns all points, with its formula, tolerance and random values."""
    answers = [each for each in question.iterfind("answer") if number(each.get("fraction") or "0") > 0]
    if not answers:
        sketch.fail("no answer is right", "give one that earns points")
        return
    best, *others = sorted(answers, key=lambda each: -number(each.get("fraction") or "0"))
    for place, other in enumerate(others):
        sketch.lose(f"answers.{place}", f"'{Piece.at(other).words()[:60]}' is accepted there too")
    names = names_of(question)
    if names is None:
        sketch.fail("its random values cannot be told apart here", code=Code.NO_SUCH_TYPE)
        return
    answer = formula_of(Piece.at(best).words(), names)
    said = text_of(sketch, best, "feedback", "why")
    why = "\n\n".join(dict.fromkeys(text for text in (said, general(sketch, question)) if text))
    sketch.fields |= {
        "type": "parameterised", "variables": [_variable(each, names) for each in _definitions(question)],
        "answer": answer, "tolerance": _tolerance(best, answer), "stem": _shown(sketch.fields["stem"], names),
    }  # fmt: skip
    if why:
        sketch.fields["why"] = _shown(why, names)
    sketch.lose("dataset_items", "the values that were drawn there; here each learner's are drawn anew")


def _definitions(question: Element) -> list[Element]:
    return list(question.iterfind("dataset_definitions/dataset_definition"))


def names_of(question: Element) -> dict[str, str] | None:
    """Give each random value a name of ours."""
    made = {}
    for each in _definitions(question):
        name = all_text(each.find("name")).strip()
        made[name] = re.sub(r"\W+", "_", name.lower()).strip("_")[:24]
    unique = len(set(made.values())) == len(made) and all(re.fullmatch(r"[a-z]\w*", name) for name in made.values())
    return made if made and unique else None


def formula_of(text: str, names: Mapping[str, str]) -> str:
    """Write a formula of Moodle as ours."""
    plain = _WILD.sub(lambda match: names.get(match[1], match[1]), text.lstrip("="))
    for theirs, ours in _RENAMED:
        plain = plain.replace(theirs, ours)
    plain = _DEGREES.sub(lambda match: f"{_FACTORS[match[1]]} * (", plain)
    return _POWER.sub(r"(\1 ** \2)", plain)


def _shown(text: str, names: dict[str, str]) -> str:
    """Name values as ours in a text; other braces are doubled, which shows them as they are."""
    parts = _WILD.split(text)
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = f"{{{names[part]}}}" if part in names else part
    return "".join(parts)


def _variable(definition: Element, names: dict[str, str]) -> dict[str, str]:
    least, most = (_value(definition, name) for name in ("minimum", "maximum"))
    decimals = int(max(0, min(9, number(_value(definition, "decimals") or "0"))))
    name = names[all_text(definition.find("name")).strip()]
    return {"name": name, "from": least or "1", "to": most or "10", "step": plain_number(10.0**-decimals)}


def _value(definition: Element, name: str) -> str:
    value = parse_number(all_text(definition.find(name)).strip())
    return "" if value is None else plain_number(value)


def _tolerance(answer: Element, formula: str) -> str:
    """Write the tolerance as a formula: nominal as it stands, relative as a part of the answer."""
    amount = plain_number(abs(number(all_text(answer.find("tolerance")).strip() or "0")))
    kind = all_text(answer.find("tolerancetype")).strip()
    return amount if kind in ("2", "nominal") else f"abs({amount} * ({formula}))"
