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
_KINDS = ("question_type", "cc_profile", "bbmd_questiontype", "qmd_questiontype", "qmd_itemtype", "questiontype")
_TOLD_METADATA = frozenset(
    "question_type points_possible original_answer_ids assessment_question_identifierref cc_profile"  # noqa: SIM905
    " qmd_itemtype cc_maxattempts qmd_scoretype qmd_status calculator_type qmd_topic qmd_weighting"
    " cc_weighting cc_question_category qmd_toolvendor qmd_feedbackpermitted qmd_solutionspermitted"
    " qmd_hintspermitted is_vericite qmd_questiontype qmd_computerscored qmd_globalid qmd_displayid qmd_aihumanorigin"
    " qmd_absolutescore qmd_absolutescore_min qmd_absolutescore_max qmd_assessmenttype qmd_maximumscore"
    " ilias_version questiontype additional_cont_edit_mode thumb_size feedback_setting element_height thumb_geometry"
    " fixedtextlength identicalscoring points singleline"
    " qmd_numberofitems qmd_renderingtype qmd_responsetype qmd_timelimit qmd_typeofsolution text_format".split()
)
_USUAL = {("qmd_levelofdifficulty", "School"), ("mutually_exclusive", "True"), ("textgaprating", "ci"),
          ("externalid", "99.99"), ("combinations", "W10=")}  # fmt: skip
_PASSAGE = "parent_stimulus_item_ident"
_WEIGHTS = ("points_possible", "cc_weighting", "qmd_weighting", "points")


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

    passages = _passages(root)
    for element in root.iter("item"):
        if element.get("ident") in passages:
            continue
        sketch = Sketch(file, line_of(element), source_of(element), category=_category(element))
        sketch.title = " ".join((element.get("title") or "").split())
        sketch.media = pictures(element)
        metadata = metadata_of(element)
        sketch.name = (element.get("ident") or metadata.get("bbmd_asi_object_id") or "").strip()
        sketch.name = "" if sketch.name == "undefined" else sketch.name
        if author := metadata.pop("author", "").strip():
            sketch.tags.append(f"author:{author}")
        for field, what in tidied(element):
            sketch.lose(field, what)
        item = OldItem(element, sketch, metadata, rules_of(element))
        sketch.fields["stem"] = item.words(item.presentation, "stem", outside=True)
        compose(item)
        if (passage := passages.get(metadata.pop(_PASSAGE, ""))) is not None:
            _put_before(item, passage)
        _note_what_is_lost(item)
        yield sketch.draft()


def _passages(root: Element) -> dict[str, Element]:
    """Give the texts that other items of the document say they belong to, by name."""
    asked = {metadata_of(each).get(_PASSAGE, "") for each in root.iter("item")}
    return {
        name: each for each in root.iter("item")
        if (name := each.get("ident") or "") in asked and not any(True for _ in each.iter(*ASKED))
    }  # fmt: skip


def _put_before(item: OldItem, passage: Element) -> None:
    """Put a passage that several items share before what one of them asks."""
    told = Sketch(item.sketch.file, item.sketch.line)
    shared = OldItem(passage, told, {}, item.rules)
    words = shared.words(shared.presentation, "stem")
    item.sketch.losses += told.losses
    item.sketch.problems += told.problems
    item.sketch.fields["stem"] = composing.joined(words, str(item.sketch.fields.get("stem", "")))
    item.sketch.assume("the shared passage was put before the question")


def drawn_from(root: Element) -> Iterator[tuple[int, str]]:
    """Say, by line, which sections draw some of their questions, and which draw from a bank that is not in them."""
    for selection in root.iterfind(".//section/selection_ordering/selection"):
        section = next(selection.iterancestors("section"))
        title = f"group '{' '.join((section.get('title') or section.get('ident') or '').split())}'"
        number, bank = (
            " ".join(all_text(selection.find(name)).split()) for name in ("selection_number", "sourcebank_ref")
        )
        if bank:
            yield (
                line_of(section),
                f"{title} draws {number or 'its'} questions from the bank '{bank}', a file of its own",
            )
        elif number:
            yield line_of(section), f"{title} shows each learner {number} of its questions: a programme says that here"


def _category(element: Element) -> str:
    titles = [
        each.get("title") or metadata_of(each).get("bank_title", "")
        for each in element.iterancestors("section", "assessment", "objectbank")
        if each.get("ident") != "root_section"
    ]
    titles = [" ".join(title.split()) for title in titles if title.strip()]
    return "/".join(title.replace("/", "//") for title in reversed(titles))


def metadata_of(element: Element) -> dict[str, str]:
    """Read the metadata fields of an item, or of what holds items."""
    found = {}
    whole = name_of(element) != "item"
    fields = element.iterfind("qtimetadata/*") if whole else element.iter("qtimetadatafield", "qti_metadatafield")
    for field in fields:
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
