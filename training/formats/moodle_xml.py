"""Moodle XML, read: each question type our notation has words for, and a clear word about the others."""

import re
from collections.abc import Callable, Iterator

from training.core.problem import Problem, Severity
from training.formats import composing, moodle_kinds, moodle_parts
from training.formats.base import MOST_QUESTIONS, Code, Draft, Format, Imported, unreadable
from training.formats.foreign_xml import Element, all_text, line_of, name_of, parse_xml
from training.formats.labels import category_words
from training.formats.moodle_calculated import calculated
from training.formats.moodle_cloze import multianswer
from training.formats.moodle_drawn import calculated_choice
from training.formats.moodle_places import labels_on_picture, markers_on_picture
from training.formats.moodle_text import Piece, source_of, text_of
from training.formats.moodle_writing import write_moodle_xml
from training.formats.sketch import Sketch
from training.formats.unreadable import Unreadable

Kind = Callable[[Sketch, Element], None]

KINDS: dict[str, Kind] = {
    "multichoice": moodle_kinds.multichoice,
    "multichoiceset": moodle_kinds.all_or_nothing,
    "oumultiresponse": moodle_kinds.all_or_nothing,
    "truefalse": moodle_kinds.true_false,
    "numerical": moodle_kinds.numerical,
    "shortanswer": moodle_parts.short_answer,
    "matching": moodle_parts.matching,
    "match": moodle_parts.matching,
    "ddmatch": moodle_parts.matching,
    "kprime": moodle_parts.statements,
    "mtf": moodle_parts.statements,
    "gapfill": moodle_parts.gap_fill,
    "ordering": moodle_parts.ordering,
    "gapselect": moodle_parts.gap_select,
    "ddwtos": moodle_parts.gap_select,
    "calculated": calculated,
    "calculatedsimple": calculated,
    "calculatedmulti": calculated_choice,
    "ddimageortext": labels_on_picture,
    "ddmarker": markers_on_picture,
    "cloze": multianswer,
    "multianswer": multianswer,
}
_REFUSED = {
    "essay": "its answers are marked by people; ask for words that can be listed (short_text), or offer options",
    "description": "words without anything to answer; put them into the stem of a question, or of a case",
    "random": "it draws from a category; import the category, and let the blueprint draw",
    "randomsamatch": "it draws from a category; import the category, and write a matching",
    "stack": "its answers are worked out by another program; write a parameterised question",
    "coderunner": "its answers are programs, which are never run",
}
"""What to do about question types that no item type answers to."""

_PLAIN_NUMBERING = frozenset({"abc", "none", ""})
_TOLD = frozenset(
    "name questiontext generalfeedback tags idnumber category answer file single shuffleanswers hint image"  # noqa: SIM905
    " image_base64 answernumbering showstandardinstruction shownumcorrect units usecase subquestion"
    " correctfeedback incorrectfeedback partiallycorrectfeedback dataset_definitions dataset_definition"
    " selectoption dragbox drag drop showmisplaced instructions synchronize single unitsleft showunits unitgradingtype"
    " row column weight numberofrows numberofcolumns delimitchars answerdisplay casesensitive fixedgapsize"
    " disableregex optionsaftertext noduplicates"
    " unitpenalty layouttype selecttype selectcount gradingtype showgrading numberingstyle variables".split()
)
"""Fields that have a reader of their own, here or with their kind of question."""

_USUAL = {
    "defaultgrade": (1.0,),
    "penalty": (0.0, 0.1, 1 / 3, 1.0),
    "hidden": (0.0,),
}


def looks_like_moodle(data: bytes, name: str) -> float:
    """Say how sure it is that this is Moodle XML."""
    head = data[:4000].replace(b"\0", b"")
    if re.search(rb"<quiz[\s>/]", head):
        return 0.95 if b"<question" in head or name.lower().endswith(".xml") else 0.6
    return 0.5 if re.search(rb"<question\s+type\s*=", head) else 0.0


def read_moodle_xml(data: bytes, name: str) -> Imported:
    """Read every question of a Moodle XML file."""
    try:
        root = parse_xml(data, name)
    except Unreadable as error:
        return unreadable(name, str(error), line=error.line)
    if name_of(root) not in ("quiz", "question"):
        return unreadable(name, f"this is no Moodle XML: its outermost element is <{name_of(root)}>, not <quiz>")
    questions = [root] if name_of(root) == "question" else [each for each in root if name_of(each) == "question"]
    if len(questions) > MOST_QUESTIONS:
        return unreadable(name, f"the file has {len(questions):,} questions; the most is {MOST_QUESTIONS:,}")
    strays = () if name_of(root) == "question" else (each for each in root if name_of(each) not in ("question", ""))
    problems: list[Problem] = [_stray(name, each) for each in strays]
    drafts = tuple(_drafts(name, questions, problems)) if name_of(root) == "quiz" else (_draft(name, root, ""),)
    if not drafts and not problems:
        return unreadable(name, "there is no question in the file")
    categories = {draft.category for draft in drafts}
    return Imported(drafts, tuple(problems), category_words(categories.pop()) if len(categories) == 1 else "")


def _stray(file: str, element: Element) -> Problem:
    words = f"<{name_of(element)}> is no question and is left out"
    return Problem(file, line_of(element), 1, Code.MALFORMED, words, severity=Severity.WARNING)


def _drafts(file: str, questions: list[Element], problems: list[Problem]) -> Iterator[Draft]:
    category = ""
    for question in questions:
        if question.get("type") == "category":
            category = all_text(question.find("category")).strip()
            about = all_text(question.find("info")).strip()
            if about:
                words = f"the description of category '{category_words(category)}' is left out"
                problems.append(Problem(file, line_of(question), 1, Code.LOST, words, severity=Severity.WARNING))
        else:
            yield _draft(file, question, category)


def _draft(file: str, question: Element, category: str) -> Draft:
    kind = (question.get("type") or "").strip().lower()
    sketch = Sketch(file, line_of(question), source_of(question), category=category)
    sketch.name = all_text(question.find("idnumber")).strip()
    sketch.title = Piece.of(question, "name").plain(sketch, "name")
    sketch.tags = [tag for each in question.iterfind("tags/tag") if (tag := all_text(each).strip())]
    stem = text_of(sketch, question, "questiontext", "stem")
    if kind in KINDS:
        _old_picture(sketch, question)
        sketch.fields["stem"] = stem
        KINDS[kind](sketch, question)
        _lost_fields(sketch, question)
    else:
        composing.unknown_kind(sketch, kind or "without a type", _REFUSED.get(kind, "write it anew"))
    return sketch.draft()


def _old_picture(sketch: Sketch, question: Element) -> None:
    """Take the picture that Moodle before 2.0 wrote beside the text."""
    encoded = all_text(question.find("image_base64")).strip()
    if encoded:
        sketch.text(f'<img src="data:image/x;base64,{encoded}" alt="">', Piece.HTML, "stem")
    elif all_text(question.find("image")).strip():
        sketch.lose("image", "a picture that is not in the file")


def _lost_fields(sketch: Sketch, question: Element) -> None:
    """List what has no place here, field by field; usual settings say nothing and are passed over."""
    for child in question:
        name, said = name_of(child), all_text(child).strip()
        if name == "answernumbering" and said.lower() not in _PLAIN_NUMBERING:
            sketch.lose(name, said)
        elif name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint"):
            _lost_feedback(sketch, name, child)
        elif name in _USUAL:
            number = moodle_kinds.number(said)
            if said and not any(abs(number - usual) < 1e-4 for usual in _USUAL[name]):  # noqa: PLR2004
                sketch.lose(name, said[:40])
        elif name and name not in _TOLD and said.strip("0."):
            sketch.lose(name, said[:80])


def _lost_feedback(sketch: Sketch, name: str, element: Element) -> None:
    said = Piece.at(element).words()
    if said and not moodle_kinds.stock_feedback(said):
        sketch.lose(name, said[:80])


FORMAT = Format(
    "moodle-xml", "Moodle XML", ".xml", "application/xml", looks_like_moodle, read_moodle_xml, write_moodle_xml,
    keeps_cases=True,
)  # fmt: skip
