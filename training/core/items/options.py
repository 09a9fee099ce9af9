"""From options as written to options as asked, for every type that has them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, Self, TypeVar

from pydantic import Field, model_validator

from training.core.interaction import Option
from training.core.items.item import Item, OptionNote, ShortId, Slug, Text, Written
from training.core.question import Reason

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Named(Protocol):
    """Anything written in a list that may have an id of its own."""

    @property
    def id(self) -> str | None: ...


N = TypeVar("N", bound=Named)


def named(notes: Sequence[N], names: Sequence[str] = LETTERS) -> dict[str, N]:
    """Give each note its id: its own, or a letter by position. Raises ValueError for one used twice."""
    made = {note.id or name: note for note, name in zip(notes, names, strict=False)}
    if len(made) != len(notes):
        raise ValueError("two options have the same id")
    return made


def numbered(notes: Sequence[N]) -> dict[str, N]:
    """Give each note its id: its own, or its number from 1."""
    return named(notes, [str(number) for number in range(1, len(notes) + 1)])


def asked(notes: Sequence[OptionNote]) -> tuple[Option, ...]:
    """Give options without anything that tells which are right."""
    return tuple(Option(name, note.text, note.anchored) for name, note in named(notes).items())


def reason(answer: str, note: OptionNote) -> Reason:
    """Give an option's reason."""
    return Reason(answer, note.why, note.misconception or "")


class SharedOption(Written):
    """An option that several rows may be given; its `why` may be left out, as it depends on the row."""

    id: ShortId | None = None
    text: Text
    why: Text | None = None
    anchored: bool = False
    misconception: Slug | None = None


class Row(Written):
    """Something to be given an option: the id of the right one, and why that is so."""

    id: ShortId | None = None
    text: Text
    answer: ShortId
    why: Text


def shared(notes: Sequence[SharedOption]) -> tuple[Option, ...]:
    """Give the options that rows share."""
    return tuple(Option(name, note.text, note.anchored) for name, note in named(notes).items())


def row_reasons(rows: Sequence[Row], options: Sequence[SharedOption]) -> tuple[Reason, ...]:
    """Give the reason of each row's right option as `row:option`, and what was said of an option itself."""
    own = (Reason(f"{name}:{row.answer}", row.why) for name, row in numbered(rows).items())
    general = (
        Reason(name, note.why or "", note.misconception or "")
        for name, note in named(options).items()
        if note.why or note.misconception
    )
    return (*own, *general)


def check_rows(rows: Sequence[Row], options: Sequence[SharedOption]) -> None:
    """Raise ValueError where a row names an option that is not there."""
    numbered(rows)
    known = named(options)
    for number, row in enumerate(rows, 1):
        if row.answer not in known:
            raise ValueError(f"row {number} has the answer '{row.answer}', but the options are {', '.join(known)}")


class OptionsItem(Item):
    """An item with options, each with its reason."""

    options: tuple[OptionNote, ...] = Field(min_length=2, max_length=len(LETTERS))

    @model_validator(mode="after")
    def _names_options_once(self) -> Self:
        names = self.option_ids
        if len(set(names)) != len(names):
            raise ValueError("two options have the same id")
        return self

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(note.id or letter for note, letter in zip(self.options, LETTERS, strict=False))

    @cached_property
    def correct_ids(self) -> tuple[str, ...]:
        return tuple(name for name, note in zip(self.option_ids, self.options, strict=True) if note.correct)

    def asked_options(self) -> tuple[Option, ...]:
        """Give the options without anything that tells which are right."""
        return asked(self.options)

    def reasons(self) -> tuple[Reason, ...]:
        return tuple(reason(name, note) for name, note in zip(self.option_ids, self.options, strict=True))
