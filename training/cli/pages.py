"""The manual of the command line, from its own parsers: `python -m training.cli.pages` writes docs/cli.md."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from training.cli import COMMANDS, EPILOGUE, parser_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"

HEAD = f"""\
# The command line

Written by `make docs` from the commands themselves; a test keeps it so. Each command's `--help` says the same.

```
{EPILOGUE}
```

Every command reads the [settings](settings.md) that the server reads. Errors are one line on standard error that says
what to do. Progress is shown on standard error, on a terminal only; `NO_COLOR` turns colours off.
"""


def page() -> str:
    """Write the whole page in Markdown; the same on every Python."""
    return "\n".join([HEAD, *(_command(name) for name in COMMANDS)])


def _command(name: str) -> str:
    parser = parser_of(name)
    lines = [f"## {name}", "", f"{parser.description}", ""]
    for path, each in _leaves(parser, name):
        lines += [f"`{_synopsis(path, each)}`", "", *_arguments(each)]
    if parser.epilog:
        lines += ["```", parser.epilog, "```", ""]
    return "\n".join(lines)


def _leaves(parser: argparse.ArgumentParser, path: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    below = [action for action in _actions(parser) if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    if not below:
        yield path, parser
    for action in below:
        for name, each in action.choices.items():
            yield from _leaves(each, f"{path} {name}")


def _synopsis(path: str, parser: argparse.ArgumentParser) -> str:
    return " ".join(["python -m training", path, *(_in_synopsis(action) for action in _actions(parser))])


def _in_synopsis(action: argparse.Action) -> str:
    shown = _shown(action)
    if action.nargs == "*":
        return f"[{shown} …]"
    return shown if action.required else f"[{shown}]"


def _arguments(parser: argparse.ArgumentParser) -> list[str]:
    rows = [f"| `{_shown(action)}` | {action.help} |" for action in _actions(parser)]
    return ["| argument | meaning |", "|---|---|", *rows, ""] if rows else []


def _shown(action: argparse.Action) -> str:
    name = action.option_strings[-1] if action.option_strings else ""
    takes = action.metavar or (action.choices and f"{{{','.join(action.choices)}}}") or action.dest.upper()
    return " ".join(part for part in (name, "" if action.nargs == 0 else str(takes)) if part)


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    # argparse offers no public list; a test notices should this one move.
    return [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]  # noqa: SLF001


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
