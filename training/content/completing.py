"""What an author may write next: fields, values and names, for completion as she types."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from training.content.json_schema import bank_schema
from training.core.library import Library

Schema = Mapping[str, Any]
LONGEST = 90
"""Characters of a text that stands beside a name."""


def words(library: Library) -> str:
    """Write as JSON what may be written in a bank: fields by type and place, values by field, names by list."""
    fields, values = _schema_words()
    objectives = [[each.id, _short(each.text)] for each in library.objectives()]
    misconceptions = [[each, _short(getattr(one, "statement", ""))] for each, one in library.misconceptions.items()]
    lists = {
        "references": [[key, _short(each.citation)] for key, each in library.references.items()],
        "claims": [[key, _short(each.statement)] for key, each in library.claims.items()],
        "enemies": [[item.id, _short(item.stem)] for item in library.items()],
        "tags": sorted({tag for item in library.items() for tag in item.tags}),
        "authors": sorted({name for item in library.items() for name in item.authors}),
    }
    known = {**values, "objective": objectives, "misconception": misconceptions}
    return json.dumps({"fields": fields, "values": known, "lists": lists}, ensure_ascii=False, separators=(",", ":"))


@cache
def _schema_words() -> tuple[dict[str, dict[str, list[list[str]]]], dict[str, list[str]]]:
    schema = bank_schema()
    known: Mapping[str, Schema] = schema["definitions"]
    fields: dict[str, dict[str, list[list[str]]]] = {}
    values: dict[str, set[str]] = {}
    kinds = {each["properties"]["type"]["const"]: each for name, each in known.items()
             if "const" in each.get("properties", {}).get("type", {}) and not name.endswith("Part")}  # fmt: skip
    for kind, each in kinds.items():
        places: dict[str, dict[str, str]] = {}
        for place, field, said in _fields(each, "", known):
            places.setdefault(place, {})[field] = _told(said, known)
            values.setdefault(field, set()).update(_values(said, known))
        fields[kind] = {place: [list(row) for row in found.items()] for place, found in places.items()}
    values["type"] = set(kinds)
    fields[""] = {"": [["id", ""], ["type", ""]]}
    return fields, {field: sorted(found) for field, found in values.items() if found}


def _fields(node: Schema, place: str, known: Mapping[str, Schema], depth: int = 0) -> Iterator[tuple[str, str, Schema]]:
    for name, said in node.get("properties", {}).items():
        yield place, name, said
        for inner in _inner(said, known):
            if depth < 3:  # noqa: PLR2004 - a case's parts' options are the deepest there is
                yield from _fields(inner, name, known, depth + 1)


def _inner(said: Schema, known: Mapping[str, Schema]) -> Iterator[Schema]:
    """Follow references, lists and alternatives to what a field may hold."""
    if "$ref" in said:
        yield known[said["$ref"].rpartition("/")[2]]
    for each in (*said.get("anyOf", ()), *said.get("oneOf", ()), *([said["items"]] if "items" in said else ())):
        yield from _inner(each, known)


def _values(said: Schema, known: Mapping[str, Schema]) -> Iterator[str]:
    for each in (said, *said.get("anyOf", ()), *_inner(said, known)):
        yield from map(str, each.get("enum", ()))
        if each.get("type") == "boolean":
            yield from ("true", "false")


def _told(said: Schema, known: Mapping[str, Schema]) -> str:
    """Say what a field is: its values, or that it is a list or a number."""
    found = list(_values(said, known))
    if found:
        return ", ".join(found[:6])
    return {"array": "list", "integer": "number", "number": "number"}.get(str(said.get("type")), "")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
