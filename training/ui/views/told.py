"""What is told of an answer: how it did, why, and hers beside the right one as each kind needs it."""

from dataclasses import dataclass

from training.core.credit import SANE, Credit
from training.core.form import Slot
from training.core.interaction import OPEN, FillGaps, MatchEach, PickRegion, PutInOrder, Value, options_of
from training.core.key import Pairs, correct_value, fraction
from training.core.question import Question
from training.core.review import NOT_ANSWERED, headline, in_words, lettered, reasoned
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
    spots: Spots | None = None

    @property
    def text(self) -> str:
        """Both in Markdown, in whichever form shows them best."""
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
    has_places = isinstance(slot.question.interaction, PutInOrder | MatchEach | FillGaps | PickRegion)
    return Told(
        earned, headline(earned), reasons_for(slot, value), references, beside(slot, value) if has_places else None
    )


def reasons_for(slot: Slot, value: Value) -> tuple[Reasoned, ...]:
    """Give every option (or the number) with why it is right or wrong, marking the key and the learner's choice."""
    return tuple(
        Reasoned(each.right, each.chosen, _label(each.letter, each.text), plain(each.reason))
        for each in reasoned(slot, value)
    )


def _label(letter: str, text: str) -> str:
    return f"**{letter}.** {plain(text)}" if letter else plain(text)


def beside(slot: Slot, value: Value) -> Beside:
    """Put a response beside the right one."""
    asked, key = slot.question.interaction, correct_value(slot.question.key)
    return Beside(
        plain(in_words(asked, value)) or NOT_ANSWERED, plain(in_words(asked, key)), _table(slot.question, value),
        marked(slot, asked, value) if isinstance(asked, PickRegion) else None,
    )  # fmt: skip


def _table(question: Question, value: Value) -> str:
    """Set an order or matches side by side, place by place."""
    asked = question.interaction
    if not isinstance(asked, PutInOrder | MatchEach):
        return ""
    right = _right(question)
    texts = {option.id: plain(option.text) for option in options_of(asked)}
    given = value if isinstance(value, tuple) else (OPEN,) * len(right)
    heads = [f" {plain(row.text)}" for row in asked.rows] if isinstance(asked, MatchEach) else [""] * len(right)
    rows = [
        (
            f"{number}.{head}",
            f"{RIGHT if mine in good else WRONG} {texts.get(mine, NOT_ANSWERED)}",
            texts[mine if mine in good else good[0]],
        )
        for number, (head, mine, good) in enumerate(zip(heads, given, right, strict=True), 1)
    ]
    return table(("Row" if isinstance(asked, MatchEach) else "Place", "Your answer", "Right answer"), rows)


def _right(question: Question) -> tuple[tuple[str, ...], ...]:
    if isinstance(question.key, Pairs):
        return question.key.right
    return tuple((name,) for name in correct_value(question.key) or ())


def marked(slot: Slot, asked: PickRegion, value: Value) -> Spots:
    """Prepare a picture with her choice and the right places told apart; only for an answer that was marked."""
    regions = {region.id: region for region in asked.regions}
    spots = [spot(regions[option.id], letter) for letter, option in lettered(slot)]
    for each, said in zip(spots, reasoned(slot, value), strict=True):
        each["mark"] = "right" if said.right else "wrong" if said.chosen else ""
    shown = picture_with(asked, spots, value)
    shown["asks"], shown["closed"] = False, True
    return shown
