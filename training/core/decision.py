"""Whether an attempt passes, and why: every rule with what it asks and what was reached, in numbers and in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from training.core.form import Form, Slot
from training.core.question import Safety
from training.core.rules import ClusterRule, OverallRule, Rules, SectionRule
from training.core.score import Outcome, Score, certainty_percent

ROUNDING = 1e-9
"""A share such as 75 % must not fail by the last bit of a float."""

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """One rule applied: `needed` and `reached` in percent of points, or numbers of missed questions for sentinels.

    `n` is how many questions it rests on, `missed` the slots among them that did not earn everything.
    """

    rule: Literal["overall", "section", "cluster", "sentinels"]
    name: str
    needed: float
    reached: float
    n: int
    met: bool
    missed: tuple[int, ...] = ()
    made_up_for: bool = False
    words: str = ""

    @property
    def holds(self) -> bool:
        return self.met or self.made_up_for


@dataclass(frozen=True, slots=True)
class Decision:
    """Pass or not, with the grounds in the order of the rules."""

    passed: bool
    grounds: tuple[Ground, ...]

    @property
    def against(self) -> tuple[Ground, ...]:
        """The grounds that stand in the way of a pass."""
        return tuple(ground for ground in self.grounds if not ground.holds)


Marked = Sequence[tuple[Slot, Outcome]]


def rules_of(form: Form) -> Rules | None:
    """Give the rules that the form was begun under; a plain pass mark is one overall rule. None decides nothing."""
    if form.rules is not None:
        return form.rules.full
    mark = form.policy.pass_percent
    return None if mark is None else Rules(overall=OverallRule(cut=mark))


def decide(score: Score, form: Form) -> Decision | None:
    """Apply every rule of the form to the score: all must hold. None where the form has no rules.

    Needs nothing but the form and its score, so that the same decision can be reached for ever.
    """
    rules = rules_of(form)
    if rules is None:
        return None
    marked = [(form.slots[each.slot], each) for each in score.outcomes if each.scored]
    grounds = _made_up_for(rules, tuple(_grounds(rules, form, marked)))
    return Decision(all(ground.holds for ground in grounds), grounds)


def angoff_cut(slots: Iterable[Slot], unrated: float) -> float:
    """Give the cut of one form, in percent: the mean over its points of each question's rating.

    Angoff (1971), with the ratings as probabilities (0 to 1) that a minimally competent candidate is
    right; a question nobody rated counts as `unrated` percent.
    """
    weights = [(slot.points, 100 * slot.angoff if slot.angoff is not None else unrated) for slot in slots]
    total = sum(points for points, _ in weights)
    return sum(points * rating for points, rating in weights) / total if total else unrated


def _grounds(rules: Rules, form: Form, marked: Marked) -> Iterator[Ground]:
    if rules.overall:
        yield _overall(rules.overall, marked, by_certainty=form.policy.confidence_decides)
    for section in rules.sections:
        yield _section(section, form, marked)
    for cluster in rules.clusters:
        yield _cluster(cluster, marked)
    if rules.sentinels:
        yield _sentinels(rules.sentinels.misses, marked)


def _overall(rule: OverallRule, marked: Marked, *, by_certainty: bool) -> Ground:
    cut = angoff_cut((slot for slot, _ in marked), rule.cut) if rule.angoff else rule.cut
    ground = _share("overall", "The whole", cut, marked)
    if by_certainty:
        reached = round(certainty_percent([outcome for _, outcome in marked]), DIGITS)
        ground = replace(ground, reached=reached, met=bool(marked) and reached >= cut - ROUNDING)
    source = ", the cut of this form by the panel's ratings" if rule.angoff else ""
    sure = ", by how sure you were" if by_certainty else ""
    return replace(ground, words=f"All questions{sure}: {_percent(ground.reached)}; {_percent(cut)} needed{source}.")


def _section(rule: SectionRule, form: Form, marked: Marked) -> Ground:
    number = form.sections.index(rule.section) if rule.section in form.sections else -1
    mine = [pair for pair in marked if pair[0].section == number]
    ground = _share("section", rule.section, rule.cut, mine)
    if not mine and any(slot.section == number and slot.scored for slot in form.slots):
        # All of it was left out later: what asks nothing can neither be passed nor be failed.
        return replace(ground, met=True, words=f"{rule.section}: no question counts any more, so it decides nothing.")
    return replace(ground, words=f"{rule.section}: {_percent(ground.reached)}; {_percent(rule.cut)} needed.")


def _cluster(rule: ClusterRule, marked: Marked) -> Ground:
    mine = [(slot, outcome) for slot, outcome in marked if rule.takes(slot.question.objective, slot.question.safety)]
    if rule.misses is None:
        ground = _share("cluster", rule.name, rule.cut or 0.0, mine)
        right = ground.n - len(ground.missed)
        words = (
            f"{rule.name}: {right} of {ground.n} right ({_percent(ground.reached)}); {_percent(ground.needed)} needed."
        )
    else:
        ground = _share("cluster", rule.name, 0.0, mine)
        allowed = max(0, ground.n - rule.misses)
        ground = replace(
            ground, needed=round(100 * allowed / ground.n, DIGITS) if ground.n else 0.0,
            met=len(ground.missed) <= rule.misses,
        )  # fmt: skip
        words = f"{rule.name}: {len(ground.missed)} of {ground.n} missed; {_number(rule.misses)} may be."
    if ground.n < rule.at_least:
        words += f" It rests on {ground.n} questions and needs {rule.at_least}, so it cannot be passed."
        ground = replace(ground, met=False)
    return replace(ground, words=words)


def _sentinels(allowed: int, marked: Marked) -> Ground:
    mine = [(slot, outcome) for slot, outcome in marked if slot.question.safety is Safety.SENTINEL]
    missed = _missed(mine)
    where = f" (question {', '.join(str(slot + 1) for slot in missed)})" if missed else ""
    words = f"Sentinel questions: {len(missed)} of {len(mine)} missed{where}; {_number(allowed)} may be."
    return Ground(
        "sentinels", "Sentinel questions", float(allowed), float(len(missed)), len(mine), len(missed) <= allowed,
        missed, words=words,
    )  # fmt: skip


def _share(rule: Literal["overall", "section", "cluster"], name: str, cut: float, marked: Marked) -> Ground:
    most = sum(outcome.max_points for _, outcome in marked)
    reached = 100 * sum(outcome.points for _, outcome in marked) / most if most else 0.0
    met = bool(most) and reached >= cut - ROUNDING
    return Ground(rule, name, round(cut, DIGITS), round(reached, DIGITS), len(marked), met, _missed(marked))


def _missed(marked: Marked) -> tuple[int, ...]:
    return tuple(outcome.slot for _, outcome in marked if outcome.fraction < 1)


def _made_up_for(rules: Rules, grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """Let a total well above its cut make up for a few sections just below theirs, where the rules allow it."""
    allowance = rules.compensation
    overall = next((ground for ground in grounds if ground.rule == "overall"), None)
    if allowance is None or overall is None or overall.reached < overall.needed + allowance.surplus - ROUNDING:
        return grounds
    short = [ground for ground in grounds if ground.rule == "section" and not ground.met]
    if len(short) > allowance.sections or any(ground.reached < allowance.floor - ROUNDING for ground in short):
        return grounds
    excess = f" Made up for: the whole is {_percent(overall.reached - overall.needed)} points above its cut."
    return tuple(
        replace(ground, made_up_for=True, words=ground.words + excess.replace(" % points", " percent points"))
        if ground in short
        else ground
        for ground in grounds
    )


def _percent(share: float) -> str:
    return f"{share:.1f}".removesuffix(".0") + " %"


def _number(count: int) -> str:
    return "none" if count == 0 else str(count)
