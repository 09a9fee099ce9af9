"""JSON Schemas of the content files, for completion in editors: `python -m training.content.json_schema`."""

import json
from collections.abc import Callable, Mapping
from functools import partial, reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, create_model

from training.content.registers import REGISTERS, Register
from training.content.shapes import BankHead, DomainNote, ModuleNote, ReferenceNote
from training.content.spellings import Spelling
from training.core.blueprint import Programme
from training.core.items import ITEM_TYPES
from training.core.items.item import Written

FOLDER = Path(__file__).parents[2] / "docs" / "schema"

Schema = dict[str, Any]


def bank_schema() -> Schema:
    """Describe question_banks/<bank>.yaml, every item type by its `type`."""
    union: Any = Annotated[reduce(or_, ITEM_TYPES), Field(discriminator="type")]
    return _schema(create_model("Bank", __base__=BankHead, items=(tuple[union, ...], ...)), "A question bank.")


def module_schema() -> Schema:
    """Describe modules/<module>/module.yaml."""
    return _schema(ModuleNote, "A learning module.")


def programme_schema() -> Schema:
    """Describe programmes/<programme>.yaml."""
    return _schema(Programme, "A quiz: banks, policy and blueprint.")


def references_schema() -> Schema:
    """Describe question_banks/references.yaml."""
    model = create_model("References", __base__=Written, references=(tuple[ReferenceNote, ...], ...))
    return _schema(model, "The sources that items and modules cite.")


def objectives_schema() -> Schema:
    """Describe question_banks/objectives.yaml."""
    model = create_model("Objectives", __base__=Written, domains=(tuple[DomainNote, ...], ...))
    return _schema(model, "The domains and objectives of the blueprint.")


def register_schema(register: Register) -> Schema:
    """Describe a register by its field and its entries."""
    entries: Any = (tuple[register.model, ...], ...)  # type: ignore[name-defined] # known when run
    model = create_model(register.field.capitalize(), __base__=Written, **{register.field: entries})
    return _schema(model, register.about)


def spellings_schema() -> Schema:
    """Describe question_banks/spellings.yaml."""
    model = create_model("Spellings", __base__=Written, spellings=(tuple[Spelling, ...], ...))
    return _schema(model, "How words are spelt here.")


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "bank": bank_schema,
    "module": module_schema,
    "programme": programme_schema,
    "references": references_schema,
    "objectives": objectives_schema,
    **{kind: partial(register_schema, register) for kind, register in REGISTERS.items()},
    "spellings": spellings_schema,
}


def published(name: str) -> str:
    """Write one schema as the text of its file."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"


def _schema(model: type[Any], description: str) -> Schema:
    made = TypeAdapter(model).json_schema(by_alias=True)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_loosened(made), "description": description}


def _loosened(node: Any) -> Any:
    """Let editors accept what loading accepts: scalars are read as text here, but as numbers and truth values there."""
    if isinstance(node, list):
        return [_loosened(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {("definitions" if key == "$defs" else key): _loosened(value) for key, value in node.items()}
    if made.get("type") == "string" and not {"enum", "const", "format"} & made.keys():
        made["type"] = ["string", "number", "boolean"]
    if isinstance(made.get("$ref"), str):
        made["$ref"] = made["$ref"].replace("#/$defs/", "#/definitions/")
    # OpenAPI's word, which JSON Schema validators do not know.
    made.pop("discriminator", None)
    return made


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / f"{name}.json").write_text(published(name), "utf-8")
