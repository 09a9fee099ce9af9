"""A standard-setting study: a panel rates each item twice, talks in between, and an authority adopts the cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from training.core.refusal import Refusal

FEWEST_JUDGES = 3
LONGEST = 2000


class Phase(StrEnum):
    """Where a study stands."""

    FIRST_ROUND = "first round"
    SECOND_ROUND = "discussion and second round"
    CLOSED = "closed, to be adopted"
    ADOPTED = "adopted"


class Happening(StrEnum):
    """What the lead of a study does."""

    FIRST_CLOSED = "first_closed"
    SECOND_CLOSED = "second_closed"
    ADOPTED = "adopted"
    EXCUSED = "judge_excused"


@dataclass(frozen=True, slots=True)
class Judge:
    """A member of the panel, with the qualification that was recorded."""

    person: str
    qualification: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One judge's rating of one item (0 to 1): how likely a minimally competent candidate answers rightly."""

    judge: str
    round: int
    item: str
    value: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Bounds:
    """One judge's bounds for Hofstee's check: cuts and failure rates she could live with, in percent."""

    judge: str
    lowest_cut: float
    highest_cut: float
    lowest_fails: float
    highest_fails: float


@dataclass(frozen=True, slots=True)
class Step:
    """Something the lead did, when, and in whose name (who adopted) and words; whom she excused, and why."""

    what: Happening
    by: str
    at: datetime
    text: str = ""

    @property
    def excused(self) -> tuple[str, str]:
        """The judge who was excused, and the reason."""
        person, _, reason = self.text.partition("\n")
        return (person, reason) if self.what is Happening.EXCUSED else ("", "")


@dataclass(frozen=True, slots=True)
class Study:
    """The whole study; ratings are all that were given, the last of a judge for an item and round holds."""

    id: str
    programme: str
    title: str
    candidate: str
    """Who counts as minimally competent, in the panel's words."""
    items: tuple[str, ...]
    begun: datetime
    lead: str
    judges: tuple[Judge, ...] = ()
    ratings: tuple[Rating, ...] = ()
    bounds: tuple[Bounds, ...] = ()
    steps: tuple[Step, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    """By item the digest of the version that is rated; empty for studies from before that was kept."""

    @property
    def phase(self) -> Phase:
        done = {step.what for step in self.steps}
        if Happening.ADOPTED in done:
            return Phase.ADOPTED
        if Happening.SECOND_CLOSED in done:
            return Phase.CLOSED
        return Phase.SECOND_ROUND if Happening.FIRST_CLOSED in done else Phase.FIRST_ROUND

    @property
    def round(self) -> int | None:
        """The round in which ratings are taken now, or None."""
        return {Phase.FIRST_ROUND: 1, Phase.SECOND_ROUND: 2}.get(self.phase)

    def standing(self, number: int) -> Mapping[tuple[str, str], float]:
        """Give the ratings of a round that hold, by judge and item; in the second an unchanged first one holds."""
        held = {(each.judge, each.item): each.value for each in self.ratings if each.round == 1}
        if number > 1:
            held |= {(each.judge, each.item): each.value for each in self.ratings if each.round == number}
        return held

    def open_items(self, judge: str) -> tuple[str, ...]:
        """List what a judge has not rated yet in the round that is open."""
        held = self.standing(self.round or 1)
        return tuple(item for item in self.items if (judge, item) not in held)


def must_be_judge(study: Study, person: str) -> None:
    """Refuse whoever is not on the panel. Raises Refusal."""
    if person not in {judge.person for judge in study.judges}:
        raise Refusal("Only members of the panel can rate.")


def rated(study: Study, person: str, item: str, value: float, now: datetime) -> Rating:
    """Make a rating. Raises Refusal where the person is no judge, the item is not in the study, or no round is open."""
    must_be_judge(study, person)
    if study.round is None:
        raise Refusal("The rating is closed.")
    if item not in study.items:
        raise Refusal("This item is not part of the study.")
    if not 0 <= value <= 1:
        raise Refusal("A rating is a probability from 0 to 1.")
    return Rating(person, study.round, item, value, now)


def closed(study: Study, by: str, now: datetime) -> Step:
    """Close the round that is open. Raises Refusal while judges are missing or have not rated everything."""
    if study.round is None:
        raise Refusal("No round is open.")
    if len(study.judges) < FEWEST_JUDGES:
        raise Refusal(f"A panel needs {FEWEST_JUDGES} judges at least; it has {len(study.judges)}.")
    waiting = [judge.person for judge in study.judges if study.open_items(judge.person)]
    if waiting:
        raise Refusal(f"{len(waiting)} of {len(study.judges)} judges have not rated everything yet.")
    return Step(Happening.FIRST_CLOSED if study.round == 1 else Happening.SECOND_CLOSED, by, now)


def adopted(study: Study, by: str, authority: str, now: datetime) -> Step:
    """Adopt the cut in the name of an authority. Raises Refusal before both rounds are closed, or without a name."""
    if study.phase is not Phase.CLOSED:
        raise Refusal("The cut can be adopted once both rounds are closed, and once.")
    if not authority.strip():
        raise Refusal("Please name the person or body that adopts the cut.")
    if by in {judge.person for judge in study.judges}:
        raise Refusal("A judge of the panel cannot adopt its cut: someone else must.")
    return Step(Happening.ADOPTED, by, now, authority.strip())


def checked_bounds(study: Study, bounds: Bounds) -> Bounds:
    """Give a judge's bounds back where they make sense. Raises Refusal."""
    must_be_judge(study, bounds.judge)
    pairs = ((bounds.lowest_cut, bounds.highest_cut), (bounds.lowest_fails, bounds.highest_fails))
    if not all(0 <= low <= high <= 100 for low, high in pairs):  # noqa: PLR2004 - percent
        raise Refusal("Bounds are percents from 0 to 100, the lower one first.")
    return bounds


def excused(study: Study, person: str, by: str, reason: str, now: datetime) -> Step:
    """Let a judge go who cannot finish the first round: what she rated is kept, and not counted. Raises Refusal.

    One who has rated everything stays, whatever she rated: nobody chooses the panel by its ratings.
    """
    must_be_judge(study, person)
    if study.phase is not Phase.FIRST_ROUND:
        raise Refusal("The panel is settled once the first round is closed; what a judge rated in it holds.")
    if not study.open_items(person):
        raise Refusal("This judge has rated everything: her ratings count.")
    if not reason.strip():
        raise Refusal("Please say why the judge is excused; it stands in the minutes.")
    return Step(Happening.EXCUSED, by, now, f"{person}\n{' '.join(reason.split())}")


def panel(judges: Sequence[Judge], steps: Sequence[Step]) -> tuple[Judge, ...]:
    """Give the judges that were not excused."""
    gone = {step.excused[0] for step in steps}
    return tuple(each for each in judges if each.person not in gone)


def matrix(study: Study, number: int) -> Sequence[Sequence[float | None]]:
    """Give the ratings of a round that hold, judges x items, None where one is missing."""
    held = study.standing(number)
    return [[held.get((judge.person, item)) for item in study.items] for judge in study.judges]
