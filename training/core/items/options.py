"""From options as written to options as asked, for every type that has them."""

from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from training.core.interaction import Option
from training.core.items.item import Item, OptionNote
from training.core.question import Reason

LETTERS = "abcdefghijklmnopqrstuvwxyz"


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
        return tuple(
            Option(name, note.text, note.anchored) for name, note in zip(self.option_ids, self.options, strict=True)
        )

    def reasons(self) -> tuple[Reason, ...]:
        return tuple(Reason(name, note.why) for name, note in zip(self.option_ids, self.options, strict=True))
