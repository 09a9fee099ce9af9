"""QTI 1.2 as Blackboard, Brightspace and Sakai write it, put into the words of the specification before it is read."""

from collections.abc import Iterator

from lxml import etree

from training.core.number import parse_number
from training.formats import qti_old_ilias
from training.formats.foreign_xml import Element, all_text, name_of

_RIGHT, _WRONG = "d2l_correct", "d2l_incorrect"
_GENERAL = "general_fb"


def tidied(item: Element) -> Iterator[tuple[str, str]]:
    """Rewrite an item in place; gives what of it is lost by that, field by field."""
    _groups_as_lists(item)
    qti_old_ilias.put_into_words(item)
    _labels_as_responses(item)
    _texts_of_blackboard(item)
    yield from _counters(item)
    _settings(item)
    _greatest(item)
    _places(item)
    _said_to_all(item)
    _praised(item)


def _groups_as_lists(item: Element) -> None:
    for group in list(item.iter("response_grp")):
        group.tag = "response_lid"
        group.set("ident", group.get("ident") or group.get("respident") or "")


def _labels_as_responses(item: Element) -> None:
    """Let rules speak of what is typed by its response, where they name the field in it instead."""
    fields = {
        label.get("ident"): response.get("ident") or ""
        for response in item.iter("response_str", "response_num")
        for label in response.iter("response_label")
    }
    for test in item.iterfind("resprocessing//conditionvar//*[@respident]"):
        test.set("respident", fields.get(test.get("respident"), test.get("respident") or ""))


def _texts_of_blackboard(item: Element) -> None:
    """Put the words of a row and of its options where Blackboard has only names: they stand beside and below."""
    texts = [flow for block in _of_class(item, "RIGHT_MATCH_BLOCK") for flow in block.iterfind("flow")]
    for response in item.iter("response_lid") if texts else ():
        row = response.getparent()
        for label, flow in zip(response.iter("response_label"), texts, strict=False):
            label.extend(_copied(flow))
        for beside in list(row) if row is not None and name_of(row) == "flow" else ():
            if beside is not response:
                response.insert(0, beside)
    for block in _of_class(item, "RIGHT_MATCH_BLOCK"):
        _parent(block).remove(block)


def _of_class(item: Element, name: str) -> list[Element]:
    return [flow for flow in item.iterfind("presentation//flow") if flow.get("class") == name]


def _copied(flow: Element) -> list[Element]:
    return [etree.fromstring(etree.tostring(child, with_tail=False)) for child in flow]


def _parent(element: Element) -> Element:
    above = element.getparent()
    assert above is not None  # noqa: S101 - the item is above all that is looked at
    return above


def _counters(item: Element) -> Iterator[tuple[str, str]]:
    """Read what Brightspace counts, right and wrong choices, as points; wrong ones earn none."""
    counted = False
    for change in list(item.iterfind("resprocessing//setvar")):
        name = (change.get("varname") or change.get("variablename") or "").lower()
        if name in (_RIGHT, _WRONG):
            counted = True
            change.text = "0" if name == _WRONG else all_text(change).strip() or "1"
        elif all_text(change).strip().lower() in (_RIGHT, _WRONG):
            _parent(change).remove(change)
    if not counted:
        return
    for rule in item.iterfind("resprocessing/respcondition"):
        rule.set("continue", "Yes")
    way = next((all_text(each).strip() for each in item.iter() if name_of(each) == "grading_type"), "")
    if way == "1":
        yield "grading_type", "wrong choices take points away there"


def _settings(item: Element) -> None:
    """Take away what Brightspace calls an extension and asks nothing."""
    for extension in list(item.iterfind("presentation//response_extension")):
        if not any(True for _ in extension.iter("response_label", "render_extension")):
            _parent(extension).remove(extension)


def _greatest(item: Element) -> None:
    """Write out the points that Blackboard calls SCORE.max and SCORE.min."""
    for change in item.iterfind("resprocessing//setvar"):
        said = all_text(change).strip().lower()
        if said.endswith(".max"):
            declared = next(iter(item.iter("decvar")), None)
            most = parse_number(declared.get("maxvalue") or "") if declared is not None else None
            change.text = f"{most:g}" if most and most > 0 else "1"
        elif said.endswith(".min"):
            change.text = "0"


def _places(item: Element) -> None:
    """Write the order that Brightspace gives step by step as one rule."""
    for response in item.iter("response_lid"):
        names = [label.get("ident") or "" for label in response.iter("response_label")]
        tests = {test.get("respident"): test for test in reversed(list(item.iterfind("resprocessing//varequal")))}
        if (response.get("rcardinality") or "").lower() != "ordered" or not names or not set(names) <= set(tests):
            continue
        order = sorted(names, key=lambda name: parse_number(all_text(tests[name])) or 0)
        processing = next(item.iterfind("resprocessing"))
        for rule in list(processing.iterfind("respcondition")):
            processing.remove(rule)
        rule = _rule(processing, len(processing))
        inside = etree.SubElement(etree.SubElement(rule, "conditionvar"), "and")
        for name in order:
            etree.SubElement(inside, "varequal", respident=response.get("ident") or "").text = name
        etree.SubElement(rule, "setvar", action="Set").text = "1"


def _rule(processing: Element, place: int) -> Element:
    rule = etree.Element("respcondition")
    rule.set("continue", "Yes")
    processing.insert(place, rule)
    return rule


def _said_to_all(item: Element) -> None:
    """Let feedback that bears the item's own name be said to everyone."""
    processing = item.find("resprocessing")
    for told in item.iterfind("itemfeedback"):
        name = told.get("ident")
        if name and name in (item.get("label"), item.get("ident")) and processing is not None:
            told.set("ident", _GENERAL)
            rule = _rule(processing, 0)
            etree.SubElement(etree.SubElement(rule, "conditionvar"), "other")
            etree.SubElement(rule, "displayfeedback", linkrefid=_GENERAL)


def _praised(item: Element) -> None:
    """Where no rule gives points, take those that say 'correct' for the key, as Blackboard, Canvas and Sakai do."""
    if any((parse_number(all_text(each)) or 0) > 0 for each in item.iterfind("resprocessing//setvar")):
        return
    for rule in item.iterfind("resprocessing/respcondition"):
        said = {(each.get("linkrefid") or "").strip().lower() for each in rule.iterfind("displayfeedback")}
        marked = (rule.get("correctanswer") or "").strip().lower() == "yes"
        if marked or "correct" in said | {(rule.get("title") or "").strip().lower()}:
            for change in list(rule.iterfind("setvar")):
                rule.remove(change)
            etree.SubElement(rule, "setvar", action="Add").text = "1"
