"""Interactions of QTI 2 and 3 with several parts: orders, matches, gaps, words and places."""

from collections.abc import Sequence
from functools import partial

from training.core.number import parse_number
from training.formats import composing
from training.formats.base import Code
from training.formats.composing import Answer, Near
from training.formats.composing_case import Compose, blanks
from training.formats.composing_parts import Pair, gaps, in_order, pairs, phrases
from training.formats.foreign_xml import Element, name_of
from training.formats.qti_declared import Declared
from training.formats.qti_item import Posed, option_ids
from training.formats.qti_tree import flag, label_of, whole
from training.formats.sketch import Sketch

NUMBERS = frozenset({"float", "integer"})


def order(posed: Posed, interaction: Element) -> None:
    """Read choices to put in order."""
    response = posed.response(interaction)
    posed.sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    choices = {each.get("identifier") or "": each for each in interaction.iter("simpleChoice")}
    if set(response.correct) != set(choices):
        posed.sketch.fail("the right order does not name each of its choices once", code=Code.NO_SUCH_TYPE)
        return
    steps = [
        Answer(posed.words(choices[name], f"steps.{place}.text"), 100.0, posed.feedback.of(name, correct=True))
        for place, name in enumerate(response.correct)
    ]
    in_order(posed.sketch, steps, posed.feedback.general)


def match(posed: Posed, interaction: Element) -> None:
    """Read rows to match with columns; the set of which each member belongs to one of the other is the rows."""
    response = posed.response(interaction)
    posed.sketch.fields["stem"] = posed.stem(only=posed.interactions.index(interaction))
    sets = [list(each.iter("simpleAssociableChoice")) for each in interaction.iterfind("simpleMatchSet")]
    told = [tuple(value.split()) for value in right_values(response)]
    if len(sets) != 2 or any(len(each) != 2 for each in told):  # noqa: PLR2004 - two sets, and pairs
        posed.sketch.fail("a match without two sets and pairs between them", code=Code.NO_SUCH_TYPE)
        return
    name_weights(posed, response, "row")
    direct = [(left, right) for left, right in told]
    turned = [(right, left) for left, right in told]
    for rows, options, key in ((sets[0], sets[1], direct), (sets[1], sets[0], turned)):
        if _each_once(rows, key):
            _compose_match(posed, rows, options, dict(key))
            return
    posed.sketch.fail("a row belongs to no option, or to several", code=Code.NO_SUCH_TYPE)


def name_weights(posed: Posed, response: Declared, what: str) -> None:
    """Name pairs that are worth unequally there, and wrong ones that cost points."""
    if response.mapped and len({response.weights.get(value) for value in right_values(response)}) > 1:
        posed.sketch.lose(f"{what}s.weight", f"unequal weights; here every {what} counts alike")
    if response.mapped and min((response.default, *response.weights.values())) < 0:
        posed.sketch.lose(f"{what}s.weight", "a wrong pair takes points away there")


def right_values(response: Declared) -> Sequence[str]:
    """List the values that are right, by the correct response or by their weights."""
    if response.correct and not response.mapped:
        return response.correct
    return [value for value, worth in response.weights.items() if worth > 0] or response.correct


def _each_once(rows: Sequence[Element], key: Sequence[tuple[str, str]]) -> bool:
    return sorted(row.get("identifier") or "" for row in rows) == sorted(row for row, _ in key)


def _compose_match(posed: Posed, rows: Sequence[Element], options: Sequence[Element], key: dict[str, str]) -> None:
    names = [each.get("identifier") or "" for each in options]
    own = option_ids(options)
    found = []
    for place, row in enumerate(rows):
        name = row.get("identifier") or ""
        text = posed.words(row, f"rows.{place}.text")
        option = names.index(key[name]) if key[name] in names else -1
        found.append(Pair(text, option, posed.feedback.of(name, correct=True)))
    answers = []
    for place, each in enumerate(options):
        text, said = posed.words(each, f"options.{place}.text"), posed.feedback.own(names[place])
        answers.append(Answer(text, 0.0, said, own[place], anchored=flag(each, "fixed")))
    pairs(posed.sketch, found, answers, posed.feedback.general)
    reused = any(whole(each.get("matchMax"), 1) != 1 for each in options)
    if posed.sketch.fields.get("type") == "matching" and reused:
        posed.sketch.fields["once"] = False


def in_text(posed: Posed, _interaction: Element) -> None:
    """Read a text with several blanks: gaps where all offer options, else a case."""
    places = {posed.interactions.index(each): number for number, each in enumerate(posed.inline, 1)}
    text = posed.stem(gaps=lambda number: f"{{{{{places[number]}}}}}", only=-1)
    if all(name_of(each) == "inlineChoiceInteraction" for each in posed.inline):
        options = [_inline(posed, each) for each in posed.inline]
        gaps(posed.sketch, text, options, posed.feedback.general)
        return
    blanks(posed.sketch, text, [_part(posed, each) for each in posed.inline])


def _inline(posed: Posed, interaction: Element) -> list[Answer]:
    response = posed.response(interaction)
    found = []
    for place, option in enumerate(interaction.iter("inlineChoice")):
        name = option.get("identifier") or ""
        percent = response.percent(name)
        said = posed.feedback.own(f"{response.identifier}-{name}") or posed.feedback.of(name, correct=percent > 0)
        found.append(
            Answer(posed.words(option, f"options.{place}.text"), percent, said, anchored=flag(option, "fixed"))
        )
    return found


def _part(posed: Posed, interaction: Element) -> Compose:
    response = posed.response(interaction)
    if name_of(interaction) == "inlineChoiceInteraction":
        return partial(composing.choose_one, answers=_inline(posed, interaction))
    numbers = [parse_number(value) for value in response.correct]
    if response.base_type in NUMBERS and numbers and None not in numbers:
        nears = [Near(response.middle(number), response.tolerance) for number in numbers if number is not None]
        return partial(composing.numeric, answers=nears)
    words = words_of(posed, response)
    return partial(phrases, answers=words, exact=is_exact(response)) if words else no_rule


def no_rule(sketch: Sketch) -> None:
    """Say of something to type that nothing tells what is right."""
    sketch.fail("words to type, with no rule for which are right", code=Code.NO_SUCH_TYPE)


def words_of(posed: Posed, response: Declared) -> list[Answer]:
    """List the words that are accepted, and what is said to wrong ones."""
    values = dict.fromkeys((*response.correct, *response.weights))
    found = []
    for value in values:
        mapped = response.mapped and value in response.weights
        percent = response.percent(value) if mapped else 100.0 * (value in response.correct)
        found.append(Answer(value.replace("*", r"\*"), percent, posed.feedback.of(value, correct=percent > 0)))
    slips = [(value, posed.feedback.own(value)) for value in posed.feedback.by_answer if value not in values]
    return [*found, *(Answer(value, 0.0, why) for value, why in slips)]


def is_exact(response: Declared) -> bool:
    """Say whether capitals count in every word that is accepted."""
    return bool(response.case_sensitive) and all(response.case_sensitive.values())


def _word(posed: Posed, element: Element) -> str:
    """Give a word to drag; of a picture what its author calls it, and the picture is lost."""
    if name_of(element) == "gapText":
        return posed.words(element, "gaps.options.text")
    if text := label_of(element, "objectLabel"):
        posed.sketch.lose("gaps.options", f"the picture of '{text}', whose words are kept")
    return text


def gap_match(posed: Posed, interaction: Element) -> None:
    """Read a text into whose gaps words are dragged."""
    response = posed.response(interaction)
    words = {each.get("identifier") or "": _word(posed, each) for each in interaction.iter("gapText", "gapImg")}
    places = [each.get("identifier") or "" for each in interaction.iter("gap")]
    if not words or not all(words.values()):
        posed.sketch.fail("a word to drag is a picture without words", "give it a label", code=Code.NO_SUCH_TYPE)
        return
    key = {gap: word for word, gap in (value.split() for value in right_values(response) if len(value.split()) == 2)}  # noqa: PLR2004
    if set(key) != set(places):
        posed.sketch.fail("a gap belongs to no word", code=Code.NO_SUCH_TYPE)
        return
    name_weights(posed, response, "gap")
    text = posed.gap_text(interaction)
    options = [[Answer(word, 100.0 * (name == key[gap])) for name, word in words.items()] for gap in places]
    gaps(posed.sketch, text, options, posed.feedback.general)
    posed.sketch.assume("words that were dragged into the text are chosen from lists here")
