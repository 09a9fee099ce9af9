"""The published schemas are those in the code, and say yes and no as loading does."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from training.content.banks import load_bank
from training.content.json_schema import FOLDER, SCHEMAS, published
from training.content.registers import REGISTERS

ROOT = FOLDER.parents[1]
KINDS = {
    "bank": "question_banks/*.yaml",
    "module": "modules/*/module.yaml",
    "programme": "programmes/*.yaml",
    "references": "question_banks/references.yaml",
    "objectives": "question_banks/objectives.yaml",
    "spellings": "question_banks/spellings.yaml",
    **{kind: register.file for kind, register in REGISTERS.items()},
}
SHARED = {Path(pattern).name for kind, pattern in KINDS.items() if "*" not in pattern}


class _EditorLoader(yaml.SafeLoader):
    """YAML 1.2 core, as editors read it: dates are texts."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def files(kind: str) -> list[Path]:
    found = [*ROOT.glob(KINDS[kind]), *(ROOT / "tests/content_sample").glob(KINDS[kind])]
    return [path for path in found if kind != "bank" or path.name not in SHARED]


def read(text: str) -> Any:
    return yaml.load(text, Loader=_EditorLoader)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_published_schema_is_the_one_in_the_code(kind: str) -> None:
    assert (FOLDER / f"{kind}.json").read_text("utf-8") == published(kind), "write it again with `make docs`"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_editors_find_nothing_wrong_with_good_files(kind: str) -> None:
    validator = Draft7Validator(SCHEMAS[kind]())
    Draft7Validator.check_schema(validator.schema)

    assert files(kind)
    for path in files(kind):
        assert [
            f"{path.name}: {error.message}" for error in validator.iter_errors(_as_keys(read(path.read_text())))
        ] == []


def _as_keys(node: Any) -> Any:
    """JSON's keys are texts: `true:` is "true"."""
    if isinstance(node, dict):
        return {str(key).lower() if isinstance(key, bool) else key: _as_keys(value) for key, value in node.items()}
    return [_as_keys(each) for each in node] if isinstance(node, list) else node


@pytest.mark.parametrize(
    ("old", "new"),
    [("type: single_best", "type: singel_best"), ("level: apply", "level: aply"), ("    stem:", "    stm:"),
     ("        why:", "        wy:"), ("reviewed: 2026-01-15", "reviewed: [2026]")],
)  # fmt: skip
def test_editors_underline_what_loading_refuses(old: str, new: str) -> None:
    text = (ROOT / "tests/content_sample/question_banks/sample-safety.yaml").read_text()
    assert old in text

    assert not Draft7Validator(SCHEMAS["bank"]()).is_valid(_as_keys(read(text.replace(old, new, 1))))


def test_every_content_file_points_its_editor_to_its_schema() -> None:
    for kind in SCHEMAS:
        for path in ROOT.glob(KINDS[kind]):
            if kind == "bank" and path.name in SHARED:
                continue
            comments = [
                line for line in path.read_text().splitlines() if line.startswith("# yaml-language-server: $schema=")
            ]
            assert len(comments) == 1, path
            assert (path.parent / comments[0].partition("=")[2]).resolve() == FOLDER / f"{kind}.json"


@pytest.mark.parametrize("checked", ["checked: the key", "checked: [the key, the sources]", "checked: {key: yes}"])
def test_editors_and_loading_agree_on_one_thing_checked_or_several(checked: str) -> None:
    text = (ROOT / "tests/content_sample/question_banks/sample-safety.yaml").read_text()
    note = f"reviews:\n      - {{date: 2026-01-15, by: Ida, kind: expert, {checked}}}\n    level: apply"
    text = text.replace("level: apply", note, 1)

    assert Draft7Validator(SCHEMAS["bank"]()).is_valid(_as_keys(read(text))) is (load_bank("b.yaml", text)[1] == [])
