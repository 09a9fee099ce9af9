"""The command line: one file per command, imported only when it is asked for. A new command is one line in COMMANDS."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from types import ModuleType

from training import __version__

FINE, FINDINGS, MISUSE, STOPPED = 0, 1, 2, 130
Formatter = argparse.RawDescriptionHelpFormatter

COMMANDS: dict[str, str] = {
    "check": "find every flaw in banks, modules and programmes",
    "bots": "let test-wise bots that know no anatomy answer the banks",
    "explain": "print the manual page of a problem code",
    "import": "bring questions of other systems into a bank",
    "export": "write banks for other systems, or on paper",
    "affected": "list all that rests on a claim, certificates too, for when its verdict changes",
    "coverage": "count the items of every objective, and name what is missing",
    "draw": "draw a form from a programme by its seed",
    "analyse": "analyse answers from any spreadsheet or the database: items, scores, models",
    "assemble": "build parallel forms of an exam",
    "hours": "derive a programme's contact hours by an accreditor's rule",
    "odds": "tell how likely learners pass, by what they truly know",
    "quiz": "take a quiz in the terminal",
    "serve": "serve the app",
    "demo": "make a throw-away database with simulated learners",
    "db": "upgrade, look at, back up or restore the database",
    "user": "add, list or change people",
    "rekey": "mark a question again for everyone who had it",
    "replay": "show an attempt as it was and prove its decision",
    "history": "print an item's versions, what changed, where each was used and what may be pooled",
    "verify": "check a certificate's PDF or JSON without a network",
    "keys": "show the keys that sign certificates, or change the one in use",
    "rebuild": "make the derived tables again from the events",
}

EPILOGUE = """examples:
  python -m training check question_banks modules programmes
  python -m training draw mixed-practice --seed 7 --json
  python -m training serve --port 8501

exit status: 0 fine, 1 findings or refused, 2 misuse"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status. Refusals and bad settings become one line on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((word for word in given if not word.startswith("-")), None)
    _print_anything()
    try:
        parser = _parser(command if command in COMMANDS else None)
        parsed = parser.parse_args(given)
        if parsed.command is None:
            parser.print_help(sys.stderr)
            return MISUSE
        status: int = module(parsed.command).run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has gone; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED
    except Exception as error:  # noqa: BLE001 - what is not for the person is raised again
        return _told(error)
    return status


def parser_of(command: str) -> argparse.ArgumentParser:
    """Give the parser of one command with its arguments, for the manual."""
    parser = argparse.ArgumentParser(
        prog=f"python -m training {command}", description=_sentence(command), formatter_class=Formatter
    )
    module(command).add_arguments(parser)
    return parser


def module(name: str) -> ModuleType:
    """Give the module of a command: it has `add_arguments(parser)` and `run(arguments) -> int`."""
    return import_module(f"training.cli.{name}")


def _parser(command: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description="Needlewise: learn dry needling, be tested on it, see where you stand.",
        epilog=EPILOGUE,
        formatter_class=Formatter,
    )
    parser.add_argument("--version", action="version", version=f"needlewise {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, summary in COMMANDS.items():
        child = commands.add_parser(name, help=summary, description=_sentence(name), formatter_class=Formatter)
        if name == command:
            module(name).add_arguments(child)
    return parser


def _sentence(command: str) -> str:
    summary = COMMANDS[command]
    return summary[0].upper() + summary[1:] + "."


def _print_anything() -> None:
    """Let a terminal that knows few characters show a mark instead of failing on the others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _told(error: Exception) -> int:
    """Say in one line what stands in the way and give the status; anything else is a bug and is raised again."""
    from training.core.refusal import Refusal  # noqa: PLC0415 - `--help` must not wait for it
    from training.services.settings import BadSetting  # noqa: PLC0415

    database = sys.modules.get("sqlalchemy.exc")
    if isinstance(error, Refusal | BadSetting):
        text, status = str(error), MISUSE if isinstance(error, BadSetting) else FINDINGS
    elif isinstance(error, OSError):
        text, status = f"{error.filename or 'the system'}: {error.strerror or error}", MISUSE
    elif database and isinstance(error, database.OperationalError):
        text = f"the database does not answer: {str(error.orig).strip().splitlines()[0]}. See NEEDLEWISE_DATABASE_URL."
        status = MISUSE
    else:
        raise error
    print(f"needlewise: {text}", file=sys.stderr)
    return status
