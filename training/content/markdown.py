"""What a section's Markdown must keep to: figures that exist and are described, sources that are listed, no HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from training.content.wording import did_you_mean
from training.core.problem import Problem, Severity

_FIGURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^\s)]*)(?:\s+\"[^\"]*\")?\)")
_CITATION = re.compile(r"\[(@[^\]]*)\]")
_CLAIMS = re.compile(r"^\[claims:(?P<ids>[^\]]*)\]$", re.MULTILINE)
_KEY = re.compile(r"@([\w-]+)")
_HTML = re.compile(r"</?[a-zA-Z][^>\n]*>|<!--")
_TITLE = re.compile(r"^# ", re.MULTILINE)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """A Markdown file of a module."""

    file: str
    body: str

    def problem(self, at: int, code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
        """Locate a problem at a character of the body."""
        line = self.body.count("\n", 0, at) + 1
        return Problem(self.file, line, at - self.body.rfind("\n", 0, at), code, message, hint, severity)


def text_problems(
    text: Text, beside: frozenset[str], cited: frozenset[str], claims: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Find what is wrong in a section: `beside` are the module's files, `cited` its sources, `claims` the section's."""
    # Code is blanked, not cut, so that places stay true.
    body = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text.body)
    yield from _figures(text, body, beside)
    yield from _citations(text, body, cited)
    yield from _claims(text, body, claims)
    for match in _HTML.finditer(body):
        yield text.problem(match.start(), "B125", f"HTML: {match.group()}", "write it in Markdown")
    for match in _TITLE.finditer(body):
        yield text.problem(
            match.start(), "B126", "a heading of the first level", "the page has one already: start with ##",
            Severity.WARNING,
        )  # fmt: skip


def _figures(text: Text, body: str, beside: frozenset[str]) -> Iterator[Problem]:
    for match in _FIGURE.finditer(body):
        file = match["file"]
        if file not in beside:
            hint = did_you_mean(file, (name for name in beside if not name.endswith((".md", ".yaml"))))
            yield text.problem(match.start("file"), "B122", f"there is no figure '{file}' in the module's folder", hint)
        if not match["alt"].strip():
            yield text.problem(
                match.start(), "B123", "a figure without words", "say in the brackets what the picture shows"
            )


def _claims(text: Text, body: str, claims: frozenset[str]) -> Iterator[Problem]:
    for match in _CLAIMS.finditer(body):
        for name in re.finditer(r"[\w-]+", match["ids"]):
            if name[0] not in claims:
                hint = did_you_mean(name[0], claims) or "add it to the section's 'claims' in module.yaml"
                words = f"claim '{name[0]}' is shown but not among the section's claims"
                yield text.problem(match.start("ids") + name.start(), "B140", words, hint)


def _citations(text: Text, body: str, cited: frozenset[str]) -> Iterator[Problem]:
    for match in _CITATION.finditer(body):
        for key in _KEY.finditer(match[1]):
            if key[1] not in cited:
                yield text.problem(
                    match.start(1) + key.start(), "B124", f"'{key[1]}' is cited but not among the module's references",
                    did_you_mean(key[1], cited) or "add it to 'references' in module.yaml",
                )  # fmt: skip
