"""QTI 1.2 as ILIAS and the programs that feed it write it, put into the words of the specification."""

from lxml import etree

from training.core.number import parse_number
from training.formats.foreign_xml import Element, all_text, name_of

ALL_RIGHT, NOT_ALL = "response_allcorrect", "response_onenotcorrect"


def put_into_words(item: Element) -> None:
    """Rewrite an item in place."""
    _one_name(item)
    for response in list(item.iter("response_str")):
        if response.find("render_choice") is not None:
            _list_of(item, response)
    for response in list(item.iter("response_num")):
        _range_of(item, response)
    _said_twice(item)


def _one_name(item: Element) -> None:
    """Let rules that call the only response by another name mean it."""
    responses = {each.get("ident") for each in item.iter("response_lid", "response_str", "response_num")}
    tests = list(item.iterfind("resprocessing//conditionvar//*[@respident]"))
    named = {test.get("respident") for test in tests}
    if len(responses) == len(named) == 1 and responses != named:
        for test in tests:
            test.set("respident", responses.copy().pop() or "")


def _list_of(item: Element, response: Element) -> None:
    """Make options to choose in a text a list of choices, whose rules name their ids and not their words."""
    ident = response.get("ident") or ""
    response.tag = "response_lid"
    names = {all_text(label).strip(): label.get("ident") or "" for label in response.iter("response_label")}
    for test in item.iterfind("resprocessing//varequal"):
        said = all_text(test).strip()
        if test.get("respident") == ident and said in names and said not in names.values():
            test.text = names[said]


def _range_of(item: Element, response: Element) -> None:
    """Write the bounds of a number to type, which ILIAS keeps beside its field, into the rule that names the number."""
    field = response.find("render_fib")
    low, high = (parse_number("" if field is None else field.get(name) or "") for name in ("minnumber", "maxnumber"))
    if low is None or high is None:
        return
    for rule in item.iterfind("resprocessing/respcondition"):
        test = rule.find("conditionvar/varequal")
        if test is None or test.get("respident") != response.get("ident"):
            continue
        both = etree.SubElement(rule.find("conditionvar"), "or")
        both.append(test)
        inside = etree.SubElement(both, "and")
        for name, bound in (("vargte", low), ("varlte", high)):
            etree.SubElement(inside, name, respident=response.get("ident") or "").text = f"{bound:g}"


def _said_twice(item: Element) -> None:
    """Say once to everyone what is said to who is right and to who is not in the same words."""
    told = {each.get("ident"): each for each in item.iterfind("itemfeedback")}
    right, wrong = told.get(ALL_RIGHT), told.get(NOT_ALL)
    processing = item.find("resprocessing")
    if right is None or processing is None or name_of(right) != "itemfeedback":
        return
    same = wrong is not None and all_text(wrong).split() == all_text(right).split()
    if same and wrong is not None:
        item.remove(wrong)
    if same or wrong is None:
        right.set("ident", item.get("ident") or "")
