"""Cutting a text2qti file into its parts: each marker with its text, however many lines that goes on for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("quiz title", re.compile(r"quiz title:\s*(.*)", re.IGNORECASE)),
    ("quiz description", re.compile(r"quiz description:\s*(.*)", re.IGNORECASE)),
    ("option", re.compile(
        r"(?:shuffle answers|show correct answers|one question at a time|can't go back|feedback is solution"
        r"|solutions sample groups|solutions randomize groups)\s*:\s*(.*)", re.IGNORECASE)),
    ("title", re.compile(r"title:\s*(.*)", re.IGNORECASE)),
    ("points", re.compile(r"points:\s*(.*)", re.IGNORECASE)),
    ("text title", re.compile(r"text title:\s*(.*)", re.IGNORECASE)),
    ("text", re.compile(r"text:\s*(.*)", re.IGNORECASE)),
    ("group", re.compile(r"GROUP\s*()")),
    ("end group", re.compile(r"END_GROUP\s*()")),
    ("pick", re.compile(r"pick:\s*(.*)", re.IGNORECASE)),
    ("points per question", re.compile(r"points per question:\s*(.*)", re.IGNORECASE)),
    ("solutions pick", re.compile(r"solutions pick:\s*(.*)", re.IGNORECASE)),
    ("question", re.compile(r"\d{1,6}\.(?:\s+(.*))?")),
    ("right choice", re.compile(r"\*[A-Za-z]\)\s+(.*)")),
    ("choice", re.compile(r"[A-Za-z]\)\s+(.*)")),
    ("ticked", re.compile(r"\[\*\]\s+(.*)")),
    ("unticked", re.compile(r"\[ ?\]\s+(.*)")),
    ("phrase", re.compile(r"\*\s+(.*)")),
    ("number", re.compile(r"=\s*(.*)")),
    ("feedback", re.compile(r"\.\.\.\s+(.*)")),
    ("right feedback", re.compile(r"\+\s+(.*)")),
    ("wrong feedback", re.compile(r"-\s+(.*)")),
    ("solution", re.compile(r"!\s+(.*)")),
    ("essay", re.compile(r"_{3,}\s*()")),
    ("upload", re.compile(r"\^{3,}\s*()")),
)  # fmt: skip

_CODE = re.compile(r"(`{3,})\s*\{[^}]*\}\s*")


@dataclass(slots=True)
class Part:
    """A marker, the line it stands on, and its text; the kind is `stray` for what has no marker, `code` for code."""

    kind: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


def parts(text: str) -> Iterator[Part]:
    """Give the parts of a file in order. Comments are left out, code is never run."""
    part: Part | None = None
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.rstrip()
        if closing:
            _inside(part, bare, closing)
            closing = "" if bare.strip() == closing else closing
        elif bare == "COMMENT":
            closing = "END_COMMENT"
        elif not bare or line[0] in " \t":
            _continue(part, bare, number)
        elif not bare.startswith("%"):
            yield from (part,) if part else ()
            part = _part(number, bare)
            closing = match[1] if (match := _CODE.fullmatch(bare)) else ""
    yield from (part,) if part else ()


def _inside(part: Part | None, line: str, closing: str) -> None:
    """Keep the lines of code, to be shown; those of a comment are passed over."""
    if closing != "END_COMMENT" and part is not None:
        part.lines.append(line)


def _part(number: int, line: str) -> Part:
    if _CODE.fullmatch(line):
        return Part("code", number, [line])
    for kind, pattern in MARKERS:
        if match := pattern.fullmatch(line):
            return Part(kind, number, [match[1] or ""])
    return Part("stray", number, [line])


def _continue(part: Part | None, line: str, number: int) -> None:
    """Add an indented or empty line to what stands above it."""
    if part is not None and part.kind != "code":
        part.lines.append(re.sub(r"^(?:\t| {1,4})", "", line))
    elif part is not None and line:
        part.lines.append(f"line {number}: {line.strip()}")
