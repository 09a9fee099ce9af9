"""Whole items put into a bank's text, copied, taken out and moved: comments and layout of the rest stay."""

import re
from collections.abc import Sequence
from contextlib import suppress

from training.content.banks import load_bank
from training.content.field_splicing import with_fields
from training.content.retouching import Change, retouched
from training.content.skeletons import empty_item
from training.content.source import Source, read_source
from training.content.splicing import spliced
from training.core.items import BY_TYPE, Item, Status
from training.core.refusal import NotFound, Refusal

ID_FORM = "An id has small letters, digits and hyphens, and 3 to 64 characters."
STAMPS = {"status": Status.DRAFT, "reviewers": (), "reviewed": None, "review_by": None, "reviews": ()}
"""What says of an item that it was reviewed: a copy of it was not."""


def with_example(file: str, text: str, type_name: str, new_id: str, author: str) -> str:
    """Add the example of a type as a draft to start from. Raises Refusal."""
    if type_name not in BY_TYPE:
        raise Refusal(f"There is no item type '{type_name}'.")
    example = "bank: example\ntitle: Example\nitems:\n" + "".join(
        f"  {'- ' if number == 0 else '  '}{line}\n"
        for number, line in enumerate(BY_TYPE[type_name].EXAMPLE.splitlines())
    )
    item = load_bank("example.yaml", example)[0].items[0]
    changed = {**STAMPS, "id": new_id, "authors": (author,), "enemies": (), "image": None if item.image else item.image}
    return spliced(file, text, replaced={}, added=[_checked(item.model_copy(update=changed))])


def with_empty(file: str, text: str, type_name: str, new_id: str, author: str) -> str:
    """Add an item of a type in which all is still to be written. Raises Refusal."""
    if type_name not in BY_TYPE:
        raise Refusal(f"There is no item type '{type_name}'.")
    fields = empty_item(type_name, new_id, author)
    try:
        item = BY_TYPE[type_name].model_validate(fields)
    except ValueError:
        raise Refusal(ID_FORM) from None
    return spliced(file, text, replaced={}, added=[item])


def with_copy(file: str, text: str, item_id: str, new_id: str) -> str:
    """Add a copy of an item under an id of its own, as a draft that nobody reviewed. Raises Refusal and NotFound.

    It is written as the item is, with its comments; anew only where that would not read back as the same.
    """
    item = _item(file, text, item_id)
    copy = _checked(item.model_copy(update={**STAMPS, "id": new_id}))
    there = list(load_bank(file, text)[0].items)
    with suppress(Refusal, NotFound, StopIteration):
        made = _as_written(file, text, item_id, new_id)
        if list(load_bank(file, made)[0].items) == [*there, copy]:
            return made
    return spliced(file, text, replaced={}, added=[copy])


def _as_written(file: str, text: str, item_id: str, new_id: str) -> str:
    source = _read(file, text)
    lines = _lines_of(source, _number(source, item_id))
    entry = [
        re.sub(rf"^(\s*(?:-\s+)?id:\s+)['\"]?{re.escape(item_id)}['\"]?", rf"\g<1>{new_id}", line) for line in lines
    ]
    fields: dict[str, object] = dict.fromkeys(STAMPS)
    return with_fields(file, _appended(source, entry), new_id, fields | {"status": Status.DRAFT.value})


def with_status(file: str, text: str, item_ids: Sequence[str], status: Status) -> str:
    """Give items another status, and change nothing around it. Raises Refusal where that is not possible."""
    for item_id in item_ids:
        source = _read(file, text)
        number, was = _number(source, item_id), _item(file, text, item_id).status
        made, done = retouched(source, [Change(("items", number, "status"), was.value, status.value)])
        if not done and was is not status:
            raise Refusal(f"Please write 'status: {status}' into {item_id} yourself: it cannot be put in safely.")
        text = made
    return text


def moved(file: str, text: str, item_id: str, to: str, target: str) -> tuple[str, str]:
    """Take an item out of one text and put it at the end of another, with its comments. Raises Refusal, NotFound."""
    item = _item(file, text, item_id)
    before, there = load_bank(file, text)[0].items, load_bank(to, target)[0].items
    rest, lines = _cut(_read(file, text), item_id)
    made = _appended(_read(to, target), lines)
    kept = [each for each in before if each.id != item_id]
    if list(load_bank(file, rest)[0].items) != kept or list(load_bank(to, made)[0].items) != [*there, item]:
        raise Refusal(f"{file} or {to} is laid out so that the item cannot be moved safely. Please move it by hand.")
    return rest, made


def _cut(source: Source, item_id: str) -> tuple[str, list[str]]:
    lines = source.text.splitlines(keepends=True)
    number = _number(source, item_id)
    if number == 0 and len(source.data["items"]) == 1:
        raise Refusal("This is the only item of its bank, and a bank has at least one.")
    start, stop = _span(source, number)
    return "".join([*lines[:start], *lines[stop:]]), lines[start:stop]


def _lines_of(source: Source, number: int) -> list[str]:
    start, stop = _span(source, number)
    return source.text.splitlines(keepends=True)[start:stop]


def _span(source: Source, number: int) -> tuple[int, int]:
    """Say from which line up to which an item stands, with the comments right above it."""
    lines, count = source.text.splitlines(keepends=True), len(source.data["items"])
    here = source.place(("items", number))[0]
    below = source.place(("items", number + 1))[0] if number + 1 < count else 0
    return _above(lines, here - 1), _above(lines, below - 1) if below else _end(lines, here)


def _above(lines: Sequence[str], start: int) -> int:
    """Take the comments right above an item along with it."""
    while start > 0 and lines[start - 1].lstrip().startswith("#") and lines[start - 1].startswith(" "):
        start -= 1
    return start


def _end(lines: Sequence[str], start: int) -> int:
    found = (number for number in range(start, len(lines)) if lines[number].strip() and lines[number][0] not in " #-")
    return next(found, len(lines))


def _appended(source: Source, entry: Sequence[str]) -> str:
    lines = source.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    rows = source.data.get("items") if isinstance(source.data, dict) else None
    if not rows:
        raise Refusal(f"{source.file} has no items yet to put another one after.")
    start = source.place(("items", len(rows) - 1))[0]
    shift = _indent(lines[start - 1]) - _indent(next(line for line in entry if line.lstrip().startswith("-")))
    end = _end(lines, start)
    return "".join([*lines[:end], *(_shifted(line, shift) for line in entry), *lines[end:]])


def _shifted(line: str, shift: int) -> str:
    if not line.strip():
        return line
    line = line if line.endswith("\n") else line + "\n"
    return " " * shift + line if shift > 0 else line[min(-shift, _indent(line)) :]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _read(file: str, text: str) -> Source:
    source, problems = read_source(file, text)
    if source is None:
        raise Refusal(f"{file} cannot be read ({problems[0]}). Mend it first; nothing was changed.")
    return source


def _item(file: str, text: str, item_id: str) -> Item:
    found = next((each for each in load_bank(file, text)[0].items if each.id == item_id), None)
    if found is None:
        raise NotFound(f"There is no item '{item_id}' in {file} that can be read.")
    return found


def _number(source: Source, item_id: str) -> int:
    rows = source.data["items"]
    return next(number for number, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == item_id)


def _checked(item: Item) -> Item:
    """Look again at an item that was changed without a look. Raises Refusal."""
    try:
        return type(item).model_validate(item.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    except ValueError:
        raise Refusal(ID_FORM) from None
