"""Take a quiz in the terminal: with an account every answer is recorded, without one the sitting is thrown away."""

import argparse
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from training.cli import FINE
from training.cli.asking import password
from training.cli.conversation import Conversation, Left
from training.cli.ink import ink, wrapped
from training.cli.product import product
from training.cli.quizzes import pool_of
from training.cli.sittings import Recorded, Sitting, throw_away
from training.content.live import LiveLibrary
from training.services import signing_in, taking
from training.services.app import SEED_BITS
from training.services.settings import settings_from

EXAMPLES = """examples:
  python -m training quiz mixed-practice                        try it; nothing is recorded
  python -m training quiz mixed-practice --as ann@example.org   asks for the password; recorded, like in the app

While you are asked, type an answer (b, or a c, or 12.5), or one of the words that `help` explains."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("programme", metavar="PROGRAMME", help="the quiz's name, such as mixed-practice")
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="sign in with this account and record the attempt")
    parser.add_argument(
        "--seed", type=int, metavar="N", help="without --as: the seed to draw with (default: a new one)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Ask until the quiz is handed in or left."""
    opened = _recorded(arguments) if arguments.email else _thrown_away(arguments)
    with opened as sitting:
        try:
            Conversation(sitting).hold()
        except (Left, KeyboardInterrupt):
            print("\n" + _farewell(sitting, arguments))
    return FINE


@contextmanager
def _recorded(arguments: argparse.Namespace) -> Iterator[Sitting]:
    with product() as app:
        pool_of(app.content, arguments.programme)
        ticket = signing_in.sign_in(app, email=arguments.email, password=password())
        token = signing_in.redeem(app, ticket, user_agent="terminal").token
        try:
            actor = signing_in.actor_of(app, token)
            attempt = taking.start(app, actor, arguments.programme, request=app.new_id())
            print(f"Signed in as {actor.name}. Every answer is saved as you give it.")
            yield Recorded(app, actor, attempt)
        finally:
            signing_in.sign_out(app, token)


@contextmanager
def _thrown_away(arguments: argparse.Namespace) -> Iterator[Sitting]:
    content = LiveLibrary(settings_from().content_dir, None)
    pool = pool_of(content, arguments.programme)
    seed = secrets.randbits(SEED_BITS) if arguments.seed is None else arguments.seed
    print(wrapped("This sitting is not recorded. To have it recorded, sign in with --as EMAIL."))
    yield throw_away(pool, seed)


def _farewell(sitting: Sitting, arguments: argparse.Namespace) -> str:
    if not sitting.recorded:
        return "You left the quiz. Nothing was recorded."
    command = f"{Path(sys.executable).name} -m training quiz {arguments.programme} --as {arguments.email}"
    left = "Your answers are saved. The clock runs on." if sitting.look().deadline else "Your answers are saved."
    return f"{left} Go on here or in the app: {ink(command, 'bold')}"
