"""One item of QTI 2 or 3, read: its text, its interactions, what answers are worth, and the feedback of each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, repeat

from lxml import etree

from training.core.items.options import LETTERS
from training.formats import composing
from training.formats.base import Draft
from training.formats.foreign_xml import Element, all_text, line_of, name_of
from training.formats.markup import Markup
from training.formats.moodle_text import source_of
from training.formats.qti_declared import Declared, declarations
from training.formats.qti_feedback import Feedback, feedback_of
from training.formats.qti_refused import refused
from training.formats.qti_tree import GAPS, find_all, inner_html
from training.formats.sketch import Sketch

INLINE = frozenset({"inlineChoiceInteraction", "textEntryInteraction", "endAttemptInteraction"})
_HIDDEN = ("feedbackBlock", "feedbackInline", "rubricBlock", "stylesheet", "prompt", "templateBlock", "templateInline",
           "qti-stylesheet", "catalogInfo", "style", "script")  # fmt: skip
_BESIDE = ("companionMaterialsInfo", "catalogInfo", "apipAccessibility")
_COMPARED = ("gt", "gte", "lt", "lte")
_UNREAD = ("anyN", "containerSize", "countMatches", "customOperator", "lookupOutcomeValue", "mathOperator",
           "patternMatch", "power", "product", "random", "statsOperator", "substring")  # fmt: skip
BLANK = "_____"
MOST_INTERACTIONS = 60
_OPTION_ID = re.compile(r"[a-z0-9]{1,16}")


@dataclass(frozen=True)
class Posed:
    """An item as read: what its parts need to become a draft."""

    element: Element
    sketch: Sketch
    declared: dict[str, Declared]
    feedback: Feedback

    @cached_property
    def body(self) -> Element:
        """The part of the item that the learner sees."""
        found = self.element.find("itemBody")
        return etree.Element("itemBody") if found is None else found

    @cached_property
    def interactions(self) -> list[Element]:
        """All interactions in the order of the text."""
        return [
            each for each in self.body.iter()
            if (name_of(each).endswith("Interaction") and name_of(each) != "endAttemptInteraction")
        ]  # fmt: skip

    @cached_property
    def inline(self) -> list[Element]:
        """Those that stand in a line of text."""
        return [each for each in self.interactions if name_of(each) in INLINE]

    def response(self, interaction: Element) -> Declared:
        """Give what is declared about an interaction's answers."""
        name = interaction.get("responseIdentifier") or "RESPONSE"
        return self.declared.get(name, Declared(name))

    def stem(self, *, gaps: Callable[[int], str] = lambda _: BLANK, only: int | None = None) -> str:
        """Give the text around the interactions, with their prompts; inline ones are shown as `gaps` says."""
        written = inner_html(self.body, self.interactions, _HIDDEN)
        shown = GAPS.sub(lambda match: self._in_place(int(match[1]), gaps, only), written)
        return _each_once(self.sketch.text(shown, Markup.HTML, "stem"))

    def _in_place(self, number: int, gaps: Callable[[int], str], only: int | None) -> str:
        interaction = self.interactions[number]
        if name_of(interaction) in INLINE:
            return gaps(number)
        prompt = interaction.find("prompt")
        if prompt is None or (only is not None and only != number):
            return ""
        return f"<p>{inner_html(prompt)}</p>"

    def gap_text(self, interaction: Element) -> str:
        """Give the text of a gap match, `{{n}}` where its gaps are, with what stands around it."""
        places = [each for each in interaction.iter() if name_of(each) == "gap"]
        inside = inner_html(interaction, places, (*_HIDDEN, "gapText", "gapImg"))
        shown = GAPS.sub(lambda match: f"{{{{{int(match[1]) + 1}}}}}", inside)
        around = self.stem(only=self.interactions.index(interaction))
        return composing.joined(around, self.sketch.text(shown, Markup.HTML, "text"))

    def words(self, element: Element, where: str) -> str:
        """Give the words of an option, without the feedback inside it."""
        return self.sketch.text(inner_html(element, (), _HIDDEN), Markup.HTML, where)


Kind = Callable[[Posed, Element], None]


def _each_once(text: str) -> str:
    """Leave out a paragraph that repeats the one above it: some systems put the question into text and prompt."""
    parts = text.split("\n\n")
    return "\n\n".join(part for place, part in enumerate(parts) if not place or part != parts[place - 1])


def read_item(
    root: Element, file: str, media: dict[str, bytes], kinds: Mapping[str, Kind], *, context: str = ""
) -> Iterator[Draft]:
    """Read an item; one with several interactions that stand alone gives a draft for each."""
    _shown_to_candidates(root)
    sketch = _begun(root, file, media)
    posed = Posed(root, sketch, declarations(root), feedback_of(root, sketch))
    _note_what_is_lost(posed)
    if context:
        sketch.assume("the shared passage was put before the question")
    names = [name_of(each) for each in posed.interactions]
    if len(names) > MOST_INTERACTIONS:
        sketch.fail(f"has {len(names)} interactions, more than {MOST_INTERACTIONS}")
        yield sketch.draft()
    elif not names:
        composing.unknown_kind(sketch, "text without anything to answer")
        yield sketch.draft()
    elif set(names) <= INLINE or len(names) == 1:
        yield _alone(posed, posed.interactions[0], kinds, context)
    else:
        yield from _several(posed, kinds, context)


def _shown_to_candidates(root: Element) -> None:
    """Make what an item says to its candidates, a passage mostly, a part of its text; other rubrics are not theirs."""
    for element in list(find_all(root, "rubricBlock")):
        if "candidate" in (element.get("view") or "candidate").split():
            element.tag = "div"


def _begun(root: Element, file: str, media: dict[str, bytes]) -> Sketch:
    sketch = Sketch(file, line_of(root), source_of(root))
    sketch.name = (root.get("identifier") or "").strip()
    sketch.title = " ".join((root.get("title") or "").split())
    if sketch.name == f"id-{sketch.title}":
        sketch.name = sketch.title
    sketch.media = media
    return sketch


def _alone(posed: Posed, interaction: Element, kinds: Mapping[str, Kind], context: str) -> Draft:
    sketch, name = posed.sketch, name_of(interaction)
    if name in INLINE and len(posed.inline) > 1:
        name = "gaps"
    if name not in kinds:
        composing.unknown_kind(sketch, name, refused(name))
        return sketch.draft()
    kinds[name](posed, interaction)
    posed.feedback.finish(sketch, last=name in ("gaps", name_of(posed.interactions[-1])))
    if context:
        sketch.fields["stem"] = composing.joined(context, sketch.fields.get("stem", ""))
    return sketch.draft()


def _several(posed: Posed, kinds: Mapping[str, Kind], context: str) -> Iterator[Draft]:
    """Give each interaction of a composite item a draft of its own, those in the text one together."""
    whole = posed.sketch
    asked = [each for each in posed.interactions if each not in posed.inline[1:]]
    for number, interaction in enumerate(asked, 1):
        part = replace(
            whole, name=f"{whole.name}-{number}" if whole.name else "", fields={}, losses=list(whole.losses),
            problems=list(whole.problems), pictures=[],
        )  # fmt: skip
        part.assume(f"part {number} of {len(asked)} of one item, whose text it repeats")
        yield _alone(replace(posed, sketch=part), interaction, kinds, context)


def _note_what_is_lost(posed: Posed) -> None:
    """List what of the item has no place here."""
    for element in find_all(posed.element, "rubricBlock"):
        view = element.get("view") or ""
        said = " ".join(all_text(element).split())
        if said:
            posed.sketch.lose("rubricBlock", f"for {view or 'all'}: {said[:80]}")
    for name in ("templateDeclaration", "templateProcessing"):
        if posed.element.find(name) is not None:
            posed.sketch.fail("the item draws its values by rules of its own", "write it as a parameterised question")
            break
    _note_what_stands_beside(posed)
    if _has_own_rules(posed.element):
        posed.sketch.lose("responseProcessing", "rules of its own, which are not run: the answers it declares count")
    points = _most_points(posed.element)
    if points and points != "1":
        posed.sketch.lose("MAXSCORE", points)


def _note_what_stands_beside(posed: Posed) -> None:
    """List the material and the help that an item offers outside its text."""
    for name in _BESIDE:
        for element in posed.element.iterfind(name):
            if said := " ".join(" ".join(element.itertext()).split()):
                posed.sketch.lose(name, said[:80])


def _has_own_rules(item: Element) -> bool:
    """Say whether points hang on what no reader here follows: sums compared with a bound, counts, operators."""
    processing = item.find("responseProcessing")
    asked = {each.get("identifier") or "" for each in item.iterfind("responseDeclaration")}
    for rule in () if processing is None else find_all(processing, *_COMPARED, *_UNREAD):
        about = {each.get("identifier") or "" for each in find_all(rule, "variable")}
        if name_of(rule) in _UNREAD or (about and not about & asked):
            return True
    return False


def _most_points(item: Element) -> str:
    for outcome in item.iterfind("outcomeDeclaration"):
        if outcome.get("identifier") == "MAXSCORE":
            return all_text(outcome.find("defaultValue")).strip().removesuffix(".0")
        if outcome.get("identifier") == "SCORE" and outcome.get("normalMaximum"):
            return (outcome.get("normalMaximum") or "").strip().removesuffix(".0")
    return ""


def option_ids(options: Sequence[Element]) -> list[str]:
    """Keep the ids of options where all can be ours and say more than their places do."""
    names = [option.get("identifier") or "" for option in options]
    usable = len(set(names)) == len(names) and all(_OPTION_ID.fullmatch(name) for name in names)
    return [
        name if usable and name != letter else ""
        for name, letter in zip(names, chain(LETTERS, repeat("")), strict=False)
    ]
