"""Moodle XML of questions with several parts or words to type; reasons without a place go into the general feedback."""

import re
from collections.abc import Sequence
from html import escape

from lxml import etree

from training.core.interaction import GAP, FillGaps, Gap, MatchEach, Option
from training.core.question import Question, reason_for
from training.formats.base import CannotExpress
from training.formats.composing_parts import FILL_IN
from training.formats.foreign_xml import Element
from training.formats.html_text import html_text, printable, spacing_loss
from training.formats.markup import tidy
from training.formats.moodle_paper import Paper


def type_words(paper: Paper, general: Element, accepted: Sequence[str]) -> None:
    """Write words to type as a short answer."""
    paper.element.set("type", "shortanswer")
    paper.add("usecase", "0")
    general[0].text = html_text(reason_for(paper.question, ""))
    paper.losses += spacing_loss(paper.entry.item.id, "why", reason_for(paper.question, ""))
    for place, phrase in enumerate(accepted):
        paper.answer(_no_wildcard(phrase), 100, markup="moodle_auto_format")
        if " ".join(phrase.split()) != phrase:
            paper.lose(f"accepted.{place}", "spaces and line ends are not kept exactly")
    slips = [reason for reason in paper.question.reasons if reason.answer]
    for place, slip in enumerate(slips):
        paper.answer(_no_wildcard(slip.answer), 0, slip.text, markup="moodle_auto_format")
        for name, text in (("text", slip.answer), ("why", slip.text)):
            paper.losses += spacing_loss(paper.entry.item.id, f"mistakes.{place}.{name}", text)
    paper.lose("plural", "accents, punctuation and plurals count there")


def _no_wildcard(phrase: str) -> str:
    return printable(phrase).replace("*", r"\*")


def match_rows(paper: Paper, general: Element, asked: MatchEach, right: Sequence[str]) -> None:
    """Write rows to match."""
    paper.element.set("type", "matching")
    paper.add("shuffleanswers", "true")
    texts = {option.id: option.text for option in asked.options}
    for place, (row, name) in enumerate(zip(asked.rows, right, strict=True)):
        _subquestion(paper, row.text, texts[name])
        paper.losses += spacing_loss(paper.entry.item.id, f"rows.{place}.text", row.text)
    for option in asked.options:
        if option.id not in right:
            _subquestion(paper, "", option.text)
    _order_of_options(paper, asked, right)
    if not asked.once and len(set(right)) == len(right):
        paper.lose("once", "there an option may always be used again")
    _reasons(paper, general, [f"{row.text} – {texts[name]}" for row, name in zip(asked.rows, right, strict=True)],
             [(row.id, name) for row, name in zip(asked.rows, right, strict=True)])  # fmt: skip


def _subquestion(paper: Paper, text: str, answer: str) -> None:
    made = paper.words(paper.element, "subquestion", text)
    inside = etree.SubElement(made, "answer")
    etree.SubElement(inside, "text").text = html_text(answer)


def _order_of_options(paper: Paper, asked: MatchEach, right: Sequence[str]) -> None:
    """Name what of the options does not come back: their names, their order, what is said of each."""
    order = [*dict.fromkeys(right), *(option.id for option in asked.options if option.id not in right)]
    if order != [option.id for option in asked.options] or order != list("abcdefghijklmnopqrstuvwxyz"[: len(order)]):
        paper.lose("options", "their names and their order")
        for place in range(len(right)):
            paper.lose(f"rows.{place}.answer", "the name of the option; its text is carried")
    for place, option in enumerate(asked.options):
        if reason_for(paper.question, option.id):
            paper.lose(f"options.{place}.why", "matching says nothing of an option by itself")
        if option.anchored:
            paper.lose(f"options.{place}.anchored", "that it keeps its place")
        paper.losses += spacing_loss(paper.entry.item.id, f"options.{place}.text", option.text)
    texts = [tidy(option.text) for option in asked.options]
    if len(set(texts)) < 2:  # noqa: PLR2004 - a choice
        raise CannotExpress("all its options have the same text")
    if len(set(texts)) < len(texts):
        paper.lose("options", "options of the same text become one")
        paper.lose("once", "options of the same text become one")


def _reasons(paper: Paper, general: Element, names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> None:
    """Put the reasons of rows into the general feedback, where a learner still reads them."""
    said = []
    for place, (name, (row, option)) in enumerate(zip(names, pairs, strict=True)):
        why = reason_for(paper.question, f"{row}:{option}")
        if why:
            said.append(f"{name}: {why}")
            paper.lose(f"rows.{place}.why", "stands in the general feedback")
    general[0].text = html_text("\n\n".join(said))


def put_in_order(paper: Paper, general: Element, options: Sequence[Option], right: Sequence[str]) -> None:
    """Write steps for Moodle's ordering type, in their right order."""
    paper.element.set("type", "ordering")
    texts = {option.id: option.text for option in options}
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0"),
                        ("gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST"), ("showgrading", "SHOW")):  # fmt: skip
        paper.add(name, value)
    said = []
    for place, name in enumerate(right):
        made = etree.SubElement(paper.element, "answer", fraction=str(place + 1), format="html")
        etree.SubElement(made, "text").text = html_text(texts[name])
        paper.losses += spacing_loss(paper.entry.item.id, f"steps.{place}.text", texts[name])
        if why := reason_for(paper.question, name):
            said.append(f"{texts[name]}: {why}")
            paper.lose(f"steps.{place}.why", "stands in the general feedback")
    general[0].text = html_text("\n\n".join(said))


def fill_gaps(paper: Paper, asked: FillGaps, right: Sequence[tuple[str, ...]]) -> None:
    """Write a text with gaps as a cloze question."""
    paper.element.set("type", "cloze")
    gaps = {gap.id: (number, gap, keys) for number, (gap, keys) in enumerate(zip(asked.gaps, right, strict=True), 1)}
    pieces = GAP.split(html_text(asked.text))
    written = [piece if place % 2 == 0 else _blank(paper.question, *gaps[piece]) for place, piece in enumerate(pieces)]
    text = paper.element.find("questiontext")
    if text is not None:
        stem, body = text[0].text or "", "".join(written)
        text[0].text = "".join(each if each.startswith("<p>") else f"<p>{each}</p>" for each in (stem, body))
    standing = GAP.findall(asked.text)
    if standing != [str(number) for number in range(1, len(asked.gaps) + 1)] or list(gaps) != standing:
        paper.lose("gaps", "their names and the order in which they are written")
        paper.lose("text", "the names of its gaps")
    if "\n\n" in asked.text.partition("{{")[0] or paper.question.stem == FILL_IN:
        paper.lose("stem", "it also has the paragraphs before the first gap")
        paper.lose("text", "paragraphs before the first gap")
    paper.losses += spacing_loss(paper.entry.item.id, "text", asked.text)
    _lose_of_gaps(paper, asked)


def _lose_of_gaps(paper: Paper, asked: FillGaps) -> None:
    for place, gap in enumerate(asked.gaps):
        for number, option in enumerate(gap.options):
            where = f"gaps.{place}.options.{number}"
            if option.id != "abcdefghijklmnopqrstuvwxyz"[number]:
                paper.lose(f"{where}.id", f"'{option.id}'")
            if option.anchored:
                paper.lose(f"{where}.anchored", "that it keeps its place")
            why = reason_for(paper.question, f"{gap.id}:{option.id}")
            for name, text in (("text", option.text), ("why", why)):
                if tidy(text.replace("\n", " ")) != text:
                    paper.lose(f"{where}.{name}", "spaces and line ends are not kept exactly")


def _blank(question: Question, _number: int, gap: Gap, right: Sequence[str]) -> str:
    answers = []
    for option in gap.options:
        why = reason_for(question, f"{gap.id}:{option.id}")
        mark = "=" if option.id in right else "~"
        answers.append((mark, _in_cloze(option.text) + (f"#{_in_cloze(why)}" if why else "")))
    written = "~".join(f"{'=' if mark == '=' else ''}{text}" for mark, text in answers)
    return f"{{1:MULTICHOICE_S:{written}}}"


def _in_cloze(text: str) -> str:
    """Write the text of an answer: as HTML, with what has a meaning there escaped."""
    plain = escape(" ".join(printable(text).split()), quote=False)
    # A backslash is written as a number, since Moodle takes one before a mark for an escape.
    marked = re.sub(r"([}#~/\"])", r"\\\1", plain.replace("\\", "\0")).replace("\0", "&#92;")
    # At its beginning, a sign or a weight would be read as one.
    return f"&#{ord(marked[0])};{marked[1:]}" if marked[:1] in ("=", "%") else marked
