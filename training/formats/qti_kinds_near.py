"""Interactions of QTI 2 and 3 that come near to one of our kinds: what differs is said."""

from collections.abc import Sequence
from copy import deepcopy

from training.core.number import parse_number
from training.formats import composing
from training.formats.base import Code
from training.formats.composing import Answer, Near
from training.formats.composing_parts import Pair, pairs, phrases
from training.formats.foreign_xml import Element
from training.formats.markup import Markup
from training.formats.qti_item import Posed, option_ids
from training.formats.qti_kinds_parts import is_exact, right_values, words_of
from training.formats.qti_tree import inner_html, whole

PAIR = 2


def hot_text(posed: Posed, interaction: Element) -> None:
    """Read words to pick out of a text: they stand in brackets in the stem and are its options."""
    response = posed.response(interaction)
    sketch = posed.sketch
    spots = list(interaction.iter("hottext"))
    around = posed.stem(only=posed.interactions.index(interaction))
    named = _told_apart([" ".join(posed.words(spot, "options.text").split()) for spot in spots])
    sketch.fields["stem"] = composing.joined(around, _with_brackets(posed, interaction, named))
    answers = []
    for spot, text, own in zip(spots, named, option_ids(spots), strict=True):
        name = spot.get("identifier") or ""
        percent = response.percent(name)
        answers.append(Answer(text, percent, posed.feedback.of(name, correct=percent > 0), own, anchored=True))
    if response.cardinality == "multiple" or whole(interaction.get("maxChoices"), 1) != 1:
        composing.choose_many(sketch, answers, posed.feedback.to_all())
    else:
        composing.choose_one(sketch, answers, posed.feedback.to_all())
    sketch.assume("words to pick in a text stand in brackets there, and are options here")


def _told_apart(texts: Sequence[str]) -> list[str]:
    """Number words that stand in the text more than once."""
    return [
        f"{text} ({texts[: place + 1].count(text)})" if list(texts).count(text) > 1 else text
        for place, text in enumerate(texts)
    ]


def _with_brackets(posed: Posed, interaction: Element, named: Sequence[str]) -> str:
    """Give the text with the words to pick in brackets; the document stays as it is."""
    shown = deepcopy(interaction)
    for spot, text in zip(list(shown.iter("hottext")), named, strict=True):
        for child in list(spot):
            spot.remove(child)
        spot.text = f"[{text}]"
    inside = inner_html(shown, (), ("prompt", "feedbackBlock", "feedbackInline", "templateBlock"))
    return posed.sketch.text(inside.replace("<hottext", "<span").replace("</hottext", "</span"), Markup.HTML, "stem")


def associate(posed: Posed, interaction: Element) -> None:
    """Read words to pair with one another: the first of each pair is a row here."""
    response = posed.response(interaction)
    posed.sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    texts = {
        each.get("identifier") or "": posed.words(each, "options.text")
        for each in interaction.iter("simpleAssociableChoice")
    }
    told = [value.split() for value in right_values(response)]
    used = [name for pair in told for name in pair]
    if not told or any(len(pair) != PAIR for pair in told) or len(set(used)) < len(used) or not set(used) <= set(texts):
        words = "a pairing in which a word belongs to none or to several others"
        posed.sketch.fail(words, "write it as a matching with rows and options", code=Code.NO_SUCH_TYPE)
        return
    order = [pair[1] for pair in told] + [name for name in texts if name not in used]
    rows = [Pair(texts[left], place, posed.feedback.of(left, correct=True)) for place, (left, _) in enumerate(told)]
    pairs(posed.sketch, rows, [Answer(texts[name]) for name in order], posed.feedback.general)
    posed.sketch.lose("rows", "there any word could be paired with any other; here the first of each pair is given")


def slider(posed: Posed, interaction: Element) -> None:
    """Read a number to set with a slider as a number to enter."""
    response = posed.response(interaction)
    sketch = posed.sketch
    sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    low, high = interaction.get("lowerBound") or "?", interaction.get("upperBound") or "?"
    step = interaction.get("step") or "1"
    values = dict.fromkeys((*response.correct, *(response.weights if response.mapped else ())))
    nears = []
    for value in values:
        number = parse_number(value)
        if number is not None:
            percent = response.percent(value)
            nears.append(Near(number, response.tolerance, percent, posed.feedback.of(value, correct=percent > 0)))
    composing.numeric(sketch, nears, posed.feedback.to_all())
    sketch.lose("sliderInteraction", f"the slider from {low} to {high} in steps of {step}; here a number is entered")


def extended_text(posed: Posed, interaction: Element) -> None:
    """Read a long answer to type where a rule says which words are right; no machine marks any other."""
    response = posed.response(interaction)
    posed.sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    answers = words_of(posed, response) if response.correct or response.mapped else []
    if not answers:
        hint = "ask for words that can be listed (short_text), or offer options"
        composing.unknown_kind(posed.sketch, "extendedTextInteraction, a free answer that people mark", hint)
        return
    phrases(posed.sketch, answers, posed.feedback.to_all(), exact=is_exact(response))
    posed.sketch.lose("extendedTextInteraction", "room for a long answer; here one line is typed")
