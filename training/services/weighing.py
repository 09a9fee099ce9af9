"""Weighing a policy before anyone sits it: who passes, by what she truly knows, under the programme's own rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from training.core.decision import angoff_cut, rules_of
from training.core.form import Form, Slot
from training.core.interaction import ChooseOne, options_of
from training.core.question import Safety
from training.core.refusal import Refusal
from training.core.rules import ClusterRule, Rules
from training.measurement.pass_odds import Odds, Right, chance_of_success, simulated_odds, within
from training.services.assembling import Calibrated

STEPS = tuple(round(0.4 + 0.05 * n, 2) for n in range(13))
"""What a learner may truly know, from 40 to 100 %."""

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The odds by true knowledge, and the two errors at the border: who passes without it and who fails with it."""

    odds: tuple[Odds, ...]
    border: float
    tries: int

    @property
    def sentence(self) -> str:
        """Say the worst in one sentence: somebody clearly below the border who passes all the same."""
        below = [each for each in self.odds if each.knows <= self.border - 0.1 + 1e-9]
        each = below[-1] if below else self.odds[0]
        return (
            f"A learner who truly knows {100 * each.knows:.0f} % passes within {self.tries} "
            f"{'try' if self.tries == 1 else 'tries'} {100 * each.within:.0f} % of the time."
        )


def weigh(
    form: Form, *, tries: int | None = None, guessing: bool = False, seed: int = 1, steps: Sequence[float] = STEPS,
    calibration: Mapping[str, Calibrated] | None = None,
) -> Weighed:  # fmt: skip
    """Simulate papers of learners who know this or that share, and decide them by the form's rules.

    Tries are those of the policy unless given; unlimited tries count as three. With a calibration the chances are
    those of the ability whose expected share on this form is what she knows. Raises Refusal without rules.
    """
    rules = rules_of(form)
    if rules is None:
        raise Refusal("This quiz has no pass mark and no rules, so nothing can be weighed.")
    slots = [slot for slot in form.slots if slot.scored]
    allowed = tries or form.policy.tries or 3
    decide = partial(_passes, rules, form, slots)
    rng = np.random.default_rng(seed)
    found = []
    for knows in steps:
        once = simulated_odds(_chances(slots, knows, calibration, guessing=guessing), decide, rng)
        found.append(Odds(knows, once, within(once, allowed)))
    return Weighed(tuple(found), _border(rules, slots), allowed)


def _chances(
    slots: Sequence[Slot], knows: float, calibration: Mapping[str, Calibrated] | None, *, guessing: bool
) -> Shares:
    if calibration:
        items = [calibration.get(slot.question.item_id, Calibrated(1.0, 0.0)) for slot in slots]
        low, high = -8.0, 8.0
        for _ in range(40):
            middle = (low + high) / 2
            below = sum(item.chance(middle) for item in items) / len(items) < knows
            low, high = (middle, high) if below else (low, middle)
        return np.array([item.chance(low) for item in items])
    options = [len(options_of(slot.question.interaction)) if _guessable(slot) and guessing else 0 for slot in slots]
    return np.array([chance_of_success(knows, count) for count in options])


def _guessable(slot: Slot) -> bool:
    return isinstance(slot.question.interaction, ChooseOne)


def _border(rules: Rules, slots: Sequence[Slot]) -> float:
    if rules.overall is None:
        cuts = [cluster.cut for cluster in rules.clusters if cluster.cut is not None]
        return max(cuts, default=70.0) / 100
    cut = angoff_cut(slots, rules.overall.cut) if rules.overall.angoff else rules.overall.cut
    return cut / 100


def _passes(rules: Rules, form: Form, slots: Sequence[Slot], right: Right) -> Right:
    """Decide many papers at once, by the same rules as `core.decision`; a test holds the two together."""
    points = np.array([slot.points for slot in slots])
    good = np.ones(len(right), dtype=bool)
    total = 100 * right @ points / points.sum()
    cut = _border(rules, slots) * 100
    if rules.overall:
        good &= total >= cut - 1e-9
    good &= _sections(rules, form, slots, right, total - cut)
    for cluster in rules.clusters:
        good &= _cluster(cluster, slots, right)
    if rules.sentinels:
        of = np.array([slot.question.safety is Safety.SENTINEL for slot in slots])
        good &= (~right[:, of]).sum(axis=1) <= rules.sentinels.misses
    return good


def _sections(rules: Rules, form: Form, slots: Sequence[Slot], right: Right, surplus: Shares) -> Right:
    short = np.zeros(len(right), dtype=int)
    lowest = np.full(len(right), np.inf)
    points = np.array([slot.points for slot in slots])
    for rule in rules.sections:
        of = np.array([form.sections[slot.section] == rule.section for slot in slots])
        share = 100 * right[:, of] @ points[of] / points[of].sum()
        below = share < rule.cut - 1e-9
        short += below
        lowest = np.where(below, np.minimum(lowest, share), lowest)
    allowance = rules.compensation
    if allowance is None:
        return np.asarray(short == 0)
    made_up = (surplus >= allowance.surplus - 1e-9) & (short <= allowance.sections) & (lowest >= allowance.floor - 1e-9)
    return np.asarray((short == 0) | made_up)


def _cluster(cluster: ClusterRule, slots: Sequence[Slot], right: Right) -> Right:
    of = np.array([cluster.takes(slot.question.objective, slot.question.safety) for slot in slots])
    if of.sum() < cluster.at_least:
        return np.zeros(len(right), dtype=bool)
    if cluster.misses is not None:
        return np.asarray((~right[:, of]).sum(axis=1) <= cluster.misses)
    points = np.array([slot.points for slot in slots])[of]
    return np.asarray(100 * right[:, of] @ points / points.sum() >= (cluster.cut or 0) - 1e-9)
