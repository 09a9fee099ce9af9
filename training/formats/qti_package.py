"""QTI content as it arrives: a package or a bare document, its items in the order of its test, with their pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from training.core.problem import Problem, Severity
from training.formats.base import Code
from training.formats.foreign_xml import Element, all_text, name_of
from training.formats.packages import Package, is_zip, open_package
from training.formats.qti_tree import read_tree
from training.formats.unreadable import Unreadable

ITEMS, TESTS, OLD = ("assessmentItem",), ("assessmentTest", "assessmentSection"), ("questestinterop",)
DOCUMENTS = (".xml", ".qti", ".dat")
_FOLDERS = ("", "web_resources/", "images/", "media/", "resources/", "assets/")
_NOT_QTI = re.compile(r"(^|/)(course_settings|wiki_content|lti_resource_links|__MACOSX)/|(^|/)\._")
_SOURCES = re.compile(r"""(?:src|data|href|uri)\s*=\s*["']([^"']{1,2000})["']""", re.IGNORECASE)
_PREFIX = re.compile(r"^(\$IMS-CC-FILEBASE\$|\$CANVAS_OBJECT_REFERENCE\$|@@PLUGINFILE@@)/?(\.\./)*")


@dataclass(slots=True)
class Content:
    """The documents of a file by path, what is wrong with it, and the package they are from."""

    documents: dict[str, Element] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    package: Package | None = None
    keywords: dict[str, list[str]] = field(default_factory=dict)
    """Of each document, what the manifest says it is about."""

    def of(self, *names: str) -> list[str]:
        """List the documents whose outermost element has one of these names."""
        return [path for path, root in self.documents.items() if name_of(root) in names]

    def pictures(self, element: Element, path: str) -> dict[str, bytes]:
        """Give the files that a document's text names, by the name it uses."""
        if self.package is None:
            return {}
        found: dict[str, bytes] = {}
        for address in dict.fromkeys(
            _SOURCES.findall(etree.tostring(element, encoding="unicode").replace("&quot;", '"'))
        ):
            name = self._file(address, path)
            if name is not None:
                key = unquote(address.partition("?")[0])
                found[key] = found[_PREFIX.sub("", key)] = self.package.read(name)
        return found

    def _file(self, address: str, path: str) -> str | None:
        assert self.package is not None  # noqa: S101 - only asked of packages
        plain = _PREFIX.sub("", unquote(address.partition("?")[0]))
        if re.match(r"[a-z][a-z0-9+.-]*:", plain, re.IGNORECASE):
            return None
        for folder in _FOLDERS:
            name = self.package.find(f"{folder}{plain}", beside=path)
            if name is not None and not name.lower().endswith(DOCUMENTS):
                return name
        return None


def read_content(data: bytes, name: str) -> Content:
    """Read a package or a document; raises Unreadable where nothing can be made of it."""
    if not is_zip(data):
        root = read_tree(data, name)
        if name_of(root) not in (*ITEMS, *TESTS, *OLD):
            raise Unreadable(f"This is no QTI: its outermost element is <{name_of(root)}>.", file=name)
        return Content({name: root})
    content = Content(package=open_package(data))
    for path, reason in content.package.left if content.package else ():
        content.problems.append(_warning(name, f"{path}: {reason}"))
    _read_documents(content, name)
    if not content.of(*ITEMS, *OLD):
        if content.problems and not content.documents:
            return content
        raise Unreadable("The package has no QTI items.", file=name)
    return content


def _warning(file: str, message: str, code: Code = Code.MALFORMED, line: int = 1) -> Problem:
    return Problem(file, line, 1, code, message, severity=Severity.WARNING)


def _read_documents(content: Content, name: str) -> None:
    package = content.package
    manifest = package.find("imsmanifest.xml") if package else None
    if package is None:
        return
    paths = [path for path in package.ending(*DOCUMENTS) if not _NOT_QTI.search(path)]
    roots = {}
    for path in paths:
        try:
            roots[path] = read_tree(package.read(path), path)
        except Unreadable as error:
            if path.lower().endswith(".dat"):
                continue  # what else Blackboard packs has that ending too
            content.problems.append(Problem(f"{name}/{path}", error.line, error.column, Code.UNREADABLE, str(error)))
    if manifest is None:
        content.problems.append(_warning(name, "the package has no imsmanifest.xml; its items were looked for"))
    wanted = {
        path: root for path, root in roots.items() if name_of(root) in (*ITEMS, *TESTS, *OLD, "assessmentStimulus")
    }
    for path in _superseded(wanted):
        del wanted[path]
    content.keywords = dict(_keywords(package, roots.get(manifest or "")))
    order = {path: place for place, path in enumerate(_in_order(package, roots.get(manifest or "")))}
    for path in sorted(wanted, key=lambda path: (order.get(path, len(order)), path)):
        content.documents[path] = wanted[path]


def _superseded(roots: dict[str, Element]) -> list[str]:
    """List the Common Cartridge copies of quizzes that Canvas also writes in full."""
    full = {path.rpartition("/")[2].partition(".")[0] for path in roots if "non_cc_assessments/" in path}
    return [path for path in roots if path.endswith("assessment_qti.xml") and path.split("/")[-2:][0] in full]


def _in_order(package: Package, manifest: Element | None) -> Iterator[str]:
    """List files in the manifest's order."""
    for resource in () if manifest is None else manifest.iter("resource"):
        named = [resource.get("href"), *(each.get("href") for each in resource.iterfind("file"))]
        for href in named:
            found = package.find(href) if href else None
            if found is not None:
                yield found


def _keywords(package: Package, manifest: Element | None) -> Iterator[tuple[str, list[str]]]:
    for resource in () if manifest is None else manifest.iter("resource"):
        path = package.find(resource.get("href") or "")
        words = [" ".join(all_text(each).split()) for each in resource.iterfind("metadata//keyword")]
        if path and words:
            yield path, [word for word in words if word]
