"""QTI 2.0 to 3.0, read: single items, tests and packages, in the order a test gives."""

import re
from collections.abc import Iterator
from dataclasses import replace

from training.core.problem import Problem, Severity
from training.formats import qti_old
from training.formats.base import MOST_QUESTIONS, Code, Draft, Format, Imported, unreadable
from training.formats.decoding import decoded
from training.formats.foreign_xml import Element, line_of
from training.formats.markup import Markup, plain_text
from training.formats.packages import is_zip, open_package
from training.formats.qti_item import read_item
from training.formats.qti_kinds import KINDS
from training.formats.qti_package import DOCUMENTS, ITEMS, OLD, TESTS, Content, read_content
from training.formats.qti_tree import first, inner_html
from training.formats.qti_zip import write_qti_2, write_qti_3
from training.formats.unreadable import Unreadable

_SIGNS = (
    (3, re.compile(rb"<(?:[\w.-]+:)?qti-assessment-(?:item|test|section)\b|imsqtiasi_v3p0|imsqti_item_xmlv3p0")),
    (2, re.compile(rb"<(?:[\w.-]+:)?assessment(?:Item|Test|Section)\b|imsqti_(?:item|test)?_?(?:xml)?v2p\d")),
    (
        1,
        re.compile(
            rb"<(?:[\w.-]+:)?questestinterop\b|imsqti_xmlv1p\d|imscc_xmlv1p\d/assessment|/imscc_xmlv1p\d/question-bank"
            rb"|assessment/x-bb-qti-|d2lquiz|d2lquestionlibrary"
        ),
    ),
)


UNOPENED = 0.35
"""How likely a package that cannot be opened is one of QTI: more than anything else that comes zipped."""


def version(data: bytes) -> int:
    """Say which major version of QTI a file is written in; 0 where it is none."""
    heads = [data[:6000].replace(b"\0", b"")]
    if is_zip(data):
        heads = list(_package_heads(data))
    for number, sign in _SIGNS:
        if any(sign.search(head) for head in heads):
            return number
    return 0


def _package_heads(data: bytes) -> Iterator[bytes]:
    try:
        package = open_package(data)
        manifest = package.find("imsmanifest.xml")
        yield package.read(manifest) if manifest else b""
        for path in list(package.ending(*DOCUMENTS))[:20]:
            yield package.read(path)[:6000]
    except Unreadable:
        return


def sniff_1(data: bytes, _name: str) -> float:
    """Say how sure it is that this is QTI 1.2."""
    return 0.9 if version(data) == 1 else 0.0


def sniff_2(data: bytes, name: str) -> float:
    """Say how sure it is that this is QTI 2. A package that stays shut is read too: the reader says why it does."""
    if version(data) == 2:  # noqa: PLR2004 - the version
        return 0.9
    return UNOPENED if is_zip(data) and not name.lower().endswith((".xlsx", ".xlsm")) and _stays_shut(data) else 0.0


def _stays_shut(data: bytes) -> bool:
    try:
        return bool(open_package(data).left)
    except Unreadable:
        return True


def sniff_3(data: bytes, _name: str) -> float:
    """Say how sure it is that this is QTI 3."""
    return 0.9 if version(data) == 3 else 0.0  # noqa: PLR2004 - the version


def read_qti(data: bytes, name: str) -> Imported:
    """Read all items of a QTI file or package, whichever version each is written in."""
    try:
        content = read_content(data, name)
    except Unreadable as error:
        return unreadable(error.file or name, str(error), line=error.line)
    drafts: list[Draft] = []
    try:
        for draft in _drafts(content, name):
            drafts.append(draft)
            if len(drafts) > MOST_QUESTIONS:
                return unreadable(name, f"the file has more than {MOST_QUESTIONS:,} questions")
    except Unreadable as error:
        return unreadable(error.file or name, str(error), line=error.line)
    if not drafts and not content.problems:
        return unreadable(name, "there is no question in the file")
    return Imported(tuple(drafts), tuple(content.problems), _title(content))


def _drafts(content: Content, name: str) -> Iterator[Draft]:
    placed = list(_placed(content))
    for path, section in placed:
        yield from _of_document(content, path, name, section)
    done = {path for path, _ in placed}
    for path in content.of(*ITEMS, *OLD):
        if path not in done:
            yield from _of_document(content, path, name, "")


def _of_document(content: Content, path: str, name: str, section: str) -> Iterator[Draft]:
    root = content.documents[path]
    file = name if path == name else f"{name}/{path}"
    if root.tag in OLD:
        for line, words in qti_old.drawn_from(root):
            content.problems.append(Problem(file, line, 1, Code.LOST, words, severity=Severity.WARNING))
        yield from qti_old.read_document(root, file, lambda element: content.pictures(element, path))
        return
    context = "\n\n".join(_stimuli(content, root, path))
    for draft in read_item(root, file, content.pictures(root, path), KINDS, context=context):
        yield replace(draft, category=section or draft.category, tags=tuple(content.keywords.get(path, ())))


def _stimuli(content: Content, item: Element, path: str) -> Iterator[str]:
    """Give the words of the passages an item refers to."""
    yield from _embedded(content, item, path)
    for reference in item.iterfind("assessmentStimulusRef"):
        found = _reached(content, path, reference.get("href") or "")
        body = first(content.documents[found], "stimulusBody") if found else None
        if body is None:
            words = f"the shared passage '{reference.get('href')}' is not in the package"
            content.problems.append(
                Problem(path, line_of(reference), 1, Code.MALFORMED, words, severity=Severity.WARNING)
            )
        else:
            yield plain_text(inner_html(body), Markup.HTML, content.pictures(body, found or path)).text


def _embedded(content: Content, item: Element, path: str) -> Iterator[str]:
    """Give the words of the HTML files an item shows; one that is not in the package stays, and is named as lost."""
    for shown in list(item.iter("object")) if content.package else ():
        found = content.package.find(shown.get("data") or "", beside=path) if content.package else None
        if found is None or content.package is None or "html" not in (shown.get("type") or ""):
            continue
        text = decoded(content.package.read(found), found).text or ""
        said = plain_text(text, Markup.HTML, content.pictures(item, path))
        yield said.text
        shown.clear()
        shown.tag = "span"


def _reached(content: Content, path: str, href: str) -> str | None:
    found = content.package.find(href, beside=path) if content.package and href else None
    return found if found in content.documents else None


def _placed(content: Content) -> Iterator[tuple[str, str]]:
    """List the items that tests name, in their order, with the title of the section."""
    seen: set[str] = set()
    for path in content.of(*TESTS):
        for reference in content.documents[path].iter("assessmentItemRef"):
            found = _reached(content, path, reference.get("href") or "")
            if found is None:
                words = f"the test names '{reference.get('href')}', which is not in the package"
                problem = Problem(path, line_of(reference), 1, Code.MALFORMED, words, severity=Severity.WARNING)
                content.problems.append(problem)
            elif found not in seen:
                seen.add(found)
                yield found, _section(reference)


def _section(reference: Element) -> str:
    titles = [each.get("title") or "" for each in reference.iterancestors("assessmentSection")]
    return "/".join(title.replace("/", "//") for title in reversed(titles) if title)


def _title(content: Content) -> str:
    for path in content.of(*TESTS, *OLD):
        root = content.documents[path]
        found = root if root.get("title") else root.find("assessment")
        title = "" if found is None else found.get("title") or ""
        for bank in root.iterfind("objectbank") if not title else ():
            title = qti_old.metadata_of(bank).get("bank_title", "")
        if title.strip():
            return " ".join(title.split())
    return ""


FORMATS = (
    Format("qti21", "QTI 2.1", ".zip", "application/zip", sniff_2, read_qti, write_qti_2,
           keeps_cases=True),
    Format("qti12", "QTI 1.2, as Canvas exports it", ".zip", "application/zip", sniff_1, read_qti),
    Format("qti30", "QTI 3.0", ".zip", "application/zip", sniff_3, read_qti, write_qti_3,
           keeps_cases=True),
)  # fmt: skip
