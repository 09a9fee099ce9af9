"""An analysis for people: a table of the items, then in sentences what deserves a look."""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import isnan

from training.cli.ink import ink, wrapped
from training.measurement.analysis import NAMES, Analysis
from training.measurement.policy import Standing, standing
from training.measurement.shown import Shown

WIDEST_NAME = 28
WIDEST_OPTION = 34
NOTHING = "–"
HEAD = f"{'n':>6}  {'right':>5} {'95 %':>11}  {'r rest':>6} {'95 %':>12}  {'D':>5}  {'alpha w/o':>9}"
MODEL_HEAD = f"  {'a':>5} {'(se)':>6}  {'b':>6} {'(se)':>6}  {'in all':>6}"


def as_text(names: Sequence[str], options: Sequence[Sequence[str]], analysis: Analysis) -> str:
    """Write all of it."""
    shown = analysis.shown
    head = (_test(analysis, shown), [""], _items(names, analysis, shown))
    return "\n".join(chain(*head, _options(names, options, analysis), _notes(names, analysis)))


def _test(analysis: Analysis, shown: Shown) -> Iterator[str]:
    test, fit = analysis.test, analysis.model.fit
    each = f", up to {test.length} each" if test.length < test.items else ""
    counts = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((test.n, "person"), (test.items, "item")))
    yield ink(f"{counts}{each}", "bold")
    if standing(test.n) >= Standing.SHARES:
        yield f"mean score {test.mean:.2f} of {test.length}, standard deviation {_two(test.sd)}"
    if standing(test.n) >= Standing.PROVISIONAL and isnan(shown.alpha):
        yield "No alpha: it takes two items or more, scores that differ, and learners who met the same items."
    elif standing(test.n) >= Standing.PROVISIONAL:
        yield (
            f"alpha {_two(shown.alpha)} ({_two(shown.alpha_low)} to {_two(shown.alpha_high)}),"
            f" standard error of a score {_two(shown.sem)}"
        )
    else:
        yield f"Too few to judge how reliable the scores are: alpha needs 20 persons, here are {test.n}."
    if fit:
        settled = "settled" if fit.converged else "did not settle"
        name = NAMES[analysis.model.name].removeprefix("the ")
        yield f"{name}: log-likelihood {fit.log_likelihood:.3f}, {settled} after {fit.iterations} steps"


def _items(names: Sequence[str], analysis: Analysis, shown: Shown) -> Iterator[str]:
    wide = min(max([4, *map(len, names)]), WIDEST_NAME)
    model = analysis.model.fit is not None
    yield ink(f"{'item':<{wide}} {HEAD}{MODEL_HEAD if model else ''}  flags", "bold")
    for place, name in enumerate(names):
        flags = ", ".join(flag.name.replace("_", " ") for flag in analysis.flags[place])
        row = (
            f"{_fitting(name, wide):<{wide}} {analysis.items.n[place]:>6.0f}  {_two(shown.p[place]):>5}"
            f" {_range(shown.p_low[place], shown.p_high[place]):>11}  {_two(shown.r_rest[place]):>6}"
            f" {_range(shown.r_low[place], shown.r_high[place]):>12}  {_two(shown.discrimination[place]):>5}"
            f"  {_two(shown.alpha_if_deleted[place]):>9}"
        )
        if model:
            row += f"  {_two(shown.a[place]):>5} {_error(shown.se_a[place]):>6}"
            row += f"  {_two(shown.b[place]):>6} {_error(shown.se_b[place]):>6}  {_two(shown.p_in_all[place]):>6}"
        yield f"{row}  {flags}".rstrip()


def _options(names: Sequence[str], options: Sequence[Sequence[str]], analysis: Analysis) -> Iterator[str]:
    if not any(options):
        return
    title = "Who chooses what: share of all, then of the lowest, middle and highest third. * is right."
    yield from ("", ink(title, "bold"))
    wide = min(max([4, *map(len, names)]), WIDEST_NAME)
    for name, own, uses in zip(names, options, analysis.options, strict=True):
        for use in uses:
            thirds = " ".join(f"{share:>4.0%}" for share in use.by_third)
            label = f"{_fitting(own[use.option], WIDEST_OPTION)}{'*' if use.right else ''}"
            said = "few choose it" if use.idle else "better than the key" if use.beats_key else ""
            row = f"{_fitting(name, wide):<{wide}}  {label:<{WIDEST_OPTION + 1}} {use.n:>6}  {use.share:>4.0%}"
            yield f"{row}  {thirds}  {said}".rstrip()


def _notes(names: Sequence[str], analysis: Analysis) -> Iterator[str]:
    yield from ("", *(wrapped(note) for note in analysis.model.notes)) if analysis.model.notes else ()
    raised = [(name, flag) for name, flags in zip(names, analysis.flags, strict=True) for flag in flags]
    few = sum(flag.name == "too_few" for _, flag in raised)
    rest = [(name, flag) for name, flag in raised if flag.name != "too_few"]
    if few:
        text = f"Too few answers to judge {few} of {len(names)} items: one with fewer than 20 is not flagged."
        yield from ("", wrapped(text))
    if rest:
        yield from ("", ink("What deserves a look", "bold"))
    for name, flag in rest:
        yield wrapped(f"{name}: {flag.reason}", indent="  ", first="")
    if not rest and not few:
        yield from ("", "No item stands out.")


def _two(value: float) -> str:
    return NOTHING if value != value else f"{value:.2f}"  # noqa: PLR0124 - only NaN differs from itself


def _range(low: float, high: float) -> str:
    return "" if low != low else f"{low:.2f}–{high:.2f}" if low >= 0 else f"{low:.2f}…{high:.2f}"  # noqa: PLR0124


def _error(value: float) -> str:
    return "" if value != value else f"({value:.2f})"  # noqa: PLR0124 - as above


def _fitting(name: str, width: int) -> str:
    clean = "".join(mark if mark.isprintable() else " " for mark in name)
    return clean if len(clean) <= width else clean[: width - 1] + "…"
