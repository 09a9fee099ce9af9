"""What is told of an answer: how it did, why, and hers beside the right one as each kind needs it."""

from dataclasses import dataclass, replace

from training.core.credit import SANE, Credit
from training.core.form import Slot
from training.core.interaction import FillGaps, MatchEach, PickRegion, PutInOrder, Value
from training.core.key import correct_value, fraction
from training.core.question import Question
from training.core.review import NOT_ANSWERED, headline, in_words, key_in_words, lettered, reasoned
from training.ui.views.spots import Spots, picture_with, spot
from training.ui.views.words import cited, plain, table

RIGHT, PARTLY, WRONG = ":green[:material/check_circle:]", ":orange[:material/contrast:]", ":red[:material/cancel:]"


@dataclass(frozen=True, slots=True)
class Reasoned:
    """One answer with why it is right or wrong, in Markdown; `chosen` where it is the learner's."""

    right: bool
    chosen: bool
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Her answer beside the right one: a line each, a table where it has places, and the picture it points into."""

    given: str
    key: str
    table: str = ""
    in_rows: bool = False
    spots: Spots | None = None

    @property
    def text(self) -> str:
        """Both in Markdown, in whichever form shows them best; nothing where the reasons say it row by row."""
        if self.in_rows:
            return ""
        return self.table or f"Your answer: **{self.given}**  \nRight answer: **{self.key}**"


@dataclass(frozen=True, slots=True)
class Told:
    """In practice, after checking: how it did, the reason for every option, and the sources.

    `beside` where the reasons alone do not show her answer well.
    """

    fraction: float
    headline: str
    reasons: tuple[Reasoned, ...]
    references: tuple[str, ...]
    beside: Beside | None = None


def told(slot: Slot, value: Value, credit: Credit = SANE) -> Told:
    """Say how a response did and why, option by option in the order shown."""
    earned = fraction(slot.question.key, value, credit)
    references = tuple(cited(each) for each in slot.question.citations)
    has_places = isinstance(slot.question.interaction, PutInOrder | FillGaps | PickRegion)
    return Told(
        earned, headline(earned), reasons_beside(slot, value), references, beside(slot, value) if has_places else None
    )


def reasons_for(slot: Slot, value: Value) -> tuple[Reasoned, ...]:
    """Give every option (or the number) with why it is right or wrong, marking the key and the learner's choice."""
    return tuple(
        Reasoned(each.right, each.chosen, _label(each.letter, each.text), plain(each.reason))
        for each in reasoned(slot, value)
    )


def reasons_beside(slot: Slot, value: Value) -> tuple[Reasoned, ...]:
    """Give the reasons where her answer stands beside the right one already: her order is not written out again."""
    reasons = reasons_for(slot, value)
    if not isinstance(slot.question.interaction, PutInOrder):
        return reasons
    return tuple(each if each.right else replace(each, label="The whole order", chosen=True) for each in reasons)


def _label(letter: str, text: str) -> str:
    return f"**{letter}.** {plain(text)}" if letter else plain(text)


def beside(slot: Slot, value: Value) -> Beside:
    """Put a response beside the right one."""
    asked = slot.question.interaction
    spots = marked(slot, asked, value) if isinstance(asked, PickRegion) else None
    in_rows = isinstance(asked, MatchEach) and value is not None
    given = plain(in_words(asked, value)) or NOT_ANSWERED
    return Beside(given, plain(key_in_words(slot.question)), _table(slot.question, value), in_rows, spots)


def _table(question: Question, value: Value) -> str:
    """Set an order beside the right one, place by place."""
    asked, right = question.interaction, correct_value(question.key) or ()
    if not isinstance(asked, PutInOrder) or not isinstance(value, tuple):
        return ""
    texts = {option.id: plain(option.text) for option in asked.options}
    rows = [
        (f"{RIGHT if mine == good else WRONG} {place}. {texts[mine]}", f"{place}. {texts[good]}")
        for place, (mine, good) in enumerate(zip(value, right, strict=True), 1)
    ]
    return table(("Your order", "Right order"), rows)


def marked(slot: Slot, asked: PickRegion, value: Value) -> Spots:
    """Prepare a picture with her choice and the right places told apart; only for an answer that was marked."""
    regions = {region.id: region for region in asked.regions}
    spots = [spot(regions[option.id], letter) for letter, option in lettered(slot)]
    for each, said in zip(spots, reasoned(slot, value), strict=True):
        each["mark"] = "right" if said.right else "wrong" if said.chosen else ""
    shown = picture_with(asked, spots, value)
    shown["asks"], shown["closed"] = False, True
    return shown
