"""Whether an item treats two groups of equal ability alike: Mantel-Haenszel, with sizes below which it keeps silent."""

from dataclasses import dataclass

import numpy as np

from training.measurement.responses import Array, Flags, Responses, from_matrix

SCREEN, FULL = 50, 100
DELTA = -2.35


@dataclass(frozen=True, slots=True)
class Dif:
    """One item: odds ratio of the reference group to the focal one, on the delta scale too, and its class.

    Below 0, `delta` says the item is harder for the focal group. `level` is A (negligible), B or C (large), or empty
    where nothing can be said; `reason` says so in a sentence. `p_adjusted` allows for many items being looked at.
    """

    odds_ratio: float
    delta: float
    delta_error: float
    chi_square: float
    p: float
    p_adjusted: float
    level: str
    reason: str


def mantel_haenszel(scores: Array, focal: Flags, *, purify: bool = True) -> tuple[Dif, ...]:
    """Compare the odds of a right answer between persons of equal sum score, item by item.

    alpha = sum A D / T over sum B C / T; chi² with continuity correction: Holland & Thayer (1988), in Wainer & Braun,
    Test Validity; delta = -2.35 ln alpha; the error of ln alpha: Robins, Breslow & Greenland (1986), Biometrics
    42:311. The sum contains the item itself; with `purify`, other items found large (C) are left out of it once. p is
    adjusted by Benjamini & Hochberg (1995). `scores` are 0 and 1 (NaN: no answer); persons are matched on how many
    they had right.
    """
    return compared(from_matrix(scores), np.asarray(focal, dtype=bool), purify=purify)


def compared(
    responses: Responses, focal: Flags, strata: Array | None = None, *, purify: bool = True
) -> tuple[Dif, ...]:
    """Do the same of answers, whoever saw which items; `strata` are of persons to be compared with each other."""
    first = _screened(responses, focal, strata, np.ones(responses.items, bool))
    large = np.array([each.level == "C" for each in first])
    if not purify or strata is not None or not large.any() or large.all():
        return first
    return _screened(responses, focal, strata, ~large)


def _screened(responses: Responses, focal: Flags, strata: Array | None, matching: Flags) -> tuple[Dif, ...]:
    person, score = responses.person, np.asarray(responses.score, dtype=np.float64)
    counted = score * matching[responses.item]
    match = np.bincount(person, weights=counted, minlength=responses.persons)
    order = np.argsort(responses.item, kind="stable")
    edges = np.searchsorted(responses.item[order], np.arange(responses.items + 1))
    rows = []
    for item in range(responses.items):
        own = order[edges[item] : edges[item + 1]]
        who, right = person[own], score[own]
        level = match[who] + (0 if matching[item] else right) if strata is None else strata[who]
        rows.append(_one(right, focal[who], np.asarray(level, dtype=np.float64)))
    adjusted = benjamini_hochberg(np.array([row[4] for row in rows]))
    return tuple(Dif(*row[:5], float(p), *_verdict(row, float(p))) for row, p in zip(rows, adjusted, strict=True))


Row = tuple[float, float, float, float, float, int]


def _one(right: Array, focal: Flags, level: Array) -> Row:
    from scipy.stats import chi2  # noqa: PLC0415 - takes seconds to import

    _, stratum = np.unique(level, return_inverse=True)
    a, b, c, d = (
        np.bincount(stratum, weights=(chosen & wanted).astype(float))
        for chosen in (~focal, focal)
        for wanted in (right == 1, right == 0)
    )
    total = a + b + c + d
    smaller = int(min((~focal).sum(), focal.sum()))
    use = (total > 1) & (a + b > 0) & (c + d > 0)
    a, b, c, d, total = (each[use] for each in (a, b, c, d, total))
    up, down = float((a * d / total).sum()), float((b * c / total).sum())
    variance = float(((a + b) * (c + d) * (a + c) * (b + d) / (total**2 * (total - 1))).sum())
    if up <= 0 or down <= 0 or variance <= 0:
        return (np.nan,) * 5 + (smaller,)
    chi = max(0.0, abs(float((a - (a + b) * (a + c) / total).sum())) - 0.5) ** 2 / variance
    agree, cross = (a + d) / total, (b + c) / total
    r, s = a * d / total, b * c / total
    log_variance = (
        (agree * r).sum() / (2 * up**2)
        + (agree * s + cross * r).sum() / (2 * up * down)
        + (cross * s).sum() / (2 * down**2)
    )
    odds = up / down
    return (
        odds,
        DELTA * float(np.log(odds)),
        -DELTA * float(np.sqrt(log_variance)),
        chi,
        float(chi2.sf(chi, 1)),
        smaller,
    )


def _verdict(row: Row, p: float) -> tuple[str, str]:
    """Class by the rules of the Educational Testing Service: Zieky (1993), in Holland & Wainer, chapter 17."""
    _, delta, error, _, _, smaller = row
    if smaller < SCREEN:
        return "", f"The smaller group has {smaller} answers; fewer than {SCREEN} cannot tell bias from chance."
    if np.isnan(delta):
        return "", "The groups have no sum score in common at which both right and wrong answers were given."
    level = "A" if abs(delta) < 1 or p >= 0.05 else "B"  # noqa: PLR2004 - the published limits
    if level == "B" and abs(delta) >= 1.5 and abs(delta) - 1.645 * error > 1:  # noqa: PLR2004 - as above
        level = "C"
    harder = "harder" if delta < 0 else "easier"
    size = {"A": "no more than negligibly", "B": "somewhat", "C": "clearly"}[level]
    caution = f" The smaller group has {smaller} answers: a screen only." if smaller < FULL else ""
    return level, f"At equal ability the item is {size} {harder} for the focal group.{caution}"


def benjamini_hochberg(p: Array) -> Array:
    """Adjust p values so that the share of false alarms is held: min over larger ones of p m / rank. NaN stays NaN."""
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(-p[known])]
    rank = np.arange(len(order), 0, -1)
    adjusted = np.full(len(p), np.nan)
    if len(order):
        adjusted[order] = np.minimum(1, np.minimum.accumulate(p[order] * len(order) / rank))
    return adjusted
