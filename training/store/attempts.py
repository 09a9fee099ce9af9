"""Attempts: a form and its events, which are only ever added to; what is open and what was met is derived."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from training.core.attempt import Attempt, Event, Submitted
from training.core.form import Form
from training.core.question import Question
from training.core.refusal import NotFound, Refusal
from training.store import codec
from training.store.database import Database
from training.store.remembered import Remembered
from training.store.tables import attempt_events, attempts, met, open_attempts, questions

PAGE = 500
"""Attempts read at a time when all of them are walked."""


@dataclass(frozen=True, slots=True)
class Head:
    """What never changes about an attempt: its beginning, and the events that were there when it was last read."""

    id: str
    learner: str
    form: Form
    started: datetime
    events: tuple[Event, ...] = ()


def add(tx: Connection, attempt: Attempt, request: str) -> None:
    """Store an attempt just begun, its questions where they are new, and that the learner met its items.

    `request` names the click that started it. Raises Refusal where the same click started one already.
    """
    if started(tx, attempt.learner, request):
        raise Refusal("This attempt was started already. Please reload the page to go on with it.")
    add_questions(tx, attempt.form)
    row = {
        "id": attempt.id, "learner": attempt.learner, "programme": attempt.form.programme,
        "mode": attempt.form.policy.mode.value, "request": request, "started_at": attempt.started,
        "deadline": attempt.deadline, "form": codec.dump_form(attempt.form),
    }  # fmt: skip
    tx.execute(insert(attempts), row)
    opened = {key: row[key] for key in ("learner", "programme", "deadline")}
    tx.execute(insert(open_attempts), {"attempt_id": attempt.id, **opened})
    note_met(tx, attempt)
    _add_events(tx, attempt.id, attempt.events)


def get(tx: Connection, attempt_id: str) -> Attempt:
    """Give an attempt with all its events. Raises NotFound."""
    head = _head(tx, attempt_id)
    return Attempt(head.id, head.learner, head.form, head.started, _events(tx, head))


def append(tx: Connection, before: Attempt, after: Attempt) -> None:
    """Add the events that `after` has beyond `before`.

    Raises Refusal where another window added one of the same number: the primary key decides who was first.
    """
    try:
        _add_events(tx, after.id, after.events[len(before.events) :])
    except IntegrityError as error:
        raise Refusal(
            "This attempt was changed in another window. Please reload the page to see what is saved there."
        ) from error


def append_all(tx: Connection, changed: Sequence[tuple[Attempt, Attempt]]) -> None:
    """Add to many attempts, each before and after, what is new. Raises IntegrityError where another was first."""
    rows = [row for before, after in changed for row in _event_rows(after.id, after.events[len(before.events) :])]
    if rows:
        tx.execute(_ADD_EVENT, rows)


def keep(database: Database, attempt: Attempt) -> None:
    """Keep an attempt at hand as it was just written, once that is durable: then it need not be read again."""
    head = Head(attempt.id, attempt.learner, attempt.form, attempt.started, attempt.events)
    database.forms.keep(attempt.id, head)


def of_learner(tx: Connection, learner: str) -> list[Attempt]:
    """Give all attempts of a learner, oldest first."""
    wanted = select(attempts.c.id).where(attempts.c.learner == learner).order_by(attempts.c.started_at, attempts.c.id)
    return [get(tx, attempt_id) for attempt_id in tx.scalars(wanted).all()]


def started(tx: Connection, learner: str, request: str) -> str | None:
    """Give the attempt that this click started, if it did."""
    return tx.scalar(_STARTED, {"of": learner, "by": request})


def open_of(tx: Connection, learner: str) -> dict[str, str]:
    """Give the learner's open attempts: programme to attempt id."""
    rows = tx.execute(_OPEN_OF, {"of": learner})
    return {row.programme: row.attempt_id for row in rows}


def overdue(tx: Connection, now: datetime) -> list[str]:
    """List the attempts whose time is up and which nobody handed in, the longest overdue first."""
    return list(tx.scalars(_OVERDUE, {"now": now}))


def count_open(tx: Connection) -> int:
    """Count the attempts that are not handed in."""
    return tx.scalar(select(func.count()).select_from(open_attempts)) or 0


def tries(tx: Connection, learner: str, programme: str) -> int:
    """Count the attempts a learner began in a programme, finished or not."""
    return tx.scalar(_TRIES, {"of": learner, "in": programme}) or 0


def last_met(tx: Connection, learner: str) -> dict[str, datetime]:
    """Say when each item was last in a form of this learner's, by item id; open attempts count too."""
    rows = tx.execute(_LAST_MET, {"of": learner})
    return {row.item_id: row.last_at for row in rows}


def note_met(tx: Connection, attempt: Attempt) -> None:
    """Remember that the learner met the items of a form when it was begun."""
    dialect = postgresql if tx.dialect.name == "postgresql" else sqlite
    upsert = dialect.insert(met)
    later = upsert.excluded.last_at > met.c.last_at
    keys = [met.c.learner, met.c.item_id]
    items = sorted({slot.question.met_as for slot in attempt.form.slots})
    rows = [{"learner": attempt.learner, "item_id": item, "last_at": attempt.started} for item in items]
    tx.execute(
        upsert.on_conflict_do_update(index_elements=keys, set_={"last_at": upsert.excluded.last_at}, where=later), rows
    )


def every_id(tx: Connection) -> Iterator[str]:
    """Walk the ids of all attempts in order, a page at a time, so that others may be written meanwhile."""
    last = ""
    while page := tx.scalars(_NEXT_IDS, {"last": last}).all():
        yield from page
        last = page[-1]


def questions_of(tx: Connection, digests: Iterable[str]) -> dict[str, Question]:
    """Give questions that learners got, by digest."""
    known = codec.remembered_questions(digests := set(digests))
    missing = digests - known.keys()
    return known | (read_questions(tx, missing) if missing else {})


def add_questions(tx: Connection, form: Form) -> None:
    new = {slot.digest: slot.question for slot in form.slots}
    known = select(questions.c.digest).where(questions.c.digest.in_(new))
    for digest in tx.scalars(known).all():
        del new[digest]
    if new:
        rows = [
            {"digest": digest, "item_id": question.item_id, "body": codec.dump_question(question)}
            for digest, question in sorted(new.items())
        ]
        tx.execute(insert(questions), rows)


def _add_events(tx: Connection, attempt_id: str, events: Sequence[Event]) -> None:
    rows = _event_rows(attempt_id, events)
    if rows:
        tx.execute(_ADD_EVENT, rows if len(rows) > 1 else rows[0])
    if any(isinstance(event, Submitted) for event in events):
        tx.execute(delete(open_attempts).where(open_attempts.c.attempt_id == attempt_id))


def _event_rows(attempt_id: str, events: Sequence[Event]) -> list[dict[str, object]]:
    return [
        {
            "attempt_id": attempt_id, "seq": event.seq, "kind": event.kind, "slot": getattr(event, "slot", None),
            "at": event.at, "body": codec.dump_event(event),
        }
        for event in events
    ]  # fmt: skip


def _events(tx: Connection, head: Head) -> tuple[Event, ...]:
    """Read the events that are new since the last reading; those before never change."""
    last = head.events[-1].seq if head.events else 0
    rows = tx.execute(_EVENTS, {"of": head.id, "after": last}).all()
    if not rows:
        return head.events
    events = head.events + codec.load_events([body for (body,) in rows])
    _remember(tx, replace(head, events=events))
    return events


def _remember(tx: Connection, head: Head) -> None:
    options = tx.get_execution_options()
    if options.get("remembers"):  # what a writing transaction sees may yet be rolled back
        options["forms"].keep(head.id, head)


def _head(tx: Connection, attempt_id: str) -> Head:
    """Read what never changes, or give it from memory: then a sitting costs only the reading of its new events."""
    forms: Remembered[str, Head] = tx.get_execution_options()["forms"]
    head = forms.get(attempt_id)
    if head is None:
        row = tx.execute(_ATTEMPT, {"of": attempt_id}).one_or_none()
        if row is None:
            raise NotFound("There is no such attempt.")
        head = _head_from(tx, row)
        _remember(tx, head)
    return head


def _head_from(tx: Connection, row: Row[str, str, datetime, str]) -> Head:
    stored = codec.load_form(row.form)
    known = codec.remembered_questions(stored.digests)
    missing = stored.digests - known.keys()
    if missing:
        known |= read_questions(tx, missing)
    return Head(row.id, row.learner, stored.form(known), row.started_at)


def read_questions(tx: Connection, digests: Iterable[str]) -> dict[str, Question]:
    """Give questions by their digests."""
    rows = tx.execute(select(questions.c.digest, questions.c.body).where(questions.c.digest.in_(digests)))
    return {row.digest: codec.load_question(row.digest, row.body) for row in rows}


# Built once: putting a statement together costs more than running it.

_ATTEMPT = select(attempts.c.id, attempts.c.learner, attempts.c.started_at, attempts.c.form).where(
    attempts.c.id == bindparam("of")
)
_EVENTS = (
    select(attempt_events.c.body)
    .where(attempt_events.c.attempt_id == bindparam("of"), attempt_events.c.seq > bindparam("after"))
    .order_by(attempt_events.c.seq)
)  # fmt: skip
_ADD_EVENT = insert(attempt_events)
_STARTED = select(attempts.c.id).where(attempts.c.learner == bindparam("of"), attempts.c.request == bindparam("by"))
_OPEN_OF = select(open_attempts.c.programme, open_attempts.c.attempt_id).where(
    open_attempts.c.learner == bindparam("of")
)
_OVERDUE = (
    select(open_attempts.c.attempt_id)
    .where(open_attempts.c.deadline <= bindparam("now"))
    .order_by(open_attempts.c.deadline)
)  # fmt: skip
_TRIES = (
    select(func.count())
    .select_from(attempts)
    .where(attempts.c.learner == bindparam("of"), attempts.c.programme == bindparam("in"))
)  # fmt: skip
_LAST_MET = select(met.c.item_id, met.c.last_at).where(met.c.learner == bindparam("of"))
_NEXT_IDS = select(attempts.c.id).where(attempts.c.id > bindparam("last")).order_by(attempts.c.id).limit(PAGE)
