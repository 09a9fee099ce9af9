"""Question banks: YAML to Items and back, one bad item never hiding the good ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from training.content.emitting import block
from training.content.reading import entries, fitted
from training.content.shapes import BankHead
from training.content.source import Data, Source, read_source
from training.content.wording import did_you_mean, listed, problems_of
from training.core.bank import Bank
from training.core.items import BY_TYPE, Item
from training.core.problem import Problem

HEADER = "# yaml-language-server: $schema=../docs/schema/bank.json\n"


def load_bank(file: str, text: str | bytes) -> tuple[Bank, list[Problem]]:
    """Read a bank: every item that is right, and every problem of the others."""
    source, problems = read_source(file, text)
    if source is None:
        return Bank("", "", (), file), [*problems, *items_above(file, text, problems)]
    read = read_bank(source)
    return read.bank, problems + read.problems


@dataclass(frozen=True, slots=True)
class ReadBank:
    """A bank, the entry of its file that each item came from, and the ids of the entries that gave none."""

    bank: Bank
    positions: tuple[int, ...]
    unread: tuple[str, ...]
    problems: list[Problem]


def read_bank(source: Source) -> ReadBank:
    """Read a bank from its source."""
    written, problems = entries(source, "items")
    head, bad_head = _head(source)
    problems += bad_head
    items: list[Item] = []
    positions: list[int] = []
    for number, data in enumerate(written):
        item = _item(source, number, data, problems)
        if item is not None:
            items.append(item)
            positions.append(number)
    slug, title = (head.bank, head.title) if head else ("", "")
    bank = Bank(slug, title, tuple(items), source.file)
    return ReadBank(bank, tuple(positions), _unread(written, positions), problems)


def items_above(file: str, text: str | bytes, unreadable: list[Problem]) -> list[Problem]:
    """List what is wrong with the items above the one that makes a file unreadable; nothing where that is unsure."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    lines = raw.split(b"\n")[: unreadable[0].line]
    starts = [number for number, line in enumerate(lines) if line.lstrip(b" ").startswith(b"- ")]
    # The first dash of a bank is its first item; those of lists inside items stand further in.
    items = [number for number in starts if _indent(lines[number]) == _indent(lines[starts[0]])]
    if len(items) < 2:  # noqa: PLR2004 - the broken one and at least one above it
        return []
    source, problems = read_source(file, b"\n".join(lines[: items[-1]]) + b"\n")
    # What stands at the top may follow below, so only the items are judged.
    entered = source and isinstance(source.data, dict) and isinstance(source.data.get("items"), list)
    if source is None or not entered:
        return []
    for number, data in enumerate(source.data["items"]):
        _item(source, number, data, problems)
    return problems


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))


def _unread(written: list[Data], positions: list[int]) -> tuple[str, ...]:
    """Name the entries that gave no item, so that whoever refers to them is not blamed for it."""
    if len(positions) == len(written):
        return ()
    rest = set(range(len(written))).difference(positions)
    names = (written[number].get("id") for number in sorted(rest) if isinstance(written[number], dict))
    return tuple(name for name in names if isinstance(name, str))


def _head(source: Source) -> tuple[BankHead | None, list[Problem]]:
    if not isinstance(source.data, dict):
        return None, []
    rest = {name: value for name, value in source.data.items() if name != "items"}
    try:
        return BankHead.model_validate(rest), []
    except ValidationError as error:
        return None, problems_of(error, source, (), BankHead)


def _item(source: Source, number: int, data: Data, problems: list[Problem]) -> Item | None:
    """Read one entry, adding to the problems. Kept lean: it runs once for each item of the library."""
    item_type = BY_TYPE.get(data.get("type", "")) if type(data) is dict and type(data.get("type")) is str else None
    path = ("items", number)
    if item_type is None:
        problems.extend(_unknown_type(source, path, data))
        return None
    if source.flawed:
        item, found = fitted(item_type, source, path, data)
        problems.extend(found)
        return item
    try:
        return item_type.__pydantic_validator__.validate_python(data)  # type: ignore[no-any-return]
    except ValidationError as error:
        problems.extend(problems_of(error, source, path, item_type))
        return None


def _unknown_type(source: Source, path: tuple[str, int], data: Data) -> Iterator[Problem]:
    types = list(BY_TYPE)
    if not isinstance(data, dict):
        yield source.problem(path, "B106", "an item must be a block of fields", "start with '- id:'")
    elif data.get("type") is None:
        yield source.problem(path, "B102", "missing field 'type'", f"it may be {listed(types)}")
    else:
        given = data["type"]
        words = f"unknown item type '{given}'" if isinstance(given, str) else "the item type must be a text"
        hint = did_you_mean(str(given), types) or f"it may be {listed(types)}"
        yield source.problem((*path, "type"), "B101", words, hint)


def empty_bank(slug: str, title: str) -> str:
    """Write a bank that has no items yet."""
    return HEADER + block({"bank": slug, "title": title}) + "items: []\n"


def dump_bank(bank: Bank) -> str:
    """Write a bank as an author would; reading it back gives the same items."""
    return HEADER + block({"bank": bank.slug, "title": bank.title, "items": [_written(item) for item in bank.items]})


def _written(item: Item) -> Data:
    return item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
