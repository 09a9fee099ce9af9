"""Aiken: a question, lettered options, and a line ANSWER. Read only, as plain text; it has no weights or ids."""

import re
from collections.abc import Iterator

from training.formats.base import Format, Imported, unreadable
from training.formats.composing import Answer, choose_many, choose_one
from training.formats.decoding import decoded
from training.formats.markup import Markup
from training.formats.sketch import Sketch

_OPTION = re.compile(r"\s*\(?([A-Za-z])[.)]\s*(\S.*)")
_ANSWER = re.compile(
    r"\s*(?:(?:CORRECT\s+)?ANSWERS?|R[EÉ]PONSE|RESPUESTA|RESPOSTA|RISPOSTA|ANTWORT)\s*:\s*(.*?)\s*", re.IGNORECASE
)
_TOLD = re.compile(r"\s*(?:FEEDBACK|EXPLANATION|RATIONALE)\s*:\s*(.*)", re.IGNORECASE)
"""Not in the format, and yet written behind the answer by many."""


def read(data: bytes, name: str) -> Imported:
    """Read every question; one that is broken is named with its line and the next is read."""
    text = decoded(data, name)
    if text.text is None:
        return Imported((), text.problems)
    drafts = tuple(_question(name, line, lines).draft() for line, lines in _blocks(text.text))
    if not drafts:
        return unreadable(name, "there is no question in the file")
    return Imported(drafts, text.problems)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cut the file behind each ANSWER line and its feedback; a question without one ends where the next begins."""
    start = gap = 0
    block: list[str] = []
    answered = False
    for number, line in enumerate(text.split("\n"), 1):
        if answered and not _TOLD.match(line) and (not line.strip() or not _TOLD.match(block[-1])):
            yield start, block
            block, answered, gap = [], False, 0
        if not block and not line.strip():
            continue
        if gap and _begins(line) and any(block[gap:]):
            yield start, block[:gap]
            start, block = start + gap + 1, block[gap + 1 :]
        start = start if block else number
        gap = _gap_behind_options(block, line, gap)
        block.append(line.rstrip())
        answered = answered or _ANSWER.fullmatch(line) is not None
    while block and not block[-1]:
        block.pop()
    if block:
        yield start, block


def _gap_behind_options(block: list[str], line: str, gap: int) -> int:
    """Find the first blank line behind the last option so far; 0 where there is none."""
    if _OPTION.fullmatch(line):
        return 0
    return len(block) if not gap and not line.strip() and block and _OPTION.fullmatch(block[-1]) else gap


def _begins(line: str) -> bool:
    match = _OPTION.fullmatch(line)
    return match is not None and match[1] in "Aa"


def _question(file: str, line: int, lines: list[str]) -> Sketch:
    sketch = Sketch(file, line, "\n".join(lines))
    last = next((place for place, each in enumerate(lines) if _ANSWER.fullmatch(each)), len(lines))
    body = lines[:last]
    first = next((place for place, each in enumerate(body) if _begins(each)), len(body))
    sketch.fields["stem"] = sketch.text("\n".join(body[:first]), Markup.PLAIN, "stem")
    if last == len(lines):
        sketch.fail("there is no line ANSWER: after the options", "write ANSWER: and the letter", line + len(lines) - 1)
        return sketch
    options = list(_options(sketch, body[first:], line + first))
    said = (_ANSWER.fullmatch(lines[last]) or [""] * 2)[1]
    if not sketch.fields["stem"]:
        sketch.fail("there is no question before the options")
    else:
        _keyed(sketch, options, said, line + last, _said(sketch, lines[last + 1 :]))
    return sketch


def _said(sketch: Sketch, lines: list[str]) -> str:
    words = "\n".join(match[1] if (match := _TOLD.fullmatch(each)) else each for each in lines)
    return sketch.text(words, Markup.PLAIN, "why")


def _keyed(sketch: Sketch, options: list[tuple[str, str]], said: str, line: int, why: str) -> None:
    """Take the option whose letter is named; several letters make a multiple response."""
    letters = [letter for letter, _ in options]
    keys = re.split(r"\s*[,;&/]\s*|\s+(?:AND\s+)?", said.strip(" .()").upper())
    if not set(keys) <= set(letters):
        sketch.fail(f"ANSWER is '{said}', but the options are {', '.join(letters) or 'missing'}", line=line)
    elif len(set(letters)) != len(letters):
        sketch.fail("two options have the same letter")
    else:
        answers = [Answer(text, 100.0 * (letter in keys)) for letter, text in options]
        (choose_one if len(keys) == 1 else choose_many)(sketch, answers, why)


def _options(sketch: Sketch, lines: list[str], line: int) -> Iterator[tuple[str, str]]:
    """Give letter and text of each option; a line without a letter goes on with the option above it."""
    found: list[tuple[str, str]] = []
    for number, each in enumerate(lines):
        match = _OPTION.fullmatch(each)
        if match:
            found.append((match[1].upper(), match[2]))
        elif each.strip() and found:
            sketch.assume("a line without a letter was joined to the option above it", line=line + number)
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{each}")
    for place, (letter, text) in enumerate(found):
        yield letter, sketch.text(text, Markup.PLAIN, f"options.{place}.text")


def sniff(data: bytes, _name: str) -> float:
    """Look for lettered options and ANSWER lines."""
    head = data[:20_000].replace(b"\0", b"").decode("utf-8", "replace")
    answers = len(re.findall(r"^ANSWER\s*:\s*[A-Za-z](?:\s*,\s*[A-Za-z])*\s*$", head, re.MULTILINE))
    return 0.9 if answers and re.search(r"^[Aa][.)]\s*\S", head, re.MULTILINE) else 0.0


FORMAT = Format("aiken", "Aiken", ".txt", "text/plain; charset=utf-8", sniff, read)
