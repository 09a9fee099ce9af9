"""Options that are numbers: their order, their format, ranges that overlap."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import inf, nextafter

from training.content.rules.amounts import difference
from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import numbers

_RANGE = re.compile(r"(?P<low>\d+(?:[.,]\d+)?)\s*(?P<unit>%|[a-zµ]{1,3})?\s*(?:-|–|to)\s*(?P<high>\d+(?:[.,]\d+)?)")
_BELOW, _ABOVE = ("under", "less than", "below", "fewer than"), ("over", "more than", "above")
_UP_TO, _FROM = ("up to", "at most", "no more than"), ("at least", "no less than", "from")
_OPEN = re.compile(
    rf"^\W*(?P<word>{'|'.join((*_BELOW, *_ABOVE, *_UP_TO, *_FROM))})\s+(?P<end>\d+(?:[.,]\d+)?)"
    r"\s?(?:%|[a-zA-Zµ]+)?\W*$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LEAST = 3
_SCALES = tuple(
    each.split()
    for each in ("mild moderate severe", "low medium high", "small medium large", "never rarely sometimes often always",
                 "daily weekly monthly yearly", "seconds minutes hours days weeks months years",
                 "first second third fourth fifth", "recall apply analyse", "superficial middle deep", "i ii iii iv v")
)  # fmt: skip
_STEP_WORDS = frozenset(word for scale in _SCALES for word in scale)


def numeric_values(asked: Asked) -> list[float]:
    """Give the value of each option where every option is one number, with or without a unit."""
    return [numbers(number)[0] for number, _ in asked.measured]


@rule("B219")
def overlapping_ranges(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Ranges that overlap, so that two options hold the answer.

    "5 to 10" and "10 to 15" are both right for 10, and a range within another can never be the only key.

    Bad:
        options:
          - text: 5 to 10 mm
            correct: true
            why: Measured so.
          - text: 8 to 15 mm
            why: Too deep.
          - text: 20 to 25 mm
            why: Too deep.
    Good:
        options:
          - text: 5 to 9 mm
            correct: true
            why: Measured so.
          - text: 10 to 15 mm
            why: Too deep.
          - text: 20 to 25 mm
            why: Too deep.
    """
    if asked.fixed or not _DIGIT.search(asked.said):
        return
    spans = [(choice, *_span(choice.text)) for choice in asked.choices if _span(choice.text)]
    if len(spans) < len(asked.choices):
        return
    for (_, low, high), (other, other_low, other_high) in combinations(spans, 2):
        if max(low, other_low) <= min(high, other_high):
            words = f"{other_low:g} to {other_high:g} overlaps with {low:g} to {high:g}"
            yield Advice(other.path, words, "leave a gap between the ranges")


def _span(text: str) -> tuple[float, float] | tuple[()]:
    """Read a range. Only options that are all ranges are compared: one number may well lie within another's range."""
    match = _RANGE.search(text)
    if match is None:
        return _open_span(text)
    low, high = numbers(match["low"])[0], numbers(match["high"])[0]
    return (low, high) if low <= high else ()


def _open_span(text: str) -> tuple[float, float] | tuple[()]:
    """Read a range with one end: under 10, at least 20."""
    match = _OPEN.match(text)
    if match is None:
        return ()
    word, value = match["word"].lower(), numbers(match["end"])[0]
    if word in _BELOW:
        return -inf, nextafter(value, -inf)
    if word in _ABOVE:
        return nextafter(value, inf), inf
    return (-inf, value) if word in _UP_TO else (value, inf)


@rule("B227")
def numbers_unlike(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Numeric options in different units or formats.

    "5 mm", "0.01 m" and "12 %" cannot be compared at a glance, and the odd one out is a cue. Times that grow may
    each have their usual unit: an hour, three days, two weeks.

    Bad:
        options:
          - text: 5 mm
            correct: true
            why: Measured so.
          - text: 1.5 cm
            why: Too deep.
          - text: 25 mm
            why: Too deep.
    Good:
        options:
          - text: 5 mm
            correct: true
            why: Measured so.
          - text: 15 mm
            why: Too deep.
          - text: 25 mm
            why: Too deep.
    """
    found = () if asked.fixed or len(asked.choices) < _LEAST else asked.amounts
    unlike = difference(found) if found else ""
    if unlike:
        yield Advice(asked.choices[0].path[:-2], f"the options have {unlike}", "write all of them alike")


@rule("B228")
def out_of_order(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Numeric options, or the steps of a scale, that are not in order.

    A reader with a number in mind should find it at once. Write them from the smallest to the largest; `anchored:
    true` on each of them keeps that order when options are shuffled.

    Bad:
        options:
          - text: 15 mm
            why: Too deep.
          - text: 5 mm
            correct: true
            why: Measured so.
          - text: 25 mm
            why: Too deep.
    Good:
        options:
          - text: 5 mm
            correct: true
            why: Measured so.
          - text: 15 mm
            why: Too deep.
          - text: 25 mm
            why: Too deep.
    """
    one_unit = len({unit.removesuffix("s") for _, unit in asked.measured}) == 1
    plain = not asked.fixed and not asked.shared
    steps = _steps(asked.choices) if plain and len(_STEP_WORDS & asked.words) >= _LEAST else []
    if len(steps) >= _LEAST and steps not in (sorted(steps), sorted(steps, reverse=True)):
        yield Advice(asked.choices[0].path[:-2], "the steps of a scale are not in order", "write them in their order")
    values = (numeric_values(asked) if one_unit else _starts(asked)) if plain else []
    if len(values) >= _LEAST and values not in (sorted(values), sorted(values, reverse=True)):
        yield Advice(asked.choices[0].path[:-2], "the numbers are not in order", "write them from the smallest up")


def _starts(asked: Asked) -> list[float]:
    """Give where each option begins, where all are ranges in one unit and none is open."""
    spans = [] if asked.measured else [_span(each.text) for each in asked.choices if _RANGE.search(each.text)]
    units = {each.tokens[-1].removesuffix("s") for each in asked.choices if each.tokens}
    return [span[0] for span in spans if span] if len(spans) == len(asked.choices) and len(units) == 1 else []


def _steps(choices: Sequence[Choice]) -> list[int]:
    """Give the place of each option on the scale that all of them name a step of. Numbers have their own order."""
    words = frozenset(word for choice in choices for word in choice.tokens)
    for scale in _SCALES:
        if sum(word in words for word in scale) < len(choices):
            continue
        found = [[scale.index(word) for word in choice.tokens if word in scale] for choice in choices]
        places = [each[0] for each in found if len(each) == 1]
        if len(set(places)) == len(choices) and not any(numbers(choice.text) for choice in choices):
            return places
    return []


@rule("B217")
def implausible(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A distractor that nobody will choose: a joke, "I don't know", a number a thousand times off.

    It costs reading time and makes guessing easier. Write what people really believe, or one option less.

    Bad:
        options:
          - text: Remove the needle
            correct: true
            why: Consent can be withdrawn.
          - text: Run away!!!
            why: Unsafe. The needle stays in.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    Good:
        {usual options}
    """
    if asked.fixed:
        return
    for choice in asked.distractors if _may_joke(asked) else ():
        found = _JOKE.search(choice.text)
        if found:
            yield Advice(
                choice.path, f"'{found.group().strip()}' is no answer anyone believes in", "write a real mistake"
            )
    values = [abs(value) for value in numeric_values(asked)]
    key = next((value for value, each in zip(values, asked.choices, strict=False) if each is asked.key), 0)
    for choice, value in zip(asked.choices, values, strict=False):
        if key and value and max(value / key, key / value) >= FAR:
            yield Advice(choice.path, f"{value:g} is a thousand times off", "write a number that someone might believe")


def _may_joke(asked: Asked) -> bool:
    return "!!" in asked.said or not _JOKE_WORDS.isdisjoint(asked.words) or bool(_EMPTY.search(asked.said))


FAR = 1000
_JOKE = re.compile(
    r"!!|\b(?:lol|haha|magic|aliens?|unicorns?|run away|i (?:do not|don't) know|no idea|who cares|does not matter|"
    r"doesn't matter|homer simpson|chuck norris|ask google|go home and sleep|take a nap|"
    r"do nothing at all ever|panic|cry|scream)\b|^\W*(?:[?.x-]+|not sure|whatever|maybe|nothing|something else)\W*$",
    re.IGNORECASE,
)
_JOKING = """lol haha magic alien aliens unicorn unicorns run know idea cares matter homer chuck google sleep nap all
    panic cry scream sure whatever maybe nothing something"""
_JOKE_WORDS = frozenset(_JOKING.split())
"""One of these is in whatever has words and is a joke."""
_EMPTY = re.compile(r"^[\WxX]*$", re.MULTILINE)
