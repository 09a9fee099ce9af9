"""Key changes in words and rows: the list, one with its dry run, and what a learner is told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from training.core.attempt import Attempt
from training.core.key_change import Proposal, State, Step
from training.core.key_notation import key_written, remedy_written
from training.core.remarking import in_force
from training.services.comparing import Compared
from training.services.regrading import Effect, Told
from training.services.rekeying import Seen
from training.ui.views.measured import Plot, Series
from training.ui.views.words import count, day, percent, plain

BADGES = {
    State.PROPOSED: "blue", State.SIGNED: "blue", State.UNDER_WAY: "orange", State.APPLIED: "green",
    State.DECLINED: "gray", State.TAKEN_BACK: "gray",
}  # fmt: skip
DONE = {
    Step.SIGNED: "Signed by", Step.DECLINED: "Declined by", Step.BEGUN: "Applying begun by", Step.DONE: "Applied by",
}  # fmt: skip


ROOM = 5
"""Percent points that the chart shows beside the outermost bar."""


@dataclass(frozen=True, slots=True)
class Row:
    """One key change in the list."""

    id: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class KeyChangeView:
    """One key change: what it does, why, who did what, and what is to be mended in the bank."""

    title: str
    badge: str
    what: str
    reason: str
    stem: str
    old_key: str
    versions: str
    history: tuple[str, ...]
    bank: str
    still_open: str
    state: State


@dataclass(frozen=True, slots=True)
class EffectsView:
    """What a change does or did: in sentences, quiz by quiz, learner by learner, and as a chart."""

    summary: str
    quizzes: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[tuple[int, int], ...]
    """Percent points gained or lost, and for how many attempts."""


def rows(found: Sequence[Proposal], zone: tzinfo) -> list[Row]:
    """Prepare the list."""
    return [
        Row(
            each.change.id, f"{each.change.item_id}: {remedy_written(each.change.remarking)}",
            f"{_badge(each.state)} {day(each.at, zone)} · {plain(each.change.reason)}",
        )
        for each in found
    ]  # fmt: skip


def key_change_view(seen: Seen, zone: tzinfo) -> KeyChangeView:
    """Prepare one key change."""
    proposal, first = seen.proposal, seen.asked[0].question
    change, place = proposal.change, seen.in_bank
    asked = sum(each.attempts for each in seen.asked)
    return KeyChangeView(
        plain(change.item_id), _badge(proposal.state), plain(remedy_written(change.remarking).capitalize()),
        plain(change.reason), plain(first.stem), plain(key_written(first.key)),
        f"{count(len(change.questions), 'version')} of the question, asked in {count(asked, 'attempt')} handed in",
        _history(seen, zone), _bank(place.file, place.item_id, to_mend=place.to_mend),
        f"{count(seen.still_open, 'open attempt')} will be marked so when handed in." if seen.still_open else "",
        proposal.state,
    )  # fmt: skip


def effects_view(effects: Sequence[Effect], quizzes: Sequence[Compared], titles: Mapping[str, str]) -> EffectsView:
    """Prepare what a change does."""
    told = [each for each in effects if each.matters]
    moves = Counter(round(each.percent_after - each.percent_before) for each in told)
    return EffectsView(
        _summary(effects),
        tuple(
            (plain(titles.get(each.programme, each.programme)), str(each.attempts),
             _move(each.cut_before, each.cut_after, 1, " %"), _move(each.alpha_before, each.alpha_after, 3, ""))
            for each in quizzes
        ),
        tuple(_row(each, titles) for each in sorted(told, key=lambda each: (not each.now_passes, each.name))),
        tuple(sorted(moves.items())),
    )  # fmt: skip


def told_in_words(told: Told, titles: Mapping[str, str], zone: tzinfo) -> str:
    """Tell a learner what became of one attempt: `Your result of … was marked again on …`."""
    each = told.regrade
    quiz = plain(titles.get(told.programme, told.programme))
    turn = {(False, True): ", now passed", (True, False): ", no longer passed"}
    return (
        f"Your result of **{quiz}** was marked again on {day(each.at, zone)}: question {each.slot + 1}. "
        f"{plain(told.reason)} {percent(each.percent_before)} → {percent(each.percent_after)}"
        f"{turn.get((bool(each.passed_before), bool(each.passed_after)), '')}."
    )


def regrades_in_words(attempt: Attempt, zone: tzinfo) -> dict[int, str]:
    """Say beside each question of a result that and why it was marked again."""
    found = {}
    for slot, held in in_force(attempt.events).items():
        said = []
        for each in held:
            out = "It still counts for you, because leaving it out would have cost you." if each.spared else ""
            what = plain(remedy_written(each.remarking))
            said.append(f"Marked again on {day(each.at, zone)} ({what}): {plain(each.reason)} {out}".strip())
        found[slot] = "  \n".join(said)
    return found


def moves(bars: Sequence[tuple[int, int]]) -> Plot:
    """Draw for how many attempts the score moves by how much."""
    said = "; ".join(f"{count(number, 'attempt')} by {move:+d} percent points" for move, number in bars)
    series = Series(
        "Attempts", tuple(float(move) for move, _ in bars), tuple(float(number) for _, number in bars), "bars",
        tuple(f"{move:+d} percent points: {count(number, 'attempt')}" for move, number in bars),
    )  # fmt: skip
    least, most = min(move for move, _ in bars), max(move for move, _ in bars)
    return Plot(
        "key-change-scores", f"How scores change: {said}.", (series,), "Percent points", "Attempts",
        ("Percent points", "Attempts"), tuple((f"{move:+d}", str(number)) for move, number in bars),
        x_range=(min(least, 0) - ROOM, max(most, 0) + ROOM),
    )  # fmt: skip


def _badge(state: State) -> str:
    return f":{BADGES[state]}-badge[{str(state).capitalize()}]"


def _history(seen: Seen, zone: tzinfo) -> tuple[str, ...]:
    proposal, names = seen.proposal, seen.names
    lines = [f"Proposed by {plain(names.get(proposal.by, proposal.by))} on {day(proposal.at, zone)}"]
    for each in proposal.steps:
        why = f": {plain(each.note)}" if each.note else ""
        lines.append(f"{DONE[each.step]} {plain(names.get(each.by, each.by))} on {day(each.at, zone)}{why}")
    return tuple(lines)


def _bank(file: str, item: str, *, to_mend: bool) -> str:
    if not file:
        return "The item stands in no bank any more, so nobody will be asked it again."
    if to_mend:
        return f"`{file}` still asks `{item}` as it was. Mend it there, so that later quizzes ask it rightly."
    return f"`{file}` no longer asks `{item}` as it was: nothing is left to mend."


def _summary(effects: Sequence[Effect]) -> str:
    up = sum(each.percent_after > each.percent_before for each in effects)
    down = sum(each.percent_after < each.percent_before for each in effects)
    spared, now = sum(each.spared for each in effects), sum(each.now_passes for each in effects)
    lost = sum(each.no_longer_passes for each in effects)
    said = f"{count(len(effects), 'attempt')} asked the question. {count(up, 'score')} up, {down} down"
    kept = f", {spared} kept as they are because leaving the question out would cost" if spared else ""
    return f"{said}{kept}. Newly passed: **{now}**. No longer passed: **{lost}**."


def _move(before: float | None, after: float | None, digits: int, unit: str) -> str:
    if before is None or after is None:
        return "too few to say" if not unit else "none"
    return f"{before:.{digits}f} → {after:.{digits}f}{unit}"


def _row(each: Effect, titles: Mapping[str, str]) -> tuple[str, ...]:
    turn = "Passes now" if each.now_passes else "No longer passes" if each.no_longer_passes else "As before"
    quiz = plain(titles.get(each.programme, each.programme))
    return f"{plain(each.name)}, {quiz}", f"{percent(each.percent_before)} → {percent(each.percent_after)}", turn
