"""Exam forms that were built, and what was done with them since: signed, made live, withdrawn. Only ever added to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from training.core.form import Form
from training.core.refusal import NotFound
from training.store import codec
from training.store.attempts import add_questions, read_questions
from training.store.tables import exam_form_events, exam_forms


@dataclass(frozen=True, slots=True)
class FormEvent:
    """One thing done with a form: kind is signed, live or withdrawn."""

    kind: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was built, with everything done with it since, oldest first."""

    id: str
    programme: str
    number: int
    form: Form
    built_at: datetime
    built_by: str
    events: tuple[FormEvent, ...]

    @property
    def signed_by(self) -> tuple[str, ...]:
        return tuple(event.by for event in self.events if event.kind == "signed")

    @property
    def live(self) -> bool:
        kinds = [event.kind for event in self.events if event.kind in ("live", "withdrawn")]
        return bool(kinds) and kinds[-1] == "live"


def add(tx: Connection, *, form_id: str, form: Form, at: datetime, by: str) -> int:
    """Keep a form just built and give its number within its programme."""
    add_questions(tx, form)
    number = (tx.scalar(_LAST_NUMBER, {"of": form.programme}) or 0) + 1
    row = {"id": form_id, "programme": form.programme, "number": number, "form": codec.dump_form(form),
           "built_at": at, "built_by": by}  # fmt: skip
    tx.execute(insert(exam_forms), row)
    return number


def append(tx: Connection, form_id: str, event: FormEvent) -> None:
    """Add what was done with a form."""
    seq = (tx.scalar(_LAST_SEQ, {"of": form_id}) or 0) + 1
    row = {"form_id": form_id, "seq": seq, "kind": event.kind, "by": event.by, "at": event.at, "note": event.note}
    tx.execute(insert(exam_form_events), row)


def get(tx: Connection, form_id: str) -> KeptForm:
    """Give one form. Raises NotFound."""
    row = tx.execute(select(exam_forms).where(exam_forms.c.id == form_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such form.")
    return _kept(tx, row)


def of_programme(tx: Connection, programme: str) -> list[KeptForm]:
    """Give a programme's forms in the order they were built."""
    rows = tx.execute(_OF_PROGRAMME, {"of": programme}).all()
    return [_kept(tx, row) for row in rows]


def count_unsigned(tx: Connection, *, not_by: str) -> int:
    """Count the forms with which nothing was done yet, but for those that a person built."""
    touched = select(exam_form_events.c.form_id)
    waiting = exam_forms.c.id.not_in(touched) & (exam_forms.c.built_by != not_by)
    return tx.scalar(select(func.count()).select_from(exam_forms).where(waiting)) or 0


def _kept(tx: Connection, row: Row[Any]) -> KeptForm:
    stored = codec.load_form(row.form)
    form = stored.form(read_questions(tx, stored.digests))
    events = tuple(FormEvent(each.kind, each.by, each.at, each.note) for each in tx.execute(_EVENTS, {"of": row.id}))
    return KeptForm(row.id, row.programme, row.number, form, row.built_at, row.built_by, events)


_OF_PROGRAMME = select(exam_forms).where(exam_forms.c.programme == bindparam("of")).order_by(exam_forms.c.number)
_EVENTS = select(exam_form_events).where(exam_form_events.c.form_id == bindparam("of")).order_by(exam_form_events.c.seq)
_LAST_NUMBER = select(func.max(exam_forms.c.number)).where(exam_forms.c.programme == bindparam("of"))
_LAST_SEQ = select(func.max(exam_form_events.c.seq)).where(exam_form_events.c.form_id == bindparam("of"))
