"""Moodle's calculated choices: options that hold formulas, read with the values of one draw that the file holds."""

import re
from collections.abc import Mapping

from training.core.expression import ExpressionError, expression
from training.core.number import parse_number
from training.formats.base import Code
from training.formats.foreign_xml import Element, all_text
from training.formats.html_text import plain_number
from training.formats.moodle_calculated import formula_of, names_of
from training.formats.moodle_kinds import multichoice, number
from training.formats.moodle_text import Piece
from training.formats.sketch import Sketch

_MOST_DECIMALS = 9
_FORMULA = re.compile(r"\{=((?:[^{}]|\{[^{}]{1,80}\}){1,400})\}")
_VALUE = re.compile(r"\{\s*([A-Za-z][\w ]{0,40}?)\s*\}")


def calculated_choice(sketch: Sketch, question: Element) -> None:
    """Read a choice whose numbers were drawn: its options become those of the first draw in the file."""
    drawn = _first_draw(question)
    if not drawn:
        words = "its random values are not in the file, so that its options cannot be worked out"
        sketch.fail(words, "export it again with its dataset, or write the numbers out", code=Code.NO_SUCH_TYPE)
        return
    names = names_of(question) or {}
    values = {names[name]: value for name, value in drawn.items() if name in names}
    try:
        sketch.fields["stem"] = _shown(sketch.fields["stem"], names, values, None)
        for answer in question.iterfind("answer"):
            _work_out(answer, names, values)
            for feedback in answer.iterfind("feedback"):
                _work_out(feedback, names, values)
        for said in question.iterfind("generalfeedback"):
            _work_out(said, names, values)
    except ExpressionError as error:
        sketch.fail(f"a formula in it cannot be worked out: {error}", code=Code.NO_SUCH_TYPE)
        return
    multichoice(sketch, question)
    told = ", ".join(f"{name} = {plain_number(value)}" for name, value in drawn.items())
    sketch.lose("variables", f"the values of one draw are kept ({told}); there each learner has others")


def _first_draw(question: Element) -> dict[str, float]:
    """Give the first value that the file holds of every random value."""
    found = {}
    for definition in question.iterfind("dataset_definitions/dataset_definition"):
        item = definition.find("dataset_items/dataset_item")
        value = None if item is None else parse_number(all_text(item.find("value")).strip())
        if value is None:
            return {}
        found[all_text(definition.find("name")).strip()] = value
    return found


def _work_out(element: Element, names: Mapping[str, str], values: Mapping[str, float]) -> None:
    """Put numbers for the formulas and values in the text of an element."""
    inner = element.find("text")
    target = element if inner is None else inner
    written = Piece.at(element).raw
    for child in list(target):
        target.remove(child)
    target.text = _shown(written, names, values, element)


def _shown(text: str, names: Mapping[str, str], values: Mapping[str, float], answer: Element | None) -> str:
    worked = _FORMULA.sub(lambda match: _worked(match[1], names, values, answer), text)
    return _VALUE.sub(lambda match: _number(match, names, values), worked)


def _number(match: re.Match[str], names: Mapping[str, str], values: Mapping[str, float]) -> str:
    name = names.get(match[1], "")
    return plain_number(values[name]) if name in values else match[0]


def _worked(text: str, names: Mapping[str, str], values: Mapping[str, float], answer: Element | None) -> str:
    """Work a formula out, with as many digits as its answer asks for."""
    found = expression(formula_of(text, names)).value(values)
    length = None if answer is None else answer.find("correctanswerlength")
    if answer is None or length is None:
        return f"{found:.6g}"
    digits = int(max(0, min(_MOST_DECIMALS, number(all_text(length)))))
    significant = all_text(answer.find("correctanswerformat")).strip() == "2"
    return f"{found:.{max(1, digits)}g}" if significant else f"{found:.{digits}f}"
