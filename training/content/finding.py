"""A problem before it has its line: where in the file's data it lies."""

from dataclasses import dataclass

from training.content.source import Path
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

    def at(self, place: tuple[int, int]) -> Problem:
        """Give the problem it is at its line and column."""
        return Problem(self.file, *place, self.code, self.message, self.hint, self.severity)
