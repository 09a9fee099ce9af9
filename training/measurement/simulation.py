"""Learners and answers that never were: drawn from an item-response model, for demonstrations and for tests."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SPREAD_OF_SKILL = 0.8
SPREAD_BETWEEN_DOMAINS = 0.45
SPREAD_OF_DIFFICULTY = 0.7
SPREAD_OF_LOG_DISCRIMINATION = 0.25
MEDIAN_SECONDS = 42.0
SPREAD_OF_LOG_SECONDS = 0.55
SPREAD_OF_LOG_PACE = 0.3


@dataclass(frozen=True, slots=True)
class ItemModel:
    """How items behave: difficulty on the ability scale, discrimination above 0, and the chance of a lucky guess."""

    difficulty: Array
    discrimination: Array
    guessing: Array


def three_pl(ability: Array | float, items: ItemModel) -> Array:
    """Give the probability of a right answer: c + (1 - c) / (1 + exp(-a (theta - b))).

    `ability` broadcasts against the items. Birnbaum (1968), in Lord & Novick, Statistical Theories of
    Mental Test Scores, chapter 17.
    """
    logit = items.discrimination * (np.asarray(ability) - items.difficulty)
    return np.asarray(items.guessing + (1 - items.guessing) / (1 + np.exp(-logit)))


def draw_abilities(rng: np.random.Generator, learners: int, domains: int) -> Array:
    """Draw abilities, learners x domains: one skill shared by all domains and a part of each domain's own."""
    shared = rng.normal(0, SPREAD_OF_SKILL, (learners, 1))
    return np.asarray(shared + rng.normal(0, SPREAD_BETWEEN_DOMAINS, (learners, domains)))


def draw_items(rng: np.random.Generator, mean_difficulty: Array, guessing: Array) -> ItemModel:
    """Draw items around their mean difficulties; log discrimination is normal about 0."""
    count = len(mean_difficulty)
    difficulty = mean_difficulty + rng.normal(0, SPREAD_OF_DIFFICULTY, count)
    return ItemModel(difficulty, np.exp(rng.normal(0, SPREAD_OF_LOG_DISCRIMINATION, count)), guessing)


def learning_gain(practised: Array, ceiling: float, pace: float = 0.05) -> Array:
    """Give how far practice has lifted ability: ceiling x (1 - exp(-pace n)), steep at first, then level.

    `practised` counts the questions met; one entry for each domain. The exponential law of practice:
    Heathcote, Brown & Mewhort (2000), Psychonomic Bulletin & Review 7:185.
    """
    return np.asarray(ceiling * (1 - np.exp(-pace * practised)))


def draw_paces(rng: np.random.Generator, learners: int) -> Array:
    """Draw how slow each learner is: the factor on her answering times, 1 in the middle."""
    return np.asarray(rng.lognormal(0, SPREAD_OF_LOG_PACE, learners))


def draw_seconds(rng: np.random.Generator, count: int, pace: float = 1.0) -> Array:
    """Draw answering times in seconds, log-normal (van der Linden 2006, J Educ Behav Stat 31:181)."""
    return np.asarray(rng.lognormal(np.log(MEDIAN_SECONDS * pace), SPREAD_OF_LOG_SECONDS, count))
