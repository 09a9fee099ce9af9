"""Entries of a list within an item moved and taken out in its text, each with the remarks above it."""

from collections.abc import Sequence

from yaml import SequenceNode

from training.content.field_splicing import item_number, last_line, node_at, value_at
from training.content.source import Data, Path, Source, read_source

Order = tuple[Path, tuple[int, ...]]
"""A list within an item, by its path, and which of its entries stay, by their places now, in their new order."""


def reordered(file: str, text: str, item_id: str, orders: Sequence[Order]) -> str:
    """Give the text with lists in another order; one that cannot be moved line by line stays as it is.

    Lists within entries come first, so that each path is that of the text as it was.
    """
    for path, kept in sorted(orders, key=lambda each: len(each[0]), reverse=True):
        source, _ = read_source(file, text)
        number = item_number(source, item_id) if source else None
        if source is None or number is None:
            return text
        text = _moved(source, ("items", number, *path), kept)
    return text


def _moved(source: Source, path: Path, kept: Sequence[int]) -> str:
    node, old = node_at(source.root, path), value_at(source.data, path)
    if not isinstance(node, SequenceNode) or node.flow_style or not kept:
        return source.text
    lines = source.text.splitlines(keepends=True)
    if lines[-1] and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [_with_remarks(lines, each.start_mark.line) for each in node.value]
    stops = [*starts[1:], last_line(node, lines)]
    entries = [lines[start:stop] for start, stop in zip(starts, stops, strict=True)]
    fresh = [line for number in kept for line in entries[number]]
    made, problems = read_source(source.file, "".join([*lines[: starts[0]], *fresh, *lines[stops[-1] :]]))
    if made is None or problems or made.data != _with(source.data, path, [old[number] for number in kept]):
        return source.text
    return made.text


def _with_remarks(lines: Sequence[str], start: int) -> int:
    """Give the first line of an entry with the remarks right above it, as deep as it is."""
    depth = _depth(lines[start])
    while lines[start - 1].lstrip().startswith("#") and _depth(lines[start - 1]) >= depth:
        start -= 1
    return start


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _with(data: Data, path: Path, value: Data) -> Data:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {**data, step: _with(data[step], rest, value)}
    return [_with(each, rest, value) if place == step else each for place, each in enumerate(data)]
