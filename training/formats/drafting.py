"""From drafts to items: ids of our kind, labels out of tags, and a mark wherever the author has still to write."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from training.core.items import BY_TYPE, Item, Status
from training.core.items.unfinished import UNNAMED, UNPLACED, UNSOURCED, UNWRITTEN
from training.core.problem import Problem, Severity
from training.core.question import Level
from training.formats.base import Code, Draft, Imported, Loss
from training.formats.labels import category_words, fields_of, is_slug, slug_of

_WORDS_OF_STEM = 6


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the importing person says where the file says nothing."""

    objective: str = ""
    level: Level = Level.RECALL
    author: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A draft and the item made of it, None where there is none, with all that is to be said about it."""

    draft: Draft
    item: Item | None
    problems: tuple[Problem, ...]
    losses: tuple[Loss, ...]


def items_of(imported: Imported, file: str, defaults: Defaults) -> list[Read]:
    """Make an item of each draft that can be one; ids are unique among them."""
    taken: dict[str, int] = {}
    categories = {draft.category for draft in imported.drafts}
    return [_read(draft, file, defaults, taken, several=len(categories) > 1) for draft in imported.drafts]


def _read(draft: Draft, file: str, defaults: Defaults, taken: dict[str, int], *, several: bool) -> Read:
    if draft.fields is None:
        return Read(draft, None, draft.problems, draft.losses)
    category = category_words(draft.category) if several else ""
    labels = fields_of((*draft.tags, category))
    fields = {name: value for name, value in labels.items() if name not in ("strange", "renamed")} | dict(draft.fields)
    fields["id"] = _id_for(draft, taken)
    remarks = _remarks(draft, fields["id"], category, labels)
    if remarks:
        fields["note"] = "\n".join(remarks)
    renamed = [_renamed(draft, fields["id"], file)] if is_slug(draft.name) and fields["id"] != draft.name else []
    missing, complete = _completed(fields, defaults)
    item, lacking, problems = _built(deepcopy(complete), draft, file)
    if item is not None:
        problems += [_missing(item, [*missing, *lacking], draft, file)] if missing or lacking else []
    losses = tuple(replace(loss, item=fields["id"]) for loss in draft.losses)
    return Read(draft, item, (*draft.problems, *renamed, *problems), losses)


def _id_for(draft: Draft, taken: dict[str, int]) -> str:
    """Keep the id it had where it can be one of ours, else make one of its id, its title or its first words."""
    stem = str((draft.fields or {}).get("stem", ""))
    words = " ".join(stem.split()[:_WORDS_OF_STEM])
    name = next(filter(None, (draft.name if is_slug(draft.name) else "", slug_of(draft.name), slug_of(draft.title),
                              slug_of(words), "imported")))  # fmt: skip
    unique = name
    while unique in taken:
        taken[name] += 1
        unique = f"{name[:58].rstrip('-')}-{taken[name]}"
    taken[unique] = 1
    return unique


def _remarks(draft: Draft, item_id: str, category: str, labels: Mapping[str, Any]) -> list[str]:
    """Keep in words what has no field: the name, title, category and tags there, where they differ from ours."""
    said = [("Id there", draft.name), ("Title there", draft.title), ("Category there", category)]
    tags = [*labels.get("renamed", []), *labels.get("strange", [])]
    rows = [f"{what}: {text}" for what, text in said if text and slug_of(text) != text and text != item_id]
    return [*rows, *([f"Tags there: {', '.join(tags)}"] if tags else [])]


def _completed(fields: Mapping[str, Any], defaults: Defaults) -> tuple[list[str], dict[str, Any]]:
    """Fill what a file never says, and list the fields that now hold a mark or a guess."""
    missing = [name for name in ("objective", "level", "references", "authors") if not fields.get(name)]
    filled = {
        "objective": defaults.objective or UNPLACED,
        "level": defaults.level,
        "references": [UNSOURCED],
        "authors": [defaults.author or UNNAMED],
    }
    given = {"objective": defaults.objective, "authors": defaults.author}
    whole = {"status": Status.DRAFT, **fields, **{name: filled[name] for name in missing}}
    return [name for name in missing if not given.get(name)], whole


def _built(fields: dict[str, Any], draft: Draft, file: str) -> tuple[Item | None, list[str], list[Problem]]:
    """Make the item; where it needs a reason and has none, put the mark there and say where."""
    lacking: list[str] = []
    for _ in range(2):
        try:
            return BY_TYPE[fields["type"]].model_validate(fields), lacking, []
        except ValidationError as error:
            errors = _deepest(error.errors(include_url=False))
        lacking = [".".join(map(str, each["loc"])) for each in errors if _lacks_reason(each)]
        if len(lacking) < len(errors):
            break
        for each in errors:
            _write_at(fields, each["loc"])
    return None, [], [_misfit(each["loc"], each["msg"], draft, file) for each in errors if not _lacks_reason(each)]


def _deepest(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Drop the echo that pydantic adds on a list whose member is wrong."""
    above = {each["loc"][:length] for each in errors for length in range(len(each["loc"]))}
    return [each for each in errors if each["loc"] not in above]


def _lacks_reason(error: ErrorDetails) -> bool:
    return error["type"] == "missing" and "why" in error["loc"]


def _write_at(fields: Any, loc: Sequence[int | str]) -> None:
    """Put the mark at a place of the fields."""
    *path, last = loc
    for step in path:
        # Of a part of a case the place also names its type, which is no field.
        fields = fields[step] if isinstance(step, int) or step in fields else fields
    fields[last] = UNWRITTEN


def _misfit(loc: Sequence[int | str], words: str, draft: Draft, file: str) -> Problem:
    place = ".".join(map(str, loc))
    message = f"{place}: {words}" if place else words.removeprefix("Value error, ")
    return Problem(file, draft.line, 1, Code.MALFORMED, message)


def _renamed(draft: Draft, item_id: str, file: str) -> Problem:
    words = f"the id '{draft.name}' is that of an earlier question in the file; this one is '{item_id}'"
    return Problem(file, draft.line, 1, Code.DUPLICATE, words, severity=Severity.WARNING)


def _missing(item: Item, missing: Sequence[str], draft: Draft, file: str) -> Problem:
    words = f"{item.id}: not in the file: {', '.join(missing)}"
    hint = "a draft may wait for them; `check` lists them until they are written"
    return Problem(file, draft.line, 1, Code.MISSING, words, hint, Severity.ADVICE)
