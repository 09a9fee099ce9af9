"""Values to JSON and back: forms with their questions by digest, events by kind, responses; nothing is lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from training.core.attempt import Event
from training.core.blueprint import Policy
from training.core.form import Form, Slot
from training.core.interaction import Value
from training.core.question import Question, question_adapter
from training.core.record import Record
from training.core.remarking import Remarking
from training.core.rules import Rules
from training.store.remembered import Remembered

MOST_QUESTIONS = 10_000

_questions: Remembered[str, Question] = Remembered(MOST_QUESTIONS)
"""By digest: a digest names one question for ever, in any database, so this needs no clearing."""


@dataclass(frozen=True, slots=True)
class StoredSlot:
    """A slot as it is stored: the question by its digest."""

    digest: str
    order: tuple[str, ...]
    points: float
    section: int
    scored: bool = True
    angoff: float | None = None


@dataclass(frozen=True, slots=True)
class StoredForm:
    """A form as it is stored."""

    programme: str
    title: str
    seed: int
    policy: Policy
    sections: tuple[str, ...]
    slots: tuple[StoredSlot, ...]
    domains: tuple[tuple[str, str], ...] = ()
    content: str = ""
    rules: Rules | None = None
    version: str = ""

    @property
    def digests(self) -> frozenset[str]:
        return frozenset(slot.digest for slot in self.slots)

    def form(self, questions: Mapping[str, Question]) -> Form:
        """Put the questions back in their places."""
        slots = tuple(
            Slot(questions[slot.digest], slot.digest, slot.order, slot.points, slot.section, slot.scored, slot.angoff)
            for slot in self.slots
        )
        return Form(
            self.programme, self.title, self.seed, self.policy, self.sections, slots, self.domains, self.content,
            self.rules, self.version,
        )  # fmt: skip


def dump_form(form: Form) -> str:
    """Write a form as JSON, its questions by digest."""
    slots = tuple(
        StoredSlot(slot.digest, slot.order, slot.points, slot.section, slot.scored, slot.angoff) for slot in form.slots
    )
    stored = StoredForm(
        form.programme, form.title, form.seed, form.policy, form.sections, slots, form.domains, form.content,
        form.rules, form.version,
    )  # fmt: skip
    return _forms().dump_json(stored).decode()


def load_form(text: str) -> StoredForm:
    """Read a form whose questions are still to be fetched."""
    return _forms().validate_json(text)


def dump_question(question: Question) -> str:
    """Write a question as JSON; its digest is the SHA-256 of exactly this."""
    return question_adapter().dump_json(question).decode()


def remembered_questions(digests: Iterable[str]) -> dict[str, Question]:
    """Give those of the questions that were decoded before."""
    found = ((digest, _questions.get(digest)) for digest in digests)
    return {digest: question for digest, question in found if question is not None}


def load_question(digest: str, body: str) -> Question:
    """Read a question and keep it at hand."""
    question = question_adapter().validate_json(body)
    _questions.keep(digest, question)
    return question


def dump_event(event: Event) -> str:
    """Write an event as JSON, its moment exact to the microsecond."""
    return _event().dump_json(event).decode()


def load_events(bodies: Sequence[str]) -> tuple[Event, ...]:
    """Read events in the order given."""
    return _events().validate_json(f"[{','.join(bodies)}]")


def dump_record(record: Record) -> str:
    """Write the record of a marking as JSON, always the same bytes for the same record."""
    return _record().dump_json(record).decode()


def load_record(text: str) -> Record:
    """Read the record of a marking."""
    return _record().validate_json(text)


def dump_remarking(remarking: Remarking) -> str:
    """Write how answers are marked anew as JSON."""
    return _remarking().dump_json(remarking).decode()


def load_remarking(text: str) -> Remarking:
    """Read how answers are marked anew."""
    return _remarking().validate_json(text)


def dump_value(value: Value) -> str | None:
    """Write a response as JSON; none where there is none."""
    return None if value is None else _value().dump_json(value).decode()


def load_value(text: str | None) -> Value:
    """Read a response."""
    return None if text is None else _value().validate_json(text)


# Building an adapter costs milliseconds: once each, when first needed.


@cache
def _forms() -> TypeAdapter[StoredForm]:
    return TypeAdapter(StoredForm)


@cache
def _event() -> TypeAdapter[Event]:
    return TypeAdapter(Annotated[Event, Field(discriminator="kind")])


@cache
def _events() -> TypeAdapter[tuple[Event, ...]]:
    return TypeAdapter(tuple[Annotated[Event, Field(discriminator="kind")], ...])


@cache
def _record() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


@cache
def _remarking() -> TypeAdapter[Remarking]:
    return TypeAdapter(Annotated[Remarking, Field(discriminator="kind")])


@cache
def _value() -> TypeAdapter[Value]:
    return TypeAdapter(Value)
