"""What can become of a certificate, in any order of events, and its number."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from training.core import continuation
from training.core import credential as core
from training.core.certificate_number import ALPHABET, number_of, read_number
from training.core.certification import Renewal
from training.core.credential import Credential, Event, Issued, Kind, Signed, State
from training.core.refusal import Refusal

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
POLICY = Renewal(opens_days_before=90, grace_days=30, remind_days_before=(90, 30, 7))


def certificate(number: str = "A", *, expires: date | None = date(2028, 3, 2)) -> Credential:
    return Credential(
        number, "ann", "Ann", "safe", "Safe needling", "v1", "The School", (Signed("Cy", "Director"),),
        START.date(), START, expires, "attempt", "digest",
    )  # fmt: skip


def issued(*events: Event, expires: date | None = date(2028, 3, 2)) -> Issued:
    return Issued(certificate(expires=expires), (Event(Kind.ISSUED, START, "cy"), *events))


class Certificate(RuleBasedStateMachine):
    """Any order of doings: what was withdrawn never comes back, and nobody withdraws alone."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.held = START, issued()
        self.withdrawn = False
        self.numbers = 0

    def add(self, made: Event) -> None:
        self.held = Issued(self.held.credential, (*self.held.events, made))

    @rule(days=st.integers(1, 400))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(by=st.sampled_from(["cy", "ada"]))
    def suspend(self, by: str) -> None:
        before = core.standing(self.held, self.now)
        try:
            self.add(core.suspend(self.held, self.now, by=by, reason="complaint"))
        except Refusal:
            assert before in {State.SUSPENDED, State.REVOKED, State.SUPERSEDED}
        else:
            assert core.standing(self.held, self.now) is State.SUSPENDED

    @rule()
    def reinstate(self) -> None:
        before = core.standing(self.held, self.now)
        try:
            self.add(core.reinstate(self.held, self.now, by="cy", reason="cleared"))
        except Refusal:
            assert before is not State.SUSPENDED
        else:
            assert core.standing(self.held, self.now) in {State.VALID, State.EXPIRED}

    @rule(by=st.sampled_from(["cy", "ada"]))
    def propose(self, by: str) -> None:
        before = core.standing(self.held, self.now)
        try:
            self.add(core.propose_revocation(self.held, self.now, by=by, reason="fraud"))
        except Refusal:
            return
        assert core.standing(self.held, self.now) is before  # proposing changes nothing

    @rule(by=st.sampled_from(["cy", "ada"]))
    def confirm(self, by: str) -> None:
        proposal = self.held.proposal
        try:
            self.add(core.revoke(self.held, self.now, by=by))
        except Refusal:
            return
        assert proposal is not None
        assert proposal.by != by
        self.withdrawn = True

    @rule(by=st.sampled_from(["cy", "ada"]))
    def drop(self, by: str) -> None:
        try:
            self.add(core.drop_revocation(self.held, self.now, by=by, reason="unfounded"))
        except Refusal:
            assert self.held.proposal is None

    @rule()
    def renew(self) -> None:
        self.numbers += 1
        try:
            self.add(continuation.renew(self.held, POLICY, self.now, by="ann", other=f"B{self.numbers}"))
        except Refusal:
            return
        assert date(2027, 12, 3) <= self.now.date() <= date(2028, 4, 1)
        assert sum(event.kind is Kind.RENEWED for event in self.held.events) == 1

    @precondition(lambda self: not self.withdrawn)
    @rule()
    def remind(self) -> None:
        days = continuation.due_reminder(self.held, POLICY, self.now)
        if days is not None:
            self.add(Event(Kind.REMINDED, self.now, "needlewise", amount=days))
            assert continuation.due_reminder(self.held, POLICY, self.now) is None

    @invariant()
    def what_was_withdrawn_stays_so(self) -> None:
        if self.withdrawn:
            assert core.standing(self.held, self.now) is State.REVOKED

    @invariant()
    def it_is_never_valid_after_its_last_day(self) -> None:
        if self.now.date() > date(2028, 3, 2):
            assert core.standing(self.held, self.now) is not State.VALID


Certificate.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestCertificate = Certificate.TestCase


def test_a_certificate_is_valid_to_the_end_of_its_last_day() -> None:
    last = datetime(2028, 3, 2, 23, 59, 59, tzinfo=UTC)

    assert core.standing(issued(), last) is State.VALID
    assert core.standing(issued(), last + timedelta(seconds=1)) is State.EXPIRED


def test_one_without_expiry_stays_valid() -> None:
    assert core.standing(issued(expires=None), datetime(2099, 1, 1, tzinfo=UTC)) is State.VALID


def test_renewing_early_costs_nothing_and_late_counts_from_today() -> None:
    early, late = datetime(2028, 1, 1, tzinfo=UTC), datetime(2028, 3, 20, tzinfo=UTC)

    assert continuation.next_expiry(certificate(), 24, early) == date(2030, 3, 2)
    assert continuation.next_expiry(certificate(), 24, late) == date(2030, 3, 20)


def test_the_end_of_a_month_stays_within_it() -> None:
    assert core.months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert core.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(Refusal, match="reason"):
        core.suspend(issued(), START, by="cy", reason="  ")


def test_a_chain_runs_from_the_first_to_the_last() -> None:
    first = Issued(certificate("A"), (Event(Kind.RENEWED, START, "ann", other="B"),))
    second = Issued(core.Credential(**{**_fields(certificate("B")), "renews": "A"}))

    assert [each.credential.number for each in continuation.chain([second, first], "B")] == ["A", "B"]


def _fields(credential: Credential) -> dict[str, object]:
    return {name: getattr(credential, name) for name in Credential.__slots__}


@given(st.integers(0, 2**96))
def test_a_number_is_read_back_however_it_is_typed(chance: int) -> None:
    number = number_of(chance)

    assert read_number(number) == number
    assert read_number(number.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == number


@given(st.integers(0, 2**96), st.integers(0, 19), st.integers(1, 31))
def test_one_wrong_character_is_noticed(chance: int, place: int, by: int) -> None:
    text = number_of(chance).replace("-", "")
    other = ALPHABET[(ALPHABET.index(text[place]) + by) % 32]

    assert read_number(text[:place] + other + text[place + 1 :]) is None
