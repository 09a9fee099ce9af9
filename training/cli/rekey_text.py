"""Key changes and their dry runs as `rekey` prints them: lines for people, JSON for programs."""

from training.core.key_change import Proposal
from training.core.key_notation import remedy_written
from training.services.regrading import Effect, Forecast

SHOWN = 20
"""Attempts in a table for people; programs get all."""


def change_json(proposal: Proposal) -> dict[str, object]:
    """Give a key change for programs."""
    change = proposal.change
    return {
        "id": change.id, "item": change.item_id, "state": proposal.state, "kind": change.remarking.kind,
        "what": remedy_written(change.remarking), "reason": change.reason, "questions": list(change.questions),
        "proposed_by": proposal.by, "proposed_at": proposal.at.isoformat(), "challenge": proposal.challenge or None,
        "takes_back": change.takes_back or None, "taken_back_by": proposal.taken_back_by or None,
        "steps": [
            {"step": each.step, "by": each.by, "at": each.at.isoformat(), "note": each.note} for each in proposal.steps
        ],
    }  # fmt: skip


def change_lines(proposal: Proposal) -> list[str]:
    """Tell a key change in two lines."""
    change = proposal.change
    return [
        f"{change.id}  {proposal.state}  {change.item_id}: {remedy_written(change.remarking)}",
        f"    {proposal.at:%Y-%m-%d}  {change.reason}",
    ]


def forecast_json(found: Forecast) -> dict[str, object]:
    """Give a dry run for programs."""
    return {
        **_counts(found),
        "quizzes": [
            {"programme": each.programme, "attempts": each.attempts, "cut_before": each.cut_before,
             "cut_after": each.cut_after, "alpha_before": each.alpha_before, "alpha_after": each.alpha_after}
            for each in found.quizzes
        ],
        "attempts": [
            {"attempt": each.attempt_id or None, "learner": each.name, "programme": each.programme, "mode": each.mode,
             "percent_before": round(each.percent_before, 6), "percent_after": round(each.percent_after, 6),
             "percent_strict": None if each.percent_strict is None else round(each.percent_strict, 6),
             "passed_before": each.passed_before, "passed_after": each.passed_after,
             "passed_strict": each.passed_strict, "spared": each.spared}
            for each in found.effects
        ],
    }  # fmt: skip


def forecast_lines(found: Forecast) -> list[str]:
    """Tell a dry run in words, with a table of those whose score or decision becomes, or might become, another."""
    counts = _counts(found)
    lowered, lost = counts["lowered_strictly"], counts["no_longer_pass_strictly"]
    lines = [
        f"{counts['concerned']} attempts asked the question; nothing was written.",
        f"{counts['raised']} scores rise, {counts['lowered']} fall, {counts['spared']} are spared.",
        f"{counts['now_pass']} pass now, {counts['no_longer_pass']} no longer would.",
        f"If scores were allowed to fall: {lowered} would fall, {lost} would no longer pass.",
    ]
    for each in found.quizzes:
        cut, alpha = _move(each.cut_before, each.cut_after, 1), _move(each.alpha_before, each.alpha_after, 3)
        lines.append(f"{each.programme}: {each.attempts} attempts, cut {cut}, alpha {alpha}")
    some = [each for each in found.effects if each.matters or each.falls_strictly or each.fails_strictly]
    some.sort(key=lambda each: (not each.now_passes, not each.fails_strictly))
    lines += [_line(each) for each in some[:SHOWN]]
    return [*lines, f"… and {len(some) - SHOWN} more; --json has all."] if len(some) > SHOWN else lines


def _counts(found: Forecast) -> dict[str, int]:
    effects = found.effects
    return {
        "concerned": len(effects),
        "raised": sum(each.percent_after > each.percent_before for each in effects),
        "lowered": sum(each.percent_after < each.percent_before for each in effects),
        "spared": sum(each.spared for each in effects),
        "now_pass": sum(each.now_passes for each in effects),
        "no_longer_pass": sum(each.no_longer_passes for each in effects),
        "lowered_strictly": sum(each.falls_strictly for each in effects),
        "no_longer_pass_strictly": sum(each.fails_strictly for each in effects),
    }


def _move(before: float | None, after: float | None, digits: int) -> str:
    if before is None or after is None:
        return "unknown"
    return f"{before:.{digits}f} to {after:.{digits}f}"


def _line(each: Effect) -> str:
    turn = "  passes now" if each.now_passes else "  no longer passes" if each.no_longer_passes else ""
    if each.fails_strictly and not each.no_longer_passes:
        turn = f"  would no longer pass with {each.percent_strict:.1f} %"
    return f"  {each.name:<24} {each.programme:<20} {each.percent_before:5.1f} to {each.percent_after:5.1f} %{turn}"
