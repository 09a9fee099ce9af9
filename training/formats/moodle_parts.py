"""Moodle's question types with several parts: matching, ordering, words to choose or drag into a text."""

import re
from collections.abc import Iterator
from functools import partial

from training.formats.composing import Answer
from training.formats.composing_case import blanks
from training.formats.composing_parts import Pair, gaps, in_order, pairs, phrases, texts_to_match
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
        rows.append((text, answer, ""))
    if all_text(question.find("shuffleanswers")).strip().lower() in ("0", "false"):
        sketch.lose("shuffleanswers", "the rows keep their order there")
    texts_to_match(sketch, rows, general(sketch, question))


def statements(sketch: Sketch, question: Element) -> None:
    """Read the add-on types with a judgement for each of several statements: a row each, its judgements the options."""
    columns = {
        column.get("number") or "": Piece.of(column, "responsetext").told(sketch, f"options.{place}.text")
        for place, column in enumerate(question.iterfind("column"))
    }
    right: dict[str, str] = {}
    for weight in question.iterfind("weight"):
        if number(all_text(weight.find("value")).strip() or "0") > 0:
            right.setdefault(weight.get("rownumber") or "", weight.get("columnnumber") or "")
    rows = []
    for place, row in enumerate(question.iterfind("row")):
        text = Piece.of(row, "optiontext").told(sketch, f"rows.{place}.text")
        why = text_of(sketch, row, "feedbacktext", f"rows.{place}.why")
        column = right.get(row.get("number") or "", "")
        rows.append(Pair(text, list(columns).index(column) if column in columns else -1, why))
    pairs(sketch, rows, [Answer(text, anchored=True) for text in columns.values()], general(sketch, question))


def gap_fill(sketch: Sketch, question: Element) -> None:
    """Read the add-on type whose text has its right words between delimiters, a bar between words that are alike."""
    marks = (all_text(question.find("delimitchars")).strip() or "[]") * 2
    opening, closing = marks[0], marks[1]
    gap = re.compile(f"{re.escape(opening)}([^{re.escape(opening + closing)}\n]{{1,200}}){re.escape(closing)}")
    stem = str(sketch.fields["stem"])
    right = [[word.strip() for word in each.split("|") if word.strip()] for each in gap.findall(stem)]
    if not all(right):
        sketch.fail("a gap has no words that are right")
        return
    count = iter(range(1, len(right) + 1))
    text = gap.sub(lambda _: f"{{{{{next(count)}}}}}", stem)
    for place, each in enumerate(question.iterfind("answer")):
        if said := Piece.of(each, "feedback").words():
            sketch.lose(f"answers.{place}.feedback", said[:80])
    wrong = [Piece.at(each).words() for each in question.iterfind("answer") if _is_distractor(each, right)]
    if truth(all_text(question.find("noduplicates"))):
        sketch.lose("noduplicates", "a word counts only once there, whichever gap it is in")
    if all_text(question.find("answerdisplay")).strip().lower() in ("dragdrop", "dropdown"):
        offered = list(dict.fromkeys([word for words in right for word in words] + wrong))
        gaps(sketch, text, [[Answer(each, 100.0 * (each in words)) for each in offered] for words in right],
             general(sketch, question))  # fmt: skip
        return
    exact = truth(all_text(question.find("casesensitive")))
    said = general(sketch, question)
    parts = [partial(phrases, answers=[Answer(word, 100.0) for word in words], exact=exact) for words in right]
    blanks(sketch, text, [partial(parts[0], general=said), *parts[1:]] if parts else parts)


def _is_distractor(answer: Element, right: list[list[str]]) -> bool:
    known = any(Piece.at(answer).words().strip() in (*words, "|".join(words)) for words in right)
    return not known and number(answer.get("fraction") or "0") <= 0


def ordering(sketch: Sketch, question: Element) -> None:
    """Read steps to order; they stand in their right order, or carry their place as a fraction."""
    answers = list(question.iterfind("answer"))
    places = [number(answer.get("fraction") or "0") for answer in answers]
    by_place = len(set(places)) == len(places)
    order = sorted(range(len(answers)), key=lambda at: places[at] if by_place else at)
    if all_text(question.find("selecttype")).strip().lower() not in ("", "all", "0"):
        sketch.lose("selecttype", "only some of the steps are shown there")
    steps = [
        Answer(
            Piece.at(answers[at]).told(sketch, f"steps.{place}.text"),
            feedback=text_of(sketch, answers[at], "feedback", f"steps.{place}.why"),
        )
        for place, at in enumerate(order)
    ]
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
