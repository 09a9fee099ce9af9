"""Questions of QTI 1.2 with several responses or words to type: matches, blanks, lists in a text, orders."""

import re
from collections.abc import Collection, Iterator
from functools import partial

from training.formats import composing
from training.formats.base import Code
from training.formats.composing import Answer, Near
from training.formats.composing_case import Compose, blanks
from training.formats.composing_parts import Pair, gaps, in_order, pairs, phrases
from training.formats.foreign_xml import Element, name_of
from training.formats.markup import Markup
from training.formats.qti_old import ASKED, OldItem, material_html
from training.formats.qti_old_rules import ranges, wanted_values

LOOSE = {
    "textcontainsanswer": "any text that has the phrase in it is right there",
    "textcloseenough": "what is nearly spelled like it is right there",
}
"""How the newer quizzes of Canvas compare what is typed, where that is looser than equality."""

_BLANK = re.compile(r"\[([^\[\]\n]{1,80})\]")


def several(item: OldItem) -> None:
    """Read an item with several responses, by what it is called and what its responses are."""
    kind = item.kind.lower()
    lists = all(name_of(each) == "response_lid" for each in item.responses)
    named = {_blank_name(item, each) for each in item.responses}
    inside = named <= set(_BLANK.findall(item.sketch.fields.get("stem", "")))
    mixed = {name_of(each) for each in item.responses} <= {"response_str", "response_num", "response_lid"} and not lists
    if (mixed and not inside) or kind == "cloze question":
        _typed_in_text(item)
        return
    if lists and inside and all(_offered(each) for each in item.responses):
        _lists(item)
    elif "blank" in kind or (inside and "dropdown" not in kind and not lists):
        _blanks(item)
    elif lists and (inside or "dropdown" in kind):
        _lists(item)
    elif lists:
        _match(item)
    else:
        composing.unknown_kind(item.sketch, item.kind or f"with {len(item.responses)} responses")


def stands_inside(item: OldItem, response: Element) -> bool:
    """Say whether the text has a place for a response, by its name in brackets."""
    return f"[{_blank_name(item, response)}]" in item.sketch.fields.get("stem", "")


def asked_apart(item: OldItem, response: Element) -> None:
    """Put what a response says before its choices behind the stem, of which it is the end."""
    stem, prompt = item.sketch.fields.get("stem", ""), _prompt(item, response)
    if prompt and prompt not in stem:
        item.sketch.fields["stem"] = composing.joined(stem, prompt)


def _blank_name(item: OldItem, response: Element) -> str:
    """Give the name by which the text calls a blank: the end of its id, or the words before its choices."""
    name = (response.get("ident") or "").removeprefix("response_")
    if f"[{name}]" in item.sketch.fields.get("stem", ""):
        return name
    return _prompt(item, response) or name


def _prompt(item: OldItem, response: Element) -> str:
    """Give the words of a response that stand before its choices."""
    for each in response.iter("mattext", "mat_formattedtext"):
        above = [name_of(element) for element in each.iterancestors()]
        if (each.text or len(each)) and "response_label" not in above:
            return item.sketch.text(material_html(each), Markup.HTML, "rows")
    return ""


def _options(item: OldItem, response: Element, where: str) -> Iterator[tuple[str, str]]:
    for place, label in enumerate(response.iter("response_label")):
        yield label.get("ident") or "", item.words(label, f"{where}.{place}.text")


def right_names(item: OldItem, response: Element) -> list[str]:
    """List the values that earn points for one response."""
    ident = response.get("ident") or ""
    values = dict.fromkeys(value for rule in item.rules.scoring() for value in wanted_values(rule, ident))
    return list(values)


def _match(item: OldItem) -> None:
    """Read responses that share their options as rows to match; what has no words is left out and named."""
    texts: list[str] = []
    rows = []
    told = _said_of_rows(item)
    for place, response in enumerate(item.responses):
        options = dict(_options(item, response, "options"))
        texts += [text for text in options.values() if text and text not in texts]
        right = [options[name] for name in right_names(item, response) if name in options]
        text = _prompt(item, response)
        if text or (right and right[0]):
            found = texts.index(right[0]) if right and right[0] in texts else -1
            rows.append(Pair(text, found, told.get(response.get("ident") or "", "")))
        else:
            item.sketch.lose(f"rows.{place}", "a row without words")
    pairs(item.sketch, rows, [Answer(text) for text in texts], _general(item, told.values()))


def _said_of_rows(item: OldItem) -> dict[str, str]:
    """Find what is said where one row alone is matched wrongly."""
    found: dict[str, str] = {}
    for rule in item.rules.conditions:
        about = {each.get("respident") or "" for each in rule.iterfind("conditionvar/not/varequal")}
        said = [item.feedback.get(each.get("linkrefid") or "", "") for each in rule.iterfind("displayfeedback")]
        if len(about) == 1 and any(said):
            found[about.pop()] = composing.joined(*said)
    return found


def categories(item: OldItem) -> None:
    """Read things to sort into categories as rows, whose options are the categories."""
    named = [_prompt(item, response) for response in item.responses]
    things: dict[str, str] = {}
    for response in item.responses:
        things |= dict(_options(item, response, "rows"))
    belongs = {name: place for place, each in enumerate(item.responses) for name in right_names(item, each)}
    for name, text in things.items():
        if name not in belongs:
            item.sketch.lose("rows", f"'{text[:60]}' belongs to no category")
    rows = [Pair(text, belongs[name]) for name, text in things.items() if name in belongs]
    pairs(item.sketch, rows, [Answer(text) for text in named], _general(item))


def _lists(item: OldItem) -> None:
    """Read a text with a list of choices for each of its names in brackets."""
    text, order = _numbered(item)
    options = [_offers(item, response, "gaps") for response in order]
    used = [answer.feedback for answers in options for answer in answers]
    if len(order) == len(item.responses):
        gaps(item.sketch, text, options, _general(item, used))


def _offers(item: OldItem, response: Element, where: str) -> list[Answer]:
    """Read the options of one blank, each with what is said to who chooses it and to no one else."""
    ident, right = response.get("ident") or "", set(right_names(item, response))
    to_all = item.rules.run({ident: ("\0",)}).feedback
    found = []
    for name, text in _options(item, response, where):
        told = [each for each in item.rules.run({ident: (name,)}).feedback if each not in to_all]
        said = composing.joined(*(item.feedback.get(each, "") for each in told))
        found.append(Answer(text, 100.0 * (name in right), said))
    return found


def _blanks(item: OldItem) -> None:
    """Read a text with words to type for each of its names in brackets."""
    text, order = _numbered(item)
    parts = [_blank(item, place, response) for place, response in enumerate(order)]
    if len(order) == len(item.responses):
        blanks(item.sketch, text, parts)


def _offered(response: Element) -> bool:
    """Say whether the words of a blank are chosen from a list, as the newer quizzes of Canvas mark it."""
    kinds = {(label.get("answer_type") or "").lower() for label in response.iter("response_label")}
    return bool(kinds) and kinds <= {"dropdown", "wordbank"}


def _blank(item: OldItem, place: int, response: Element) -> Compose:
    """Read one blank. Every phrase that Canvas lists for a blank is right there, though its rule names the first."""
    if _offered(response):
        return partial(composing.choose_one, answers=_offers(item, response, f"parts.{place}"))
    options = dict(_options(item, response, f"parts.{place}"))
    right = right_names(item, response)
    for label in response.iter("response_label"):
        _compared(item, place, (label.get("scoring_algorithm") or "").lower())
    accepted = [*(options.get(name, name) for name in right), *options.values()]
    return partial(phrases, answers=[_literal(words) for words in dict.fromkeys(accepted)])


def _compared(item: OldItem, place: int, how: str) -> None:
    """Name what a blank accepts there beside the phrases it lists."""
    if how == "textregex":
        item.sketch.fail(
            f"blank {place + 1} is marked by a pattern", "list the phrases that are right", code=Code.NO_SUCH_TYPE
        )
    elif how in LOOSE:
        item.sketch.lose(f"parts.{place}.accepted", LOOSE[how])


def _literal(words: str) -> Answer:
    return Answer(words.replace("*", r"\*"), 100.0)


def _typed_in_text(item: OldItem) -> None:
    """Read words to type that stand in the text itself, material and responses taking turns."""
    pieces: list[str] = []
    parts: list[Compose] = []
    for each in item.presentation.iter("mattext", "matimage", "matbreak", *ASKED):
        if each in item.responses:
            pieces.append(f"{{{{{len(parts) + 1}}}}}")
            parts.append(_in_running_text(item, each, len(parts)))
        elif any(name_of(above) in ASKED for above in each.iterancestors()):
            continue
        else:
            pieces.append(material_html(each, inline=True))
    if any(not right_names(item, response) for response in item.responses):
        item.sketch.fail("no rule says what is right in one of its blanks", code=Code.NO_SUCH_TYPE)
        return
    item.sketch.fields.pop("image", None)
    item.sketch.pictures.clear()
    text = item.sketch.text(" ".join(pieces), Markup.HTML, "stem")
    if all(name_of(each) == "response_lid" for each in item.responses):
        gaps(item.sketch, text, [_offers(item, each, "gaps") for each in item.responses])
    else:
        blanks(item.sketch, text, parts)
    if said := _general(item):
        item.sketch.lose("feedback", said[:80])


def _in_running_text(item: OldItem, response: Element, place: int) -> Compose:
    """Read one blank that stands in the text itself: words or a number to type, or a list to choose from."""
    if name_of(response) == "response_lid":
        return partial(composing.choose_one, answers=_offers(item, response, f"parts.{place}"))
    if name_of(response) == "response_num":
        return partial(composing.numeric, answers=list(_nears(item, response)))
    answers = [_literal(value) for value in right_names(item, response)]
    return partial(phrases, answers=answers, exact=exact_case(item, response))


def _nears(item: OldItem, response: Element) -> Iterator[Near]:
    """List the numbers that the rules of one response accept."""
    for rule in item.rules.scoring():
        if any(each.get("respident") == response.get("ident") for each in rule.iterfind("conditionvar//*")):
            for low, high, named in ranges(rule):
                middle = float(f"{(low + high) / 2:.12g}")
                if named is not None and named != middle:
                    item.sketch.lose("answer", f"{named:g} there, {low:g} to {high:g} being right: here their middle")
                yield Near(middle, float(f"{(high - low) / 2:.12g}"))


def _numbered(item: OldItem) -> tuple[str, list[Element]]:
    """Number the blanks of a text; gives the responses in the order of the text."""
    by_name = {_blank_name(item, each): each for each in item.responses}
    order: list[Element] = []
    if len(by_name) < len(item.responses):
        item.sketch.fail("two of its answers belong to the same place in the text", code=Code.NO_SUCH_TYPE)

    def number(match: re.Match[str]) -> str:
        response = by_name.pop(match[1], None)
        if response is None:
            return match[0]
        order.append(response)
        return f"{{{{{len(order)}}}}}"

    text = _BLANK.sub(number, item.sketch.fields.pop("stem", ""))
    if by_name:
        item.sketch.fail(f"the text has no place for '{next(iter(by_name))}'", code=Code.NO_SUCH_TYPE)
    return text, order


def _general(item: OldItem, used: Collection[str] = ()) -> str:
    """Give what is said to everyone, as Canvas names it; the rest is named as lost."""
    for name, text in item.feedback.items():
        if name != "general_fb" and text not in used:
            item.sketch.lose(f"feedback.{name}", text[:80])
    return item.feedback.get("general_fb", "")


def ordered(item: OldItem, response: Element) -> None:
    """Read choices to put in order: the rule that gives points names them in the right one."""
    options = dict(_options(item, response, "steps"))
    right = [name for name in right_names(item, response) if name in options]
    if len(right) != len(options):
        item.sketch.fail("no rule gives the whole order", code=Code.NO_SUCH_TYPE)
        return
    told = item.rules.run({response.get("ident") or "": tuple(right)}).feedback
    praise = [item.feedback[each] for each in told if each in item.feedback and each != "general_fb"]
    in_order(item.sketch, [Answer(options[name]) for name in right], composing.joined(*praise, _general(item, praise)))


def exact_case(item: OldItem, response: Element) -> bool:
    """Say whether capitals count in what is typed."""
    tests = (each for rule in item.rules.scoring() for each in rule.iter("varequal"))
    own = (each for each in tests if each.get("respident") == response.get("ident"))
    return any((each.get("case") or "No").lower() == "yes" for each in own)
