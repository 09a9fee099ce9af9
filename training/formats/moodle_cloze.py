"""Moodle's cloze questions: a text with subquestions in braces, each with its own kind, weights and feedback."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape

from training.core.number import parse_number
from training.formats import composing
from training.formats.base import Code
from training.formats.composing import Answer, Near
from training.formats.composing_case import Compose, blanks
from training.formats.composing_parts import gaps, phrases
from training.formats.foreign_xml import Element
from training.formats.markup import Markup, plain_text
from training.formats.moodle_kinds import general
from training.formats.moodle_text import Piece
from training.formats.sketch import Sketch

_SUBQUESTION = re.compile(r"\{\s*(\d{0,6})\s*:\s*([A-Za-z_]{2,20})\s*:((?:\\.|[^\\}]){0,8000})\}", re.DOTALL)
MOST_BRACES = 2_000
"""Each may begin a subquestion, so that many of them take long to look through."""

_CHOICE = re.compile(r"(MULTICHOICE|MC)(_?[VH])?(_?S)?", re.IGNORECASE)
_SEVERAL = re.compile(r"(MULTIRESPONSE|MR)(_?H)?(_?S)?", re.IGNORECASE)
_WORDS = re.compile(r"(SHORTANSWER|SA|MW)(_?C)?", re.IGNORECASE)
_NUMBER = re.compile(r"NUMERICAL|NM", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*(?:%(-?\d{1,3}(?:\.\d{1,8})?)%|(=))?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Blank:
    """One subquestion as written."""

    kind: str
    weight: str
    answers: tuple[Answer, ...]


def multianswer(sketch: Sketch, question: Element) -> None:
    """Read a cloze question: gaps where all offer options, else a case or a single question to type."""
    piece = Piece.of(question, "questiontext")
    if piece.raw.count("{") > MOST_BRACES:
        sketch.fail(f"has more than {MOST_BRACES:,} braces")
        return
    found = [Blank(match[2], match[1], tuple(_answers(match[3]))) for match in _SUBQUESTION.finditer(piece.raw)]
    numbers = iter(range(1, len(found) + 1))
    text = Piece(_SUBQUESTION.sub(lambda _: f"{{{{{next(numbers)}}}}}", piece.raw), piece.markup, piece.media)
    sketch.fields.pop("image", None)
    sketch.pictures.clear()
    words = text.told(sketch, "stem")
    if not found:
        sketch.fail("a cloze question without anything to fill in", code=Code.NO_SUCH_TYPE)
        return
    if len({blank.weight or "1" for blank in found}) > 1:
        sketch.lose("weights", ", ".join(blank.weight or "1" for blank in found))
    if all(_CHOICE.fullmatch(blank.kind) for blank in found):
        gaps(sketch, words, [blank.answers for blank in found], general(sketch, question))
    else:
        said = general(sketch, question)
        blanks(sketch, words, [_part(blank, said if place == 0 else "") for place, blank in enumerate(found)])


def _answers(written: str) -> Iterator[Answer]:
    for part in _split(written, "~"):
        if not part.strip():
            continue  # Moodle's own editor begins with a ~
        text, *feedback = _split(part, "#")
        match = _WEIGHT.match(text)
        percent, right, words = match.groups() if match else (None, None, text)
        worth = 100.0 if right else float(percent or 0)
        yield Answer(_plain(words or ""), worth, _plain("#".join(feedback)))


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark that is not escaped, nor part of a character reference."""
    return re.split(rf"(?<!\\)(?<!&){re.escape(mark)}", text)


def _plain(written: str) -> str:
    """Read the text of an answer: its escapes undone, its HTML read."""
    bare = re.sub(r"\\([}#~/\"\\=%{:])", r"\1", written)
    return plain_text(bare, Markup.HTML).text


def _part(blank: Blank, said: str) -> Compose:
    if _CHOICE.fullmatch(blank.kind):
        return partial(composing.choose_one, answers=blank.answers, general=said)
    if _SEVERAL.fullmatch(blank.kind):
        return partial(composing.choose_many, answers=blank.answers, general=said)
    if _NUMBER.fullmatch(blank.kind):
        return partial(composing.numeric, answers=list(_nears(blank.answers)), general=said)
    if match := _WORDS.fullmatch(blank.kind):
        return partial(phrases, answers=blank.answers, general=said, exact=bool(match[2]))
    return partial(composing.unknown_kind, kind=f"cloze {blank.kind}")


def _nears(answers: tuple[Answer, ...]) -> Iterator[Near]:
    for answer in answers:
        value, _, tolerance = unescape(answer.text).partition(":")
        number = parse_number(value)
        if number is not None:
            yield Near(number, abs(parse_number(tolerance) or 0.0), answer.percent, answer.feedback)
