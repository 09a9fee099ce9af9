"""An analysis as JSON, the same from a file and from the database."""

from collections.abc import Sequence
from typing import Any

from training.measurement.analysis import Analysis
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


def _number(value: float) -> float | None:
    """JSON has no NaN and no infinity: what cannot be said is null."""
    return float(value) if value - value == 0 else None
