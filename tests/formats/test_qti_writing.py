"""QTI packages as we write them, held against the structural rules of the specification.

What the published schemas say of the elements we write is stated by hand in `qti_grammar`; besides, every name leads
somewhere.
"""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.formats.qti_grammar import breaches
from tests.formats.there_and_back import PNG, batch, every_kind
from training.core.bank import Bank
from training.core.items import ITEM_TYPES, Item
from training.formats.base import Batch, Outgoing
from training.formats.qti import read_qti
from training.formats.qti_tree import read_tree
from training.formats.qti_zip import write_qti_2, write_qti_3

WRITERS = pytest.mark.parametrize("write", [write_qti_2, write_qti_3], ids=["2.1", "3.0"])


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
def test_every_document_keeps_to_what_the_schemas_say_of_its_elements(write) -> None:
    for name, root in documents(write(every_type()).data).items():
        assert breaches(root) == [], name


@WRITERS
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bank=every_kind)
def test_whatever_an_author_writes_keeps_to_the_schemas(write, bank: Bank) -> None:
    for name, root in documents(write(batch(*bank.items)).data).items():
        assert breaches(root) == [], name


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("<mapping><value/></mapping>", "<mapping> may hold 'mapEntry+', not 'value'"),
        ("<br>word</br>", "<br> holds words"),
        ("<correct/>", "<correct> lacks identifier"),
        ("<correct identifier='1st'/>", "<correct> may not say identifier='1st'"),
        ("<correct identifier='a' fixed='true'/>", "<correct> may not have fixed"),
        ("<invented/>", "<invented> is no element we know"),
    ],
)
def test_a_breach_of_the_schemas_is_found(document: str, said: str) -> None:
    assert said in breaches(etree.fromstring(document))


@WRITERS
def test_names_inside_an_item_are_declared_and_told_apart(write) -> None:
    for name, root in documents(write(every_type()).data).items():
        if root.tag != "assessmentItem":
            continue
        declared = {each.get("identifier") for each in root.iter("responseDeclaration", "outcomeDeclaration")}
        used = {each.get("identifier") for each in root.iter("variable", "correct", "mapResponse", "setOutcomeValue")}
        used |= {each.get("responseIdentifier") for each in root.iter() if each.get("responseIdentifier")}
        used |= {each.get("outcomeIdentifier") for each in root.iter("modalFeedback")}
        choices = [
            each.get("identifier") for each in root.iter("simpleChoice", "simpleAssociableChoice", "hotspotChoice")
        ]
        assert used <= declared, name
        assert len(set(choices)) == len(choices), name


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
