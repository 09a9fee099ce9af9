"""Ways to put a flaw into a clean item, one wording after the other."""

from collections.abc import Callable

from training.core.items.item import OptionNote
from training.core.items.single_best import SingleBest

Spoil = Callable[[SingleBest, int], SingleBest]


def stem(*wordings: str) -> Spoil:
    """Put another stem, in which {} is the old one."""
    return lambda item, turn: item.model_copy(update={"stem": wordings[turn % len(wordings)].format(item.stem)})


def _with(item: SingleBest, correct: bool, change: Callable[[OptionNote], dict[str, object]]) -> SingleBest:
    place = next(number for number, each in enumerate(item.options) if each.correct is correct)
    options = list(item.options)
    options[place] = options[place].model_copy(update=change(options[place]))
    return SingleBest.model_construct(**{**item.__dict__, "options": tuple(options)})


def distractor(*wordings: str) -> Spoil:
    return lambda item, turn: _with(item, False, lambda old: {"text": wordings[turn % len(wordings)].format(old.text)})


def key(*wordings: str) -> Spoil:
    return lambda item, turn: _with(item, True, lambda old: {"text": wordings[turn % len(wordings)].format(old.text)})


def why(correct: bool, *wordings: str) -> Spoil:
    return lambda item, turn: _with(item, correct, lambda _: {"why": wordings[turn % len(wordings)]})


def texts(*sets: tuple[str, ...]) -> Spoil:
    """Put other texts into the options, as many as a set has; the key is the first of them."""

    def spoil(item: SingleBest, turn: int) -> SingleBest:
        made = tuple(
            OptionNote(text=text, why="A reason that says why.", correct=place == 0)
            for place, text in enumerate(sets[turn % len(sets)])
        )
        return SingleBest.model_construct(**{**item.__dict__, "options": made})

    return spoil


def all_options(prefix: str, *more: str) -> Spoil:
    prefixes = (prefix, *more)

    def spoil(item: SingleBest, turn: int) -> SingleBest:
        made = tuple(
            each.model_copy(update={"text": prefixes[turn % len(prefixes)] + each.text}) for each in item.options
        )
        return SingleBest.model_construct(**{**item.__dict__, "options": made})

    return spoil


def either(*ways: Spoil) -> Spoil:
    """Spoil in one way and then in the other."""
    return lambda item, turn: ways[turn % len(ways)](item, turn // len(ways))


def ended(an: bool, *endings: str) -> Spoil:
    """End the stem in an article that fits the key and not all options."""
    fitting = ("extra pillow", "warm cup of tea", "cold towel", "open window")
    other = ("towel", "ice pack", "apron", "glass of water")

    def spoil(item: SingleBest, turn: int) -> SingleBest:
        return texts(fitting if an else other)(stem(*endings)(item, turn), turn)

    return spoil
