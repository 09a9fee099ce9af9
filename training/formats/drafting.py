"""From drafts to items: ids of our kind, labels out of tags, and a mark wherever the author has still to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

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
    taken: set[str] = set()
    categories = {draft.category for draft in imported.drafts}
    return [_read(draft, file, defaults, taken, several=len(categories) > 1) for draft in imported.drafts]


def _read(draft: Draft, file: str, defaults: Defaults, taken: set[str], *, several: bool) -> Read:
    if draft.fields is None:
        return Read(draft, None, draft.problems, draft.losses)
    labels = fields_of((*draft.tags, *([category_words(draft.category)] if several else [])))
    fields = {name: value for name, value in labels.items() if name not in ("strange", "renamed")} | dict(draft.fields)
    fields["id"] = _id_for(draft, taken)
    remarks = _remarks(draft, fields["id"], labels)
    if remarks:
        fields["note"] = "\n".join(remarks)
    missing, complete = _completed(fields, defaults)
    item, problems = _built(complete, draft, file)
    if item is not None:
        taken.add(item.id)
        problems += [_missing(item, missing, draft, file)] if missing else []
    losses = tuple(replace(loss, item=fields["id"]) for loss in draft.losses)
    return Read(draft, item, (*draft.problems, *problems), losses)


def _id_for(draft: Draft, taken: set[str]) -> str:
    """Keep the id it had where it can be one of ours, else make one of its id, its title or its first words."""
    stem = str((draft.fields or {}).get("stem", ""))
    words = " ".join(stem.split()[:_WORDS_OF_STEM])
    name = next(filter(None, (draft.name if is_slug(draft.name) else "", slug_of(draft.name), slug_of(draft.title),
                              slug_of(words), "imported")))  # fmt: skip
    number, unique = 2, name
    while unique in taken:
        unique = f"{name[:58].rstrip('-')}-{number}"
        number += 1
    return unique


def _remarks(draft: Draft, item_id: str, labels: Mapping[str, Any]) -> list[str]:
    """Keep in words what has no field: the name, title, category and tags there, where they differ from ours."""
    said = [("Id there", draft.name), ("Title there", draft.title), ("Category there", category_words(draft.category))]
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
    reasons = _with_reasons(whole)
    return [name for name in missing if not given.get(name)] + reasons, whole


def _with_reasons(fields: dict[str, Any]) -> list[str]:
    """Put the mark where a reason is needed and none was given; lists where."""
    if fields["type"] == "true_false":
        why = dict(fields.get("why") or {})
        lacking = [f"why.{side}" for side in ("true", "false") if not why.get(side)]
        fields["why"] = {side: why.get(side) or UNWRITTEN for side in ("true", "false")}
        return lacking
    lacking = []
    if "options" in fields:
        fields["options"] = [{**option, "why": option.get("why") or UNWRITTEN} for option in fields["options"]]
        lacking = [
            f"options.{place}.why" for place, option in enumerate(fields["options"]) if option["why"] == UNWRITTEN
        ]
    wants = BY_TYPE[fields["type"]].model_fields.get("why")
    if wants is not None and wants.is_required() and not fields.get("why"):
        fields["why"] = UNWRITTEN
        lacking.append("why")
    return lacking


def _built(fields: Mapping[str, Any], draft: Draft, file: str) -> tuple[Item | None, list[Problem]]:
    try:
        return BY_TYPE[fields["type"]].model_validate(fields), []
    except ValidationError as error:
        return None, [_misfit(each["loc"], each["msg"], draft, file) for each in error.errors(include_url=False)]


def _misfit(loc: Sequence[int | str], words: str, draft: Draft, file: str) -> Problem:
    place = ".".join(map(str, loc))
    message = f"{place}: {words}" if place else words.removeprefix("Value error, ")
    return Problem(file, draft.line, 1, Code.MALFORMED, message)


def _missing(item: Item, missing: Sequence[str], draft: Draft, file: str) -> Problem:
    words = f"{item.id}: not in the file: {', '.join(missing)}"
    hint = "a draft may wait for them; `check` lists them until they are written"
    return Problem(file, draft.line, 1, Code.MISSING, words, hint, Severity.ADVICE)
