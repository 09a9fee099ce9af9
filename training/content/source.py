"""A YAML file read with care: scalars stay text, and any value can be traced to its line and column."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode, YAMLError
from yaml._yaml import CParser

from training.content.hostile import MAX_DEPTH, hostile
from training.content.syntax import syntax_problem
from training.core.problem import Problem, Severity

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top of the file."""

Data = Any
"""Text, None (an empty value), or dicts and lists of them."""


class _TooDeep(Exception):
    """A collection nested deeper than any honest file."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node


class _Composer(CParser):
    """libyaml's nodes without the resolvers: every scalar is text, whatever it looks like."""

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> str:  # noqa: ARG002
        return ""

    def descend_resolver(self, parent: Node, index: Node) -> None:
        """Do nothing: tags are not resolved."""

    def ascend_resolver(self) -> None:
        """Do nothing: tags are not resolved."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file: its data as plain dicts and lists, and the nodes to trace them back by."""

    file: str
    text: str
    root: Node
    data: Data
    flawed: frozenset[Path] = field(default=frozenset())
    """Where keys stand twice: what is read there cannot be trusted."""

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Give line and column, from 1, of the value at the path (or of its key), or of the nearest there is."""
        node: Node = self.root
        for part in path:
            found = _step(node, part)
            if found is None:
                break
            key_node, node = found
            if key and part == path[-1] and key_node is not None:
                return _at(key_node)
        return _at(node)

    def entry_lines(self, name: str) -> tuple[int, ...]:
        """Give the lines on which the entries of a list begin; none where one does not open its line with a dash."""
        found = _step(self.root, name)
        if found is None or type(found[1]) is not SequenceNode or found[1].flow_style:
            return ()
        rows, lines = found[1].value, self.text.splitlines()
        starts = tuple(row.start_mark.line + 1 for row in rows)
        dashed = all(lines[start - 1].lstrip(" ").startswith("- ") for start in starts)
        return starts if dashed and len(set(starts)) == len(starts) else ()

    def problem(
        self, path: Path, code: str, message: str, hint: str = "",
        *, severity: Severity = Severity.ERROR, key: bool = False,
    ) -> Problem:  # fmt: skip
        """Locate a problem at a value, or at its key."""
        return Problem(self.file, *self.place(path, key=key), code, message, hint, severity)


def read_source(file: str, raw: str | bytes) -> tuple[Source | None, list[Problem]]:
    """Read one YAML file. Without a Source the problems say why; duplicate keys come as problems beside one."""
    text, problems = _decoded(file, raw)
    problems = problems or hostile(file, text)
    if problems:
        return None, problems
    try:
        root = _Composer(text).get_single_node()
        if root is None:
            return None, [Problem(file, 1, 1, "Y009", "the file is empty", "start from one of the existing files")]
        return _source(file, text, root)
    except YAMLError as error:
        return None, [syntax_problem(file, text, error)]
    except _TooDeep as deep:
        message, hint = f"lists and fields nested more than {MAX_DEPTH} deep", "put each field on a line of its own"
        return None, [Problem(file, *_at(deep.node), "Y007", message, hint)]


def _source(file: str, text: str, root: Node) -> tuple[Source, list[Problem]]:
    try:
        return Source(file, text, root, _data(root, MAX_DEPTH)), []
    except _Twice:
        return _with_duplicates(file, text, root)


def _decoded(file: str, raw: str | bytes) -> tuple[str, list[Problem]]:
    if isinstance(raw, str):
        return raw, []
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        return "", [Problem(file, line, column, "Y008", "the file is not UTF-8", "save it as UTF-8 in your editor")]


class _Twice(Exception):
    """A mapping with the same key twice, or with a key that is not text."""


def _data(node: Node, room: int) -> Data:
    """Turn nodes into dicts, lists and text. The hot loop of loading: scalars are handled where they stand."""
    if not room:
        raise _TooDeep(node)
    room -= 1
    if type(node) is MappingNode:
        pairs = node.value
        try:
            made = {
                key.value: (value.value or _empty(value)) if type(value) is ScalarNode else _data(value, room)
                for key, value in pairs
            }
        except TypeError:
            raise _Twice from None
        if len(made) != len(pairs):
            raise _Twice
        return made
    if type(node) is ScalarNode:
        return node.value or _empty(node)
    return [(value.value or _empty(value)) if type(value) is ScalarNode else _data(value, room) for value in node.value]


def _empty(node: ScalarNode) -> str | None:
    """Tell nothing at all (None) from an empty text in quotes."""
    return "" if node.style else None


def _with_duplicates(file: str, text: str, root: Node) -> tuple[Source, list[Problem]]:
    """Keep the first of each double key, and name every other."""
    flawed: set[Path] = set()
    problems = []
    for path, key in _doubles(root, ()):
        flawed.add(path)
        line, column = _at(key)
        if isinstance(key, ScalarNode):
            message, hint = f"'{key.value}' stands twice here", "keep one of them"
        else:
            message, hint = "a list or block of fields cannot be the name of a field", "write a name and a colon"
        problems.append(Problem(file, line, column, "Y002", message, hint))
    return Source(file, text, root, _data(root, MAX_DEPTH), frozenset(flawed)), problems


def _doubles(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """Yield the path of each mapping with a double key, and that key's node; take the double out of the nodes."""
    if isinstance(node, ScalarNode):
        return
    if not isinstance(node, MappingNode):
        for number, value in enumerate(node.value):
            yield from _doubles(value, (*path, number))
        return
    kept: dict[str, tuple[Node, Node]] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode) or key.value in kept:
            yield path, key
            continue
        kept[key.value] = (key, value)
        yield from _doubles(value, (*path, key.value))
    node.value = list(kept.values())


def _step(node: Node, part: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(part, int) and not isinstance(node, ScalarNode) and part < len(node.value):
        return None, node.value[part]
    return None


def _at(node: Node) -> tuple[int, int]:
    mark = node.start_mark
    return mark.line + 1, mark.column + 1
