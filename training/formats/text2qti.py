"""text2qti's Markdown: numbered questions with lettered, ticked, typed or numeric answers. Read only."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from training.core.number import parse_number
from training.core.problem import Problem, Severity
from training.formats.base import MOST_QUESTIONS, Code, Draft, Format, Imported, unreadable
from training.formats.composing import (
    Answer,
    Near,
    choose_many,
    choose_one,
    joined,
    numeric,
    true_false,
    unknown_kind,
)
from training.formats.composing_parts import phrases
from training.formats.decoding import decoded
from training.formats.markup import Markup
from training.formats.sketch import Sketch
from training.formats.text2qti_lines import Part, parts

_ANSWERS = frozenset(("right choice", "choice", "ticked", "unticked", "phrase", "number", "essay", "upload"))
_SAID = frozenset(("feedback", "right feedback", "wrong feedback", "solution"))
_OF_QUIZ = frozenset(("quiz title", "quiz description", "option"))
_OF_GROUP = frozenset(("group", "end group", "pick", "points per question", "solutions pick"))
_ABOVE = frozenset(("title", "points"))
_INTERVAL = re.compile(r"\[\s*([^,\]]+?)\s*,\s*([^,\]]+?)\s*\]")
_ATTRIBUTES = re.compile(r"(?P<picture>!\[[^\]\n]*\]\([^)\n]*\))\{[ ]*(?:[#.]?[A-Za-z][\w-]*(?:=[\w%-]+)?[ ]*){1,9}\}")
"""How large a picture is shown there: `{width=20%}` behind it."""

_GROUPING = re.compile(r"(?<=\d)_(?=\d)")
"""What parts long numbers: `1_000`."""

_MARGIN = re.compile(r"(.+?)\s*(?:\+-|±|\+/-)\s*(.+?)(%?)")


def read(data: bytes, name: str) -> Imported:
    """Read every question; what belongs to the quiz and not to a question is told once."""
    text = decoded(data, name)
    if text.text is None:
        return Imported((), text.problems)
    lines = text.text.split("\n")
    found = list(parts(text.text))
    starts = [part.line for part in found if part.kind in ("question", "text", "text title")]
    if len(starts) > MOST_QUESTIONS:
        return unreadable(name, f"the file has more than {MOST_QUESTIONS:,} questions", "split it")
    reading = _Reading(name, lines)
    drafts = tuple(reading.drafts(found))
    title = next((part.text for part in found if part.kind == "quiz title"), "")
    if not drafts:
        return unreadable(name, "there is no question in the file", "a question begins with a number and a point")
    return Imported(drafts, (*text.problems, *reading.problems), title)


class _Reading:
    """One walk over the parts, each question closed when the next begins."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self.file, self.lines = file, lines
        self.problems: list[Problem] = []
        self.group = ""

    def drafts(self, found: Sequence[Part]) -> Iterator[Draft]:
        above: list[Part] = []
        question: list[Part] = []
        for part in found:
            if part.kind in _ANSWERS | _SAID | {"stray"} and question:
                question.append(part)
                continue
            if question:
                yield self._draft(above, question, part.line)
                above, question = [], []
            if part.kind in ("question", "text", "text title"):
                question = [part]
            elif part.kind in _ABOVE:
                above.append(part)
            else:
                self._aside(part)
        if question:
            yield self._draft(above, question, len(self.lines) + 1)

    def _aside(self, part: Part) -> None:
        """Tell what stands between questions."""
        if part.kind == "group":
            self.group = f"group at line {part.line}"
        elif part.kind == "end group":
            self.group = ""
        elif part.kind == "code":
            self._tell(part, Code.UNSAFE, "code that would make questions was not run")
        elif part.kind in _OF_QUIZ | _OF_GROUP:
            if part.kind != "quiz title":
                said = self.lines[part.line - 1].strip()
                self._tell(part, Code.LOST, f"'{said}' says how to give a quiz: a programme says that here")
        else:
            self._tell(part, Code.MALFORMED, f"'{part.text[:60]}' belongs to no question")

    def _tell(self, part: Part, code: Code, message: str) -> None:
        self.problems.append(Problem(self.file, part.line, 1, code, message, severity=Severity.WARNING))

    def _draft(self, above: Sequence[Part], question: Sequence[Part], end: int) -> Draft:
        first = min(part.line for part in (*above, *question))
        source = "\n".join(self.lines[first - 1 : end - 1]).rstrip()
        sketch = Sketch(self.file, question[0].line, source)
        sketch.tags = [self.group] if self.group else []
        for part in above:
            if part.kind == "title":
                sketch.title = part.text
            elif part.text.strip() not in ("", "1", "1.0"):
                sketch.lose("points", f"{part.text.strip()} points; here a programme says what a question is worth")
        if question[0].kind == "question":
            _question(sketch, question)
        else:
            sketch.fields["stem"] = _text(sketch, question[0].text, "stem")
            unknown_kind(sketch, "text block")
        return sketch.draft()


def _text(sketch: Sketch, text: str, where: str, markup: Markup = Markup.MARKDOWN) -> str:
    return sketch.text(_ATTRIBUTES.sub(r"\g<picture>", text) if markup is Markup.MARKDOWN else text, markup, where)


def _question(sketch: Sketch, found: Sequence[Part]) -> None:
    head, rest = found[0], list(found[1:])
    stem = [head.text]
    while rest and rest[0].kind == "stray":
        stray = rest.pop(0)
        sketch.assume("a line that is not indented was joined to the question", line=stray.line)
        stem.append(stray.text)
    sketch.fields["stem"] = _text(sketch, "\n".join(stem), "stem")
    if not sketch.fields["stem"]:
        sketch.fail("the question has no text")
    for part in (part for part in rest if part.kind == "stray"):
        sketch.fail(
            f"'{part.text[:60]}' is neither an answer nor feedback",
            "indent what goes on with the line above",
            part.line,
        )
    first = next((place for place, part in enumerate(rest) if part.kind in _ANSWERS), len(rest))
    general = _general(sketch, rest[:first])
    answers = [part for part in rest[first:] if part.kind in _ANSWERS]
    _compose(sketch, answers, _feedback(sketch, rest[first:], answers), general)


def _general(sketch: Sketch, said: Sequence[Part]) -> str:
    """Join what is said to everyone, to who is right and as a solution; all of it explains the key."""
    for part in said:
        if part.kind == "wrong feedback":
            sketch.lose("wrong feedback", _text(sketch, part.text, "feedback"))
    kept = (part for part in said if part.kind in ("feedback", "right feedback", "solution"))
    return joined(*(_text(sketch, part.text, "feedback") for part in kept))


def _feedback(sketch: Sketch, rest: Sequence[Part], answers: Sequence[Part]) -> list[str]:
    """Give what is said below each answer."""
    starts = [part.line for part in answers]
    said = [part for part in rest if part.kind in _SAID]
    pieces: list[list[str]] = [[] for _ in answers]
    for part in said:
        pieces[bisect(starts, part.line) - 1].append(_text(sketch, part.text, "feedback"))
    return [joined(*each) for each in pieces]


def _compose(sketch: Sketch, answers: Sequence[Part], feedback: Sequence[str], general: str) -> None:
    kinds = {part.kind for part in answers}
    # Words to type are plain there: `a*b` has no italics.
    markup = Markup.PLAIN if kinds == {"phrase"} else Markup.MARKDOWN
    rows = [
        Answer(
            _text(sketch, part.text, f"options.{place}.text", markup),
            100.0 * (part.kind in ("right choice", "ticked")), said,
        )
        for place, (part, said) in enumerate(zip(answers, feedback, strict=True))
    ]  # fmt: skip
    if not answers:
        sketch.fail("the question has no answer", "write a) b) c), [ ], * or = below it")
    elif kinds <= {"right choice", "choice"}:
        _choice(sketch, rows, general)
    elif kinds <= {"ticked", "unticked"}:
        choose_many(sketch, rows, general)
    elif kinds == {"phrase"}:
        texts = [Answer(row.text.replace("*", "\\*"), 100.0, row.feedback) for row in rows]
        phrases(sketch, texts, general)
    elif kinds == {"number"} and len(answers) == 1:
        _number(sketch, answers[0], joined(*feedback, general))
    elif kinds in ({"essay"}, {"upload"}):
        unknown_kind(sketch, "essay" if kinds == {"essay"} else "file upload")
    else:
        sketch.fail("the answers are of different kinds", "write all of them as a), as [ ], as * or as =")


def _choice(sketch: Sketch, rows: Sequence[Answer], general: str) -> None:
    if [row.text.casefold() for row in rows] != ["true", "false"]:
        choose_one(sketch, rows, general)
        return
    right = [row.percent > 0 for row in rows]
    if right.count(True) != 1:
        sketch.fail("either true or false must be marked with *")
        return
    true_false(sketch, answer=right[0], if_true=rows[0].feedback, if_false=rows[1].feedback, general=general)


def _number(sketch: Sketch, part: Part, why: str) -> None:
    text = part.text.strip()
    near = _near(_GROUPING.sub("", text))
    if near is None:
        sketch.fail(f"'{text[:60]}' is no number", "write 5, 5 +- 0.1, 5 +- 2% or [4.9, 5.1]", part.line)
        return
    numeric(sketch, [near], why)


def _near(text: str) -> Near | None:
    if match := _INTERVAL.fullmatch(text):
        low, high = parse_number(match[1]), parse_number(match[2])
        if low is None or high is None or low > high:
            return None
        return Near(float(f"{(low + high) / 2:.12g}"), float(f"{(high - low) / 2:.12g}"))
    match = _MARGIN.fullmatch(text)
    number = parse_number(match[1] if match else text)
    slack = parse_number(match[2]) if match else 0.0
    if number is None or slack is None or slack < 0:
        return None
    return Near(number, float(f"{abs(number) * slack / 100:.12g}") if match and match[3] else slack)


def sniff(data: bytes, name: str) -> float:
    """Look for numbered questions above lettered or ticked answers, one of them marked."""
    head = data[:40_000].replace(b"\0", b"").decode("utf-8", "replace")
    if re.search(r"^quiz title:", head, re.IGNORECASE | re.MULTILINE):
        return 0.95
    questions = len(re.findall(r"^\d{1,6}\.\s", head, re.MULTILINE))
    marked = len(re.findall(r"^(?:\*[A-Za-z]\)|\[\*\]|\* |=\s*[\d\[+-]|_{3,}$)", head, re.MULTILINE))
    return 0.9 if questions and marked else 0.3 if questions and name.lower().endswith(".md") else 0.0


FORMAT = Format("text2qti", "text2qti Markdown", ".md", "text/markdown; charset=utf-8", sniff, read)
