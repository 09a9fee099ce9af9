"""Aiken: a question, lettered options, and a line ANSWER. Read only; it has no feedback, weights or ids."""

import re
from collections.abc import Iterator

from training.formats.base import Format, Imported, unreadable
from training.formats.composing import Answer, choose_one
from training.formats.decoding import decoded
from training.formats.markup import Markup
from training.formats.sketch import Sketch

_OPTION = re.compile(r"\s*([A-Za-z])[.)]\s*(\S.*)")
_ANSWER = re.compile(r"\s*ANSWERS?\s*:\s*(.*?)\s*", re.IGNORECASE)


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
    """Cut the file behind each ANSWER line; what is left at the end is a question without one."""
    start = 0
    block: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not block and not line.strip():
            continue
        start = start if block else number
        block.append(line.rstrip())
        if _ANSWER.fullmatch(line):
            yield start, block
            block = []
    while block and not block[-1]:
        block.pop()
    if block:
        yield start, block


def _question(file: str, line: int, lines: list[str]) -> Sketch:
    sketch = Sketch(file, line, "\n".join(lines))
    *body, last = lines
    answer = _ANSWER.fullmatch(last)
    first = next(
        (place for place, each in enumerate(body) if (m := _OPTION.fullmatch(each)) and m[1] in "Aa"), len(body)
    )
    sketch.fields["stem"] = sketch.text("\n".join(body[:first]), Markup.AUTO, "stem")
    if answer is None:
        sketch.fail("there is no line ANSWER: after the options", "write ANSWER: and the letter", line + len(lines) - 1)
        return sketch
    options = list(_options(sketch, body[first:], line + first))
    key = answer[1].strip(" .").upper()
    letters = [letter for letter, _ in options]
    if not sketch.fields["stem"]:
        sketch.fail("there is no question before the options")
    elif key not in letters:
        sketch.fail(
            f"ANSWER is '{answer[1]}', but the options are {', '.join(letters) or 'missing'}", line=line + len(body)
        )
    elif len(set(letters)) != len(letters):
        sketch.fail("two options have the same letter")
    else:
        choose_one(sketch, [Answer(text, 100.0 * (letter == key)) for letter, text in options])
    return sketch


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
        yield letter, sketch.text(text, Markup.AUTO, f"options.{place}.text")


def sniff(data: bytes, _name: str) -> float:
    """Look for lettered options and ANSWER lines."""
    head = data[:20_000].replace(b"\0", b"").decode("utf-8", "replace")
    answers = len(re.findall(r"^ANSWER\s*:\s*[A-Za-z]\s*$", head, re.MULTILINE))
    return 0.9 if answers and re.search(r"^[Aa][.)] ", head, re.MULTILINE) else 0.0


FORMAT = Format("aiken", "Aiken", ".txt", "text/plain; charset=utf-8", sniff, read)
