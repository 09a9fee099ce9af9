"""The interactions of QTI 2 and 3, each read into what our notation calls it."""

from collections.abc import Iterator

from training.core.number import parse_number
from training.formats import composing, qti_kinds_graphic, qti_kinds_near, qti_kinds_parts, qti_kinds_places
from training.formats.composing import Answer, Near
from training.formats.composing_parts import phrases
from training.formats.foreign_xml import Element
from training.formats.qti_declared import Declared
from training.formats.qti_item import BLANK, Posed, option_ids
from training.formats.qti_tree import flag, whole

_LONGEST_UNIT = 20


def choice(posed: Posed, interaction: Element) -> None:
    """Read a choice of one or of several."""
    response = posed.response(interaction)
    posed.sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    answers = list(_answers(posed, interaction, response))
    if _several(interaction, response):
        _many(posed, interaction, answers)
    elif _is_truth(answers):
        _truth(posed, answers)
    else:
        composing.choose_one(posed.sketch, answers, posed.feedback.to_all())


def _several(interaction: Element, response: Declared) -> bool:
    most = interaction.get("maxChoices")
    return response.cardinality in ("multiple", "ordered") or (most is not None and whole(most, 1) != 1)


def _answers(posed: Posed, interaction: Element, response: Declared) -> Iterator[Answer]:
    shuffled = flag(interaction, "shuffle")
    options = list(interaction.iter("simpleChoice", "inlineChoice"))
    for place, (option, own) in enumerate(zip(options, option_ids(options), strict=True)):
        name = option.get("identifier") or ""
        percent = response.percent(name)
        why = posed.feedback.of(name, correct=percent > 0)
        text = posed.words(option, f"options.{place}.text")
        yield Answer(text, percent, why, own, anchored=flag(option, "fixed") or not shuffled)


def _is_truth(answers: list[Answer]) -> bool:
    return tuple(answer.id for answer in answers) == ("true", "false") or tuple(
        answer.text.strip(". ").lower() for answer in answers
    ) == ("true", "false")


def _truth(posed: Posed, answers: list[Answer]) -> None:
    if not any(answer.percent > 0 for answer in answers):
        posed.sketch.fail("neither true nor false is right", "mark one")
        return
    composing.true_false(
        posed.sketch, answer=answers[0].percent > answers[1].percent, if_true=answers[0].feedback,
        if_false=answers[1].feedback, general=posed.feedback.to_all(),
    )  # fmt: skip


def _many(posed: Posed, interaction: Element, answers: list[Answer]) -> None:
    for place, answer in enumerate(answers):
        if answer.percent < 0:
            posed.sketch.lose(f"options.{place}.weight", f"takes {-answer.percent:g} % away there")
    right = sum(answer.percent > 0 for answer in answers)
    most, least = whole(interaction.get("maxChoices"), 0), whole(interaction.get("minChoices"), 0)
    exact = most if 0 < most == least == right else None
    if most > 1 and exact is None and most < len(answers):
        posed.sketch.lose("maxChoices", f"at most {most} may be chosen there")
    composing.choose_many(posed.sketch, answers, posed.feedback.to_all(), exact)


def text_entry(posed: Posed, interaction: Element) -> None:
    """Read something to type: a number, or words."""
    response = posed.response(interaction)
    numbers = [parse_number(value) for value in response.correct]
    stem, unit = _before_blank(posed.stem(only=-1))
    posed.sketch.fields["stem"] = stem
    if response.base_type in qti_kinds_parts.NUMBERS and numbers and None not in numbers:
        composing.numeric(posed.sketch, list(_nears(posed, response)), posed.feedback.to_all(), unit)
    elif words := qti_kinds_parts.words_of(posed, response):
        exact = qti_kinds_parts.is_exact(response)
        phrases(posed.sketch, words, posed.feedback.to_all(), exact=exact)
    else:
        qti_kinds_parts.no_rule(posed.sketch)


def _before_blank(stem: str) -> tuple[str, str]:
    """Take a blank off the end of a text, where its place says nothing; what little follows it is a unit."""
    before, blank, after = stem.rpartition(BLANK)
    own_line = blank and "\n" not in after and len(after) <= _LONGEST_UNIT and (before.endswith("\n") or not after)
    return (before.strip(), after.strip()) if own_line and before.strip() else (stem, "")


def _nears(posed: Posed, response: Declared) -> Iterator[Near]:
    values = dict.fromkeys((*response.correct, *(response.weights if response.mapped else ())))
    for value in values:
        number = parse_number(value)
        if number is not None:
            percent = 100.0 if value in response.correct and not response.mapped else response.percent(value)
            if response.beside:
                low, high = (response.middle(number) + side * response.tolerance for side in (-1, 1))
                posed.sketch.lose("answer", f"{number:g} there, {low:g} to {high:g} being right: here their middle")
            yield Near(
                response.middle(number), response.tolerance, percent, posed.feedback.of(value, correct=percent > 0)
            )
    for value in posed.feedback.by_answer:
        slip = parse_number(value)
        if slip is not None and value not in values:
            yield Near(slip, 0.0, 0.0, posed.feedback.own(value))


KINDS = {
    "choiceInteraction": choice,
    "textEntryInteraction": text_entry,
    "inlineChoiceInteraction": qti_kinds_parts.in_text,
    "orderInteraction": qti_kinds_parts.order,
    "matchInteraction": qti_kinds_parts.match,
    "gapMatchInteraction": qti_kinds_parts.gap_match,
    "hotspotInteraction": qti_kinds_places.hotspot,
    "hottextInteraction": qti_kinds_near.hot_text,
    "associateInteraction": qti_kinds_near.associate,
    "sliderInteraction": qti_kinds_near.slider,
    "extendedTextInteraction": qti_kinds_near.extended_text,
    "graphicGapMatchInteraction": qti_kinds_graphic.graphic_gap_match,
    "graphicOrderInteraction": qti_kinds_graphic.graphic_order,
    "selectPointInteraction": qti_kinds_graphic.select_point,
    "gaps": qti_kinds_parts.in_text,
}
