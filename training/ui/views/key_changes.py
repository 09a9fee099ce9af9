"""Key changes in words and rows: the list, one with its dry run, and what a learner is told."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal

from training.core.attempt import Attempt
from training.core.key_change import Proposal, State, Step
from training.core.key_notation import key_written, remedy_written
from training.core.remarking import TakenBack, in_force
from training.services.announcing import KeyNews, Moved
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


HEAD = ("Learner and quiz", "Score", "Decision", "If scores could fall")

NEWS = 3
"""Key changes told one by one where a coordinator starts."""

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
    strictly: str
    """What it would do if scores were allowed to fall; empty once it is done."""
    quizzes: tuple[tuple[str, ...], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[tuple[int, int], ...]
    """Percent points gained or lost, and for how many attempts."""
    strict_bars: tuple[tuple[int, int], ...]
    """The same if scores were allowed to fall; empty where that changes nothing."""


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
    held = [each for each in effects if _held(each)]
    told = [each for each in effects if each.matters or each.falls_strictly or each.fails_strictly]
    return EffectsView(
        _summary(effects), _strictly(effects, held),
        tuple(
            (plain(titles.get(each.programme, each.programme)), str(each.attempts),
             _move(each.cut_before, each.cut_after, 1, " %"), _move(each.alpha_before, each.alpha_after, 3, ""))
            for each in quizzes
        ),
        HEAD if held else HEAD[:-1],
        tuple(_row(each, titles, strictly=bool(held)) for each in sorted(told, key=_by_weight)),
        _bars(each.percent_after - each.percent_before for each in told if each.matters),
        _bars(_strict(each) - each.percent_before for each in told) if held else (),
    )  # fmt: skip


def news_in_words(news: KeyNews, zone: tzinfo) -> tuple[str, ...]:
    """Tell a coordinator what key changes did lately, a line for each of the latest, and for the certificates."""
    lines = [
        f"**{plain(each.item_id)}** was marked again on {day(each.at, zone)} ({plain(_done(each))}): "
        f"{count(each.results, 'result')} changed, {each.passed} passed after all, {each.lost} no longer passed."
        for each in news.changes[:NEWS]
    ]
    if len(news.changes) > NEWS:
        lines.append(f"{count(len(news.changes) - NEWS, 'more key change')} changed results in the last weeks.")
    if news.certificates:
        lines.append(
            f"**{count(len(news.certificates), 'certificate')} to look at:** the attempt no longer passes, or has "
            "another score than it states. None is withdrawn by itself."
        )
    return tuple(lines)


def _done(moved: Moved) -> str:
    return "a key change was taken back" if isinstance(moved.remarking, TakenBack) else remedy_written(moved.remarking)


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


def moves(view: EffectsView) -> Plot:
    """Draw for how many attempts the score moves by how much, and beside it what it would if scores could fall."""
    sides = {"Attempts": view.bars, HEAD[-1]: view.strict_bars} if view.strict_bars else {"Attempts": view.bars}
    said = [_moves_said(bars) for bars in sides.values()]
    sentence = f"How scores change: {said[0]}." + (f" {HEAD[-1]}: {said[1]}." if view.strict_bars else "")
    every = sorted({move for bars in sides.values() for move, _ in bars})
    numbers = [dict(bars) for bars in sides.values()]
    return Plot(
        "key-change-scores", sentence,
        tuple(_series(name, bars, "dots" if place else "bars") for place, (name, bars) in enumerate(sides.items())),
        "Percent points", "Attempts", ("Percent points", *sides),
        tuple((f"{move:+d}", *(str(each.get(move, 0)) for each in numbers)) for move in every),
        x_range=(min(every[0], 0) - ROOM, max(every[-1], 0) + ROOM),
        y_range=(0, 1.15 * max(number for bars in sides.values() for _, number in bars)),
    )  # fmt: skip


def _bars(moves: Iterable[float]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(Counter(round(move) for move in moves).items()))


def _moves_said(bars: Sequence[tuple[int, int]]) -> str:
    return "; ".join(f"{count(number, 'attempt')} by {move:+d} percent points" for move, number in bars) or "none moves"


def _series(name: str, bars: Sequence[tuple[int, int]], kind: Literal["bars", "dots"]) -> Series:
    beside = f", {name[0].lower()}{name[1:]}" if kind == "dots" else ""
    return Series(
        name, tuple(float(move) for move, _ in bars), tuple(float(number) for _, number in bars), kind,
        tuple(f"{move:+d} percent points: {count(number, 'attempt')}{beside}" for move, number in bars),
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


def _strict(each: Effect) -> float:
    return each.percent_after if each.percent_strict is None else each.percent_strict


def _held(each: Effect) -> bool:
    """Say whether an attempt keeps something only because scores may not fall."""
    return each.percent_strict is not None and (
        each.percent_strict != each.percent_after or each.passed_strict != each.passed_after
    )


def _strictly(effects: Sequence[Effect], held: Sequence[Effect]) -> str:
    if all(each.percent_strict is None for each in effects):
        return ""
    down, lost = sum(each.falls_strictly for each in effects), sum(each.fails_strictly for each in effects)
    if not held:
        same = "it would be the same" if not down + lost else "this is what happens: the policy allows it"
        return f"If scores were allowed to fall, {same}."
    return (
        f"If scores were allowed to fall: {count(down, 'score')} down. No longer passed: **{lost}**. "
        f"By the policy {count(len(held), 'attempt keeps', 'attempts keep')} what strict marking would take."
    )


def _by_weight(each: Effect) -> tuple[bool, bool, bool, str]:
    return not each.now_passes, not each.no_longer_passes, not each.fails_strictly, each.name


def _move(before: float | None, after: float | None, digits: int, unit: str) -> str:
    if before is None or after is None:
        return "too few to say" if not unit else "none"
    return f"{before:.{digits}f} → {after:.{digits}f}{unit}"


def _row(each: Effect, titles: Mapping[str, str], *, strictly: bool) -> tuple[str, ...]:
    turn = "Passes now" if each.now_passes else "No longer passes" if each.no_longer_passes else "As before"
    quiz = plain(titles.get(each.programme, each.programme))
    before, after = percent(each.percent_before), percent(each.percent_after)
    moved = f"{before} → {after}" if each.percent_after != each.percent_before else before
    row = f"{plain(each.name)}, {quiz}", moved, turn
    if not strictly:
        return row
    fails = ", **would no longer pass**" if each.fails_strictly else ""
    return *row, f"{percent(_strict(each))}{fails}" if _held(each) else "The same"
