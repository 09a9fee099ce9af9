"""What each bot looks at: a number for every option of a question; it takes the option with the highest."""

import re
from collections.abc import Callable, Sequence
from statistics import median

from training.content.rules.asked import Asked, Choice
from training.content.rules.numeric import numeric_values
from training.content.rules.words import listed_words

Scores = list[float]
Cue = Callable[[Asked], Scores]

_HEDGES = re.compile(
    listed_words(
        "may|might|can|could|usually|generally|often|sometimes|tend|tends to|likely|possibly|probably|about|around"
    ),
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(listed_words("always|never|all|none|only|every|any|must|entirely|completely|no"), re.IGNORECASE)
_ALL_OF_THEM = re.compile(
    listed_words("all of the above|all of these|all of them|none of the above|none of these|both"), re.IGNORECASE
)
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
_MANY = re.compile(r"\b(?:which|what)\b[^?]*\b(?:are|were|have|do)\b", re.IGNORECASE)
_SINGLE = re.compile(r"\b(?:which|what)\b[^?]*\b(?:is|was|has|does)\b", re.IGNORECASE)


def longest(asked: Asked) -> Scores:
    """Take the longest option."""
    return [float(len(each.text)) for each in asked.choices]


def most_hedged(asked: Asked) -> Scores:
    """Take the option with the most words like may, usually, about."""
    return [float(len(_HEDGES.findall(each.text))) for each in asked.choices]


def clang(asked: Asked) -> Scores:
    """Take the option that shares the most words with the stem."""
    return [float(len(each.content & asked.content)) for each in asked.choices]


def convergence(asked: Asked) -> Scores:
    """Take the option whose words come back in the most other options."""
    return [_shared(each, asked.choices) for each in asked.choices]


def odd_one_out(asked: Asked) -> Scores:
    """Take the option that has the least in common with the others."""
    return [-score for score in convergence(asked)]


def middle_number(asked: Asked) -> Scores:
    """Take the number in the middle, where all options are numbers."""
    values = numeric_values(asked)
    if not values:
        return [0.0] * len(asked.choices)
    centre = median(values)
    ranks = sorted(values)
    middle = (len(values) - 1) / 2
    return [-abs(ranks.index(value) - middle) - 1e-6 * abs(value - centre) / (abs(centre) + 1) for value in values]


def grammar(asked: Asked) -> Scores:
    """Take an option that fits a closing "a" or "an", or the number of the verb."""
    return [_article(asked.stem, each) + _number(asked.lead_in, each) for each in asked.choices]


def no_absolutes(asked: Asked) -> Scores:
    """Avoid options with words like always, never, only."""
    return [-float(len(_ABSOLUTES.findall(each.text))) for each in asked.choices]


def all_of_the_above(asked: Asked) -> Scores:
    """Take "all of the above" and its like."""
    return [float(bool(_ALL_OF_THEM.search(each.text))) for each in asked.choices]


CUES: dict[str, Cue] = {
    "longest": longest,
    "most_hedged": most_hedged,
    "clang": clang,
    "convergence": convergence,
    "odd_one_out": odd_one_out,
    "middle_number": middle_number,
    "grammar": grammar,
    "no_absolutes": no_absolutes,
    "all_of_the_above": all_of_the_above,
}


def _shared(choice: Choice, choices: Sequence[Choice]) -> float:
    others = [each for each in choices if each is not choice]
    shared = sum(len(choice.content & each.content) for each in others)
    return shared / (len(choice.content) or 1)


def _article(stem: str, choice: Choice) -> float:
    ending = re.search(r"\b(an?)[\s:_.…]*$", stem, re.IGNORECASE)
    if ending is None:
        return 0.0
    return float(bool(_VOWEL.match(choice.text)) == (ending.group(1).lower() == "an"))


def _number(lead_in: str, choice: Choice) -> float:
    many, single = bool(_MANY.search(lead_in)), bool(_SINGLE.search(lead_in))
    if many == single or not choice.tokens:
        return 0.0
    plural = choice.tokens[0].endswith("s") and not choice.tokens[0].endswith(("ss", "us", "is"))
    return float(plural == many)
