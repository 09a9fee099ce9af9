"""Moodle's question types with several parts: matching, ordering, words to choose or drag into a text."""

import re
from collections.abc import Iterator

from training.formats.composing import Answer
from training.formats.composing_parts import gaps, in_order, phrases, texts_to_match
from training.formats.foreign_xml import Element, all_text
from training.formats.moodle_kinds import general, number, truth
from training.formats.moodle_text import Piece, text_of
from training.formats.sketch import Sketch

_PLACE = re.compile(r"\[\[(\d{1,3})\]\]")


def short_answer(sketch: Sketch, question: Element) -> None:
    """Read words to type."""
    answers = []
    for place, answer in enumerate(question.iterfind("answer")):
        why = text_of(sketch, answer, "feedback", f"answers.{place}.why")
        answers.append(Answer(Piece.at(answer).typed(), number(answer.get("fraction") or "0"), why))
    exact = truth(all_text(question.find("usecase")))
    phrases(sketch, answers, general(sketch, question), exact=exact)


def matching(sketch: Sketch, question: Element) -> None:
    """Read rows to match; one without a text only adds an option."""
    rows = []
    for place, row in enumerate(question.iterfind("subquestion")):
        text = Piece.at(row).told(sketch, f"rows.{place}.text")
        inside = row.find("answer")
        answer = Piece.at(inside).told(sketch, f"rows.{place}.answer") if inside is not None else ""
        rows.append((text, answer))
    if all_text(question.find("shuffleanswers")).strip().lower() in ("0", "false"):
        sketch.lose("shuffleanswers", "the rows keep their order there")
    texts_to_match(sketch, rows, general(sketch, question))


def ordering(sketch: Sketch, question: Element) -> None:
    """Read steps to order; they stand in their right order, or carry their place as a fraction."""
    answers = list(question.iterfind("answer"))
    places = [number(answer.get("fraction") or "0") for answer in answers]
    by_place = len(set(places)) == len(places)
    order = sorted(range(len(answers)), key=lambda at: places[at] if by_place else at)
    if all_text(question.find("selecttype")).strip().lower() not in ("", "all", "0"):
        sketch.lose("selecttype", "only some of the steps are shown there")
    steps = [Answer(Piece.at(answers[at]).told(sketch, f"steps.{place}.text")) for place, at in enumerate(order)]
    in_order(sketch, steps, general(sketch, question))


def gap_select(sketch: Sketch, question: Element) -> None:
    """Read a text with words to choose for its gaps, or to drag into them."""
    boxes = [*question.iterfind("selectoption"), *question.iterfind("dragbox")]
    words = [(all_text(box.find("group")).strip() or "1", Piece.at(box).words()) for box in boxes]
    places = [int(each) - 1 for each in _PLACE.findall(sketch.fields.get("stem", ""))]
    if any(not 0 <= place < len(words) for place in places):
        sketch.fail("a gap names a word that is not there")
        return
    numbers = iter(range(1, len(places) + 1))
    text = _PLACE.sub(lambda _: f"{{{{{next(numbers)}}}}}", sketch.fields["stem"])
    gaps(sketch, text, [list(_of_group(words, place)) for place in places], general(sketch, question))
    if question.get("type") == "ddwtos" and sketch.fields.get("type") == "cloze":
        sketch.assume("words that were dragged into the text are chosen from lists here")


def _of_group(words: list[tuple[str, str]], right: int) -> Iterator[Answer]:
    """Give the words of one group, each once."""
    group, text = words[right]
    seen = set()
    for other, word in words:
        if other == group and word not in seen:
            seen.add(word)
            yield Answer(word, 100.0 if word == text else 0.0)
