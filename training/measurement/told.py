"""An analysis as JSON, the same from a file and from the database."""

from collections.abc import Sequence
from typing import Any

from training.measurement.analysis import Analysis
from training.measurement.groups import Comparison, Groups
from training.measurement.linked import Linked
from training.measurement.pairs import Dependence
from training.measurement.shown import Shown

COLUMNS = ("p", "p_low", "p_high", "r_rest", "alpha_if_deleted", "a", "se_a", "b", "se_b")


def as_json(names: Sequence[str], analysis: Analysis) -> dict[str, Any]:
    """Give the test, its items by these names, and the model."""
    test, fit, shown = analysis.test, analysis.model.fit, analysis.shown
    return {
        "test": {
            "n": test.n, "items": test.items, "mean": _number(test.mean), "sd": _number(test.sd),
            "alpha": _number(shown.alpha), "alpha_low": _number(shown.alpha_low),
            "alpha_high": _number(shown.alpha_high), "sem": _number(shown.sem),
        },
        "items": [_item(name, analysis, shown, place) for place, name in enumerate(names)],
        "model": {
            "name": analysis.model.name,
            "log_likelihood": _number(fit.log_likelihood) if fit else None,
            "iterations": fit.iterations if fit else None,
            "converged": fit.converged if fit else None,
        },
    }  # fmt: skip


def _item(name: str, analysis: Analysis, shown: Shown, place: int) -> dict[str, Any]:
    flags = [{"flag": flag.name, "reason": flag.reason} for flag in analysis.flags[place]]
    numbers = {column: _number(getattr(shown, column)[place]) for column in COLUMNS}
    return {"id": name, "n": int(analysis.items.n[place]), **numbers, "flags": flags}


def groups_as_json(names: Sequence[str], groups: Groups) -> dict[str, Any]:
    """Give how each group fared against the largest."""
    return {
        "reference": groups.reference, "n": groups.n, "matched_by": groups.matched,
        "compared": [_comparison(names, each) for each in groups.compared], "notes": list(groups.notes),
    }  # fmt: skip


def _comparison(names: Sequence[str], one: Comparison) -> dict[str, Any]:
    numbers = ("odds_ratio", "delta", "delta_error", "chi_square", "p", "p_adjusted")
    return {
        "focal": one.focal, "n": one.n,
        "items": [
            {"id": name, **{each: _number(getattr(dif, each)) for each in numbers}, "level": dif.level,
             "reason": dif.reason}
            for name, dif in zip(names, one.items, strict=True)
        ],
    }  # fmt: skip


def dependence_as_json(names: Sequence[str], found: Dependence) -> dict[str, Any]:
    """Give the pairs of items that hang together."""
    pairs = [{"first": names[p.first], "second": names[p.second], "q3": p.q3, "n": p.n} for p in found.pairs]
    return {"mean": _number(found.mean), "judged": found.judged, "pairs": pairs, "notes": list(found.notes)}


def link_as_json(other: str, link: Linked) -> dict[str, Any]:
    """Give the link to another form."""
    return {
        "to": other, "method": link.method, "slope": _number(link.slope), "shift": _number(link.shift),
        "common": list(link.common), "moved": [{"id": each.name, "by": each.by} for each in link.moved],
        "difficulties": [{"id": name, "there": there, "here": here} for name, there, here in link.difficulties],
        "notes": list(link.notes),
    }  # fmt: skip


def _number(value: float) -> float | None:
    """JSON has no NaN and no infinity: what cannot be said is null."""
    return float(value) if value - value == 0 else None
