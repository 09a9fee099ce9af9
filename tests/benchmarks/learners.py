"""Learners with a session and an exam begun, made straight through the store, for servers that start afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from training.core.attempt import Attempt
from training.core.interaction import ChooseOne
from training.core.permission import Actor, Role
from training.services import taking
from training.services.app import App, build_app
from training.services.settings import settings_from
from training.services.signing_in import COOKIE
from training.services.tokens import digest, new_token
from training.store import people, sessions
from training.store.database import Connection
from training.store.sessions import Session

PROGRAMME = "foundation-exam"


@dataclass(frozen=True, slots=True)
class Learner:
    """What a browser needs to go on with an exam: the address of a question with one answer, and the cookie."""

    query: str
    cookies: Mapping[str, str]


def enrol(data: Path, count: int, programme: str = PROGRAMME) -> list[Learner]:
    """Make so many learners in a new database in `data`, each in the middle of the exam."""
    app = build_app(settings_from({"NEEDLEWISE_DATA_DIR": str(data)}))
    try:
        return [_learner(app, f"bench-{number}", programme) for number in range(count)]
    finally:
        app.database.close()


def sign_in(app: App, name: str, *roles: Role) -> Mapping[str, str]:
    """Make an account with a session; gives its cookie."""
    token = new_token()
    app.database.write(lambda tx: _sign_up(tx, app, name, token, *roles))
    return {COOKIE: token}


def _learner(app: App, name: str, programme: str) -> Learner:
    cookies = sign_in(app, name, Role.LEARNER)
    actor = Actor(name, name, frozenset({Role.LEARNER}))
    attempt_id = taking.start(app, actor, programme, request="bench")
    number = _first_of_one_answer(taking.look(app, actor, attempt_id))
    return Learner(f"attempt={attempt_id}&q={number}", cookies)


def _sign_up(tx: Connection, app: App, name: str, token: str, *roles: Role) -> None:
    now = app.now()
    people.add(tx, person_id=name, email=f"{name}@example.org", name=name, at=now, simulated=True)
    for role in roles:
        people.grant(tx, person=name, role=role, at=now, by="benchmark")
    sessions.add(tx, Session(digest(token), name, now, now + timedelta(days=1), now))


def _first_of_one_answer(attempt: Attempt) -> int:
    kinds = (isinstance(slot.question.interaction, ChooseOne) for slot in attempt.form.slots)
    return next(number for number, single in enumerate(kinds, 1) if single)
