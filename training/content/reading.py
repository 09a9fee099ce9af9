"""One file's data against one model: the value where it fits, located problems where it does not."""

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from training.content.source import Data, Path, Source
from training.content.wording import did_you_mean, problems_of
from training.core.problem import Problem

Model = TypeVar("Model", bound=BaseModel)


def fitted(model: type[Model], source: Source, path: Path, data: Data) -> tuple[Model | None, list[Problem]]:
    """Read the data at a path as a model. Data under a double key is not trusted."""
    if any(flaw[: len(path)] == path for flaw in source.flawed):
        return None, []
    if not isinstance(data, dict):
        return None, [source.problem(path, "B106", "this must be a block of fields", "write one field on each line")]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, problems_of(error, source, path, model)


def entries(source: Source, name: str) -> tuple[list[Data], list[Problem]]:
    """Give the list that a file holds under a name, empty with a problem where there is none."""
    if not isinstance(source.data, dict):
        return [], [source.problem((), "B106", f"the file must be a block of fields with '{name}' in it")]
    if name not in source.data:
        hint = did_you_mean(name, source.data)
        return [], [source.problem((), "B102", f"missing field '{name}'", hint and f"the file has {hint[13:-1]}")]
    found = [] if source.data[name] is None else source.data[name]
    if isinstance(found, list):
        return found, []
    hint = "write each entry on a line of its own that starts with '- '"
    return [], [source.problem((name,), "B106", f"'{name}' must be a list", hint)]


def strangers(source: Source, known: frozenset[str]) -> Iterator[Problem]:
    """Find fields at the top of a file that do not belong there."""
    for name in source.data if isinstance(source.data, dict) else ():
        if name not in known:
            hint = did_you_mean(name, known) or f"known here: {', '.join(sorted(known))}"
            yield source.problem((name,), "B103", f"unknown field '{name}'", hint, key=True)
