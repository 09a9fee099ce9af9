"""Which items deserve a look, and why, in a sentence; silent where answers are too few to tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from training.measurement.choices import OptionUse
from training.measurement.items import ItemStatistics
from training.measurement.policy import Standing, sentence, standing

WEAK = 0.15
EASY, HARD = 0.95, 0.2
MISFIT = 0.01
DRIFTED = 0.001
RAPID = 0.05


@dataclass(frozen=True, slots=True)
class Flag:
    """A short name for programs and the reason for people."""

    name: str
    reason: str


def flags_of(
    stats: ItemStatistics, item: int, uses: Sequence[OptionUse] = (), names: Sequence[str] = (), fit_p: float = np.nan
) -> tuple[Flag, ...]:
    """Give what is wrong with one item, the gravest first. `names` are its options'; `fit_p` is that of S-X2."""
    n = float(stats.n[item])
    if n == 0:
        return (Flag("not_answered", "Nobody answered this item."),)
    if standing(n) < Standing.PROVISIONAL:
        return (Flag("too_few", sentence(n)),)
    found = [*_by_key(stats, item), *_by_options(uses, names), *_by_facility(stats, item)]
    if standing(n) >= Standing.LARGE and fit_p < MISFIT:
        found.append(Flag("misfit", f"The answers do not follow the model (S-X2, adjusted p = {fit_p:.3f})."))
    return tuple(found)


def drift_flag(n: float, slope: float, p: float) -> Flag | None:
    """Say that an item moves beyond what all items together do, where the chance of that is below one in a thousand."""
    if standing(n) < Standing.PROVISIONAL or not p < DRIFTED:
        return None
    way, why = ("easier", "was it passed on?") if slope > 0 else ("harder", "is it still taught, and still true?")
    return Flag(
        "drifted",
        f"Month by month it gets {way} than the other items explain ({100 * slope:+.1f} points a month): {why}",
    )


def rapid_flag(n: float, seconds: float, low: float, right: float, right_else: float) -> Flag | None:
    """Say that answers come too soon to have been read, where surely more than one in twenty do."""
    if standing(n) < Standing.PROVISIONAL or not low > RAPID:
        return None
    said = (
        "right more often than the others: was it known beforehand?" if right > right_else
        else "right less often than the others: it is guessed, not read."
    )  # fmt: skip
    return Flag(
        "rapid_answers",
        f"At least {low:.0%} of the answers come within {seconds:.1f} seconds, a tenth of the usual time. "
        f"They are {said}",
    )


def _by_key(stats: ItemStatistics, item: int) -> Iterator[Flag]:
    r, high = float(stats.r_rest[item]), float(stats.r_rest_bounds.high[item])
    believed = float(stats.r_rest_shrunken[item])
    if np.isnan(r):
        return
    if high < 0:
        yield Flag(
            "negative_discrimination",
            f"Who does well elsewhere is more often wrong here (r = {r:.2f}, at most {high:.2f}): is the key right?",
        )
    elif high < WEAK:
        doubt = " Is the key right?" if r < 0 else ""
        yield Flag("low_discrimination", f"It hardly tells strong from weak: r = {r:.2f}, at most {high:.2f}.{doubt}")
    elif standing(float(stats.n[item])) >= Standing.RASCH and max(r, believed) < WEAK:
        yield Flag(
            "low_discrimination",
            f"It hardly tells strong from weak: r = {r:.2f}, {believed:.2f} in the light of the others.",
        )


def _by_options(uses: Sequence[OptionUse], names: Sequence[str]) -> Iterator[Flag]:
    better = [use for use in uses if use.beats_key]
    idle = [use for use in uses if use.idle]
    if better:
        yield Flag(
            "distractor_beats_key",
            f"Those who choose {_named(better, names)} do better than those who choose the key: is the key right?",
        )
    if idle:
        yield Flag("idle_options", f"Fewer than one in twenty choose {_named(idle, names)}.")


def _by_facility(stats: ItemStatistics, item: int) -> Iterator[Flag]:
    p, low, high = (
        float(each[item]) for each in (stats.facility, stats.facility_bounds.low, stats.facility_bounds.high)
    )
    if p in {0.0, 1.0}:
        yield Flag(
            "no_variation", f"Everybody was {'right' if p else 'wrong'}: the item tells learners apart from nobody."
        )
    elif low > EASY:
        yield Flag("too_easy", f"At least {low:.0%} are right: it says little about anyone.")
    elif high < HARD:
        yield Flag("too_hard", f"At most {high:.0%} are right: fewer than chance would often give.")


def _named(uses: Sequence[OptionUse], names: Sequence[str]) -> str:
    words = [f"“{names[use.option]}”" if use.option < len(names) else f"option {use.option + 1}" for use in uses]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
