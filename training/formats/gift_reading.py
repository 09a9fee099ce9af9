"""Reading GIFT, the text format of Moodle: every kind of question it has, and the line where something is wrong."""

import re
from collections.abc import Iterator

from training.core.number import parse_number
from training.formats.base import MOST_QUESTIONS, Draft, Imported, unreadable
from training.formats.composing import (
    Answer,
    Near,
    choose_many,
    choose_one,
    joined,
    numeric,
    penalties,
    true_false,
    unknown_kind,
)
from training.formats.composing_parts import in_order, phrases, texts_to_match
from training.formats.decoding import decoded
from training.formats.gift_blocks import Block, blocks, unescaped
from training.formats.labels import category_words
from training.formats.markup import Markup
from training.formats.sketch import Sketch

BLANK = "_____"
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_WEIGHT = re.compile(r"\s*%\s*([+-]?\d{1,3}(?:[.,]\d{0,9})?)\s*%")
_SEPARATOR = re.compile(r"""~|(?<![\w-])=|=(?!["'])""")
_TRUTH = {"t": True, "true": True, "f": False, "false": False}
_CLOZE = re.compile(r"\{\s*\d*\s*:\s*[A-Z_]{2,20}\s*:")
_ANSWER = re.compile(r"\s*(?:[=~#>]|(?:T|F|TRUE|FALSE)\s*(?:#|$)|$)", re.IGNORECASE)
_FEEDBACK = re.compile(r"""(?<!&)(?<!=["'])#""")
"""Where feedback begins; a # in an entity or a colour of HTML is none."""

_ORDERING = frozenset((
    "ALL", "EXACT", "RANDOM", "REL", "CONTIGUOUS", "CONTIG", "HORIZONTAL", "HORI", "H", "VERTICAL", "VERT", "V",
    "ALL_OR_NOTHING", "ABSOLUTE_POSITION", "ABSOLUTE", "ABS", "RELATIVE", "RELATIVE_NEXT_EXCLUDE_LAST",
    "RELATIVE_NEXT_INCLUDE_LAST", "RELATIVE_ONE_PREVIOUS_AND_NEXT", "RELATIVE_ALL_PREVIOUS_AND_NEXT",
    "LONGEST_ORDERED_SUBSET", "LONGEST_CONTIGUOUS_SUBSET", "SHOW", "HIDE",
))  # fmt: skip
"""Words by which Moodle's ordering type says how steps are chosen, laid out and marked."""

_RANGE = re.compile(r"\s*(\S+?)\s*\.\.\s*(\S+)\s*")


def read(data: bytes, name: str) -> Imported:
    """Read every question; one that is broken is named with its line and the next is read."""
    text = decoded(data, name)
    if text.text is None:
        return Imported((), text.problems)
    drafts: list[Draft] = []
    for block in blocks(text.text):
        if len(drafts) == MOST_QUESTIONS:
            return unreadable(name, f"the file has more than {MOST_QUESTIONS:,} questions", "split it", block.line)
        drafts.append(_draft(name, block))
    if not drafts:
        return unreadable(name, "there is no question in the file")
    categories = {draft.category for draft in drafts}
    return Imported(tuple(drafts), text.problems, category_words(categories.pop()) if len(categories) == 1 else "")


def _draft(file: str, block: Block) -> Draft:
    sketch = Sketch(file, block.line, block.source, block.id, block.name, block.category, block.tags)
    for line, doubt in block.doubts:
        sketch.assume(doubt, line=line)
    _Question(sketch).read(block.text)
    return sketch.draft()


class _Question:
    """One question on its way from GIFT into a sketch."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.markup = Markup.AUTO

    def read(self, text: str) -> None:
        if match := _TITLE.match(text):
            self.sketch.title = " ".join(unescaped(match[1]).split())
            text = text[match.end() :]
        if match := _FORMAT.match(text):
            self.markup, text = Markup(match[1].lower()), text[match.end() :]
        if "{" not in text or _CLOZE.search(text):
            self._stem(text)
            unknown_kind(self.sketch, "embedded answers (cloze)" if "{" in text else "description")
            return
        spans = _braces(text)
        if spans is None:
            self.sketch.fail("the answer is not closed", "write } after the last option, or \\{ where none is meant")
            return
        answers = [span for span in spans if _ANSWER.match(text[span[0] + 1 : span[1]])] if len(spans) > 1 else spans
        if len(answers) == 1:
            self._split(text, *answers[0], others=len(spans) > 1)
        elif answers:
            self.sketch.fail("there is a second answer in the question", "write a blank line between two questions")
        else:
            self.sketch.fail("no braces hold an answer", "begin each option with = or ~")

    def _split(self, text: str, start: int, end: int, *, others: bool) -> None:
        """Read stem and answer; what follows the answer makes it a missing word."""
        if others:
            self.sketch.assume("other braces were taken for text", "write \\{ and \\} where braces are meant")
        before, after = text[:start], text[end + 1 :]
        if after.lstrip().startswith("####"):
            # Many write the general feedback behind the brace, where it would be the rest of the sentence.
            text, end, after = f"{text[:end]}{after.lstrip()}", end + len(after.lstrip()), ""
        gap = " " if after[:1].isspace() else ""
        self._stem(f"{before.rstrip()} {BLANK}{gap}{after.lstrip()}" if after.strip() else before)
        self._answer(text[start + 1 : end])

    def _stem(self, text: str) -> None:
        self.sketch.fields["stem"] = self._text(text, "stem")
        if not self.sketch.fields["stem"]:
            self.sketch.fail("the question has no text")

    def _text(self, text: str, where: str) -> str:
        """Read a piece of text, which may name a format of its own."""
        match = _FORMAT.match(text)
        markup = Markup(match[1].lower()) if match else self.markup
        return self.sketch.text(unescaped(text[match.end() :] if match else text), markup, where)

    def _answer(self, text: str) -> None:
        if text.lstrip().startswith(">"):
            self._ordering(text.lstrip()[1:])
            return
        text, mark, general_text = text.partition("####")
        general = self._text(general_text, "general feedback") if mark else ""
        text = text.strip()
        if not text:
            unknown_kind(self.sketch, "essay")
        elif text.startswith("#"):
            self._numeric(text[1:], general)
        elif "~" in text:
            self._choice(text, general)
        elif (truth := _TRUTH.get(text.partition("#")[0].strip().lower())) is not None:
            self._truth(text, answer=truth, general=general)
        elif "->" in text and text.startswith("="):
            self._matching(text, general)
        elif text.startswith("="):
            phrases(self.sketch, list(self._answers(text)), general)
        else:
            shown = unescaped(text.split("\n")[0])[:60]
            self.sketch.fail(f"the answer '{shown}' is none that GIFT has", "begin each option with = or ~")

    def _truth(self, text: str, *, answer: bool, general: str) -> None:
        """The first feedback is for those who judge wrongly, the second for those who judge rightly."""
        wrong, right, *more = [*text.split("#")[1:], "", ""]
        if said := " ".join(filter(None, (self._text(each, "feedback") for each in more))):
            self.sketch.lose("feedback", f"a third feedback, which no judgement earns: {said[:80]}")
        told = {answer: self._text(right, "feedback"), not answer: self._text(wrong, "feedback")}
        true_false(self.sketch, answer=answer, if_true=told[True], if_false=told[False], general=general)

    def _choice(self, text: str, general: str) -> None:
        if (unmarked := _unmarked(text)).strip():
            self.sketch.assume(
                f"'{unescaped(unmarked).strip()[:60]}' has no mark and counts as wrong", "begin each option with = or ~"
            )
            text = f"~{text}"
        if re.search(r"~\s*(?=~|$)", text):
            self.sketch.warn("an option without any text is left out")
        answers = list(self._answers(text))
        single = any(mark == "=" for mark, _ in _pieces(text))
        if single:
            choose_one(self.sketch, answers, general)
        else:
            penalties(self.sketch, answers)
            choose_many(self.sketch, answers, general)

    def _answers(self, text: str) -> Iterator[Answer]:
        for place, (mark, piece) in enumerate(_pieces(text)):
            percent, rest = _weighed(piece, 100.0 if mark == "=" else 0.0)
            words, feedback = _told(rest)
            said = self._text(feedback, f"options.{place}.feedback")
            yield Answer(self._text(words, f"options.{place}.text"), percent, said)

    def _ordering(self, text: str) -> None:
        """Read steps in their right order, a line for each; the line above says how many are shown and how."""
        first, *lines = text.strip().split("\n")
        how = first.split()
        if not all(word.isdigit() or word in _ORDERING for word in how):
            lines, how = [first, *lines], []
        if not {"ALL", "EXACT"} & set(how) and {"RANDOM", "REL", "CONTIGUOUS", "CONTIG"} & set(how):
            self.sketch.lose("selecttype", "only some of the steps are shown there")
        steps = [self._text(line, f"steps.{place}.text") for place, line in enumerate(filter(str.strip, lines))]
        in_order(self.sketch, [Answer(step, 100.0) for step in steps])

    def _matching(self, text: str, general: str) -> None:
        rows = []
        for place, (_, piece) in enumerate(_pieces(text)):
            left, arrow, right = piece.partition("->")
            right, feedback = _told(right)
            if not arrow:
                self.sketch.fail(
                    f"'{unescaped(piece).strip()[:60]}' has no -> and nothing to match", "write = left -> right"
                )
            said = self._text(feedback, f"rows.{place}.why")
            rows.append((self._text(left, f"rows.{place}.text"), self._text(right, f"options.{place}.text"), said))
        texts_to_match(self.sketch, rows, general)

    def _numeric(self, text: str, general: str) -> None:
        answers, elsewise = [], ""
        for mark, piece in _pieces(f"={text}" if _unmarked(text).strip() else text):
            percent, rest = _weighed(piece, 100.0 if mark == "=" else 0.0)
            words, feedback = _told(rest)
            said = self._text(feedback, "feedback")
            if words.strip() in ("", "*"):
                elsewise = said
                continue
            near = _near(unescaped(words), percent, said)
            if near is None:
                self.sketch.fail(f"'{unescaped(words).strip()[:60]}' is no number", "write 5, 5:0.1 or 4.9..5.1")
                return
            answers.append(near)
        if elsewise:
            self.sketch.lose("mistakes", f"feedback for any other number: {elsewise}")
        numeric(self.sketch, answers, joined(general))


def _braces(text: str) -> list[tuple[int, int]] | None:
    """Find the outermost braces; None where one is not closed or was never opened."""
    found, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]", text):
        if match[0] == "{":
            start = match.start() if depth == 0 else start
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return None
            if depth == 0:
                found.append((start, match.start()))
    return None if depth else found


def _told(piece: str) -> tuple[str, str]:
    """Part what is answered from what is said to it."""
    match = _FEEDBACK.search(piece)
    return (piece[: match.start()], piece[match.end() :]) if match else (piece, "")


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut an answer at its unescaped = and ~; an = inside an HTML tag is none."""
    marks = list(_SEPARATOR.finditer(text))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        piece = text[mark.end() : after.start() if after else len(text)]
        if piece.strip():
            yield mark[0], piece


def _unmarked(text: str) -> str:
    """Give what stands before the first = or ~ of an answer."""
    first = _SEPARATOR.search(text)
    return text[: first.start()] if first else text


def _weighed(piece: str, usual: float) -> tuple[float, str]:
    match = _WEIGHT.match(piece)
    return (float(match[1].replace(",", ".")), piece[match.end() :]) if match else (usual, piece)


def _near(text: str, percent: float, feedback: str) -> Near | None:
    """Read `5`, `5:0.1` or `4.9..5.1`; None where it is no number."""
    if match := _RANGE.fullmatch(text):
        low, high = parse_number(match[1]), parse_number(match[2])
        if low is None or high is None or low > high:
            return None
        return Near(_rounded((low + high) / 2), _rounded((high - low) / 2), percent, feedback)
    number, _, tolerance = text.partition(":")
    value, slack = parse_number(number), parse_number(tolerance) if tolerance.strip() else 0.0
    return None if value is None or slack is None or slack < 0 else Near(value, slack, percent, feedback)


def _rounded(number: float) -> float:
    """Take away what binary fractions add: the middle of 4.9 and 5.1 is 5."""
    return float(f"{number:.12g}")
