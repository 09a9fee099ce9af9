"""Messages by a real SMTP conversation, with a small server of our own."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from queue import Queue
from threading import Thread

import pytest

from tests.conftest import Cast
from tests.processes import PATIENCE
from training.core.refusal import Refusal
from training.services import administering, mailing, resetting
from training.services.administering import Invitation
from training.services.app import App

Inbox = Queue[bytes]


class Conversation(socketserver.StreamRequestHandler):
    server: "Server"

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.say("354 go on")
                self.server.inbox.put(self.letter())
                self.say("250 kept")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, conversation: type[Conversation] = Conversation) -> None:
        self.inbox: Inbox = Queue()
        super().__init__(("127.0.0.1", 0), conversation)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """A conversation that a test breaks off is no news."""


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Serve in a thread."""
    with server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as server:
        yield server


@pytest.fixture
def mailed(app: App, server: Server) -> App:
    url = f"smtp://127.0.0.1:{server.server_address[1]}"
    return replace(app, settings=replace(app.settings, smtp_url=url, mail_from="school@example.org"))


def read(inbox: Inbox) -> tuple[str, str, str]:
    letter = message_from_bytes(inbox.get(timeout=PATIENCE), policy=policy.default)
    return str(letter["To"]), str(letter["From"]), letter.get_content()


def test_a_forgotten_password_is_replaced_by_a_mailed_link(mailed: App, cast: Cast, server: Server) -> None:
    resetting.ask_for_reset(mailed, email="Ann@Example.org")

    to, sender, text = read(server.inbox)
    token = text.partition("token=")[2].split()[0]
    assert (to, sender) == ("ann@example.org", "school@example.org")
    assert resetting.reset_password(mailed, token, "four plain words here")


def test_asking_for_an_address_nobody_has_looks_the_same_and_sends_nothing(
    mailed: App, cast: Cast, server: Server
) -> None:
    resetting.ask_for_reset(mailed, email="nobody@example.org")
    resetting.ask_for_reset(mailed, email="ann@example.org")

    assert read(server.inbox)[0] == "ann@example.org"
    assert server.inbox.empty()


def test_nobody_is_written_to_more_than_three_times_an_hour(mailed: App, cast: Cast, server: Server) -> None:
    for _ in range(5):
        resetting.ask_for_reset(mailed, email="ann@example.org")
    resetting.ask_for_reset(mailed, email="bo@example.org")

    assert [read(server.inbox)[0] for _ in range(4)] == ["ann@example.org"] * 3 + ["bo@example.org"]
    assert server.inbox.empty()


def test_an_invitation_is_mailed_to_whom_it_names(mailed: App, cast: Cast, server: Server) -> None:
    url = administering.invite(mailed, cast.ada, Invitation(email="dora@example.org"))

    to, _, text = read(server.inbox)
    assert to == "dora@example.org"
    assert url in text


def test_without_a_mail_server_one_is_sent_to_an_administrator(app: App) -> None:
    with pytest.raises(Refusal, match="administrator"):
        resetting.ask_for_reset(app, email="ann@example.org")


def test_a_mail_server_that_is_not_there_is_a_refusal(app: App, server: Server) -> None:
    server.server_close()
    settings = replace(app.settings, smtp_url=f"smtp://127.0.0.1:{server.server_address[1]}")

    with pytest.raises(Refusal, match="could not be sent"):
        mailing.send(settings, to="ann@example.org", subject="x", text="y")
