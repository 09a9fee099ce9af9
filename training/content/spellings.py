"""How words are spelt here, as data beside the banks: what to write, and what is written instead of it."""

from training.content.reading import entries, fitted, strangers
from training.content.source import read_source
from training.core.items.item import Text, Written
from training.core.problem import Problem


class Spelling(Written):
    """One word or phrase: another spelling of it may be put right without asking, because it means the same."""

    prefer: Text
    avoid: tuple[Text, ...] = ()
    alike: tuple[Text, ...] = ()
    """Other words that look like a slip of this one, and are none."""


def load_spellings(file: str, text: str | bytes) -> tuple[tuple[Spelling, ...], list[Problem]]:
    """Read the list of spellings."""
    source, problems = read_source(file, text)
    if source is None:
        return (), problems
    written, bad = entries(source, "spellings")
    problems += [*bad, *strangers(source, frozenset({"spellings"}))]
    found = []
    for number, data in enumerate(written):
        spelling, bad = fitted(Spelling, source, ("spellings", number), data)
        problems += bad
        if spelling is not None:
            found.append(spelling)
    return tuple(found), problems
