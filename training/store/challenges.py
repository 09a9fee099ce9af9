"""Challenges with what was said about them and how they ended; rows are only ever added."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, select
from sqlalchemy.exc import IntegrityError

from training.core.challenge import Challenge, Ending, Evidence, Message, Remedy, State
from training.core.refusal import NotFound, Refusal
from training.store import codec
from training.store.item_tables import challenge_endings, challenge_messages, challenges
from training.store.tables import outcomes

CHANGED = "Someone else has just answered here. Please reload the page."


def add(tx: Connection, challenge: Challenge) -> None:
    """Store a challenge just opened."""
    evidence = challenge.evidence
    by_response = [[codec.dump_value(value), number] for value, number in evidence.responses]
    row = {
        "id": challenge.id, "learner": challenge.learner, "attempt_id": challenge.attempt_id, "slot": challenge.slot,
        "programme": challenge.programme, "item_id": challenge.item_id, "question": challenge.question,
        "version": challenge.version, "shown": json.dumps(challenge.order),
        "response": codec.dump_value(challenge.response), "reason": challenge.reason,
        "evidence": json.dumps({"n": evidence.n, "mean": evidence.mean, "responses": by_response}),
        "opened_at": challenge.opened, "due_at": challenge.due,
    }  # fmt: skip
    tx.execute(insert(challenges), row)


def say(tx: Connection, challenge_id: str, message: Message) -> None:
    """Add a message. Raises Refusal where another window added one of the same number."""
    row = {
        "challenge_id": challenge_id, "seq": message.seq, "actor": message.by, "by_learner": message.by_learner,
        "at": message.at, "text": message.text,
    }  # fmt: skip
    try:
        tx.execute(insert(challenge_messages), row)
    except IntegrityError as error:
        raise Refusal(CHANGED) from error


def end(tx: Connection, challenge_id: str, ending: Ending) -> None:
    """Add how a challenge ended. Raises Refusal where it ended already: the primary key decides who was first."""
    row = {
        "challenge_id": challenge_id, "state": ending.state.value, "actor": ending.by, "at": ending.at,
        "reason": ending.reason, "remedy": ending.remedy.value if ending.remedy else None,
    }  # fmt: skip
    try:
        tx.execute(insert(challenge_endings), row)
    except IntegrityError as error:
        raise Refusal(CHANGED) from error


def get(tx: Connection, challenge_id: str) -> Challenge:
    """Give one challenge. Raises NotFound."""
    found = _those(tx, challenges.c.id == challenge_id)
    if not found:
        raise NotFound("There is no such challenge.")
    return found[0]


def of_learner(tx: Connection, learner: str) -> list[Challenge]:
    """Give a learner's challenges, oldest first."""
    return _those(tx, challenges.c.learner == learner)


def of_item(tx: Connection, item_id: str) -> list[Challenge]:
    """Give the challenges of an item, oldest first."""
    return _those(tx, challenges.c.item_id == item_id)


def every(tx: Connection) -> list[Challenge]:
    """Give all challenges, oldest first."""
    return _those(tx)


def upheld(tx: Connection) -> list[Challenge]:
    """Give the challenges that were upheld, for whoever carries out their remedies; oldest first."""
    won = select(challenge_endings.c.challenge_id).where(challenge_endings.c.state == State.UPHELD.value)
    return _those(tx, challenges.c.id.in_(won))


def count_open(tx: Connection, now: datetime) -> tuple[int, int]:
    """Count the challenges that are open, and those of them whose term has passed."""
    ended = select(challenge_endings.c.challenge_id)
    waiting = select(func.count()).select_from(challenges).where(challenges.c.id.not_in(ended))
    return tx.scalar(waiting) or 0, tx.scalar(waiting.where(challenges.c.due_at < now)) or 0


def count_ended(tx: Connection) -> dict[State, int]:
    """Count the challenges that ended, by how."""
    by_state = select(challenge_endings.c.state, func.count()).group_by(challenge_endings.c.state)
    return {State(row[0]): row[1] for row in tx.execute(by_state)}


def count_late(tx: Connection) -> int:
    """Count the rulings that came after their term."""
    ruled = challenge_endings.c.state != State.WITHDRAWN.value
    both = select(func.count()).select_from(challenges.join(challenge_endings))
    return tx.scalar(both.where(ruled, challenge_endings.c.at > challenges.c.due_at)) or 0


def evidence(tx: Connection, item_id: str, question: str) -> Evidence:
    """Sum up the answers to one question of an item, as it was asked word for word, in all attempts handed in."""
    mine = and_(outcomes.c.item_id == item_id, outcomes.c.digest == question)
    n, mean = tx.execute(select(func.count(), func.avg(outcomes.c.fraction)).where(mine)).one()
    rows = tx.execute(
        select(outcomes.c.response, func.count().label("n"))
        .where(mine)
        .group_by(outcomes.c.response)
        .order_by(func.count().desc(), outcomes.c.response)
    )
    return Evidence(n, float(mean or 0), tuple((codec.load_value(row.response), row.n) for row in rows))


def _those(tx: Connection, *wanted: ColumnElement[bool]) -> list[Challenge]:
    rows = tx.execute(select(challenges).where(*wanted).order_by(challenges.c.opened_at, challenges.c.id)).all()
    ids = select(challenges.c.id).where(*wanted)
    messages, endings = _messages(tx, ids), _endings(tx, ids)
    return [_challenge(row, tuple(messages.get(row.id, ())), endings.get(row.id)) for row in rows]


def _messages(tx: Connection, ids: Select[tuple[str]]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    wanted = select(challenge_messages).where(challenge_messages.c.challenge_id.in_(ids))
    for row in tx.execute(wanted.order_by(challenge_messages.c.challenge_id, challenge_messages.c.seq)):
        said = Message(row.seq, row.actor, row.by_learner, row.at, row.text)
        found.setdefault(row.challenge_id, []).append(said)
    return found


def _endings(tx: Connection, ids: Select[tuple[str]]) -> dict[str, Ending]:
    rows = tx.execute(select(challenge_endings).where(challenge_endings.c.challenge_id.in_(ids)))
    return {
        row.challenge_id: Ending(
            State(row.state), row.actor, row.at, row.reason, Remedy(row.remedy) if row.remedy else None
        )
        for row in rows
    }


def _challenge(row: Row[Any], messages: tuple[Message, ...], ending: Ending | None) -> Challenge:
    seen = json.loads(row.evidence)
    responses = tuple((codec.load_value(value), number) for value, number in seen["responses"])
    return Challenge(
        row.id, row.learner, row.attempt_id, row.slot, row.programme, row.item_id, row.question, row.version,
        tuple(json.loads(row.shown)), codec.load_value(row.response), row.reason, row.opened_at, row.due_at,
        Evidence(seen["n"], seen["mean"], responses), messages, ending,
    )  # fmt: skip
