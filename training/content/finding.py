"""A problem before it has its line: where in the file's data it lies; and the tracing that gives it one."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath

from training.content.source import Path, Source, read_source
from training.core.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a path of a file's data."""

    file: str
    path: Path
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    fixed: str | None = None
    """The value as it should be, where a rule can mend it."""

    @property
    def entry(self) -> tuple[str, int] | None:
        """The entry of a bank it concerns: its file and number."""
        if len(self.path) > 1 and self.path[0] == "items" and isinstance(self.path[1], int):
            return self.file, self.path[1]
        return None


def located(root: FilePath, findings: Iterable[Finding]) -> list[Problem]:
    """Give each finding its line and column. Only files with findings are parsed for it."""
    sources: dict[str, Source | None] = {}
    return [_located(root, sources, finding) for finding in findings]


def _located(root: FilePath, sources: dict[str, Source | None], finding: Finding) -> Problem:
    if finding.file not in sources:
        path = root / finding.file
        sources[finding.file] = read_source(finding.file, path.read_bytes())[0] if path.is_file() else None
    source = sources[finding.file]
    line, column = source.place(finding.path) if source else (1, 1)
    return Problem(finding.file, line, column, finding.code, finding.message, finding.hint, finding.severity)
