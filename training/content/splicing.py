"""Adding and replacing items in a bank's own text: comments, order and layout of the rest stay as they are."""

import re
from collections.abc import Mapping, Sequence

from training.content.banks import dump_bank, load_bank
from training.content.source import Source, read_source
from training.core.bank import Bank
from training.core.items import Item
from training.core.refusal import Refusal


def spliced(file: str, text: str, *, replaced: Mapping[str, Item], added: Sequence[Item]) -> str:
    """Give a bank's text with some items, named by their ids, replaced and others added at its end.

    Raises Refusal where the text is no readable bank, or is laid out so that this cannot be done safely.
    """
    source, problems = read_source(file, text)
    before, more = load_bank(file, text)
    if source is None or not before.slug:
        first = [*problems, *more][0]
        raise Refusal(f"{file} cannot be read as a bank ({first}). Mend it first; nothing was changed.")
    made = _edited(source, text, replaced, added)
    after, _ = load_bank(file, made)
    if list(after.items) != [*(replaced.get(item.id, item) for item in before.items), *added]:
        raise Refusal(f"{file} is laid out so that items cannot be put into it safely. Import into a new file.")
    return made


def _edited(source: Source, text: str, replaced: Mapping[str, Item], added: Sequence[Item]) -> str:
    entries = (source.data.get("items") or []) if isinstance(source.data, dict) else []
    # Not splitlines: YAML knows fewer line ends than Python does.
    lines = [line + "\n" for line in text.removesuffix("\n").split("\n")]
    starts = [source.place(("items", number))[0] - 1 for number in range(len(entries))]
    indent = _indent(lines[starts[0]]) if starts else 2
    if not starts:
        lines = _opened(lines)
    end = _end(lines, starts)
    lines[end:end] = entry_lines(added, indent)
    for number in reversed(range(len(entries))):
        new = replaced.get(entries[number].get("id")) if isinstance(entries[number], dict) else None
        if new is not None:
            stop = starts[number + 1] if number + 1 < len(starts) else end
            lines[starts[number] : _without_remarks(lines, starts[number], stop)] = entry_lines([new], indent)
    return "".join(lines)


def _opened(lines: Sequence[str]) -> list[str]:
    """Make room for the first item: in place of an empty list, or at the end where there is none."""
    made = [re.sub(r"^items:[ \t]*\[[ \t]*\]", "items:", line) for line in lines]
    return made if any(line.startswith("items:") for line in made) else [*made, "items:\n"]


def entry_lines(items: Sequence[Item], indent: int) -> list[str]:
    """Write items as entries of a list whose dashes stand at an indent."""
    if not items:
        return []
    whole = dump_bank(Bank("bank", "Bank", items)).splitlines(keepends=True)
    first = next(number for number, line in enumerate(whole) if line.startswith("  - "))
    return [" " * indent + line[2:] for line in whole[first:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end(lines: Sequence[str], starts: Sequence[int]) -> int:
    """Find where the list of items ends: before what follows it at the margin, or at the end of the file."""
    if not starts:
        return next((number + 1 for number, line in enumerate(lines) if line.startswith("items:")), len(lines))
    dash = _indent(lines[starts[0]])
    for number in range(starts[-1] + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith((" ", "#")) and not (dash == 0 and line.startswith("- ")):
            return number
    return len(lines)


def _without_remarks(lines: Sequence[str], start: int, stop: int) -> int:
    """Leave comments and empty lines above the next item where they are."""
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].lstrip().startswith("#")):
        stop -= 1
    return stop
