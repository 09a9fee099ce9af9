"""Our banks keep the blueprint's proportions, and a key stands out by nothing but being right."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import mean

import pytest

from training.content.libraries import load_library
from training.core.items.single_best import SingleBest

ROOT = Path(__file__).parents[2]
WEIGHTS = {"1": 17, "2": 17, "3": 12, "4": 9, "5": 11, "6": 8, "7": 8, "8": 7, "9": 7, "10": 4}
"""The brief's blueprint, in percent."""


@cache
def single() -> list[SingleBest]:
    return [item for item in load_library(ROOT)[0].items() if item.scorable and isinstance(item, SingleBest)]


def lengths(item: SingleBest) -> tuple[int, list[int]]:
    """The key's length in characters, and the distractors'."""
    said = {option.text: option.correct for option in item.options}
    return next(len(text) for text, key in said.items() if key), [len(text) for text, key in said.items() if not key]


def word_length(text: str) -> float:
    return mean(len(word) for word in text.split())


@pytest.mark.parametrize("domain", WEIGHTS)
def test_a_domain_has_its_share_of_the_items(domain: str) -> None:
    counts = Counter(item.objective.split(".")[0] for item in load_library(ROOT)[0].items() if item.scorable)

    assert abs(100 * counts[domain] / counts.total() - WEIGHTS[domain]) <= 3


def test_the_key_stands_in_every_place_about_as_often() -> None:
    of_four = [item for item in single() if len(item.options) == 4]
    places = Counter(next(n for n, each in enumerate(item.options) if each.correct) for item in of_four)

    assert len(of_four) > 300
    assert all(0.2 <= count / len(of_four) <= 0.3 for count in places.values()), places


@pytest.mark.parametrize("extreme", [max, min])
def test_the_key_is_the_longest_or_the_shortest_no_more_often_than_chance(extreme: Callable[..., int]) -> None:
    first = sum(1 for item in single() if _stands_out(*lengths(item), extreme))

    assert first / len(single()) <= 0.25


def test_keys_are_as_long_and_as_easy_to_read_as_distractors() -> None:
    ratios = [key / mean(others) for key, others in map(lengths, single())]
    harder = [
        word_length(key.text) - mean(word_length(each.text) for each in item.options if not each.correct)
        for item in single()
        for key in item.options
        if key.correct
    ]

    assert 0.95 <= mean(ratios) <= 1.05
    assert abs(mean(harder)) <= 0.2


def _stands_out(key: int, others: list[int], extreme: Callable[..., int]) -> bool:
    return key not in others and extreme(key, *others) == key
