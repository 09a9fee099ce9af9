"""QTI packages as we write them, held against the structural rules of the specification.

The published schemas cannot be had here, so that their rules for what we write are stated by hand: which
children an element has and in what order, which attributes it must have, and that every name leads somewhere.
"""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
import yaml
from lxml import etree

from tests.formats.there_and_back import PNG, batch
from training.core.items import ITEM_TYPES, Item
from training.formats.base import Batch, Outgoing
from training.formats.qti import read_qti
from training.formats.qti_tree import read_tree
from training.formats.qti_zip import write_qti_2, write_qti_3

WRITERS = pytest.mark.parametrize("write", [write_qti_2, write_qti_3], ids=["2.1", "3.0"])
ORDER = (
    "responseDeclaration", "outcomeDeclaration", "templateDeclaration", "templateProcessing", "stylesheet", "itemBody",
    "responseProcessing", "modalFeedback",
)  # fmt: skip
REQUIRED = {
    "assessmentItem": {"identifier", "title", "timeDependent"},
    "responseDeclaration": {"identifier", "cardinality", "baseType"},
    "outcomeDeclaration": {"identifier", "cardinality", "baseType"},
    "choiceInteraction": {"responseIdentifier", "maxChoices"},
    "orderInteraction": {"responseIdentifier"},
    "matchInteraction": {"responseIdentifier", "maxAssociations"},
    "inlineChoiceInteraction": {"responseIdentifier"},
    "textEntryInteraction": {"responseIdentifier"},
    "hotspotInteraction": {"responseIdentifier", "maxChoices"},
    "simpleChoice": {"identifier"}, "inlineChoice": {"identifier"},
    "simpleAssociableChoice": {"identifier", "matchMax"},
    "hotspotChoice": {"identifier", "shape", "coords"},
    "mapEntry": {"mapKey", "mappedValue"}, "mapping": {"defaultValue"},
    "setOutcomeValue": {"identifier"}, "variable": {"identifier"}, "correct": {"identifier"},
    "mapResponse": {"identifier"}, "baseValue": {"baseType"}, "equal": {"toleranceMode"}, "stringMatch": {"caseSensitive"},
    "modalFeedback": {"outcomeIdentifier", "identifier", "showHide"},
    "img": {"src", "alt"}, "object": {"data", "type"},
    "assessmentTest": {"identifier", "title"}, "testPart": {"identifier", "navigationMode", "submissionMode"},
    "assessmentSection": {"identifier", "title", "visible"}, "assessmentItemRef": {"identifier", "href"},
}  # fmt: skip
CHILDREN = {
    "itemBody": {"p", "choiceInteraction", "orderInteraction", "matchInteraction", "hotspotInteraction"},
    "p": {"br", "img", "textEntryInteraction", "inlineChoiceInteraction"},
    "simpleChoice": {"br"}, "simpleAssociableChoice": {"br"}, "inlineChoice": set(), "matchInteraction": {"simpleMatchSet"},
    "responseDeclaration": {"correctResponse", "mapping"}, "outcomeDeclaration": {"defaultValue"},
    "responseProcessing": {"responseCondition", "setOutcomeValue"},
    "responseCondition": {"responseIf", "responseElseIf", "responseElse"},
    "hotspotInteraction": {"object", "hotspotChoice"},
}  # fmt: skip
NAME = re.compile(r"[A-Za-z_][\w.-]*")


def every_type() -> Batch:
    """One item of each type, with the picture of the hotspot at hand."""
    entries = []
    for kind in ITEM_TYPES:
        item: Item = kind.model_validate(yaml.load(kind.EXAMPLE, Loader=yaml.BaseLoader))
        entries += [Outgoing(item, question) for question in item.questions(seed=0)]
    made = batch()
    pictures = {file: b"<svg/>" for entry in entries for _, file in entry.item.pictures}
    return Batch(made.slug, made.title, tuple(entries), made.made_at, pictures)


def documents(data: bytes) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        return {name: read_tree(archive.read(name), name) for name in names}


@WRITERS
def test_every_type_is_written_or_named_as_left_out(write) -> None:
    outgoing = every_type()
    written = write(outgoing)

    assert written.left_out == ()
    assert [draft.name for draft in read_qti(written.data, "all.zip").drafts if not draft.fields] == []
    assert len(read_qti(written.data, "all.zip").drafts) == len(outgoing.entries)
    assert read_qti(written.data, "all.zip").problems == ()


@WRITERS
def test_elements_have_the_attributes_and_children_the_specification_asks_for(write) -> None:
    for name, root in documents(write(every_type()).data).items():
        for element in root.iter():
            lacking = REQUIRED.get(element.tag, set()) - set(element.attrib)
            assert not lacking, f"{name}: {element.tag} lacks {lacking}"
            strange = {child.tag for child in element} - CHILDREN.get(element.tag, {child.tag for child in element})
            assert not strange, f"{name}: {element.tag} has {strange}"


@WRITERS
def test_parts_of_an_item_stand_in_the_order_of_the_schema_and_names_are_declared(write) -> None:
    for name, root in documents(write(every_type()).data).items():
        if root.tag != "assessmentItem":
            continue
        places = [ORDER.index(child.tag) for child in root]
        declared = {each.get("identifier") for each in root.iter("responseDeclaration", "outcomeDeclaration")}
        used = {each.get("identifier") for each in root.iter("variable", "correct", "mapResponse", "setOutcomeValue")}
        used |= {each.get("responseIdentifier") for each in root.iter() if each.get("responseIdentifier")}
        used |= {each.get("outcomeIdentifier") for each in root.iter("modalFeedback")}
        choices = [
            each.get("identifier") for each in root.iter("simpleChoice", "simpleAssociableChoice", "hotspotChoice")
        ]
        assert places == sorted(places), name
        assert used <= declared, name
        assert len(set(choices)) == len(choices), name
        assert all(NAME.fullmatch(each) for each in (*declared, *choices, root.get("identifier"))), name


@WRITERS
def test_a_package_holds_what_its_manifest_and_test_name(write) -> None:
    data = write(every_type()).data
    found = documents(data)
    with ZipFile(BytesIO(data)) as archive:
        files = set(archive.namelist())
    manifest = found["imsmanifest.xml"]
    named = {each.get("href") for each in manifest.iter("file")}
    identifiers = [each.get("identifier") for each in manifest.iter("resource")]

    assert [child.tag for child in manifest] == ["metadata", "organizations", "resources"]
    assert named | {"imsmanifest.xml"} == files
    assert {each.get("identifierref") for each in manifest.iter("dependency")} <= set(identifiers)
    assert {each.get("href") for each in found["test.xml"].iter("assessmentItemRef")} <= files


@WRITERS
def test_the_same_batch_gives_the_same_bytes(write) -> None:
    assert write(every_type()).data == write(every_type()).data


def test_version_3_uses_only_names_of_version_3() -> None:
    with ZipFile(BytesIO(write_qti_3(every_type()).data)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("items/")]

    assert not [text for text in texts if re.search(r"<(?!/|\?|qti-|p\b|br\b|img\b|object\b)\w", text)]
    assert not [text for text in texts if re.search(r"\s[a-z]+[A-Z]\w*=", text.partition(">")[2].partition(">")[2])]


def test_a_picture_goes_along() -> None:
    item = ITEM_TYPES[0].model_validate(
        yaml.load(ITEM_TYPES[0].EXAMPLE, Loader=yaml.BaseLoader) | {"image": {"file": "a/rib.png", "alt": "A rib"}}
    )
    (draft,) = read_qti(write_qti_2(batch(item, pictures={"a/rib.png": PNG})).data, "p.zip").drafts

    assert [picture.data for picture in draft.pictures] == [PNG]
    assert draft.fields["image"]["alt"] == "A rib"


@WRITERS
def test_a_second_question_of_the_same_id_is_left_out_and_named(write) -> None:
    item = ITEM_TYPES[0].model_validate(yaml.load(ITEM_TYPES[0].EXAMPLE, Loader=yaml.BaseLoader))
    written = write(batch(item, item))

    assert [problem.file for problem in written.left_out] == [item.id]
    assert len(read_qti(written.data, "p.zip").drafts) == 1
