"""What an item asks, whatever its type: the stem, the choices and which are right, as a test-wise reader meets them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any

from pydantic import BaseModel

from training.content.rules.amounts import Amount, amounts, may_amount
from training.content.rules.words import content_words, measured, pieces, tokens
from training.core.interaction import Option, options_of
from training.core.items import Item
from training.core.items.multiple_response import MultipleResponse
from training.core.items.options import OptionsItem
from training.core.items.true_false import TrueFalse
from training.core.key import Key, Worth, WorthEach
from training.core.question import Question

Path = tuple[str | int, ...]
_SENTENCE = re.compile(r"(?<=[.?!:])\s+(?=[\"'A-Z0-9])")
_NO_TEXT = frozenset(
    ("id", "type", "status", "objective", "level", "safety", "references", "authors", "reviewers", "tags", "enemies",
     "claims", "file", "expression", "unit", "note")
)  # fmt: skip
"""Fields that hold names and numbers, or that no learner reads."""


@dataclass(frozen=True)
class Choice:
    """One option, where it is written, and whether it is right."""

    path: Path
    text: str
    correct: bool
    why: str = ""
    anchored: bool = False

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tokens(self.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """Its words that carry meaning, without their endings."""
        return content_words(self.tokens)


@dataclass(frozen=True)
class Asked:
    """One question within an item; most items ask one, a case asks several. Everything is worked out once."""

    item: Item
    stem: str
    path: Path
    """Where the stem is written."""
    choices: tuple[Choice, ...] = ()
    one: bool = True
    """Whether exactly one choice is wanted."""
    fixed: bool = False
    """Whether the choices are given by the type and not by the author: true and false."""
    shared: bool = False
    """Whether the choices serve several questions, so that they owe nothing to one stem."""
    scene: bool = False
    """Whether the situation is told elsewhere: in a vignette, or by the type itself."""

    @cached_property
    def keys(self) -> tuple[Choice, ...]:
        return tuple(each for each in self.choices if each.correct)

    @cached_property
    def distractors(self) -> tuple[Choice, ...]:
        return tuple(each for each in self.choices if not each.correct)

    @cached_property
    def key(self) -> Choice | None:
        """The one right choice among others that the author wrote for this stem, or None."""
        lone = self.one and len(self.keys) == 1 and len(self.choices) > 1
        return self.keys[0] if lone and not self.fixed and not self.shared else None

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(_SENTENCE.split(self.stem.strip()))

    @cached_property
    def lead_in(self) -> str:
        """The sentence that asks: the last with a question mark, or the last."""
        asking = [each for each in self.sentences if each.rstrip().endswith("?")]
        return asking[-1] if asking else self.sentences[-1]

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tokens(self.stem)

    @cached_property
    def content(self) -> frozenset[str]:
        return content_words(self.tokens)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of stem and choices, hyphens apart: what is not among them need not be searched for."""
        return pieces(chain(self.tokens, *(each.tokens for each in self.choices)))

    @cached_property
    def said(self) -> str:
        """Every choice, a line each: a pattern that is not in it is in no choice."""
        return "\n".join(each.text for each in self.choices)

    @cached_property
    def measured(self) -> tuple[tuple[str, str], ...]:
        """The choices as number and unit, empty unless every one of them is just that."""
        return measured(each.text for each in self.choices)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The choices as amounts: numbers, ranges, shares; empty unless every one of them is just that."""
        first = self.choices[0] if self.choices else None
        return amounts([each.text for each in self.choices]) if first and may_amount(first.tokens) else ()

    @cached_property
    def lead_words(self) -> frozenset[str]:
        """The words of the lead-in that carry meaning."""
        return content_words(tokens(self.lead_in))


class Read:
    """Every text of an item that a learner may read, with its path as an author writes it; taken apart once."""

    def __init__(self, item: Item, asked: Iterable[Asked] = ()) -> None:
        self.rows = tuple(texts(item))
        self._asked = asked

    @cached_property
    def whole(self) -> str:
        """All texts, a line each."""
        return "\n".join(text for _, text in self.rows)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        known = {each.text: each.tokens for asked in self._asked for each in asked.choices}
        known |= {asked.stem: asked.tokens for asked in self._asked}
        return tuple(chain.from_iterable(known[text] if text in known else tokens(text) for _, text in self.rows))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, hyphens apart."""
        return pieces(self.tokens)


Reader = Callable[[Any], Iterator[Asked]]
READERS: dict[type[Any], Reader] = {}
"""How to read the types whose questions cannot be derived; a new type needs a line only where it asks several."""


def reads(item_type: type[Any]) -> Callable[[Reader], Reader]:
    """Register how one item type is read."""

    def register(reader: Reader) -> Reader:
        READERS[item_type] = reader
        return reader

    return register


def asked_of(item: Item) -> tuple[Asked, ...]:
    """Give every question that an item asks."""
    readers = (READERS[kind] for kind in type(item).__mro__ if kind in READERS)
    return tuple(next(readers, _derived)(item))


@reads(OptionsItem)
def _options_item(item: OptionsItem) -> Iterator[Asked]:
    choices = tuple(
        Choice(("options", place, "text"), each.text, each.correct, each.why, each.anchored)
        for place, each in enumerate(item.options)
    )
    yield Asked(item, item.stem, ("stem",), choices, one=not isinstance(item, MultipleResponse))


@reads(TrueFalse)
def _true_false(item: TrueFalse) -> Iterator[Asked]:
    said = (("True", item.answer, item.why.if_true, "true"), ("False", not item.answer, item.why.if_false, "false"))
    choices = tuple(Choice(("why", name), text, correct, why) for text, correct, why, name in said)
    yield Asked(item, item.stem, ("stem",), choices, fixed=True)


def _derived(item: Item) -> Iterator[Asked]:
    """Read a type by what it means: its question's options, and the texts they are written in."""
    question = item.question(seed=0)
    choices = _choices(question, item)
    plain = isinstance(question.key, Worth | WorthEach)
    yield Asked(item, item.stem, ("stem",), choices, one=isinstance(question.key, Worth), scene=not plain)


def _choices(question: Question, item: Item) -> tuple[Choice, ...]:
    right = _right(question.key)
    if right is None:
        return ()
    reasons = {reason.answer: reason.text for reason in question.reasons}
    places = {text: path for path, text in texts(item)}
    options: tuple[Option, ...] = options_of(question.interaction)
    return tuple(
        Choice(places.get(each.text, ()), each.text, each.id in right, reasons.get(each.id, ""), each.anchored)
        for each in options
    )


def _right(key: Key) -> frozenset[str] | None:
    match key:
        case Worth(by_option=worth):
            most = max((share for _, share in worth), default=0)
            return frozenset(name for name, share in worth if share == most)
        case WorthEach(correct=correct):
            return frozenset(correct)
        case _:
            return None


def texts(item: Item) -> Iterator[tuple[Path, str]]:
    """Yield every text of an item that a learner may read, with its path as an author writes it."""
    yield from _texts(item, ())


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _texts(each, (*path, place))
    elif isinstance(value, BaseModel):
        names = _text_fields(type(value))
        for name, each in value.__dict__.items():
            if name in names and isinstance(each, str | tuple | BaseModel):
                yield from _texts(each, (*path, names[name]))


@cache
def _text_fields(kind: type[BaseModel]) -> dict[str, str]:
    """Give the fields of a kind that may hold text, with their names in YAML."""
    return {name: each.alias or name for name, each in kind.__pydantic_fields__.items() if name not in _NO_TEXT}
