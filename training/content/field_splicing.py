"""Fields of one item changed in a bank's text: whatever did not change keeps its comments, order and layout."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yaml import MappingNode, Node, ScalarNode

from training.content.banks import load_bank
from training.content.emitting import block
from training.content.retouching import Change, alike, retouched
from training.content.source import Data, Path, Source, read_source
from training.content.splicing import spliced
from training.core.items import BY_TYPE
from training.core.refusal import NotFound, Refusal


class _Edit(NamedTuple):
    """Lines from `start` up to `stop`, counted from 0, that become others."""

    start: int
    stop: int
    lines: tuple[str, ...]


def with_fields(file: str, text: str, item_id: str, fields: Mapping[str, Data]) -> str:
    """Give the text with an item's fields changed; None takes a field out. Values are as JSON has them.

    Raises Refusal where what comes of it is no item, NotFound where there is no such item.
    """
    source, problems = read_source(file, text)
    if source is None:
        raise Refusal(f"{file} cannot be read ({problems[0]}). Mend it first; nothing was changed.")
    number = item_number(source, item_id)
    if number is None:
        raise NotFound(f"There is no item '{item_id}' in {file}.")
    wanted = {name: value for name, value in {**source.data["items"][number], **fields}.items() if value is not None}
    made = _spliced(source, ("items", number), _as_text(wanted))
    return made if made is not None else _written_anew(file, text, item_id, wanted)


def item_number(source: Source, item_id: str) -> int | None:
    """Say which item of a bank has an id."""
    rows = source.data.get("items") or [] if isinstance(source.data, dict) else []
    return next((at for at, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == item_id), None)


def _spliced(source: Source, path: Path, wanted: Data) -> str | None:
    """Change what differs, and give None where the result would not read back as what is wanted."""
    old = value_at(source.data, path)
    text, _ = retouched(source, list(_scalars(path, old, wanted)))
    again, _ = read_source(source.file, text)
    if again is None:
        return None
    lines = text.splitlines(keepends=True)
    node = node_at(again.root, path)
    edits = sorted(_edits(node, value_at(again.data, path), wanted, lines), reverse=True)
    for edit in edits:
        lines[edit.start : edit.stop] = edit.lines
    made, problems = read_source(source.file, "".join(lines))
    if made is None or problems or not alike(value_at(made.data, path), wanted):
        return None
    return made.text if _rest(made.data, path) == _rest(source.data, path) else None


def _scalars(path: Path, old: Data, new: Data) -> Iterator[Change]:
    """Find the texts that only became other texts."""
    if isinstance(old, str) and isinstance(new, str):
        if old.strip() != new.strip():
            yield Change(path, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in old.keys() & new.keys():
            yield from _scalars((*path, name), old[name], new[name])
    elif isinstance(old, list) and isinstance(new, list):
        for number, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _scalars((*path, number), one, other)


def _edits(node: Node, old: Data, new: Data, lines: list[str]) -> Iterator[_Edit]:
    if isinstance(node, MappingNode) and isinstance(new, dict) and isinstance(old, dict):
        yield from _field_edits(node, old, new, lines)
    elif isinstance(new, list) and isinstance(old, list) and not isinstance(node, ScalarNode):
        yield from _entry_edits(node, old, new, lines)


def _field_edits(
    node: MappingNode, old: Mapping[str, Data], new: Mapping[str, Data], lines: list[str]
) -> Iterator[_Edit]:
    indent = node.value[0][0].start_mark.column
    for key, value in node.value:
        stop = last_line(value, lines)
        if key.value not in new:
            yield _Edit(key.start_mark.line, stop, ())
            if key is node.value[0][0] and len(node.value) > 1:
                yield from _dash_moved(key, node.value[1][0], lines)
        elif _other_shape(value, old[key.value], new[key.value]):
            head = lines[key.start_mark.line][:indent]
            first, *rest = _emitted({key.value: new[key.value]}, indent)
            yield _Edit(key.start_mark.line, stop, (head + first[indent:], *rest))
        else:
            yield from _edits(value, old[key.value], new[key.value], lines)
    fresh = {name: value for name, value in new.items() if name not in old}
    if fresh:
        end = last_line(node, lines)
        yield _Edit(end, end, _emitted(fresh, indent))


def _dash_moved(first: Node, second: Node, lines: list[str]) -> Iterator[_Edit]:
    """Put the dash of an entry before its second field, where the first one goes."""
    head, at = lines[first.start_mark.line][: first.start_mark.column], second.start_mark.line
    if head.strip() == "-" and second.start_mark.column == first.start_mark.column:
        yield _Edit(at, at + 1, (head + lines[at][len(head) :],))


def _other_shape(node: Node, old: Data, new: Data) -> bool:
    """Say whether a field must be written anew: another kind of value, or a list on one line with other entries.

    So must a text that could not be changed where it stands, as one that gets a second paragraph.
    """
    return type(old) is not type(new) or (getattr(node, "flow_style", False) and old != new) or _reworded(old, new)


def _reworded(old: Data, new: Data) -> bool:
    return isinstance(old, str) and isinstance(new, str) and old.strip() != new.strip()


def _entry_edits(node: Node, old: list[Data], new: list[Data], lines: list[str]) -> Iterator[_Edit]:
    indent = node.start_mark.column
    for value, one, other in zip(node.value, old, new, strict=False):
        if _reworded(one, other):
            yield _Edit(value.start_mark.line, last_line(value, lines), _emitted({"x": [other]}, indent - 2)[1:])
        else:
            yield from _edits(value, one, other, lines)
    if len(new) > len(old):
        end = last_line(node, lines)
        yield _Edit(end, end, _emitted({"x": new[len(old) :]}, indent - 2)[1:])
    for value in node.value[len(new) :]:
        yield _Edit(value.start_mark.line, last_line(value, lines), ())


def last_line(node: Node, lines: Sequence[str]) -> int:
    """Give the line after the last that belongs to a node: not the comments and empty lines below it."""
    last = node.value[-1] if node.value and not isinstance(node, ScalarNode) else None
    if last is not None and not getattr(node, "flow_style", False):
        return last_line(last[1] if isinstance(last, tuple) else last, lines)
    start, mark = node.start_mark.line, node.end_mark
    stop: int = mark.line if mark.column == 0 and mark.line > start else mark.line + 1
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].lstrip().startswith("#")):
        stop -= 1
    return stop


def _emitted(data: Data, indent: int) -> tuple[str, ...]:
    return tuple(" " * indent + line for line in block(_typed(data)).splitlines(keepends=True))


def _typed(data: Data) -> Data:
    """Write truth values and numbers without quotes, as an author would."""
    if isinstance(data, dict):
        return {name: _typed(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_typed(each) for each in data]
    return int(data) if re.fullmatch(r"0|-?[1-9]\d{0,8}", data) else {"true": True, "false": False}.get(data, data)


def _as_text(data: Data) -> Data:
    """Give JSON's values as the file has them: all scalars are text."""
    if isinstance(data, dict):
        return {name: _as_text(value) for name, value in data.items() if value is not None}
    if isinstance(data, list | tuple):
        return [_as_text(each) for each in data]
    return str(data).lower() if isinstance(data, bool) else str(data)


def _written_anew(file: str, text: str, item_id: str, wanted: Mapping[str, Data]) -> str:
    """Write the whole item anew where its fields cannot be changed one by one; its own comments go."""
    kind = BY_TYPE.get(str(wanted.get("type")))
    try:
        item = kind.model_validate(_as_text(wanted)) if kind else None
    except ValueError:
        item = None
    if item is None or item_id not in {each.id for each in load_bank(file, text)[0].items}:
        raise Refusal("This cannot be put into the text safely as it stands. Please change it in the YAML.")
    return spliced(file, text, replaced={item_id: item}, added=[])


def node_at(root: Node, path: Path) -> Node:
    """Give the node at a path that is there."""
    node: Any = root
    for part in path:
        node = node.value[part] if isinstance(part, int) else next(v for k, v in node.value if k.value == part)
    return node  # type: ignore[no-any-return]


def value_at(data: Data, path: Path) -> Data:
    """Give the value at a path that is there."""
    for part in path:
        data = data[part]
    return data


def _rest(data: Data, path: Path) -> Data:
    name, number = path
    return {**data, name: [row for at, row in enumerate(data[name]) if at != number]}
