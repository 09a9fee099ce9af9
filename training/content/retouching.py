"""Changing one text in a YAML file and nothing around it: comments, order, quotes and folding stay as they are."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from training.content.source import Data, Path, Source, read_source


class Change(NamedTuple):
    """A value that should become another, and why."""

    path: Path
    old: str
    new: str


def retouched(source: Source, changes: Sequence[Change]) -> tuple[str, list[Change]]:
    """Give the file with the changes in it, and those that were made.

    A change is made only where reading the new text gives the old data with that one value changed: what cannot be
    spliced safely is left to the author.
    """
    text, made, known = source.text, list[Change](), source
    # From the end, so that what is changed does not move what is still to be found.
    for change in sorted(changes, key=lambda each: source.place(each.path), reverse=True):
        other = _with(known, change)
        if other is not None:
            text, known = other.text, other
            made.append(change)
    return text, made[::-1]


def _with(source: Source, change: Change) -> Source | None:
    node = _node(source.root, change.path)
    if node is None or node.value.strip() != change.old.strip():
        return None
    start, end = node.start_mark.index, node.end_mark.index
    raw = _spliced(source.text[start:end], node, change)
    if raw is None:
        return None
    found, problems = read_source(source.file, source.text[:start] + raw + source.text[end:])
    if found is None or problems:
        return None
    wanted = _changed(source.data, change.path, change.new)
    return found if alike(found.data, wanted) else None


def _node(root: Node, path: Path) -> ScalarNode | None:
    node: Any = root
    for part in path:
        if isinstance(node, MappingNode):
            node = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(part, int) and isinstance(node, SequenceNode) and part < len(node.value):
            node = node.value[part]
        else:
            return None
    return node if isinstance(node, ScalarNode) else None


def _spliced(raw: str, node: ScalarNode, change: Change) -> str | None:
    """Change only what differs between the old value and the new, where it stands in the raw text."""
    old, new = node.value, node.value.replace(change.old.strip(), change.new.strip(), 1)
    places = _places(raw, node)
    if places is None:
        return None
    # From the end, so that what is changed does not move what is still to be found.
    for kind, start, end, first, last in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if kind != "equal":
            raw = raw[: places[start]] + _written(new[first:last], node.style) + raw[places[end] :]
    return raw


def _places(raw: str, node: ScalarNode) -> list[int] | None:
    """Give where each character of the value stands in the raw text, and where the value ends."""
    at = _beginning(raw, node.style)
    found = []
    for letter in node.value:
        if letter in " \n" and at < len(raw) and raw[at] in " \n\r":
            found.append(at)
            at += 1 if raw[at] == " " and not _folds(raw, at) else _blank(raw, at)
            continue
        if node.style == '"' and raw[at : at + 1] == "\\":
            at += 1
        if raw[at : at + 1] != letter:
            return None
        found.append(at)
        at += 2 if node.style == "'" and letter == "'" else 1
    return [*found, at]


def _beginning(raw: str, style: str | None) -> int:
    if style in ("'", '"'):
        return 1
    if style in ("|", ">"):
        line = raw.index("\n") + 1
        return line + len(raw[line:]) - len(raw[line:].lstrip(" \n\r"))
    return 0


def _folds(raw: str, at: int) -> bool:
    """Say whether only blanks stand between here and the end of the line."""
    return raw[at:].lstrip(" ")[:1] in ("\n", "\r")


def _blank(raw: str, at: int) -> int:
    """Count the blanks and line ends that a folded space is written as."""
    return len(raw[at:]) - len(raw[at:].lstrip(" \n\r"))


def _written(text: str, style: str | None) -> str:
    match style:
        case "'":
            return text.replace("'", "''")
        case '"':
            return text.replace("\\", "\\\\").replace('"', '\\"')
        case _:
            return text


def _changed(data: Data, path: Path, value: str) -> Data:
    """Give the data with one value changed, sharing the rest."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {**data, step: _changed(data[step], rest, value)}
    return [_changed(each, rest, value) if place == step else each for place, each in enumerate(data)]


def alike(one: Data, other: Data) -> bool:
    """Compare data; blanks at the ends of texts do not count, since no text keeps them."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one.strip() == other.strip() if isinstance(one, str) and isinstance(other, str) else one == other
