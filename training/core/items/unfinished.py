"""What stands in an imported draft where its author has still to write: marks that `check` finds, and none may stay."""

from collections.abc import Iterator

from training.core.items.item import Item, Written

UNWRITTEN = "To be written."
UNPLACED = "0.0"
UNSOURCED = "to-be-sourced"
UNNAMED = "Author to be named"

Path = tuple[str | int, ...]


def unfinished(item: Item) -> Iterator[tuple[Path, str]]:
    """Find the marks in an item: where each stands, and what is to be written there."""
    if item.objective == UNPLACED:
        yield ("objective",), "the objective"
    for place, name in enumerate(item.authors):
        if name == UNNAMED:
            yield ("authors", place), "the author"
    for place, key in enumerate(item.references):
        if key == UNSOURCED:
            yield ("references", place), "the source"
    if _holds_mark(item):
        yield from _unwritten((), item)


def _holds_mark(value: Written | tuple[object, ...]) -> bool:
    """Say whether the mark stands anywhere: quicker than to keep track of where, and nearly always no."""
    for each in value if isinstance(value, tuple) else value.__dict__.values():
        if each == UNWRITTEN if isinstance(each, str) else isinstance(each, tuple | Written) and _holds_mark(each):
            return True
    return False


def _unwritten(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if value == UNWRITTEN:
            yield path, "the reason" if "why" in path else f"'{path[-1]}'"
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _unwritten((*path, place), each)
    elif isinstance(value, Written):
        fields = type(value).__pydantic_fields__
        for name, each in value.__dict__.items():
            if name in fields and isinstance(each, str | tuple | Written):
                yield from _unwritten((*path, fields[name].alias or name), each)
