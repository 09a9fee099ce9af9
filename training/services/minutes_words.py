"""What the minutes of a standard-setting study say, part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

import numpy as np

from training.core.study import Happening, Step, Study, matrix
from training.documents.minutes import Column, Minutes, Part
from training.measurement.standard_setting import AngoffCut, JudgeSpread, Numbers, angoff, hofstee

METHOD = (
    """Angoff's method in two rounds. Each judge said of each item, with its key in sight, how many of 100 minimally
    competent candidates would answer it rightly. In the first round nobody saw another's ratings. The panel was then
    shown the mean and the range of the ratings of each item, without names, and the facility where five or more
    learners had answered the item in an exam. In the second round each judge could change what she had said; a rating
    that was left alone counts as it was.""",
    """A judge's cut is the mean of her ratings, the panel's cut the mean of its judges' cuts. The standard error is the
    standard deviation of the judges' cuts over the root of their number (Brennan and Lockwood 1980). Leniency is a
    judge's cut less the panel's: below zero she is more lenient. Consistency is the correlation of her ratings with
    the mean of the others'.""",
)
DONE = {
    Happening.FIRST_CLOSED: "First round closed",
    Happening.SECOND_CLOSED: "Second round closed",
    Happening.ADOPTED: "Cut adopted",
    Happening.EXCUSED: "Judge excused",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the minutes need besides the study: names, the versions of its items, and what learners did."""

    programme: str
    names: Mapping[str, str]
    versions: Mapping[str, str]
    facilities: Mapping[str, float]
    percents: tuple[float, ...]


def minutes_of(study: Study, known: Known, at: datetime) -> Minutes:
    """Word the minutes of a study whose rounds are closed."""
    first, second = _cut(study, 1), _cut(study, 2)
    step = next((each for each in study.steps if each.what is Happening.ADOPTED), None)
    parts = (
        _panel(study, known), Part("Minimally competent candidate", (study.candidate,)),
        Part("Method", tuple(" ".join(each.split()) for each in METHOD)),
        _rounds(first, second), _judges(study, known, first, second), _check(study, known, second),
        _course(study, known),
    )  # fmt: skip
    return Minutes(
        study.title, known.programme, study.id, at, step is None, f"{second.cut:.1f} %", _cut_words(study, second),
        _adoption(step, known), parts, step.text if step else "", _items(study, known, first, second),
    )  # fmt: skip


def _cut(study: Study, number: int) -> AngoffCut:
    return angoff(np.array(matrix(study, number), dtype=float))


def _cut_words(study: Study, cut: AngoffCut) -> str:
    right = cut.cut * len(study.items) / 100
    error = "" if cut.standard_error is None else f", with a standard error of {cut.standard_error:.2f} points"
    return f"{right:.1f} of {len(study.items)} items right, set by {len(study.judges)} judges{error}."


def _adoption(step: Step | None, known: Known) -> str:
    if step is None:
        return "Not adopted yet. Who adopts it must not be on the panel."
    return f"Adopted by {step.text} on {_day(step.at)}; recorded by {known.names[step.by]}."


def _panel(study: Study, known: Known) -> Part:
    rows = [
        (letter, known.names[judge.person], judge.qualification)
        for letter, judge in zip(letters(len(study.judges)), study.judges, strict=True)
    ]
    columns = (Column("Judge", share=0.3), Column("Name", share=1), Column("Qualification", share=2))
    return Part("Panel", (f"Led by {known.names[study.lead]}.",), columns, tuple(rows))


def letters(number: int) -> tuple[str, ...]:
    """Name judges A to Z, then AA, AB and so on."""
    return tuple(
        (ascii_uppercase[place // 26 - 1] if place >= 26 else "") + ascii_uppercase[place % 26]  # noqa: PLR2004
        for place in range(number)
    )


def _rounds(first: AngoffCut, second: AngoffCut) -> Part:
    columns = (Column("Round"), *(Column(name, figures=True) for name in (
        "Cut, %", "Standard deviation", "Standard error", "Lowest judge, %", "Highest judge, %")))  # fmt: skip
    rows = tuple(
        (
            name, f"{cut.cut:.2f}", _or_none(cut.deviation), _or_none(cut.standard_error),
            f"{min(each.cut for each in cut.judges):.2f}", f"{max(each.cut for each in cut.judges):.2f}",
        )
        for name, cut in (("First", first), ("Second", second))
    )  # fmt: skip
    return Part("The cut in each round", (), columns, rows)


def _judges(study: Study, known: Known, first: AngoffCut, second: AngoffCut) -> Part:
    once, twice = study.standing(1), study.standing(2)
    rows = [
        (
            f"{letter}  {known.names[judge.person]}", *_spread(one), *_spread(two),
            str(sum(once[judge.person, item] != twice[judge.person, item] for item in study.items)),
        )
        for letter, judge, one, two in zip(
            letters(len(study.judges)), study.judges, first.judges, second.judges, strict=True
        )
    ]  # fmt: skip
    names = ("Cut 1, %", "Leniency 1", "Consistency 1", "Cut 2, %", "Leniency 2", "Consistency 2", "Changed")
    columns = (Column("Judge", share=3), *(Column(name, figures=True, share=len(name) / 8) for name in names))
    words = "Figures marked 1 are of the first round, those marked 2 of the second; “changed” counts ratings."
    return Part("Leniency and consistency of each judge", (words,), columns, tuple(rows))


def _spread(judge: JudgeSpread) -> tuple[str, str, str]:
    return f"{judge.cut:.2f}", _signed(judge.leniency), _or_none(judge.consistency)


def _check(study: Study, known: Known, cut: AngoffCut) -> Part:
    marks = {judge.person: letter for letter, judge in zip(letters(len(study.judges)), study.judges, strict=True)}
    given = [
        (each.judge, (each.lowest_cut, each.highest_cut, each.lowest_fails, each.highest_fails))
        for each in sorted(study.bounds, key=lambda each: list(marks).index(each.judge))
    ]
    rows = [(f"{marks[who]}  {known.names[who]}", *(f"{value:g}" for value in bounds)) for who, bounds in given]
    if given:
        means = np.mean([bounds for _, bounds in given], axis=0)
        rows.append(("Mean", *(f"{value:.1f}" for value in means)))
    names = ("Lowest cut, %", "Highest cut, %", "Fewest who may fail, %", "Most who may fail, %")
    columns = (Column("Judge", share=1.4), *(Column(name, figures=True) for name in names)) if given else ()
    words = _compromise([bounds for _, bounds in given], known.percents, cut)
    return Part("Hofstee's check", tuple(words), columns, tuple(rows))


def _compromise(
    bounds: Sequence[tuple[float, float, float, float]], percents: Sequence[float], cut: AngoffCut
) -> Iterator[str]:
    if not bounds:
        yield "No judge gave bounds, so the check was not made."
    if not percents:
        yield "No learner had sat the exam when these minutes were written, so there are no scores to check against."
        return
    failing = 100 * sum(each < cut.cut - 1e-9 for each in percents) / len(percents)
    yield f"Of {len(percents)} scores there were, {failing:.0f} % lie below the panel's cut of {cut.cut:.1f} %."
    found = hofstee(bounds, percents)
    if found:
        yield f"The judges' mean bounds meet the scores at a cut of {found.cut:.1f} %, where {found.fails:.0f} % fail."
    elif bounds:
        yield "The judges' mean bounds and the scores do not meet."


def _items(study: Study, known: Known, first: AngoffCut, second: AngoffCut) -> Part:
    one, two = np.array(matrix(study, 1), dtype=float), np.array(matrix(study, 2), dtype=float)
    rows = [
        (
            str(number + 1), item, known.versions.get(item, "")[:8] or "gone",
            *_rated(first, one, number), *_rated(second, two, number),
            f"{100 * known.facilities[item]:.0f}" if item in known.facilities else "–",
        )
        for number, item in enumerate(study.items)
    ]  # fmt: skip
    names = ("Mean 1", "SD 1", "Range 1", "Mean 2", "SD 2", "Range 2", "Facility")
    columns = (
        Column("No.", figures=True, share=0.5), Column("Item", share=2.6), Column("Version", share=1.1),
        *(Column(name, figures=True, share=1.1 if "Range" in name else 0.8) for name in names),
    )  # fmt: skip
    words = (
        "All in percent: the mean rating, its standard deviation over judges, and the lowest and highest rating, in "
        "the first and in the second round. The version is the beginning of the digest of the item as the panel saw "
        "it: as it was when the study began."
    )
    return Part("Annex: the ratings of each item", (words,), columns, tuple(rows))


def _rated(cut: AngoffCut, ratings: Numbers, number: int) -> tuple[str, str, str]:
    low, high = 100 * ratings[:, number].min(), 100 * ratings[:, number].max()
    return f"{100 * cut.items[number]:.1f}", f"{100 * cut.item_spread[number]:.1f}", f"{low:.0f}–{high:.0f}"


def _course(study: Study, known: Known) -> Part:
    rows = [(_moment(study.begun), "Study begun", known.names[study.lead])]
    rows += [(_moment(step.at), _done(step, known), known.names[step.by]) for step in study.steps]
    columns = (Column("When", share=1.2), Column("What", share=1.2), Column("By", share=1.6))
    return Part("Course of the study", (), columns, tuple(rows))


def _done(step: Step, known: Known) -> str:
    person, reason = step.excused
    return f"{DONE[step.what]}: {known.names[person]}. {reason}" if person else DONE[step.what]


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def _moment(at: datetime) -> str:
    return f"{_day(at)}, {at:%H:%M} UTC"


def _or_none(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
