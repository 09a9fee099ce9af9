"""A standard-setting study in words and rows: what a judge does next, the discussion, the cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.key import correct_value
from training.core.question import Question
from training.core.review import in_words
from training.core.study import Phase, Study
from training.measurement.standard_setting import AngoffCut
from training.services.judging import Discussed, Outcome
from training.ui.views.words import count, plain

STEPS = tuple(range(0, 101, 5))
"""What a rating can be, in percent: finer steps only seem more exact."""


@dataclass(frozen=True, slots=True)
class ItemToRate:
    """One item as a judge sees it: stem, key in words, her own rating so far in percent."""

    id: str
    number: int
    stem: str
    key: str
    mine: int | None


@dataclass(frozen=True, slots=True)
class CutShown:
    """One round's cut in a sentence, and the judges as rows."""

    sentence: str
    rows: tuple[tuple[str, ...], ...]


def items_to_rate(study: Study, questions: dict[str, Question], judge: str) -> tuple[ItemToRate, ...]:
    """List the items in order with what this judge gave them."""
    held = study.standing(study.round or 2)
    found = []
    for number, item in enumerate(study.items, 1):
        question, mine = questions.get(item), held.get((judge, item))
        stem = plain(question.stem) if question else "This item is no longer there."
        key = plain(in_words(question.interaction, correct_value(question.key))) if question else ""
        found.append(ItemToRate(item, number, stem, key, None if mine is None else round(100 * mine)))
    return tuple(found)


def progress(study: Study, judge: str) -> str:
    """Say how far a judge is in the round that is open."""
    if study.round is None:
        return f"This study is {study.phase.value}."
    done = len(study.items) - len(study.open_items(judge))
    return f"{study.phase.value.capitalize()}: {done} of {count(len(study.items), 'item')} rated."


def edited_words(edited: Sequence[str]) -> str:
    """Say what follows from items that were edited or taken out since the study began."""
    names = ", ".join(f"`{each}`" for each in edited)
    return (
        f"{count(len(edited), 'item')} edited or taken out since the study began: {names}. "
        "The panel rates what it was shown at the beginning; a cut for what stands there now needs a new study."
    )


def discussion_rows(rows: Sequence[Discussed]) -> list[tuple[str, ...]]:
    """Write the discussion, the item the panel disagrees on most first."""
    return [
        (
            row.item, f"{100 * row.mean:.0f} %", f"{100 * row.lowest:.0f} to {100 * row.highest:.0f} %",
            "" if row.facility is None else f"{100 * row.facility:.0f} %",
            "" if row.mine is None else f"{100 * row.mine:.0f} %",
        )
        for row in rows
    ]  # fmt: skip


def cut_shown(title: str, cut: AngoffCut | None, study: Study, outcome: Outcome) -> CutShown | None:
    """Word the cut of a round, and each judge's leniency and consistency where one may know the names."""
    if cut is None:
        return None
    error = "" if cut.standard_error is None else f", standard error {cut.standard_error:.1f} points"
    names = [outcome.names.get(judge.person, f"Judge {number}") for number, judge in enumerate(study.judges, 1)]
    rows = tuple(
        (
            plain(name), f"{judge.cut:.1f} %", f"{judge.leniency:+.1f}",
            "" if judge.consistency is None else f"{judge.consistency:.2f}",
        )
        for name, judge in zip(names, cut.judges, strict=True)
    )  # fmt: skip
    return CutShown(f"{title}: **{cut.cut:.1f} %**{error}.", rows)


def waiting(study: Study) -> str:
    """Say what the lead waits for."""
    if study.phase in (Phase.FIRST_ROUND, Phase.SECOND_ROUND):
        open_judges = sum(bool(study.open_items(judge.person)) for judge in study.judges)
        return f"{count(len(study.judges), 'judge')}, {open_judges} of them not ready yet."
    return f"This study is {study.phase.value}."
