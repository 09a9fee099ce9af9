"""Plain data as YAML in the house style: block form, text quoted only where it must be, long text folded."""

import json
import re
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

WIDTH = 96
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _.,;()/'%+-]*[A-Za-z0-9.)%]|[a-z0-9]+(?:-[a-z0-9]+)+|[A-Za-z]")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def block(data: Any) -> str:
    """Write dicts, lists, text, numbers and truth values as a block-style document."""
    return "".join(line + "\n" for line in _lines(data, 0))


def _lines(data: Any, indent: int) -> Iterator[str]:
    for name, value in data.items():
        yield from _entry(" " * indent + _key(name) + ":", value, indent + 2)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[a-z_]+", name) else json.dumps(name)


def _entry(head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        yield head
        yield from _lines(value, indent)
    elif isinstance(value, list):
        yield head
        for each in value:
            yield from _bullet(each, indent)
    else:
        yield from _scalar(head, value, indent)


def _bullet(value: Any, indent: int) -> Iterator[str]:
    bullet = " " * indent + "-"
    if not isinstance(value, dict):
        yield from _scalar(bullet, value, indent + 2)
        return
    for number, line in enumerate(_lines(value, indent + 2)):
        yield bullet + line[indent + 1 :] if number == 0 else line


def _scalar(head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, bool):
        yield f"{head} {'true' if value else 'false'}"
    elif isinstance(value, int | float):
        yield f"{head} {value!r}"
    elif len(head) + len(value) > WIDTH and _foldable(value):
        yield f"{head} >-"
        yield from (" " * indent + line for line in wrap(value, WIDTH - indent, break_long_words=False,
                                                        break_on_hyphens=False))  # fmt: skip
    else:
        yield f"{head} {value if _plain(value) else _quoted(value)}"


def _foldable(text: str) -> bool:
    return text == " ".join(text.split()) and text.isprintable() and text.isascii()


def _plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _WORDS and "  " not in text


def _quoted(text: str) -> str:
    """Quote as JSON does, which YAML reads alike, with whatever does not print escaped."""
    made = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(char) for char in made)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"  # noqa: PLR2004 - 16 bits
