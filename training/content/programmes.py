"""Quizzes as code: banks to draw from, a blueprint and a policy."""

from training.content.reading import fitted
from training.content.source import Source, read_source
from training.core.blueprint import Programme
from training.core.problem import Problem


def load_programme(file: str, text: str | bytes) -> tuple[Programme | None, list[Problem]]:
    """Read a programme, whole or not at all: half a quiz is none."""
    source, problems = read_source(file, text)
    if source is None:
        return None, problems
    programme, found = read_programme(source)
    return programme, problems + found


def read_programme(source: Source) -> tuple[Programme | None, list[Problem]]:
    """Read a programme from its source."""
    return fitted(Programme, source, (), source.data)
