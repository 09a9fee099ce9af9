"""What may be shown at how many answers: too few to judge is said, not hidden behind a number."""

from enum import IntEnum

SHARES_FROM, CORRELATIONS_FROM, RASCH_FROM, TWO_PL_FROM, DIF_FROM, FREE_FROM = 5, 20, 50, 100, 200, 500


class Standing(IntEnum):
    """How much the number of answers to an item allows; each step allows all before it."""

    COUNTS = 0
    SHARES = 1
    PROVISIONAL = 2
    RASCH = 3
    REGULARISED = 4
    FULL = 5
    LARGE = 6


def standing(n: float) -> Standing:
    """Say what n answers allow: 5 shares, 20 correlations, 50 Rasch, 100 a 2PL with priors, 200 DIF, 500 a free 2PL."""
    steps = (SHARES_FROM, CORRELATIONS_FROM, RASCH_FROM, TWO_PL_FROM, DIF_FROM, FREE_FROM)
    return Standing(sum(n >= step for step in steps))


def sentence(n: float) -> str:
    """Say it in words."""
    count = f"{n:.0f} answer" + ("" if n == 1 else "s")
    return {
        Standing.COUNTS: f"{count}: too few to judge. Below {SHARES_FROM} only counts are shown.",
        Standing.SHARES: f"{count}: too few to judge. Correlations, alpha and models need {CORRELATIONS_FROM}.",
        Standing.PROVISIONAL: f"{count}: provisional. Correlations are uncertain; a Rasch model needs {RASCH_FROM}.",
        Standing.RASCH: f"{count}: enough for Rasch difficulties; discriminations need {TWO_PL_FROM}.",
        Standing.REGULARISED: f"{count}: enough for a 2PL held by priors; comparisons of groups are a screen only.",
        Standing.FULL: f"{count}: enough for a 2PL held by priors and for comparing groups of {TWO_PL_FROM} each.",
        Standing.LARGE: f"{count}: enough for a 2PL without priors and for tests of fit.",
    }[standing(n)]
