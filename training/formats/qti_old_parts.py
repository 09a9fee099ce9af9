"""Questions of QTI 1.2 with several responses or words to type: matches, blanks, lists in a text, orders."""

import re
from collections.abc import Collection, Iterator
from functools import partial

from training.formats import composing
from training.formats.base import Code
from training.formats.composing import Answer
from training.formats.composing_case import Compose, blanks
from training.formats.composing_parts import Pair, gaps, in_order, pairs, phrases
from training.formats.foreign_xml import Element, name_of
from training.formats.markup import Markup
from training.formats.qti_old import OldItem, material_html
from training.formats.qti_old_rules import wanted_values

_LOOSE = {
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
    if all(name_of(each) == "response_str" for each in item.responses) and not inside:
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


def _right(item: OldItem, response: Element) -> list[str]:
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
        right = [options[name] for name in _right(item, response) if name in options]
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
    belongs = {name: place for place, each in enumerate(item.responses) for name in _right(item, each)}
    for name, text in things.items():
        if name not in belongs:
            item.sketch.lose("rows", f"'{text[:60]}' belongs to no category")
    rows = [Pair(text, belongs[name]) for name, text in things.items() if name in belongs]
    pairs(item.sketch, rows, [Answer(text) for text in named], _general(item))


def _lists(item: OldItem) -> None:
    """Read a text with a list of choices for each of its names in brackets."""
    text, order = _numbered(item)
    options = []
    for response in order:
        right = set(_right(item, response))
        options.append([Answer(text_, 100.0 * (name in right)) for name, text_ in _options(item, response, "gaps")])
    if len(order) == len(item.responses):
        gaps(item.sketch, text, options, _general(item))


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
    options = dict(_options(item, response, f"parts.{place}"))
    right = _right(item, response)
    if _offered(response):
        answers = [Answer(text, 100.0 * (name in right)) for name, text in options.items()]
        return partial(composing.choose_one, answers=answers)
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
    elif how in _LOOSE:
        item.sketch.lose(f"parts.{place}.accepted", _LOOSE[how])


def _literal(words: str) -> Answer:
    return Answer(words.replace("*", r"\*"), 100.0)


def _typed_in_text(item: OldItem) -> None:
    """Read words to type that stand in the text itself, material and responses taking turns."""
    pieces: list[str] = []
    parts: list[Compose] = []
    for each in item.presentation.iter("mattext", "matimage", "matbreak", "response_str"):
        if name_of(each) == "response_str":
            pieces.append(f"{{{{{len(parts) + 1}}}}}")
            answers = [_literal(value) for value in _right(item, each)]
            parts.append(partial(phrases, answers=answers, exact=_exact(item, each)))
        elif any(name_of(above) == "response_str" for above in each.iterancestors()):
            continue
        else:
            pieces.append(material_html(each, inline=True))
    if any(not _right(item, response) for response in item.responses):
        item.sketch.fail("no rule says what is right in one of its blanks", code=Code.NO_SUCH_TYPE)
        return
    item.sketch.fields.pop("image", None)
    item.sketch.pictures.clear()
    blanks(item.sketch, item.sketch.text(" ".join(pieces), Markup.HTML, "stem"), parts)
    if said := _general(item):
        item.sketch.lose("feedback", said[:80])


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
    right = [name for name in _right(item, response) if name in options]
    if len(right) != len(options):
        item.sketch.fail("no rule gives the whole order", code=Code.NO_SUCH_TYPE)
        return
    in_order(item.sketch, [Answer(options[name]) for name in right], _general(item))


def words(item: OldItem, response: Element) -> None:
    """Read words to type: each value a rule gives points for, with what is said to it."""
    ident = response.get("ident") or ""
    loose = {name_of(each): (each.get("setmatch") or "").lower() for each in item.rules.tests(ident)}
    if loose.get("varsubset") == "matches":
        item.sketch.fail("it is marked by a pattern", "list the phrases that are right", code=Code.NO_SUCH_TYPE)
        return
    if "varsubstring" in loose or loose.get("varsubset") == "contains":
        item.sketch.lose("accepted", _LOOSE["textcontainsanswer"])
    results = {value: item.rules.run({ident: (value,)}) for value in _right(item, response)}
    worth = {value: result.score for value, result in results.items()}
    told = {value: list(result.feedback) for value, result in results.items()}
    for rule in item.rules.scoring():
        _alternatives(item, rule, ident, worth, told)
    full = max(worth.values(), default=0.0)
    wrong = item.rules.run({ident: ("\0",)}).feedback
    general = [name for name in wrong if "incorrect" not in name]
    answers = []
    for value, score in worth.items():
        said = composing.joined(*(item.feedback.get(name, "") for name in told[value] if name not in wrong))
        answers.append(Answer(value.replace("*", r"\*"), score / full * 100 if full > 0 else 0.0, said))
    used = {name for names in told.values() for name in names if name not in wrong} | set(general)
    for name, text in item.feedback.items():
        if name not in used:
            item.sketch.lose(f"feedback.{name}", text[:80])
    to_all = composing.joined(*(item.feedback.get(name, "") for name in general))
    phrases(item.sketch, answers, to_all, exact=_exact(item, response))


def _alternatives(
    item: OldItem, rule: Element, ident: str, worth: dict[str, float], told: dict[str, list[str]]
) -> None:
    """Take values that a rule names side by side for alternatives, as Canvas does: nobody types two of them."""
    values = list(wanted_values(rule, ident))
    score = item.rules.run({ident: tuple(values)}).score if len(values) > 1 else 0.0
    for value in values:
        if score > worth[value]:
            worth[value] = score
            told[value] += [each.get("linkrefid") or "" for each in rule.iterfind("displayfeedback")]


def _exact(item: OldItem, response: Element) -> bool:
    """Say whether capitals count in what is typed."""
    tests = (each for rule in item.rules.scoring() for each in rule.iter("varequal"))
    own = (each for each in tests if each.get("respident") == response.get("ident"))
    return any((each.get("case") or "No").lower() == "yes" for each in own)
