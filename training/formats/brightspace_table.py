"""The question file of Brightspace: CSV in which a question goes down the rows, each with the name of its field."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from training.core.number import parse_number
from training.formats.base import MOST_QUESTIONS, Imported, unreadable
from training.formats.composing import Answer, choose_many, choose_one, true_false, unknown_kind
from training.formats.composing_parts import in_order, phrases, texts_to_match
from training.formats.markup import Markup
from training.formats.sketch import Sketch

Row = tuple[int, Sequence[str]]

_BEGINS = "newquestion"
_TOLD = frozenset(("newquestion", "id", "title", "questiontext", "feedback", "option", "item", "choice", "match",
                   "answer", "true", "false", "inputbox", "inittext", "answerkey"))  # fmt: skip


@dataclass(slots=True)
class _Field:
    line: int
    cells: list[str] = field(default_factory=list)

    def at(self, place: int) -> str:
        return self.cells[place].strip() if place < len(self.cells) else ""

    def html(self, place: int) -> Markup:
        """Say how the text before a place is written: `HTML` stands behind it where it is."""
        return Markup.HTML if self.at(place).casefold() == "html" else Markup.PLAIN


class _Question:
    """The rows of one question by the names of their fields."""

    def __init__(self, file: str, line: int) -> None:
        self.sketch = Sketch(file, line)
        self.fields: dict[str, list[_Field]] = {}

    def add(self, line: int, row: Sequence[str]) -> None:
        name = row[0].strip().casefold()
        self.fields.setdefault(name, []).append(_Field(line, [cell.strip() for cell in row[1:]]))
        self.sketch.source += ("\n" if self.sketch.source else "") + ",".join(row).rstrip(",")

    def all(self, name: str) -> list[_Field]:
        return self.fields.get(name, [])

    def one(self, name: str) -> _Field:
        return self.all(name)[0] if self.all(name) else _Field(self.sketch.line)

    def text(self, found: _Field, place: int, marked: int, where: str) -> str:
        return self.sketch.text(found.at(place), found.html(marked), where)

    @property
    def general(self) -> str:
        return self.text(self.one("feedback"), 0, 1, "feedback")


def is_brightspace(row: Sequence[str]) -> bool:
    """Say whether a row begins a question of Brightspace's."""
    return bool(row) and row[0].strip().lstrip("\ufeff").casefold() == _BEGINS


def read_questions(file: str, rows: Iterable[Row]) -> Imported:
    """Read every question; rows before the first one, and comments, are passed over."""
    questions = list(_questions(file, rows))
    if len(questions) > MOST_QUESTIONS:
        return unreadable(file, f"the file has more than {MOST_QUESTIONS:,} questions", "split it")
    for question in questions:
        _read(question)
    return Imported(tuple(question.sketch.draft() for question in questions))


def _questions(file: str, rows: Iterable[Row]) -> Iterator[_Question]:
    question: _Question | None = None
    for line, row in rows:
        if is_brightspace(row):
            if question is not None:
                yield question
            question = _Question(file, line)
        if question is not None and row and row[0].strip() and not row[0].startswith("//"):
            question.add(line, row)
    if question is not None:
        yield question


def _read(question: _Question) -> None:
    sketch = question.sketch
    sketch.name, sketch.title = question.one("id").at(0), question.one("title").at(0)
    sketch.fields["stem"] = question.text(question.one("questiontext"), 0, 1, "stem")
    if not sketch.fields["stem"]:
        sketch.fail("the question has no text", "write it behind QuestionText")
    for name, found in question.fields.items():
        said = ", ".join(filter(None, found[0].cells))
        if name not in _TOLD and said and (name, said) not in (("points", "1"), ("difficulty", "1")):
            sketch.lose(name, said[:80])
    kind = question.one(_BEGINS).at(0).upper()
    if kind in _KINDS:
        _KINDS[kind](question)
    else:
        unknown_kind(sketch, {"WR": "written response"}.get(kind, kind or "without a type"))


def _options(question: _Question, name: str = "option") -> list[Answer]:
    return [
        Answer(
            question.text(each, 1, 2, f"options.{place}.text"), parse_number(each.at(0)) or 0.0,
            question.text(each, 3, 4, f"options.{place}.why"),
        )
        for place, each in enumerate(question.all(name))
    ]  # fmt: skip


def _one(question: _Question) -> None:
    choose_one(question.sketch, _options(question), question.general)


def _several(question: _Question) -> None:
    choose_many(question.sketch, _options(question), question.general)


def _truth(question: _Question) -> None:
    true, false = question.one("true"), question.one("false")
    worth = [parse_number(each.at(0)) or 0.0 for each in (true, false)]
    if max(worth) <= 0:
        question.sketch.fail("neither TRUE nor FALSE earns points")
        return
    told = [question.text(each, 1, 2, "why") for each in (true, false)]
    true_false(question.sketch, answer=worth[0] > worth[1], if_true=told[0], if_false=told[1], general=question.general)


def _words(question: _Question) -> None:
    found = question.all("answer")
    if any(each.at(2).casefold() == "regexp" for each in found):
        question.sketch.fail("it is marked by a pattern", "list the phrases that are right")
        return
    answers = [Answer(each.at(1).replace("*", r"\*"), parse_number(each.at(0)) or 0.0) for each in found]
    exact = any(each.at(2).casefold() == "sensitive" for each in found)
    phrases(question.sketch, answers, question.general, exact=exact)


def _matching(question: _Question) -> None:
    """Read choices by their number, and what is to be matched with each."""
    choices = {each.at(0): question.text(each, 1, 2, "options") for each in question.all("choice")}
    offered = [("", text, "") for text in choices.values()]
    rows = [(question.text(each, 1, 2, "rows"), choices.get(each.at(0), ""), "") for each in question.all("match")]
    texts_to_match(question.sketch, [*offered, *rows], question.general)


def _steps(question: _Question) -> None:
    steps = [
        Answer(question.text(each, 0, 1, f"steps.{place}.text"), 0.0, question.text(each, 2, 3, f"steps.{place}.why"))
        for place, each in enumerate(question.all("item"))
    ]
    in_order(question.sketch, steps, question.general)


_KINDS: dict[str, Callable[[_Question], None]] = {
    "MC": _one, "MS": _several, "TF": _truth, "SA": _words, "M": _matching, "O": _steps,
}  # fmt: skip
