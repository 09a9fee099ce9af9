"""QTI 1.2, read: plain IMS and what Canvas makes of it, question by question."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from lxml import etree

from training.core.number import parse_number
from training.formats import composing
from training.formats.base import Draft
from training.formats.foreign_xml import Element, all_text, line_of, name_of
from training.formats.markup import Markup
from training.formats.moodle_text import source_of
from training.formats.qti_old_dialects import tidied
from training.formats.qti_old_rules import Rules, rules_of
from training.formats.qti_tree import inner_html
from training.formats.sketch import Sketch

Pictures = Callable[[Element], dict[str, bytes]]
ASKED = (
    "response_lid",
    "response_str",
    "response_num",
    "response_xy",
    "response_grp",
    "response_na",
    "response_extension",
)
_KINDS = ("question_type", "cc_profile", "bbmd_questiontype", "qmd_questiontype", "qmd_itemtype")
_TOLD_METADATA = frozenset(
    "question_type points_possible original_answer_ids assessment_question_identifierref cc_profile"  # noqa: SIM905
    " qmd_itemtype cc_maxattempts qmd_scoretype qmd_status calculator_type qmd_topic qmd_weighting"
    " cc_weighting cc_question_category qmd_toolvendor qmd_feedbackpermitted qmd_solutionspermitted"
    " qmd_hintspermitted is_vericite qmd_questiontype qmd_computerscored qmd_globalid qmd_displayid qmd_aihumanorigin"
    " qmd_absolutescore qmd_absolutescore_min qmd_absolutescore_max qmd_assessmenttype qmd_maximumscore"
    " qmd_numberofitems qmd_renderingtype qmd_responsetype qmd_timelimit qmd_typeofsolution text_format".split()
)
_USUAL = {("qmd_levelofdifficulty", "School"), ("mutually_exclusive", "True")}
_WEIGHTS = ("points_possible", "cc_weighting", "qmd_weighting")


@dataclass(frozen=True)
class OldItem:
    """An item of QTI 1.2 with its rules, and the draft it becomes."""

    element: Element
    sketch: Sketch
    metadata: dict[str, str]
    rules: Rules

    @cached_property
    def presentation(self) -> Element:
        """The part the learner sees."""
        found = self.element.find("presentation")
        return etree.Element("presentation") if found is None else found

    @cached_property
    def responses(self) -> list[Element]:
        """What is asked for, in the order of the text."""
        return list(self.presentation.iter(*ASKED))

    @cached_property
    def feedback(self) -> dict[str, str]:
        """What can be said, by name."""
        found: dict[str, str] = {}
        for each in self.element.iterfind("itemfeedback"):
            name = each.get("ident") or ""
            text = self.words(each, f"feedback.{name}")
            if text:
                found[name] = composing.joined(found.get(name, ""), text)
        return found

    def words(self, element: Element, where: str, *, outside: bool = False) -> str:
        """Give the words of all material inside; with `outside`, of what is not inside a response."""
        parts = [
            material_html(each) for each in element.iter("mattext", "matimage", "mat_formattedtext", "matbreak")
            if not (outside and any(name_of(above) in ASKED for above in each.iterancestors()))
        ]  # fmt: skip
        return self.sketch.text("\n".join(parts), Markup.HTML, where)

    @property
    def kind(self) -> str:
        """What kind of question the file says it is."""
        return next((said for name in _KINDS if (said := self.metadata.get(name))), "")

    @property
    def full(self) -> float:
        """How many points the best response earns, as declared."""
        return self.rules.most or 0.0


def material_html(element: Element, *, inline: bool = False) -> str:
    """Write a piece of material as HTML; `inline`, as a part of a line."""
    name = name_of(element)
    if name == "matbreak":
        return "<br>"
    if name == "matimage":
        alt = (element.get("label") or "").replace('"', "&quot;")
        source = (
            element.get("uri") or f"data:{element.get('imagtype') or 'image/png'};base64,{all_text(element).strip()}"
        )
        return f'<img src="{source.replace(chr(34), "&quot;")}" alt="{alt}">'
    if len(element):
        return f"<div>{inner_html(element)}</div>"
    text = element.text or ""
    if inline:
        return text if _has_tags(text) else escape(text, quote=False)
    if (element.get("texttype") or "").lower() == "text/plain":
        # Said to be plain, and yet often HTML.
        return _plain_html(text) if not _has_tags(text) else f"<div>{text}</div>"
    return f"<div>{text}</div>" if _has_tags(text) else _plain_html(text)


def _has_tags(text: str) -> bool:
    return "</" in text or "/>" in text or "<br" in text.lower() or "<img" in text.lower() or "<p>" in text.lower()


def _plain_html(text: str) -> str:
    shown = text if re.search(r"&(#?\w+);", text) else escape(text, quote=False)
    lines = [line.strip() for line in shown.replace("<", "&lt;").strip().splitlines()]
    return "<div>" + "<br>".join(lines) + "</div>"


def read_document(root: Element, file: str, pictures: Pictures) -> Iterator[Draft]:
    """Read every item of a document, with the titles of the sections it stands in."""
    from training.formats.qti_old_kinds import compose  # noqa: PLC0415 - the kinds need the item, which stands here

    for element in root.iter("item"):
        sketch = Sketch(file, line_of(element), source_of(element), category=_category(element))
        sketch.title = " ".join((element.get("title") or "").split())
        sketch.media = pictures(element)
        metadata = metadata_of(element)
        sketch.name = (element.get("ident") or metadata.get("bbmd_asi_object_id") or "").strip()
        for field, what in tidied(element):
            sketch.lose(field, what)
        item = OldItem(element, sketch, metadata, rules_of(element))
        sketch.fields["stem"] = item.words(item.presentation, "stem", outside=True)
        compose(item)
        _note_what_is_lost(item)
        yield sketch.draft()


def _category(element: Element) -> str:
    titles = [
        each.get("title") or ""
        for each in element.iterancestors("section", "assessment")
        if (each.get("title") or "").strip() and each.get("ident") != "root_section"
    ]
    return "/".join(title.replace("/", "//") for title in reversed(titles))


def metadata_of(element: Element) -> dict[str, str]:
    """Read an item's metadata fields."""
    found = {}
    for field in element.iter("qtimetadatafield", "qti_metadatafield"):
        label, entry = all_text(field.find("fieldlabel")).strip().lower(), all_text(field.find("fieldentry")).strip()
        if label:
            found[label] = entry
    for each in element.iterfind("itemmetadata/*"):
        if not len(each) and all_text(each).strip():
            found[name_of(each).lower()] = all_text(each).strip()
    return found


def _note_what_is_lost(item: OldItem) -> None:
    for name, entry in item.metadata.items():
        if name not in _TOLD_METADATA and entry and not name.startswith("bbmd_") and (name, entry) not in _USUAL:
            item.sketch.lose(name, entry[:80])
    for name in _WEIGHTS:
        points = item.metadata.get(name, "")
        if points and parse_number(points) not in (0.0, 1.0):
            item.sketch.lose(name, points)
    for name in ("hint", "solution"):
        if any(True for _ in item.element.iter(name)) and name == "hint":
            item.sketch.lose(name, all_text(next(iter(item.element.iter(name)))).strip()[:80])
    if any(True for _ in item.presentation.iter("mataudio", "matvideo", "matapplet", "matapplication")):
        item.sketch.lose("stem", "sound, film or a program")
