"""What the schemas of QTI ask of each element we write: its children in their order, and its attributes.

The published schemas may not be passed on without being registered with their publisher, so that what they say of the
elements we write is stated here in our own words, for QTI 2.1. Version 3.0 says the same under other names.
"""

import re
from collections.abc import Iterator

from lxml import etree

NAME = r"[A-Za-z_][\w.-]*"
LINE = r"[^\t\r\n]*"
ANY = r"(?s:.*)"
TRUTH = r"true|false|1|0"
WHOLE = r"[+-]?\d+"
NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|INF|-INF|NaN"
CARDINALITY = "single|multiple|ordered|record"
BASE = "boolean|directedPair|duration|file|float|identifier|integer|pair|point|string|uri"
SIZE = r"\d+%?"
SHORT = r"(?s:.{0,256})"
ADDRESS = r"[^\s<>\"{}|\\^`]*"

EXPRESSION = "(match|equal|stringMatch|multiple|sum|variable|correct|mapResponse|baseValue|not|isNull|member)"
RULE = "(responseCondition|setOutcomeValue|lookupOutcomeValue|exitResponse)"
BLOCK = (
    "(p|div|ul|ol|table|pre|blockquote|choiceInteraction|orderInteraction|matchInteraction|hotspotInteraction"
    "|gapMatchInteraction|extendedTextInteraction)"
)
INLINE = "(br|img|object|span|em|strong|sub|sup|textEntryInteraction|inlineChoiceInteraction)"
TOLD = "(br|img|object|span|em|strong|sub|sup|p|div|ul|ol|table)"

CHILDREN = {
    "assessmentItem": "responseDeclaration* outcomeDeclaration* templateDeclaration* templateProcessing? stylesheet*"
    " itemBody? responseProcessing? modalFeedback*",
    "responseDeclaration": "defaultValue? correctResponse? mapping? areaMapping?",
    "outcomeDeclaration": "defaultValue? matchTable?",
    "defaultValue": "value+",
    "correctResponse": "value+",
    "value": "",
    "mapping": "mapEntry+",
    "mapEntry": "",
    "itemBody": f"{BLOCK}*",
    "contentBody": f"{BLOCK}*",
    "p": f"{INLINE}*",
    "br": "",
    "img": "",
    "object": "",
    "choiceInteraction": "prompt? simpleChoice+",
    "orderInteraction": "prompt? simpleChoice+",
    "simpleChoice": f"{TOLD}*",
    "matchInteraction": "prompt? simpleMatchSet simpleMatchSet",
    "simpleMatchSet": "simpleAssociableChoice*",
    "simpleAssociableChoice": f"{TOLD}*",
    "inlineChoiceInteraction": "inlineChoice+",
    "inlineChoice": "",
    "textEntryInteraction": "",
    "hotspotInteraction": "prompt? object hotspotChoice+",
    "hotspotChoice": "",
    "responseProcessing": f"{RULE}*",
    "responseCondition": "responseIf responseElseIf* responseElse?",
    "responseIf": f"{EXPRESSION} {RULE}*",
    "responseElseIf": f"{EXPRESSION} {RULE}*",
    "responseElse": f"{RULE}*",
    "setOutcomeValue": EXPRESSION,
    "match": f"{EXPRESSION} {EXPRESSION}",
    "equal": f"{EXPRESSION} {EXPRESSION}",
    "stringMatch": f"{EXPRESSION} {EXPRESSION}",
    "multiple": f"{EXPRESSION}*",
    "sum": f"{EXPRESSION}+",
    "variable": "",
    "correct": "",
    "mapResponse": "",
    "baseValue": "",
    "modalFeedback": f"{TOLD}*|contentBody",
    "assessmentTest": "outcomeDeclaration* timeLimits? stylesheet* testPart+ outcomeProcessing? testFeedback*",
    "testPart": "preCondition* branchRule* itemSessionControl? timeLimits? assessmentSection+ testFeedback*",
    "assessmentSection": "preCondition* branchRule* itemSessionControl? timeLimits? selection? ordering? rubricBlock*"
    " (assessmentItemRef|assessmentSection|assessmentSectionRef)*",
    "assessmentItemRef": "preCondition* branchRule* itemSessionControl? timeLimits? variableMapping* weight*"
    " templateDefault*",
    "manifest": "metadata organizations resources",
    "organizations": "",
    "resources": "resource*",
    "resource": "metadata? file+ dependency*",
    "file": "metadata?",
    "dependency": "",
    "metadata": "(schema schemaversion)? qtiMetadata? lom?",
    "schema": "",
    "schemaversion": "",
    "lom": "general?",
    "general": "keyword*",
    "keyword": "string+",
    "string": "",
}

MIXED = frozenset({
    "p", "simpleChoice", "simpleAssociableChoice", "inlineChoice", "modalFeedback", "value", "baseValue", "object",
    "schema", "schemaversion", "string",
})  # fmt: skip
"""Elements in which words may stand."""

ATTRIBUTES: dict[str, dict[str, str]] = {
    "assessmentItem": {"identifier!": LINE, "title!": LINE, "adaptive!": TRUTH, "timeDependent!": TRUTH},
    "responseDeclaration": {"identifier!": NAME, "cardinality!": CARDINALITY, "baseType": BASE},
    "outcomeDeclaration": {"identifier!": NAME, "cardinality!": CARDINALITY, "baseType": BASE},
    "mapping": {"lowerBound": NUMBER, "upperBound": NUMBER, "defaultValue": NUMBER},
    "mapEntry": {"mapKey!": ANY, "mappedValue!": NUMBER, "caseSensitive": TRUTH},
    "img": {"src!": ADDRESS, "alt!": ANY, "width": SIZE, "height": SIZE},
    "object": {"data!": ADDRESS, "type!": r"[\w.+-]+/[\w.+-]+", "width": SIZE, "height": SIZE},
    "choiceInteraction": {"responseIdentifier!": NAME, "shuffle": TRUTH, "maxChoices": WHOLE, "minChoices": WHOLE},
    "orderInteraction": {"responseIdentifier!": NAME, "shuffle": TRUTH},
    "matchInteraction": {"responseIdentifier!": NAME, "shuffle": TRUTH, "maxAssociations": WHOLE},
    "inlineChoiceInteraction": {"responseIdentifier!": NAME, "shuffle": TRUTH},
    "textEntryInteraction": {"responseIdentifier!": NAME, "expectedLength": WHOLE},
    "hotspotInteraction": {"responseIdentifier!": NAME, "maxChoices": WHOLE, "minChoices": WHOLE},
    "simpleChoice": {"identifier!": NAME, "fixed": TRUTH},
    "inlineChoice": {"identifier!": NAME, "fixed": TRUTH},
    "simpleAssociableChoice": {"identifier!": NAME, "fixed": TRUTH, "matchMax!": WHOLE},
    "hotspotChoice": {
        "identifier!": NAME,
        "shape!": "circle|default|ellipse|poly|rect",
        "coords!": r"-?\d+(,-?\d+)*",
        "hotspotLabel": SHORT,
    },
    "setOutcomeValue": {"identifier!": NAME},
    "variable": {"identifier!": NAME},
    "correct": {"identifier!": NAME},
    "mapResponse": {"identifier!": NAME},
    "baseValue": {"baseType!": BASE},
    "equal": {"toleranceMode": "absolute|exact|relative", "tolerance": f"({NUMBER})( ({NUMBER}))?"},
    "stringMatch": {"caseSensitive!": TRUTH, "substring": TRUTH},
    "modalFeedback": {"outcomeIdentifier!": NAME, "identifier!": NAME, "showHide!": "show|hide", "title": LINE},
    "assessmentTest": {"identifier!": LINE, "title!": LINE},
    "testPart": {
        "identifier!": NAME,
        "navigationMode!": "linear|nonlinear",
        "submissionMode!": "individual|simultaneous",
    },
    "assessmentSection": {"identifier!": NAME, "title!": LINE, "visible!": TRUTH},
    "assessmentItemRef": {"identifier!": NAME, "href!": ADDRESS},
    "manifest": {"identifier!": NAME},
    "resource": {
        "identifier!": NAME,
        "type!": r"imsqti_(test|item)_xmlv(2p1|3p0)|webcontent",
        "href": ADDRESS,
    },
    "file": {"href!": ADDRESS},
    "dependency": {"identifierref!": NAME},
    "string": {"language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"},
}


def breaches(root: etree._Element) -> list[str]:
    """Say where a document, in the names of version 2, does what the schemas do not allow."""
    return [f"<{element.tag}> {what}" for element in root.iter() for what in _breaches(element)]


def _breaches(element: etree._Element) -> Iterator[str]:
    if element.tag not in CHILDREN:
        yield "is no element we know"
        return
    names = [str(child.tag) for child in element]
    if not re.fullmatch(_pattern(CHILDREN[element.tag]), "".join(f"{name}," for name in names)):
        yield f"may hold '{CHILDREN[element.tag]}', not '{' '.join(names)}'"
    words = [element.text or "", *(child.tail or "" for child in element)]
    if element.tag not in MIXED and any(text.strip() for text in words):
        yield "holds words"
    yield from _attributes(element)


def _pattern(model: str) -> str:
    """Make an expression of a content model, in which every name is followed by a comma."""
    return re.sub(r"\w+", r"(?:\g<0>,)", model).replace(" ", "")


def _attributes(element: etree._Element) -> Iterator[str]:
    rules = {name.rstrip("!"): rule for name, rule in ATTRIBUTES.get(element.tag, {}).items()}
    needed = {name.rstrip("!") for name in ATTRIBUTES.get(element.tag, {}) if name.endswith("!")}
    said = {str(name): str(value) for name, value in element.attrib.items() if not str(name).startswith("{")}
    for name in needed - set(said):
        yield f"lacks {name}"
    for name, value in said.items():
        if name not in rules:
            yield f"may not have {name}"
        elif not re.fullmatch(rules[name], value):
            yield f"may not say {name}='{value}'"
