"""Reminders by mail: what came back is sent by the next run, what may have arrived never again."""

from dataclasses import replace

from tests.conftest import Cast, Clock
from tests.processes import free_port
from tests.services.test_mailing import Conversation, Server, read, serving
from training.core.credential import Kind
from training.services import renewing, verifying
from training.services.app import App

NEARLY_OVER = 725 * 24 * 60


def mailing_to(school: App, port: int) -> App:
    return replace(school, settings=replace(school.settings, smtp_url=f"smtp://127.0.0.1:{port}"))


def told(school: App, number: str) -> list[Kind]:
    wanted = (Kind.REMINDED, Kind.REMINDER_RETURNED)
    return [each.kind for each in verifying.look_up(school, number)[0].events if each.kind in wanted]


class _Refusing(Conversation):
    """A server that takes nobody's mail."""

    def letter(self) -> bytes:
        raise AssertionError("no letter comes this far")

    def say(self, text: str) -> None:
        super().say("550 not here" if text.startswith("354") else text)


class _Breaking(Conversation):
    """A server that takes the letter and goes before it says so."""

    def letter(self) -> bytes:
        taken = super().letter()
        self.server.inbox.put(taken)
        raise ConnectionError


def test_a_reminder_is_sent_by_the_next_run_where_no_server_was_there_or_it_said_no(
    school: App, cast: Cast, clock: Clock, number: str
) -> None:
    clock.advance(minutes=NEARLY_OVER)
    assert renewing.remind(mailing_to(school, free_port())) == 0
    with serving(Server(_Refusing)) as server:
        assert renewing.remind(mailing_to(school, server.port)) == 0
    with serving(Server()) as server:
        there = mailing_to(school, server.port)
        assert (renewing.remind(there), renewing.remind(there)) == (1, 0)
        to, _, text = read(server.inbox)

        assert to == "ann@example.org"
        assert number in text
        assert server.inbox.empty()
    assert told(school, number) == [Kind.REMINDED, Kind.REMINDER_RETURNED] * 2 + [Kind.REMINDED]


def test_a_reminder_that_may_have_arrived_is_not_sent_again(school: App, cast: Cast, clock: Clock, number: str) -> None:
    clock.advance(minutes=NEARLY_OVER)
    with serving(Server(_Breaking)) as server:
        there = mailing_to(school, server.port)
        assert (renewing.remind(there), renewing.remind(there)) == (1, 0)

        assert read(server.inbox)[0] == "ann@example.org"
        assert server.inbox.empty()
    assert told(school, number) == [Kind.REMINDED]
