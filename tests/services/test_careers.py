"""Tries, pauses, expiry and renewal in any order over the services on SQLite, held against the rules in plain words."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.conftest import CAST, Clock
from tests.services.certified import CERTIFIED, QUIZ, certifying, read_all
from training.content.live import LiveLibrary
from training.core.credential import Kind, State, months_after
from training.core.key import correct_value
from training.core.refusal import Refusal
from training.services import certifying as service
from training.services import renewing, replaying, taking, verifying
from training.services.app import App
from training.services.settings import settings_from
from training.store import people
from training.store.database import open_database

ANN = CAST.ann
EXAMPLES = 10
"""Through a database a step costs a hundredth of a second and more; at a desk this may be raised."""
DAY = timedelta(days=1)
LIFETIME, WINDOW, PAUSES, LOW_PAUSE = 6, (2, 5 * DAY), (1 * DAY, 3 * DAY), 6 * DAY
POLICY = """\
  pass_percent: 75
  tries: 6
  window: {tries: 2, days: 5}
  cool_down: [1, 3]
  low_score: {below: 30, times: 2, days: 6}
"""
RETIRED = datetime(2033, 1, 1, tzinfo=UTC)
"""From then on nobody waits for an expiry: the sample's items fall due for review in 2036."""
MONTHS, OPENS, GRACE, REMINDERS = 24, 90 * DAY, 30 * DAY, (90, 30, 7)


@dataclass
class Sat:
    """One try as the model knows it: when it began and ended, and the share that was right."""

    id: str
    began: datetime
    ended: datetime | None = None
    percent: float = 0

    @property
    def failed(self) -> bool:
        return self.ended is not None and self.percent < 75


@dataclass
class Held:
    """One certificate as the model knows it."""

    number: str
    expires: date
    rests_on: str
    papers: str
    declared: bool = False
    renewed: bool = False
    reminded: list[int] = field(default_factory=list)

    def over(self, today: date) -> bool:
        """Whether it lapsed: expired, and past the days in which it can still be renewed."""
        return today > self.expires + GRACE


class Career(RuleBasedStateMachine):
    """Ann sits, fails, waits, passes, holds a certificate, renews it or lets it lapse."""

    make: Callable[[], tuple[App, Clock]]

    def __init__(self) -> None:
        super().__init__()
        self.school, self.clock = type(self).make()
        read_all(self.school, ANN)
        self.sat: list[Sat] = []
        self.held: list[Held] = []
        self.clicks = count()

    def teardown(self) -> None:
        assert replaying.replay_all(self.school).holds
        self.school.database.close()

    @property
    def now(self) -> datetime:
        return self.clock.moment

    @property
    def open(self) -> Sat | None:
        return next((each for each in self.sat if each.ended is None), None)

    def may_begin(self) -> bool:
        """What the policy says, in the plainest way there is to say it."""
        failed = [each for each in self.sat if each.failed]
        low = [each for each in failed if each.percent < 30]
        recent = [each for each in self.sat if self.now - each.began < WINDOW[1]]
        pause = PAUSES[0] if len(failed) == 1 else PAUSES[1]
        rested = not failed or self.now >= max(each.ended for each in failed if each.ended) + pause
        calm = not low or len(low) % 2 or self.now >= max(each.ended for each in low if each.ended) + LOW_PAUSE
        return len(self.sat) < LIFETIME and len(recent) < WINDOW[0] and rested and bool(calm)

    @initialize(certified=st.booleans())
    def start_anywhere(self, *, certified: bool) -> None:
        """Half of the careers begin with a pass and its certificate, so that renewal is reached."""
        if certified:
            self.begin()
            self.hand_in(2)
            self.ask_for_the_certificate()

    @rule()
    def begin(self) -> None:
        known, allowed = self.open, self.may_begin()
        try:
            attempt = taking.start(self.school, ANN, QUIZ, request=f"click-{next(self.clicks)}")
        except Refusal:
            assert known is None
            assert not allowed
            return
        assert allowed or known is not None
        assert known is None or attempt == known.id
        if known is None:
            self.sat.append(Sat(attempt, self.now))

    @precondition(lambda self: self.open)
    @rule(right=st.sampled_from([0, 1, 2, 2, 2]))
    def hand_in(self, right: int) -> None:
        this = self.open
        assert this is not None
        for number, slot in enumerate(taking.look(self.school, ANN, this.id).form.slots[:right]):
            taking.save_answer(self.school, ANN, this.id, number, correct_value(slot.question.key), seen=0)
        taking.hand_in(self.school, ANN, this.id)
        this.ended, this.percent = self.now, 50.0 * right

    @rule(hours=st.sampled_from([1, 23, 24, 25, 71, 72, 73]))
    def wait(self, hours: int) -> None:
        """Whatever is open is handed in by the clock, at its deadline."""
        self.clock.advance(minutes=60 * hours)
        if self.open:
            taking.look(self.school, ANN, self.open.id)
            self.open.ended = self.open.began + timedelta(minutes=10)

    @precondition(lambda self: self.held and self.now < RETIRED)
    @rule(hours=st.just(12.0))
    def declare_and_renew_in_time(self, hours: float) -> None:
        self.wait_until_near_the_expiry(-7)
        self.declare(hours)
        self.renew()

    @precondition(lambda self: self.held and self.now < RETIRED)
    @rule()
    def let_it_lapse(self) -> None:
        self.wait_until_near_the_expiry(31)

    @precondition(lambda self: self.held and self.now < RETIRED)
    @rule(days=st.sampled_from([-91, -90, -89, -31, -30, -8, -7, -1, 0, 1, 30, 31]))
    def wait_until_near_the_expiry(self, days: int) -> None:
        wanted = datetime.combine(self.held[-1].expires + days * DAY, self.now.time(), UTC)
        if wanted > self.now:
            self.wait(int((wanted - self.now) / timedelta(hours=1)))

    @rule()
    def ask_for_the_certificate(self) -> None:
        """Who holds one is given that; else it takes a pass that no lapsed one rests on."""
        held = next((each for each in self.held if not (each.renewed or each.over(self.now.date()))), None)
        lapsed = {each.rests_on for each in self.held if each.over(self.now.date())}
        fresh = [each for each in self.sat if each.ended and not each.failed and each.id not in lapsed]
        try:
            issued = service.issue(self.school, ANN, QUIZ).credential
        except Refusal:
            assert held is None
            assert not fresh
            return
        if held:
            assert issued.number == held.number
            return
        assert fresh
        assert issued.attempt == max(fresh, key=lambda each: each.ended or each.began).id
        assert issued.expires == months_after(self.now.date(), MONTHS)
        self._keep(issued.number, issued.expires, issued.attempt)

    @precondition(lambda self: self.held)
    @rule(hours=st.sampled_from([3.0, 12.0]))
    def declare(self, hours: float) -> None:
        mine = self.held[-1]
        allowed = self.now.date() >= mine.expires - OPENS and not mine.declared and hours >= 12
        try:
            renewing.declare(self.school, ANN, mine.number, hours=hours)
        except Refusal:
            assert not allowed
            return
        assert allowed
        mine.declared = True

    @precondition(lambda self: self.held)
    @rule()
    def renew(self) -> None:
        """The new term is counted from the old expiry, or from today where that is over."""
        old = self.held[-1]
        allowed = old.declared and old.expires - OPENS <= self.now.date() <= old.expires + GRACE
        try:
            fresh = renewing.renew(self.school, ANN, old.number).credential
        except Refusal:
            assert not allowed
            return
        assert allowed
        assert fresh.renews == old.number
        assert fresh.expires == months_after(max(old.expires, self.now.date()), MONTHS)
        old.renewed = True
        self._keep(fresh.number, fresh.expires, fresh.attempt)

    @rule()
    def remind(self) -> None:
        """Each reminder once, the nearest for all that are due; never of what is renewed or over."""
        due = 0
        for mine in self.held:
            days = [each for each in REMINDERS if (mine.expires - self.now.date()).days <= each]
            if not mine.renewed and self.now.date() <= mine.expires and days and min(days) not in mine.reminded:
                mine.reminded.append(min(days))
                due += 1
        assert renewing.remind(self.school) == due
        assert renewing.remind(self.school) == 0

    def _keep(self, number: str, expires: date, rests_on: str) -> None:
        assert number not in [each.number for each in self.held]
        self.held.append(Held(number, expires, rests_on, self._papers(number)))

    def _papers(self, number: str) -> str:
        return sha256(
            verifying.pdf(self.school, number) + verifying.signed_json(self.school, number).encode()
        ).hexdigest()

    @invariant()
    def every_certificate_stands_as_its_dates_say_and_is_the_same_bytes(self) -> None:
        for mine in self.held:
            issued, state = verifying.look_up(self.school, mine.number)
            assert state is (State.EXPIRED if self.now.date() > mine.expires else State.VALID)
            assert bool(issued.renewed_by) == mine.renewed
            assert [each.amount for each in issued.events if each.kind is Kind.REMINDED] == mine.reminded
            assert self._papers(mine.number) == mine.papers

    @invariant()
    def the_page_offers_a_start_just_when_one_would_succeed(self) -> None:
        assert taking.rules(self.school, ANN, QUIZ).may_start == (self.open is None and self.may_begin())


def test_a_career_in_any_order_keeps_to_the_rules(_sqlite_template: Path, tmp_path: Path) -> None:  # noqa: PT019
    policy = CERTIFIED.replace("  pass_percent: 75\n", POLICY)
    folders = count()

    def make() -> tuple[App, Clock]:
        home = tmp_path / str(next(folders))
        home.mkdir()
        shutil.copyfile(_sqlite_template, home / "needlewise.db")
        clock, ids, seeds = Clock(datetime(2026, 3, 2, 9, tzinfo=UTC)), count(1), count(1)
        app = App(
            settings_from({"NEEDLEWISE_DATA_DIR": str(home)}), open_database(f"sqlite:///{home / 'needlewise.db'}"),
            content, now=clock, new_id=lambda: f"id-{next(ids)}", new_seed=lambda: next(seeds),
        )  # fmt: skip
        app.database.write(lambda tx: people.add(tx, person_id="ann", email="a@example.org", name="Ann", at=clock()))
        return app, clock

    class Anns(Career):
        pass

    content: LiveLibrary = certifying(_nothing(tmp_path), tmp_path, text=policy).content
    Anns.make = staticmethod(make)  # type: ignore[method-assign]
    run_state_machine_as_test(
        Anns,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
        ),
    )


def _nothing(folder: Path) -> App:
    """An app with no content yet, to be given some."""
    database = open_database(f"sqlite:///{folder / 'unused.db'}")
    database.close()
    return replace(App(settings_from({}), database, LiveLibrary(folder, None)))
