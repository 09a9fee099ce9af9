"""Certificates, their papers and their events, the same on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.stories import T0, add_ann, certify_ann, credential
from training.core.credential import Event, Kind
from training.core.refusal import NotFound
from training.store import certificates, signing_keys
from training.store.database import Database
from training.store.signing_keys import KeyRow


@pytest.fixture
def certified(database: Database) -> Database:
    """Ann has one certificate."""
    database.write(add_ann)
    database.write(certify_ann)
    return database


def test_a_certificate_comes_back_as_it_was_kept(certified: Database):
    found = certified.read(lambda tx: certificates.get(tx, "C-1"))

    assert found.credential == credential()
    assert found.events == (Event(Kind.ISSUED, T0, "cy"),)
    assert certified.read(lambda tx: certificates.signed(tx, "C-1")) == '{"signed":true}'
    assert certified.read(lambda tx: certificates.pdf(tx, "C-1", "letter")) == b"%PDF-letter\x00\xff"


def test_events_come_in_the_order_they_were_added(certified: Database):
    later = [
        Event(Kind.SUSPENDED, T0, "cy", "why – łł"),
        Event(Kind.REINSTATED, T0, "cy", "so"),
        Event(Kind.DECLARED, T0 + timedelta(days=1), "ann", amount=12.5),
    ]
    for event in later:
        certified.write(lambda tx, what=event: certificates.append(tx, "C-1", what))

    assert list(certified.read(lambda tx: certificates.get(tx, "C-1")).events[1:]) == later


@pytest.mark.parametrize(("occasion", "place"), [("pass:a-1", 8), ("pass:a-2", 7)])
def test_an_occasion_and_a_place_are_taken_once(certified: Database, occasion: str, place: int):
    with pytest.raises(IntegrityError):
        certified.write(lambda tx: certify_ann(tx, "C-2", occasion=occasion, place=place))


def test_certificates_are_found_by_learner_occasion_expiry_and_what_happened(certified: Database):
    def numbers(*found: object) -> list[str]:
        return [each.credential.number for each in found]  # type: ignore[attr-defined]

    def look(tx: object) -> None:
        end = T0 + timedelta(days=731)
        assert numbers(*certificates.of_learner(tx, "ann")) == ["C-1"]
        assert certificates.of_learner(tx, "bo") == []
        assert certificates.for_occasion(tx, "pass:a-1") == "C-1"
        assert certificates.for_occasion(tx, "pass:a-9") is None
        assert certificates.taken(tx, 7)
        assert not certificates.taken(tx, 8)
        assert numbers(*certificates.expiring(tx, T0, end + timedelta(days=1))) == ["C-1"]
        assert certificates.expiring(tx, T0, T0 + timedelta(days=90)) == []
        assert numbers(*certificates.with_events(tx, Kind.ISSUED)) == ["C-1"]
        assert certificates.with_events(tx, Kind.REVOKED) == []
        assert certificates.places(tx) == {}

    certified.read(look)
    certified.write(lambda tx: certificates.append(tx, "C-1", Event(Kind.SUSPENDED, T0, "cy", "x")))
    assert certified.read(certificates.places) == {"C-1": 7}


def test_an_unknown_number_is_not_found(certified: Database):
    for look in (certificates.get, certificates.signed):
        with pytest.raises(NotFound):
            certified.read(lambda tx, ask=look: ask(tx, "C-9"))
    with pytest.raises(NotFound):
        certified.read(lambda tx: certificates.pdf(tx, "C-1", "a5"))


def test_keys_come_in_the_order_they_were_taken_into_use(certified: Database):
    rows = (KeyRow("z6MkB", "2026", "", ""), KeyRow("z6MkA", "2027", "z6MkB", "z5"))
    for row in rows:
        certified.write(lambda tx, key=row: signing_keys.add(tx, key))

    assert certified.read(signing_keys.every) == rows
