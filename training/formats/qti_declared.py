"""What a QTI 2 or 3 item declares about its answers: the correct ones, and what each is worth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import floor, log10

from training.core.number import parse_number
from training.formats.foreign_xml import Element, all_text, name_of
from training.formats.qti_tree import find_all, first, whole

MATCH, MAP, POINT, NONE, OWN = "match_correct", "map_response", "map_response_point", "", "own"


@dataclass(slots=True)
class Declared:
    """One response variable. `weights` are by value, in points; `tolerance` is of a rule that compares numbers."""

    identifier: str
    cardinality: str = "single"
    base_type: str = "identifier"
    correct: tuple[str, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    case_sensitive: dict[str, bool] = field(default_factory=dict)
    default: float = 0.0
    upper: float | None = None
    lower: float | None = None
    areas: list[tuple[str, str, float]] = field(default_factory=list)
    tolerance: float = 0.0
    beside: float = 0.0
    """How far the middle of the accepted range lies above the correct response, where a rule reaches unequally far."""
    mapped: bool = False
    """Whether the weights count, and not the one correct response."""

    @property
    def full(self) -> float:
        """How many points the best response earns."""
        worths = [worth for worth in self.weights.values() if worth > 0]
        best = (max if self.cardinality == "single" else sum)(worths) if worths else 0.0
        return min(best, self.upper) if self.upper is not None and self.upper > 0 else best

    def middle(self, number: float) -> float:
        """Give the middle of what is accepted for a right number."""
        return float(f"{number + self.beside:.12g}")

    def percent(self, value: str) -> float:
        """Give what a value is worth in percent of the best response."""
        if not self.mapped or not self.full:
            return 100.0 if value in self.correct else 0.0
        return self.weights.get(value, self.default) / self.full * 100


def declarations(item: Element) -> dict[str, Declared]:
    """Read the response declarations of an item, and how its rules use them."""
    found = {}
    for element in item.iterfind("responseDeclaration"):
        declared = _declared(element)
        found[declared.identifier] = declared
    processing = item.find("responseProcessing")
    for declared in found.values():
        _use(declared, processing)
    return found


def _declared(element: Element) -> Declared:
    declared = Declared(
        element.get("identifier") or "RESPONSE", element.get("cardinality") or "single",
        element.get("baseType") or "identifier",
    )  # fmt: skip
    correct = element.find("correctResponse")
    declared.correct = () if correct is None else tuple(_values(correct))
    mapping = element.find("mapping")
    if mapping is not None:
        _read_mapping(declared, mapping)
    areas = element.find("areaMapping")
    for area in () if areas is None else areas.iterfind("areaMapEntry"):
        worth = parse_number(area.get("mappedValue") or "") or 0.0
        declared.areas.append((area.get("shape") or "default", area.get("coords") or "", worth))
    return declared


def _values(element: Element) -> Iterator[str]:
    for value in element.iterfind("value"):
        yield " ".join(all_text(value).split())


def _read_mapping(declared: Declared, mapping: Element) -> None:
    declared.default = parse_number(mapping.get("defaultValue") or "") or 0.0
    declared.upper = parse_number(mapping.get("upperBound") or "")
    declared.lower = parse_number(mapping.get("lowerBound") or "")
    for entry in mapping.iterfind("mapEntry"):
        key = " ".join((entry.get("mapKey") or "").split())
        declared.weights[key] = parse_number(entry.get("mappedValue") or "") or 0.0
        declared.case_sensitive[key] = (entry.get("caseSensitive") or "false").strip() == "true"


def _use(declared: Declared, processing: Element | None) -> None:
    """Find out whether the correct response or the weights count."""
    way = _way(processing)
    if way == OWN and processing is not None:
        way = _own_way(declared, processing)
    if way == NONE:
        way = MATCH if declared.correct else MAP
    declared.mapped = way in (MAP, POINT) and bool(declared.weights)


def _way(processing: Element | None) -> str:
    if processing is None:
        return NONE
    template = processing.get("template") or processing.get("templateLocation") or ""
    name = template.rstrip("/").rpartition("/")[2].removesuffix(".xml").lower()
    if POINT in name:
        return POINT
    if MAP in name:
        return MAP
    if MATCH in name or name.startswith("cc2_match"):
        return MATCH
    return OWN if len(processing) else NONE


def _own_way(declared: Declared, processing: Element) -> str:
    name = declared.identifier
    if any(each.get("identifier") == name for each in find_all(processing, "mapResponse", "mapResponsePoint")):
        return MAP
    _read_tolerance(declared, processing)
    _read_range(declared, processing)
    _read_rounding(declared, processing)
    _read_places(declared, processing)
    weights = _first_of_each(_rule_weights(declared, processing))
    if any(each.get("identifier") == name for each in find_all(processing, "correct")):
        declared.weights = weights if len(weights) > len(declared.correct) == 1 else declared.weights
        return MAP if weights and declared.weights == weights and declared.correct[0] in weights else MATCH
    if weights:
        declared.weights = weights
        declared.correct = declared.correct or tuple(value for value, worth in weights.items() if worth > 0)
        return MAP
    return NONE


def _read_tolerance(declared: Declared, processing: Element) -> None:
    for rule in find_all(processing, "equal"):
        about = first(rule, "variable")
        value = rule.find("baseValue")
        points = first(rule.getparent(), "setOutcomeValue")
        scoring = points is not None and points.get("identifier") in _counted(processing)
        if about is None or about.get("identifier") != declared.identifier or (value is not None and not scoring):
            continue
        near = (rule.get("tolerance") or "").split()
        below, above = ([abs(parse_number(each) or 0.0) for each in near] * 2 or [0.0, 0.0])[:2]
        mode = rule.get("toleranceMode") or "exact"
        if not declared.correct and value is not None:
            declared.correct = (all_text(value).strip(),)
        center = abs(parse_number(declared.correct[0]) or 0.0) if declared.correct else 0.0
        scale = {"absolute": 1.0, "relative": center / 100}.get(mode, 0.0)
        declared.tolerance = float(f"{(below + above) / 2 * scale:.12g}")
        declared.beside = float(f"{(above - below) / 2 * scale:.12g}")


def _read_range(declared: Declared, processing: Element) -> None:
    """Read a rule that wants the number between two others, which stand for it where no answer is declared."""
    for both in find_all(processing, "and"):
        ends = {name_of(each): _bound(declared, each) for each in both}
        low = next((ends[name] for name in ("gte", "gt") if ends.get(name) is not None), None)
        high = next((ends[name] for name in ("lte", "lt") if ends.get(name) is not None), None)
        if low is None or high is None or low > high or not _scores(both.getparent(), processing):
            continue
        middle = float(f"{(low + high) / 2:.12g}")
        if not declared.correct:
            declared.correct = (f"{middle:g}",) if float(f"{middle:g}") == middle else (repr(middle),)
        center = parse_number(declared.correct[0])
        if center is not None and low <= center <= high:
            declared.tolerance = float(f"{(high - low) / 2:.12g}")
            declared.beside = float(f"{middle - center:.12g}")


def _bound(declared: Declared, test: Element) -> float | None:
    """Give the number that a comparison holds the response against."""
    variable, value = test.find("variable"), test.find("baseValue")
    if variable is None or value is None or variable.get("identifier") != declared.identifier:
        return None
    return parse_number(all_text(value).strip())


def _scores(branch: Element | None, processing: Element) -> bool:
    outcome = None if branch is None else first(branch, "setOutcomeValue")
    return outcome is not None and outcome.get("identifier") in _counted(processing)


def _read_rounding(declared: Declared, processing: Element) -> None:
    """Read a rule that compares rounded numbers: what rounds to the right one lies within half of its last digit."""
    for rule in find_all(processing, "equalRounded"):
        about, value = first(rule, "variable"), rule.find("baseValue")
        if about is None or about.get("identifier") != declared.identifier:
            continue
        if not declared.correct and value is not None and _scores(rule.getparent(), processing):
            declared.correct = (all_text(value).strip(),)
        center = parse_number(declared.correct[0]) if declared.correct else None
        digits = whole(rule.get("figures"), -1)
        if center is None or not 0 <= digits <= 15:  # noqa: PLR2004 - what a number holds
            continue
        if (rule.get("roundingMode") or "significantFigures") != "decimalPlaces":
            digits -= 1 + (floor(log10(abs(center))) if center else 0)
        rounded = round(center, digits)
        declared.tolerance = float(f"{0.5 * 10.0**-digits:.12g}")
        declared.beside = float(f"{rounded - center:.12g}")


def _read_places(declared: Declared, processing: Element) -> None:
    """Read an order that the rules ask for place by place."""
    if declared.correct or declared.cardinality != "ordered":
        return
    found: dict[int, str] = {}
    for test in find_all(processing, "match"):
        place, value = test.find("index"), test.find("baseValue")
        about = None if place is None else place.find("variable")
        if place is None or value is None or about is None or about.get("identifier") != declared.identifier:
            continue
        found.setdefault(whole(place.get("n")), all_text(value).strip())
    if sorted(found) == list(range(1, len(found) + 1)):
        declared.correct = tuple(found[place] for place in sorted(found))


def _first_of_each(weights: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for value, worth in weights:
        found.setdefault(value, worth)
    return found


def _rule_weights(declared: Declared, processing: Element) -> Iterator[tuple[str, float]]:
    """Read the simplest rules of one's own: if the response is, or has, these values, set or add that many points."""
    counted = _counted(processing)
    for branch in find_all(processing, "responseIf", "responseElseIf"):
        if len(branch) < 2:  # noqa: PLR2004 - a condition and what follows
            continue
        tests = list(branch[0]) if name_of(branch[0]) == "and" else [branch[0]]
        values = [value for test in tests if (value := _tested_value(declared, test)) is not None]
        outcome = next(
            (each for each in find_all(branch, "setOutcomeValue") if each.get("identifier") in counted), None
        )
        points = None if outcome is None else _points(outcome)
        if points is not None:
            yield from ((value, points / len(values)) for value in values)


def _counted(processing: Element) -> set[str]:
    """Name the outcomes that hold points: those that are numbers, whatever a converter called them."""
    item = processing.getparent()
    found = {
        each.get("identifier") or "" for each in ([] if item is None else item.iterfind("outcomeDeclaration"))
        if each.get("baseType") in ("float", "integer") and "MAX" not in (each.get("identifier") or "")
    }  # fmt: skip
    return found | {"SCORE"}


def _tested_value(declared: Declared, test: Element) -> str | None:
    if name_of(test) not in ("match", "member", "stringMatch", "equal", "contains"):
        return None
    variable, value = test.find("variable"), test.find("baseValue")
    if variable is None or variable.get("identifier") != declared.identifier:
        return None
    if value is None:
        own = test.find("correct") is not None and len(declared.correct) == 1
        return declared.correct[0] if own else None
    return " ".join(all_text(value).split())


def _points(outcome: Element) -> float | None:
    value = first(outcome, "baseValue")
    return None if value is None else parse_number(all_text(value))
