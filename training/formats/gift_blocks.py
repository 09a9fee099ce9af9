"""Cutting a GIFT file into questions: comments and categories apart, escapes set aside, blank lines forgiven."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_ASIDE = 0xF0000
"""Escaped characters wait in a private plane of Unicode, so that what is left unescaped has its meaning in GIFT."""

_BACK = {_ASIDE + ord(char): "\n" if char == "n" else char for char in r"\~=#{}:n"}
_RAW = {_ASIDE + ord(char): "\\" + char for char in r"\~=#{}:n"}
_CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*)", re.IGNORECASE)
_COMMENT = re.compile(r"\s*//")
_ID = re.compile(r"\[id:((?:[^\]\\]|\\.)*)\]")
_TAG = re.compile(r"\[tag:((?:[^\]\\]|\\.)*)\]")
_TAGS = re.compile(r"\[tags:((?:[^\]\\]|\\.)*)\]")
"""Not Moodle's, and yet written by other programs: several tags between commas."""
_NUMBERED = re.compile(r"\s*//\s*question:\s*(\d+)\s+name:\s*(.*)")


def unescaped(text: str) -> str:
    """Give text as it is meant, its escapes resolved."""
    return text.translate(_BACK)


def escaped(text: str) -> str:
    """Write text so that no character of it has a meaning in GIFT."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")


@dataclass(slots=True)
class Block:
    """The lines of one question, escapes set aside, and what the comments above and in it say."""

    line: int
    category: str = ""
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def source(self) -> str:
        """The question as it stands in the file, its comments first."""
        return "\n".join([*self.comments, *(line.translate(_RAW) for line in self.lines)])

    @property
    def id(self) -> str:
        return next((_plain(match[1]) for comment in self.comments if (match := _ID.search(comment))), "")

    @property
    def tags(self) -> list[str]:
        one = [found for comment in self.comments for found in _TAG.findall(comment)]
        several = [found for comment in self.comments for list_ in _TAGS.findall(comment) for found in list_.split(",")]
        return [_plain(found) for found in (*one, *several)]

    @property
    def name(self) -> str:
        """What an exporting Moodle wrote above the question."""
        return next((match[2].strip() for comment in self.comments if (match := _NUMBERED.match(comment))), "")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def blocks(text: str) -> Iterator[Block]:
    """Give the questions of a file in order."""
    yield from _Cutter().cut(_ESCAPED.sub(lambda match: chr(_ASIDE + ord(match[1])), text))


class _Cutter:
    """A walk down the lines that knows whether an answer is open. Each line is looked at once."""

    def __init__(self) -> None:
        self.category = ""
        self.block = Block(1)
        self.comments: list[str] = []
        self.passed: list[tuple[int, str]] = []
        self.last = 0
        self.open = self.closed = self.gap = self.aside = False

    def cut(self, text: str) -> Iterator[Block]:
        lines = text.split("\n")
        self.last = max((number for number, line in enumerate(lines, 1) if line.rstrip().endswith("*/")), default=0)
        for number, line in enumerate(lines, 1):
            if self._is_put_aside(number, line):
                continue
            category = _CATEGORY.fullmatch(line)
            if _COMMENT.match(line) or (category and not self.open):
                yield from self._aside(line, category)
            elif not line.strip():
                yield from self._blank()
            else:
                if self._begins_anew(line):
                    yield from self._end()
                self._take(number, line.rstrip())
        yield from self._end()

    def _is_put_aside(self, number: int, line: str) -> bool:
        """Say whether a line stands between `/*` and `*/`, as some programs write what they leave out."""
        if not self.aside and (self.open or number > self.last or not line.lstrip().startswith("/*")):
            return False
        if not self.aside:
            self.passed.append((number, "what stands between /* and */ was passed over"))
        self.aside = not line.rstrip().endswith("*/")
        return True

    def _aside(self, line: str, category: re.Match[str] | None) -> Iterator[Block]:
        """Note a comment for the question it stands in or above; a category ends the question before it."""
        if category:
            yield from self._end()
            self.category = unescaped(category[1]).strip()
            self.comments = []
        else:
            (self.block.comments if self.block.lines else self.comments).append(line.strip().translate(_RAW))

    def _blank(self) -> Iterator[Block]:
        if self.open:
            self.gap = True
        else:
            yield from self._end()

    def _begins_anew(self, line: str) -> bool:
        """Say whether a line starts a question although no blank line stands before it, or one in an open answer."""
        if not self.block.lines:
            return False
        if self.open:
            return self.gap and (line.lstrip().startswith("::") or _opens_before_it_closes(line))
        return self.closed and (line.lstrip().startswith("::") or "{" in line)

    def _take(self, number: int, line: str) -> None:
        if not self.block.lines:
            self.block = Block(number, self.category, comments=self.comments, doubts=self.passed)
            self.comments, self.passed = [], []
        elif self.gap:
            self.block.doubts.append((number, "a blank line inside an answer was passed over"))
        self.gap = False
        self.block.lines.append(line)
        for mark in re.findall(r"[{}]", line):
            self.open = mark == "{"
            self.closed = self.closed or mark == "}"

    def _end(self) -> Iterator[Block]:
        if self.block.lines:
            yield self.block
        self.block = Block(1)
        self.open = self.closed = self.gap = False


def _opens_before_it_closes(line: str) -> bool:
    opening, closing = line.find("{"), line.find("}")
    return opening >= 0 and (closing < 0 or opening < closing)
