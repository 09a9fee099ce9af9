"""Accounts, sessions, one-time links and counted attempts, the same on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from training.core.permission import Role
from training.core.refusal import NotFound
from training.store import links, overviews, people, sessions, sign_ins
from training.store.database import Database
from training.store.links import Link, Purpose
from training.store.sessions import Session

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ann(database: Database) -> str:
    database.write(lambda tx: people.add(tx, person_id="ann", email=" Ann@Example.org", name="Ann", at=NOW))
    return "ann"


def test_a_person_is_found_by_her_address_however_it_is_written(database: Database, ann: str) -> None:
    found = database.read(lambda tx: people.by_email(tx, "ANN@example.ORG "))

    assert found == database.read(lambda tx: people.get(tx, ann))
    assert found is not None
    assert (found.email, found.created_at, found.roles) == ("ann@example.org", NOW, frozenset())


def test_the_database_itself_refuses_a_second_account_of_an_address(database: Database, ann: str) -> None:
    with pytest.raises(IntegrityError):
        database.write(lambda tx: people.add(tx, person_id="x", email="ann@example.org", name="X", at=NOW))


def test_someone_unknown_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        database.read(lambda tx: people.get(tx, "nobody"))
    assert database.read(lambda tx: people.by_email(tx, "nobody@example.org")) is None
    assert database.read(lambda tx: people.by_subject(tx, "https://id.example", "nobody")) is None


def test_a_vouched_person_is_found_by_issuer_and_subject(database: Database, ann: str) -> None:
    database.write(lambda tx: people.vouch_for(tx, ann, issuer="https://id.example", subject="7"))

    found = database.read(lambda tx: people.by_subject(tx, "https://id.example", "7"))
    assert found is not None
    assert found.id == ann


def test_roles_are_granted_once_and_withdrawn_once(database: Database, ann: str) -> None:
    def grant() -> bool:
        return database.write(lambda tx: people.grant(tx, person=ann, role=Role.LEARNER, at=NOW, by="test"))

    def withdraw() -> bool:
        return database.write(lambda tx: people.withdraw(tx, person=ann, role=Role.LEARNER))

    assert [grant(), grant()] == [True, False]
    assert database.read(people.every)[0].roles == {Role.LEARNER}
    assert database.read(lambda tx: people.granted_by(tx, ann, "test")) == {Role.LEARNER}
    assert [withdraw(), withdraw()] == [True, False]
    assert database.read(lambda tx: people.roles_of(tx, ann)) == frozenset()


def test_those_who_are_shut_out_hold_no_role(database: Database, ann: str) -> None:
    database.write(lambda tx: people.grant(tx, person=ann, role=Role.ADMINISTRATOR, at=NOW, by="test"))
    assert database.read(lambda tx: people.holders(tx, Role.ADMINISTRATOR)) == {ann}

    database.write(lambda tx: people.set_disabled(tx, ann, NOW))

    assert database.read(lambda tx: people.holders(tx, Role.ADMINISTRATOR)) == frozenset()


def test_a_session_says_who_and_in_which_roles_while_it_holds(database: Database, ann: str) -> None:
    for role in (Role.LEARNER, Role.INSTRUCTOR):
        database.write(lambda tx, role=role: people.grant(tx, person=ann, role=role, at=NOW, by="test"))
    database.write(lambda tx: sessions.add(tx, Session("h", ann, NOW, LATER, NOW)))

    found = database.read(lambda tx: sessions.signed_in(tx, "h", NOW))
    assert found is not None
    assert (found.person_id, found.roles) == (ann, {Role.LEARNER, Role.INSTRUCTOR})
    assert database.read(lambda tx: sessions.signed_in(tx, "h", LATER)) is None
    assert database.read(lambda tx: sessions.signed_in(tx, "other", NOW)) is None


def test_someone_without_any_role_can_still_be_signed_in(database: Database, ann: str) -> None:
    database.write(lambda tx: sessions.add(tx, Session("h", ann, NOW, LATER, NOW)))

    found = database.read(lambda tx: sessions.signed_in(tx, "h", NOW))
    assert found is not None
    assert found.roles == frozenset()


def test_sessions_end_one_by_one_and_all_but_one(database: Database, ann: str) -> None:
    for name in ("a", "b", "c", "d"):
        database.write(lambda tx, name=name: sessions.add(tx, Session(name, ann, NOW, LATER, NOW)))

    assert database.write(lambda tx: sessions.end(tx, "a", NOW)) == ann
    assert database.write(lambda tx: sessions.end(tx, "a", NOW)) is None
    assert database.write(lambda tx: sessions.end_all(tx, ann, NOW, but="b")) == 2
    assert [each.token_hash for each in database.read(lambda tx: sessions.of_person(tx, ann, NOW))] == ["b"]
    assert database.read(lambda tx: sessions.known(tx, "a"))


def test_a_link_is_for_one_purpose_one_use_and_some_time(database: Database) -> None:
    database.write(lambda tx: links.add(tx, Link("h", Purpose.INVITATION, NOW, LATER, role=Role.COORDINATOR)))

    def use(purpose: Purpose, at: datetime) -> Link | None:
        return database.write(lambda tx: links.use(tx, "h", purpose, at))

    assert use(Purpose.TICKET, NOW) is None
    assert use(Purpose.INVITATION, LATER) is None
    link = use(Purpose.INVITATION, NOW)
    assert link is not None
    assert link.role is Role.COORDINATOR
    assert use(Purpose.INVITATION, NOW) is None


def test_of_many_who_use_a_link_at_once_one_gets_it(database: Database) -> None:
    database.write(lambda tx: links.add(tx, Link("h", Purpose.TICKET, NOW, LATER)))

    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(lambda _: database.write(lambda tx: links.use(tx, "h", Purpose.TICKET, NOW)), range(8)))

    assert sum(link is not None for link in used) == 1


def test_open_links_of_a_purpose_can_be_voided(database: Database, ann: str) -> None:
    for name, purpose, person in (("a", Purpose.RESET, ann), ("b", Purpose.RESET, None), ("c", Purpose.TICKET, ann)):
        link = Link(name, purpose, NOW, LATER, person_id=person)
        database.write(lambda tx, link=link: links.add(tx, link))

    assert database.write(lambda tx: links.void(tx, Purpose.RESET, NOW, person_id=ann)) == 1
    assert database.write(lambda tx: links.void(tx, Purpose.RESET, NOW)) == 1
    assert database.read(lambda tx: links.valid(tx, "c", Purpose.TICKET, NOW)) is not None


def test_failures_are_counted_since_the_last_success(database: Database) -> None:
    def attempt(second: int, address: str, *, well: bool = False) -> None:
        row = f"{second}"
        at = NOW + timedelta(seconds=second)
        database.write(lambda tx: sign_ins.add(tx, row_id=row, email="a@b", address=address, at=at))
        if well:
            database.write(lambda tx: sign_ins.succeeded(tx, row))

    attempt(1, "here")
    attempt(2, "here", well=True)
    attempt(3, "here")
    attempt(4, "there")

    since = NOW
    anywhere = database.read(lambda tx: sign_ins.failures_of_email(tx, since, "a@b"))
    here = database.read(lambda tx: sign_ins.failures_of_email(tx, since, "a@b", address="here"))
    address = database.read(lambda tx: sign_ins.failures_of_address(tx, since, "here"))
    assert (anywhere.count, here.count, address.count) == (2, 1, 2)
    assert anywhere.last_at == NOW + timedelta(seconds=4)


def test_what_was_over_is_forgotten_and_what_runs_is_kept(database: Database, ann: str) -> None:
    database.write(lambda tx: sessions.add(tx, Session("old", ann, NOW, NOW, NOW)))
    database.write(lambda tx: sessions.add(tx, Session("new", ann, NOW, LATER, NOW)))
    database.write(lambda tx: links.add(tx, Link("old", Purpose.TICKET, NOW, NOW)))
    database.write(lambda tx: sign_ins.add(tx, row_id="old", email="a@b", address="", at=NOW))
    before = NOW + timedelta(minutes=1)

    assert [
        database.write(lambda tx: sessions.forget(tx, before)),
        database.write(lambda tx: links.forget(tx, before)),
        database.write(lambda tx: sign_ins.forget(tx, before)),
    ] == [1, 1, 1]
    assert database.read(lambda tx: overviews.counts(tx, NOW)) == overviews.Counts(1, 1, 0, 0)
