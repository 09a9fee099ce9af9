"""What the sitting shows: one question, where she stands in all of them, and how much time is left."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from training.core.attempt import Answered, Attempt, State, closed_by, must_open, state
from training.core.blueprint import Mode
from training.core.certainty import Certainty
from training.core.form import Slot
from training.core.interaction import Interaction, PickRegion, Value, can_strike, options_of
from training.core.question import Image, Question
from training.core.review import CASE_RULE, EXAM_CASE_RULE, before_opening, instruction, lettered
from training.core.standing import Standing, standing
from training.ui.views.told import Told, told
from training.ui.views.words import plain


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as shown: its id, its letter and text in Markdown, and whether the learner struck it out.

    Options of gaps have the id `gap:option`, and letters that begin anew in each gap.
    """

    id: str
    letter: str
    text: str
    struck: bool

    @property
    def label(self) -> str:
        return f"**{self.letter}.** " + self._text

    @property
    def light_label(self) -> str:
        """The label for a checkbox, whose Markdown is read out as it is written."""
        return f"{self.letter}. {self._text}"

    @property
    def _text(self) -> str:
        return f"~~{self.text}~~" if self.struck else self.text


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the navigator."""

    number: int
    answered: bool
    flagged: bool
    checked: bool

    @property
    def words(self) -> str:
        state_words = "checked" if self.checked else "answered" if self.answered else "open"
        return f"Question {self.number}, {state_words}" + (", flagged" if self.flagged else "")


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the learner may see it: there is no key in it, so none can reach the page."""

    slot: int
    number: int
    total: int
    section: str
    stem: str
    interaction: Interaction
    choices: tuple[Choice, ...]
    instruction: str
    image: Image | None
    value: Value
    seen: int
    receipt: str
    flagged: bool
    struck: tuple[str, ...]
    closed: bool
    may_check: bool
    told: Told | None
    context: str = ""
    """Of a case: the vignette with what was revealed so far, in Markdown."""
    case: str = ""
    """Of a case: which part this is, in words."""
    case_rule: str = ""
    """Of a case: what closes when this is answered."""
    closed_why: str = ""
    """Of a case: which later part closed this one."""
    opening: str = ""
    """Of a case in an exam: what opening this part closes. Until then nothing of it is here."""
    asks_certainty: bool = False
    certainty: Certainty | None = None

    @property
    def can_strike(self) -> bool:
        return can_strike(self.interaction) and not self.closed

    @property
    def news(self) -> str:
        """What is said aloud when it changes: how a checked answer did, else the receipt."""
        return self.told.headline if self.told else self.receipt


@dataclass(frozen=True, slots=True)
class TakeQuizView:
    """The whole sitting at one question."""

    title: str
    question: QuestionView
    places: tuple[Place, ...]
    answered: int
    flagged: int
    over: bool
    deadline: datetime | None
    seq: int

    @property
    def total(self) -> int:
        return len(self.places)

    @property
    def heading(self) -> str:
        return f"Question {self.question.number} of {self.total}"

    @property
    def unanswered(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places if not place.answered)

    @property
    def flagged_numbers(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places if place.flagged)

    @property
    def first_to_visit(self) -> int:
        """Where to go back to: the first open question, else the first flagged one, else the last."""
        return next(iter((*self.unanswered, *self.flagged_numbers)), self.total)

    @property
    def progress_text(self) -> str:
        marked = f" · {self.flagged} flagged" if self.flagged else ""
        return f"{self.answered} of {self.total} answered{marked}"

    @property
    def summary_text(self) -> str:
        return f"{self.progress_text}. Your answers are final once you hand in; the result is shown at once."

    @property
    def unanswered_text(self) -> str:
        return f"Not answered: {_listed(self.unanswered)}. An open question earns no points."

    @property
    def flagged_text(self) -> str:
        return f"Flagged for review: {_listed(self.flagged_numbers)}."


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in numbers)


def take_quiz_view(attempt: Attempt, number: int, now: datetime, zone: tzinfo = UTC) -> TakeQuizView:
    """Work out what to show at question `number` (from 1; out of range is brought into range)."""
    slot = min(max(number, 1), len(attempt.form.slots)) - 1
    stands = standing(attempt)
    answered, flags, checked = stands.answered, stands.flags, stands.checked
    places = tuple(
        Place(each + 1, each in answered, each in flags, each in checked) for each in range(len(attempt.form.slots))
    )
    over = state(attempt, now) is not State.OPEN
    shown = _question(attempt, slot, stands, over=over, zone=zone)
    return TakeQuizView(
        attempt.form.title,
        _unopened(attempt, slot, stands, shown),
        places,
        len(answered),
        len(flags),
        over,
        attempt.deadline,
        attempt.next_seq - 1,
    )


def _question(attempt: Attempt, number: int, stands: Standing, *, over: bool, zone: tzinfo) -> QuestionView:
    slot, policy = attempt.form.slots[number], attempt.form.policy
    saved = stands.answers.get(number)
    struck = stands.strikes.get(number, ())
    checked = number in stands.checked
    later = closed_by(attempt, number)
    value = saved.value if saved else None
    return QuestionView(
        slot=number,
        number=number + 1,
        total=len(attempt.form.slots),
        section=attempt.form.sections[slot.section],
        stem=plain(slot.question.stem),
        interaction=slot.question.interaction,
        choices=_choices(slot, struck),
        instruction=instruction(slot.question.interaction),
        image=slot.question.image,
        value=value,
        seen=saved.seq if saved else 0,
        receipt=_receipt(saved, zone) if saved else "",
        flagged=number in stands.flags,
        struck=struck,
        closed=over or checked or later is not None,
        may_check=policy.mode is Mode.PRACTICE and not checked and not over,
        told=told(slot, value, policy.credit) if checked else None,
        context=case_text(slot.question),
        case=case_words(slot.question),
        case_rule=case_rule(slot.question, policy.mode),
        closed_why="" if later is None else f"This one is closed, because question {later + 1} told you more.",
        asks_certainty=policy.confidence,
        certainty=stands.certainties.get(number),
    )


def _unopened(attempt: Attempt, number: int, stands: Standing, shown: QuestionView) -> QuestionView:
    """Leave nothing of a part that would tell more before she has opened it, but what was known before."""
    closes = must_open(attempt, number)
    if not closes:
        return shown
    known = attempt.form.slots[closes[-1]].question
    unanswered = frozenset(closes) - stands.answered
    return replace(
        shown, stem="", choices=(), image=None, context=plain(known.context), closed=True, may_check=False,
        opening=before_opening(closes, unanswered),
    )  # fmt: skip


def case_words(question: Question) -> str:
    """Say which part of a case this is."""
    return f"Part {question.group.part} of {question.group.of} of a case." if question.group else ""


def case_text(question: Question) -> str:
    """Give the vignette with what was revealed so far, in Markdown; what this part reveals is marked as new."""
    known = plain(question.context).split("\n\n")
    if question.group and question.group.reveals:
        known[-1] = f":blue-badge[New] {known[-1]}"
    return "\n\n".join(known)


def case_rule(question: Question, mode: Mode = Mode.PRACTICE) -> str:
    """Say what closes when this part is answered, or in an exam opened."""
    if question.group is None:
        return ""
    if mode is Mode.EXAM:
        return EXAM_CASE_RULE
    return REVEALING if question.group.reveals else CASE_RULE


REVEALING = "This part tells you more. Once you answer it, the answers before it are closed."


def lone_question(question: Question, value: Value, *, shown: bool, order: tuple[str, ...] = ()) -> QuestionView:
    """Prepare a question outside any quiz, to check oneself or to preview; `shown` tells how the value did."""
    slot = Slot(question, "", order or tuple(option.id for option in options_of(question.interaction)))
    return QuestionView(
        slot=0, number=1, total=1, section="", stem=plain(question.stem), interaction=question.interaction,
        choices=_choices(slot, ()), instruction=instruction(question.interaction), image=question.image,
        value=value, seen=0, receipt="", flagged=False, struck=(), closed=False, may_check=True,
        told=told(slot, value) if shown else None, context=case_text(question),
        case=case_words(question), case_rule=case_rule(question),
    )  # fmt: skip


def _choices(slot: Slot, struck: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(option.id, letter, plain(option.text), option.id in struck) for letter, option in lettered(slot)
    )


def picture_of(question: Question) -> Image | None:
    """Give the picture that belongs to a question, be it in the stem or to point into."""
    if isinstance(question.interaction, PickRegion):
        return Image(question.interaction.image.file, question.interaction.image.alt)
    return question.image


def _receipt(saved: Answered, zone: tzinfo) -> str:
    done = "Saved" if saved.value is not None else "Answer removed"
    return f"{done} at {saved.at.astimezone(zone):%H:%M:%S}"
