"""QTI packages, written: manifest, one test, its items and their images, in version 2.1 or 3.0."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from training.formats.base import Batch, CannotExpress, Loss, Written, left_out
from training.formats.foreign_xml import Element, name_of
from training.formats.html_text import printable
from training.formats.labels import tags_of
from training.formats.losses import unlike_the_others
from training.formats.qti_sheet import Sheet, made
from training.formats.qti_tree import kebab
from training.formats.qti_writing import part_name, written_item

LOM = "http://ltsc.ieee.org/xsd/LOM"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_HTML = frozenset("p br img div span strong em ul ol li table tr td th tbody object".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Edition:
    """What differs between the versions."""

    namespace: str
    schema: str
    package: str
    package_schema: str
    schema_name: str
    schema_version: str
    kind: str
    prefixed: bool


V2 = Edition(
    "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    "QTIv2.1 Package", "1.0.0", "xmlv2p1", prefixed=False,
)  # fmt: skip
V3 = Edition(
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    "QTI Package", "3.0.0", "xmlv3p0", prefixed=True,
)  # fmt: skip


def write_qti_2(batch: Batch) -> Written:
    """Write a package of QTI 2.1."""
    return _written(batch, V2)


def write_qti_3(batch: Batch) -> Written:
    """Write a package of QTI 3.0."""
    return _written(batch, V3)


def _written(batch: Batch, edition: Edition) -> Written:
    sheets: list[Sheet] = []
    losses: list[Loss] = []
    missing = []
    taken: set[str] = set()
    for entry in batch.entries:
        try:
            unlike_the_others(entry, taken)
            sheets.append(written_item(entry, batch))
        except CannotExpress as why:
            missing.append(left_out(entry.item, why))
        else:
            losses += sheets[-1].losses
    return Written(_zipped(_files(batch, sheets, edition), batch), tuple(dict.fromkeys(losses)), tuple(missing))


def _zipped(files: Iterator[tuple[str, bytes]], batch: Batch) -> bytes:
    """Pack files so that the same batch gives the same bytes."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            info = ZipInfo(name, max(batch.made_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return target.getvalue()


def _files(batch: Batch, sheets: Sequence[Sheet], edition: Edition) -> Iterator[tuple[str, bytes]]:
    yield "imsmanifest.xml", _manifest(batch, sheets, edition)
    yield "test.xml", _document(_test(batch, sheets), edition)
    for sheet in sheets:
        yield item_file(sheet), _document(sheet.item, edition)
    for file in dict.fromkeys(file for sheet in sheets for file in sheet.pictures):
        yield f"images/{file.rpartition('/')[2]}", batch.pictures[file]


def item_file(sheet: Sheet) -> str:
    """Say where an item stands in the package."""
    return f"items/{part_name(sheet.entry)}.xml"


def _document(root: Element, edition: Edition) -> bytes:
    """Put a tree in the words of QTI 2.1 into its namespace, under the names of the edition."""
    top = _renamed(root, edition, None)
    top.set(f"{{{XSI}}}schemaLocation", f"{edition.namespace} {edition.schema}")
    return bytes(etree.tostring(top, encoding="UTF-8", xml_declaration=True))


def _renamed(element: Element, edition: Edition, parent: Element | None) -> Element:
    plain = name_of(element)
    new = edition.prefixed and plain not in _HTML
    name = f"{{{edition.namespace}}}{f'qti-{kebab(plain)}' if new else plain}"
    attributes = {kebab(str(key)) if new else str(key): str(value) for key, value in element.attrib.items()}
    if parent is None:
        copy = etree.Element(name, attributes, nsmap={None: edition.namespace, "xsi": XSI})
    else:
        copy = etree.SubElement(parent, name, attributes)
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        _renamed(child, edition, copy)
    if new and plain == "modalFeedback":
        _with_content_body(copy, edition)
    return copy


def _with_content_body(feedback: Element, edition: Edition) -> None:
    """Put the content of feedback where version 3 wants it."""
    body = etree.Element(f"{{{edition.namespace}}}qti-content-body")
    body.extend(list(feedback))
    feedback.append(body)


def _test(batch: Batch, sheets: Sequence[Sheet]) -> Element:
    references = [made("assessmentItemRef", identifier=sheet.item.get("identifier") or "", href=item_file(sheet))
                  for sheet in sheets]  # fmt: skip
    title = printable(batch.title) or batch.slug or "Questions"
    section = made("assessmentSection", *references, identifier="section-1", title=title, visible="true")
    part = made(
        "testPart", section, identifier="part-1", navigationMode="nonlinear", submissionMode="simultaneous"
    )  # fmt: skip
    return made("assessmentTest", part, identifier=f"test-{batch.slug or 'questions'}", title=title)


def _manifest(batch: Batch, sheets: Sequence[Sheet], edition: Edition) -> bytes:
    space = f"{{{edition.package}}}"
    root = etree.Element(f"{space}manifest", nsmap={None: edition.package, "lom": LOM, "xsi": XSI})
    root.set("identifier", f"manifest-{batch.slug or 'questions'}")
    root.set(f"{{{XSI}}}schemaLocation", f"{edition.package} {edition.package_schema}")
    metadata = etree.SubElement(root, f"{space}metadata")
    etree.SubElement(metadata, f"{space}schema").text = edition.schema_name
    etree.SubElement(metadata, f"{space}schemaversion").text = edition.schema_version
    etree.SubElement(root, f"{space}organizations")
    resources = etree.SubElement(root, f"{space}resources")
    test = _resource(resources, "resource-test", f"imsqti_test_{edition.kind}", "test.xml")
    for sheet in sheets:
        name = f"resource-{part_name(sheet.entry)}"
        etree.SubElement(test, f"{space}dependency", identifierref=name)
        resource = _resource(resources, name, f"imsqti_item_{edition.kind}", item_file(sheet))
        _keywords(resource, tags_of(sheet.entry.item))
        for file in sheet.pictures:
            etree.SubElement(resource, f"{space}file", href=f"images/{file.rpartition('/')[2]}")
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _resource(resources: Element, name: str, kind: str, href: str) -> Element:
    space = str(resources.tag).rpartition("}")[0] + "}"
    resource = etree.SubElement(resources, f"{space}resource", identifier=name, type=kind, href=href)
    etree.SubElement(resource, f"{space}file", href=href)
    return resource


def _keywords(resource: Element, tags: Sequence[str]) -> None:
    """Carry an item's labels as keywords of its metadata."""
    space = str(resource.tag).rpartition("}")[0] + "}"
    metadata = etree.Element(f"{space}metadata")
    resource.insert(0, metadata)
    general = etree.SubElement(etree.SubElement(metadata, f"{{{LOM}}}lom"), f"{{{LOM}}}general")
    for tag in tags:
        keyword = etree.SubElement(general, f"{{{LOM}}}keyword")
        etree.SubElement(keyword, f"{{{LOM}}}string", language="en").text = printable(tag)
