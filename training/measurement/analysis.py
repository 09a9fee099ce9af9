"""One analysis from answers to verdicts, showing of each item what its number of answers allows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.measurement.calibration import Calibration, calibrate
from training.measurement.choices import OptionUse, option_table
from training.measurement.fairness import benjamini_hochberg
from training.measurement.fit import item_fit
from training.measurement.items import ItemStatistics, item_statistics
from training.measurement.marks import Marks, is_binary, marks_of
from training.measurement.maximisation import Prior
from training.measurement.policy import FREE_FROM, RASCH_FROM, TWO_PL_FROM
from training.measurement.precision import StandardErrors, standard_errors
from training.measurement.reliability import WholeTest, summarise_test
from training.measurement.responses import Array, Responses, to_matrix, totals
from training.measurement.shown import Shown, shown
from training.measurement.sums import item_sums
from training.measurement.verdicts import Flag, flags_of

NAMES = {"ctt": "classical statistics", "rasch": "the Rasch model", "2pl": "the 2PL"}
MOST_ITEMS_FOR_FIT = 200
NOTHING_SHARED = 0.1


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model with its errors, as far as the answers allowed one; `notes` say what was asked and not given, and why."""

    name: str
    fit: Calibration | None
    errors: StandardErrors | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A whole test: its statistics, its items', the options', the model's, and what deserves a look."""

    test: WholeTest
    items: ItemStatistics
    options: tuple[tuple[OptionUse, ...], ...]
    model: Fitted
    flags: tuple[tuple[Flag, ...], ...]

    @property
    def shown(self) -> Shown:
        """The numbers that may be shown."""
        fit, errors, nothing = self.model.fit, self.model.errors, np.full(self.test.items, np.nan)
        if fit is None or errors is None:
            return shown(self.test, self.items, (nothing,) * 4, common=False)
        return shown(self.test, self.items, (fit.a, errors.a, fit.b, errors.b), common=fit.common)


def analyse(
    responses: Responses, model: str = "ctt", *, right: Array | None = None, names: Sequence[Sequence[str]] = (),
    priors: bool = True,
) -> Analysis:  # fmt: skip
    """Analyse answers; `right` and `names` are what each option earns and is called."""
    of = totals(responses)
    sums = item_sums(responses, of, options=None if right is None else right.shape[1])
    stats = item_statistics(sums)
    uses: tuple[tuple[OptionUse, ...], ...] = ((),) * responses.items
    if right is not None:
        chosen = option_table(sums, right)
        uses = tuple(chosen.of(item) for item in range(responses.items))
    fitted = fitted_model(responses, stats.n, model, priors=priors)
    fit_p = _fit_p(responses, fitted)
    flags = tuple(
        flags_of(stats, item, uses[item], names[item] if names else (), float(fit_p[item]))
        for item in range(responses.items)
    )
    return Analysis(summarise_test(responses, of), stats, uses, fitted, flags)


def fitted_model(responses: Responses, n: Array, model: str, *, priors: bool = True) -> Fitted:
    """Fit what was asked, or what the answers allow of it: Rasch from 50, a 2PL from 100, free of priors from 500."""
    if model == "ctt":
        return Fitted("ctt", None, None, ())
    if not is_binary(responses):
        return Fitted("ctt", None, None, (f"Some scores are neither 0 nor 1: {NAMES[model]} needs right or wrong.",))
    most, notes = float(n.max(initial=0)), []
    if most < RASCH_FROM:
        return Fitted("ctt", None, None, (f"No item has {RASCH_FROM} answers: too few for {NAMES[model]}.",))
    if model == "2pl" and most < TWO_PL_FROM:
        notes.append(f"No item has {TWO_PL_FROM} answers: too few for the 2PL, so the Rasch model was fitted instead.")
        model = "rasch"
    prior, note = _prior(n, model, priors=priors)
    fit, marks = _calibrated(responses, model, prior)
    nothing = _nothing_to_fit(fit)
    if nothing:
        return Fitted("ctt", None, None, (nothing,))
    if not fit.converged:
        notes.append("The estimates did not settle; the answers say too little about some items.")
    return Fitted(model, fit, standard_errors(marks, fit), (*notes, *note))


def _nothing_to_fit(fit: Calibration) -> str:
    """Say why a model of these answers would mean nothing; empty where it means something."""
    fewest = 2 if fit.common else 3
    if fit.fitted.sum() < fewest:
        name = NAMES["rasch" if fit.common else "2pl"]
        return f"T{name[1:]} needs {fewest} items that some had right and some wrong."
    if np.nanmax(np.abs(fit.a)) < NOTHING_SHARED:
        return "The items have next to nothing in common: difficulties and abilities would mean nothing here."
    return ""


def _prior(n: Array, model: str, *, priors: bool) -> tuple[Prior, tuple[str, ...]]:
    """Hold items with few answers, and say so."""
    few = (n < (TWO_PL_FROM if model == "rasch" else FREE_FROM)) & (n > 0)
    if not priors or not few.any():
        return Prior.none(len(n)), ()
    all_of = Prior.normal(len(n), log_a_sd=None if model == "rasch" else 0.5).where(few)
    which = "All items" if few.all() else f"{few.sum()} of {len(n)} items"
    limit = TWO_PL_FROM if model == "rasch" else FREE_FROM
    held = "difficulties are" if model == "rasch" else "slopes and difficulties are"
    return all_of, (f"{which} have fewer than {limit} answers: their {held} held by priors (regularised).",)


def _calibrated(responses: Responses, model: str, prior: Prior) -> tuple[Calibration, Marks]:
    marks = marks_of(responses)
    if model == "2pl":
        return calibrate(marks, prior=prior), marks
    return calibrate(marks_of(responses, by_score=True), common=True, prior=prior), marks


def _fit_p(responses: Responses, fitted: Fitted) -> Array:
    """Test each item's fit where everybody saw everything and there are answers enough."""
    nothing = np.full(responses.items, np.nan)
    complete = len(responses) == responses.persons * responses.items
    if fitted.fit is None or not complete or not responses.persons >= FREE_FROM or responses.items > MOST_ITEMS_FOR_FIT:
        return nothing
    kept = np.flatnonzero(fitted.fit.fitted)
    if len(kept) < 3:  # noqa: PLR2004 - too few sum scores
        return nothing
    scores = to_matrix(responses)[:, kept]
    found = item_fit(scores, fitted.fit.a[kept], fitted.fit.b[kept], parameters=1 if fitted.fit.common else 2)
    nothing[kept] = benjamini_hochberg(found.p)
    return nothing
