"""A question while it is being read: gathers its fields, and all that is to be said about it, into a Draft."""

from dataclasses import dataclass, field
from typing import Any

from training.core.problem import Problem, Severity
from training.formats.base import Code, Draft, Loss, Picture
from training.formats.markup import UNDESCRIBED, Markup, plain_text


@dataclass(slots=True)
class Sketch:
    """The question of a file that stands at a line."""

    file: str
    line: int
    source: str = ""
    name: str = ""
    title: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    """Files that came with the question, by the name its text calls them."""

    @property
    def called(self) -> str:
        return self.name or self.title or f"question at line {self.line}"

    def lose(self, what_field: str, what: str) -> None:
        """Note that something of the question does not arrive."""
        self.losses.append(Loss(self.called, what_field, what))

    def assume(self, message: str, hint: str = "", line: int = 0) -> None:
        """Note what was taken for granted where the file leaves it open."""
        self._add(Code.ASSUMED, message, hint, line, Severity.ADVICE)

    def warn(self, message: str, hint: str = "", line: int = 0, code: Code = Code.MALFORMED) -> None:
        """Note what is wrong and was put right or left out."""
        self._add(code, message, hint, line, Severity.WARNING)

    def fail(self, message: str, hint: str = "", line: int = 0, code: Code = Code.MALFORMED) -> None:
        """Note why there can be no item of this question."""
        self._add(code, message, hint, line, Severity.ERROR)

    def _add(self, code: Code, message: str, hint: str, line: int, severity: Severity) -> None:
        self.problems.append(Problem(self.file, line or self.line, 1, code, message, hint, severity))

    def text(self, source: str, markup: Markup, where: str) -> str:
        """Read text as plain words, keeping the first picture as the item's own and listing what gets lost."""
        read = plain_text(source, markup, self.media)
        for what in read.lost:
            self.lose(where, what)
        for what in read.unsafe:
            self.warn(f"{where}: {what} is left out", code=Code.UNSAFE)
        kept = [self._keeps(picture, alt, where) for picture, alt in read.pictures]
        told = [alt for (_, alt), stays in zip(read.pictures, kept, strict=True) if not stays and alt != UNDESCRIBED]
        if read.text or not told:
            return read.text
        self.assume(f"{where}: the description of a picture stands for it")
        return " ".join(told)

    def _keeps(self, picture: Picture, alt: str, where: str) -> bool:
        if "image" in self.fields or where != "stem":
            self.lose(where, f"picture {picture.name}: an item has one, in its stem")
            return False
        self.pictures.append(picture)
        self.fields["image"] = {"file": picture.name, "alt": alt}
        return True

    def draft(self) -> Draft:
        """Close the sketch: there are fields unless something failed, and where there are none a problem says why."""
        failed = any(problem.severity is Severity.ERROR for problem in self.problems)
        if "type" not in self.fields and not failed:
            self.fail("what it asks, or what is right, cannot be told", "write it anew", code=Code.NO_SUCH_TYPE)
            failed = True
        elif not failed and not str(self.fields.get("stem", "?")).strip():
            only = "write what its picture asks" if "image" in self.fields else ""
            self.fail("the question has no text", only)
            failed = True
        fields = None if failed else dict(self.fields)
        return Draft(
            fields, self.line, self.source, self.name, self.title, self.category, tuple(self.tags),
            tuple(dict.fromkeys(self.losses)), tuple(self.problems), tuple(self.pictures),
        )  # fmt: skip
