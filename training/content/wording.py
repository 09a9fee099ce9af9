"""From pydantic's words to an author's: what is wrong, in the words of the YAML, and what to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails, ValidationError

from training.content.source import Path, Source
from training.core.items import PART_TYPES
from training.core.problem import Problem

Words = tuple[str, str, str]
"""Code, message and hint."""

KEYED = "put 'correct: true' under the one right option; where several are right, make it a multiple_response"
DATE = "write a date such as 2026-11-21"


def problems_of(error: ValidationError, source: Source, path: Path, model: type[BaseModel]) -> list[Problem]:
    """Word and locate what a model found wrong with the data at the path."""
    return [_problem(each, source, path, model) for each in _deepest(error.errors(include_url=False))]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, or nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""


def listed(words: Sequence[str]) -> str:
    """Write `a, b or c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _deepest(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Drop the echo that pydantic adds on a parent whose child is wrong."""
    above = {each["loc"][:length] for each in errors for length in range(len(each["loc"]))}
    return [each for each in errors if each["loc"] not in above or each["type"] in ("missing", "extra_forbidden")]


def _problem(error: ErrorDetails, source: Source, path: Path, model: type[BaseModel]) -> Problem:
    typed, loc = error["loc"], _as_written((*error["loc"], *error.get("ctx", {}).get("at", ())))
    where = (*path, *loc)
    field = str(next((part for part in reversed(loc) if isinstance(part, str)), ""))
    if error["type"] == "missing":
        return source.problem(where[:-1], "B102", f"missing field '{field}'", _why_needed(field))
    if error["type"] == "extra_forbidden":
        known = _fields(_model_at(model, typed[:-1]))
        hint = did_you_mean(field, known) or f"known here: {', '.join(known)}"
        return source.problem(where, "B103", f"unknown field '{field}'", hint, key=True)
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return source.problem((*where, "type"), *_part_type(error))
    return source.problem(where, *explain(error, _name(field, loc)))


def _part_type(error: ErrorDetails) -> Words:
    """Word the type of a case's part that is missing or unknown."""
    types = list(PART_TYPES)
    if error["type"] == "union_tag_not_found":
        return "B102", "missing field 'type'", f"it may be {listed(types)}"
    given = str(error.get("ctx", {}).get("tag"))
    return "B101", f"unknown item type '{given}' in a case", did_you_mean(given, types) or f"it may be {listed(types)}"


def _as_written(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Leave out the item types that pydantic puts after the number of a case's part."""
    return tuple(part for place, part in enumerate(loc) if not _is_type(loc, place))


def _is_type(loc: tuple[int | str, ...], place: int) -> bool:
    return place > 1 and loc[place - 2] == "parts" and loc[place] in PART_TYPES


def _name(field: str, loc: tuple[int | str, ...]) -> str:
    """Name what is wrong: `'level'`, or `entry 2 of 'authors'`."""
    if loc and isinstance(loc[-1], int):
        return f"entry {loc[-1] + 1} of '{field}'"
    return f"'{field}'" if field else "this"


def explain(error: ErrorDetails, name: str) -> Words:
    """Word one error. `name` is how the author knows the value."""
    if error["input"] is None and error["type"] != "value_error":
        return "B102", f"{name} is empty", "write a value, or take the line out where the field may be left out"
    word = _WORDS.get(error["type"], _other)
    return word(error, name, error.get("ctx", {}))


def _other(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    return "B105", f"{name} is not right: {error['msg']}", ""


def _choice(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:
    choices = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
    given = error["input"]
    if not isinstance(given, str):
        return _not_text(error, name, context)
    return "B104", f"{name} is '{given}'; it may be {listed(choices)}", did_you_mean(given, choices)


def _pattern(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:
    wanted = _PATTERNS.get(str(context["pattern"]), f"it must match {context['pattern']}")
    return "B105", f"{name} is '{error['input']}'; {wanted}", ""


def _not_text(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    given = "a list" if isinstance(error["input"], list | tuple) else "a block of fields"
    return "B106", f"{name} is {given}; it must be a text", "put quotes around a text with ': ' or '- ' in it"


def _not_list(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    return "B106", f"{name} must be a list", "write each entry on a line of its own that starts with '- '"


def _not_block(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    return "B106", f"{name} must be a block of fields", "write each field on a line of its own, further to the right"


def _count(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    has = context["actual_length"]
    if "min_length" in context:
        return "B107", f"{name} needs at least {context['min_length']}, has {has}", ""
    return "B107", f"{name} may have at most {context['max_length']}, has {has if has is not None else 'more'}", ""


def _length(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:
    if "min_length" in context and not str(error["input"]).strip():
        return "B102", f"{name} is empty", "write a text"
    limit = f"at least {context['min_length']}" if "min_length" in context else f"at most {context['max_length']}"
    return "B107", f"{name} has {len(str(error['input']))} characters; it must have {limit}", ""


def _number(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    kind = "a whole number" if error["type"].startswith("int") else "a number"
    return "B105", f"{name} is '{error['input']}'; it must be {kind}", "write the digits only, with a decimal point"


def _bound(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:
    for key, words in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than")):
        if key in context:
            return "B105", f"{name} is {error['input']}; it must be {words} {context[key]:g}", ""
    return _other(error, name, context)


def _truth(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    return "B105", f"{name} is '{error['input']}'; it must be true or false", ""


def _date(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    return "B105", f"{name} is '{error['input']}'; it must be a date", DATE


def _rule(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    said = str(context["error"])
    return "B108", said, KEYED if "exactly one option with 'correct: true'" in said else ""


def _placed(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Words:  # noqa: ARG001
    return "B108", str(context["words"]), ""


_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "use lower-case letters, digits and single hyphens, such as ci-consent-01",
    r"^\d{1,2}\.\d{1,2}$": 'write an objective\'s number in quotes, such as "1.3"',
    r"^\d{1,2}$": 'write a domain\'s number in quotes, such as "5"',
    r"^[a-z0-9]{1,16}$": "use up to 16 lower-case letters and digits, such as a",
}

_WORDS: dict[str, Callable[[ErrorDetails, str, Mapping[str, Any]], Words]] = {
    "enum": _choice, "literal_error": _choice,
    "string_pattern_mismatch": _pattern, "string_type": _not_text,
    "tuple_type": _not_list, "list_type": _not_list,
    "model_type": _not_block, "model_attributes_type": _not_block, "dict_type": _not_block,
    "too_short": _count, "too_long": _count, "string_too_short": _length, "string_too_long": _length,
    "int_parsing": _number, "float_parsing": _number, "int_from_float": _number, "finite_number": _number,
    "int_type": _number, "float_type": _number, "int_parsing_size": _number,
    "decimal_parsing": _number, "decimal_type": _number,
    "greater_than_equal": _bound, "greater_than": _bound, "less_than_equal": _bound, "less_than": _bound,
    "bool_parsing": _truth, "bool_type": _truth,
    "date_parsing": _date, "date_from_datetime_parsing": _date, "date_from_datetime_inexact": _date, "date_type": _date,
    "value_error": _rule, "placed": _placed,
}  # fmt: skip

_NEEDED = {
    "why": "every answer needs its reason: say why it is right or wrong",
    "references": "name at least one key of question_banks/references.yaml",
    "id": "give it a short name that no other item has; it never changes",
}


def _why_needed(field: str) -> str:
    return _NEEDED.get(field, "")


def _fields(model: type[BaseModel] | None) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Find the model that reads the data at a location, by its annotations."""
    found: type[BaseModel] | None = model
    for place, part in enumerate(loc):
        if _is_type(loc, place):
            found = PART_TYPES[str(part)]
        elif isinstance(part, str) and found:
            wanted = (info for name, info in found.model_fields.items() if part in (name, info.alias))
            info = next(wanted, None)
            found = _model_in(info.annotation) if info else None
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)
