"""The response processing of QTI 1.2, run: what a response scores by the item's own rules, and what it is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from training.core.number import parse_number
from training.formats.foreign_xml import Element, all_text, name_of

Responses = Mapping[str, tuple[str, ...]]
_COMPARED = frozenset({"vargte", "varlte", "vargt", "varlt"})


@dataclass(slots=True)
class Result:
    """What a response comes to."""

    score: float = 0.0
    feedback: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rules:
    """An item's rules in their order."""

    conditions: tuple[Element, ...]
    most: float | None
    least: float | None

    def run(self, responses: Responses) -> Result:
        """Apply the rules to a response, as a player would."""
        result = Result()
        for rule in self.conditions:
            test = rule.find("conditionvar")
            if test is None or not all(holds(each, responses) for each in test):
                continue
            for change in rule.iterfind("setvar"):
                result.score = _changed(result.score, change)
            result.feedback += [each.get("linkrefid") or "" for each in rule.iterfind("displayfeedback")]
            if (rule.get("continue") or "No").lower() != "yes":
                break
        if self.most is not None:
            result.score = min(result.score, self.most)
        return result

    def tests(self, respident: str) -> Iterator[Element]:
        """List what the rules that give points ask of a response."""
        for rule in self.scoring():
            yield from (each for each in rule.iterfind("conditionvar//*") if each.get("respident") == respident)

    def scoring(self) -> Iterator[Element]:
        """List the rules that give points."""
        for rule in self.conditions:
            if any(_changed(0.0, each) > 0 for each in rule.iterfind("setvar")):
                yield rule


def rules_of(item: Element) -> Rules:
    """Read the rules of an item; where it has several sets, the first that gives points."""
    every = list(item.iterfind("resprocessing"))
    chosen = next((each for each in every if any(True for _ in each.iter("setvar"))), every[0] if every else None)
    if chosen is None:
        return Rules((), None, None)
    variable = next(iter(chosen.iter("decvar")), None)
    most = None if variable is None else parse_number(variable.get("maxvalue") or "")
    least = None if variable is None else parse_number(variable.get("minvalue") or "")
    return Rules(tuple(chosen.iter("respcondition")), most if most and most > 0 else None, least)


def _changed(score: float, change: Element) -> float:
    amount = parse_number(all_text(change)) or 0.0
    match (change.get("action") or "Set").lower():
        case "add":
            return score + amount
        case "subtract":
            return score - amount
        case "multiply":
            return score * amount
        case "divide":
            return score / amount if amount else score
        case _:
            return amount


def holds(test: Element, responses: Responses) -> bool:
    """Say whether a condition holds for a response."""
    match name_of(test):
        case "and":
            return all(holds(each, responses) for each in test)
        case "or":
            return any(holds(each, responses) for each in test)
        case "not":
            return not all(holds(each, responses) for each in test)
        case "other":
            return True
        case "unanswered":
            return not responses.get(test.get("respident") or "")
        case "varsubset":
            return value_of(test) in responses.get(test.get("respident") or "", ())
        case _:
            return _compares(test, responses)


def _compares(test: Element, responses: Responses) -> bool:
    given = responses.get(test.get("respident") or "", ())
    wanted, name = value_of(test), name_of(test)
    if name == "varequal":
        exact = (test.get("case") or "No").lower() == "yes"
        return any(_alike(each, wanted, exact=exact) for each in given)
    if name == "varsubstring":
        return any(wanted.casefold() in each.casefold() for each in given)
    if name not in _COMPARED:
        return False
    bound = parse_number(wanted)
    return bound is not None and any(_beyond(name, parse_number(each), bound) for each in given)


def value_of(test: Element) -> str:
    """Give the value that a condition names."""
    return " ".join(all_text(test).split())


def _alike(given: str, wanted: str, *, exact: bool) -> bool:
    return given == wanted if exact else given.casefold() == wanted.casefold()


def _beyond(name: str, number: float | None, bound: float) -> bool:
    if number is None:
        return False
    return {"vargte": number >= bound, "varlte": number <= bound, "vargt": number > bound, "varlt": number < bound}[
        name
    ]


def wanted_values(rule: Element, respident: str) -> Iterator[str]:
    """List the values a rule asks for, not those it forbids."""
    for test in rule.iter("varequal", "varsubset", "varsubstring"):
        forbidden = any(name_of(each) == "not" for each in test.iterancestors())
        if not forbidden and (test.get("respident") or "") == respident:
            yield value_of(test)


def ranges(rule: Element) -> Iterator[tuple[float, float, float | None]]:
    """List the ranges of numbers a rule accepts: from, to, and the number in it that is named."""
    named = [number for each in rule.iter("varequal") if (number := parse_number(value_of(each))) is not None]
    low = [number for each in rule.iter("vargte", "vargt") if (number := parse_number(value_of(each))) is not None]
    high = [number for each in rule.iter("varlte", "varlt") if (number := parse_number(value_of(each))) is not None]
    for start, end in zip(low, high, strict=False):
        inside = next((each for each in named if start <= each <= end), None)
        yield min(start, end), max(start, end), inside
    for each in named:
        if not any(start <= each <= end for start, end in zip(low, high, strict=False)):
            yield each, each, each
