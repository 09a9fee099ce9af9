"""Questions of QTI 1.2 with several responses or words to type: matches, blanks, lists in a text, orders."""

import re
from collections.abc import Iterator
from functools import partial

from training.formats import composing
from training.formats.base import Code
from training.formats.composing import Answer
from training.formats.composing_case import blanks
from training.formats.composing_parts import Pair, gaps, in_order, pairs, phrases
from training.formats.foreign_xml import Element, name_of
from training.formats.markup import Markup
from training.formats.qti_old import OldItem, material_html
from training.formats.qti_old_rules import wanted_values

_BLANK = re.compile(r"\[([^\[\]\n]{1,80})\]")


def several(item: OldItem) -> None:
    """Read an item with several responses, by what it is called and what its responses are."""
    kind = item.kind.lower()
    lists = all(name_of(each) == "response_lid" for each in item.responses)
    named = {_blank_name(item, each) for each in item.responses}
    inside = named <= set(_BLANK.findall(item.sketch.fields.get("stem", "")))
    if "blank" in kind or (inside and "dropdown" not in kind and not lists):
        _blanks(item)
    elif lists and (inside or "dropdown" in kind):
        _lists(item)
    elif lists:
        _match(item)
    else:
        composing.unknown_kind(item.sketch, item.kind or f"with {len(item.responses)} responses")


def _blank_name(item: OldItem, response: Element) -> str:
    """Give the name by which the text calls a blank: the words before its choices, or the end of its id."""
    said = _prompt(item, response)
    return said or (response.get("ident") or "").removeprefix("response_")


def _prompt(item: OldItem, response: Element) -> str:
    """Give the words of a response that stand before its choices."""
    for each in response.iter("mattext"):
        if not any(name_of(above) == "response_label" for above in each.iterancestors()):
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
    """Read responses that share their options as rows to match."""
    texts: list[str] = []
    rows = []
    for response in item.responses:
        options = dict(_options(item, response, "options"))
        texts += [text for text in options.values() if text not in texts]
        right = [options[name] for name in _right(item, response) if name in options]
        rows.append(Pair(_prompt(item, response), texts.index(right[0]) if right else -1))
    pairs(item.sketch, rows, [Answer(text) for text in texts], _general(item))


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
    parts = []
    for response in order:
        options = dict(_options(item, response, "parts"))
        accepted = [options.get(name, name) for name in _right(item, response)] or list(options.values())
        parts.append(partial(phrases, answers=[Answer(words.replace("*", r"\*"), 100.0) for words in accepted]))
    if len(order) == len(item.responses):
        blanks(item.sketch, text, parts)


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


def _general(item: OldItem) -> str:
    """Give what is said to everyone, as Canvas names it; the rest is named as lost."""
    for name, text in item.feedback.items():
        if name != "general_fb":
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
    values = dict.fromkeys(_right(item, response))
    results = {value: item.rules.run({ident: (value,)}) for value in values}
    full = max((result.score for result in results.values()), default=0.0)
    general = set(item.rules.run({ident: ("\0",)}).feedback)
    answers = []
    for value, result in results.items():
        said = composing.joined(*(item.feedback.get(name, "") for name in result.feedback if name not in general))
        percent = result.score / full * 100 if full > 0 else 0.0
        answers.append(Answer(value.replace("*", r"\*"), percent, said))
    tests = [each for rule in item.rules.scoring() for each in rule.iter("varequal")]
    exact = any((each.get("case") or "No").lower() == "yes" for each in tests)
    to_all = composing.joined(*(item.feedback.get(name, "") for name in general if "incorrect" not in name))
    phrases(item.sketch, answers, to_all, exact=exact)
