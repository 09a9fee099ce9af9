"""Whether a name as it is written in a file is that of a person: in any order, with titles, degrees and initials."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import combining, normalize

TITLES = frozenset(("dr", "prof", "professor", "med", "phil", "mr", "mrs", "ms", "pd"))
"""What stands beside a name and is no part of it."""

_REMARK = re.compile(r"[(<\[].*?(?:[)>\]]|$)")
_SEVERAL = re.compile(r"\s+(?:and|und|et)\s+|[&;/]", re.IGNORECASE)
Words = frozenset[str]


def names(authors: Iterable[str], *, name: str, email: str, colleagues: Iterable[str] = ()) -> bool:
    """Say whether a person is among the authors as they are written: by name, or with her address.

    `Dr Ida Meier, PT (Bern)`, `Meier, Ida` and `Ida M. Meier` are Ida Meier; so is `I. Meier`, as long as no colleague
    may be meant by it.
    """
    address, others = email.strip().casefold(), list(colleagues)
    for each in authors:
        if address and address in each.casefold():
            return True
        if _is(each, name) or (_may_be(each, name) and not any(_may_be(each, other) for other in others)):
            return True
    return False


def doubtful(authors: Iterable[str], *, name: str, colleagues: Iterable[str]) -> str:
    """Give an author whose initials may be this person's or a colleague's; empty where there is none."""
    others = list(colleagues)
    return next((
        each for each in authors
        if _may_be(each, name) and not _is(each, name)
        and any(_may_be(each, other) for other in others) and not any(_is(each, other) for other in others)
    ), "")  # fmt: skip


def _is(written: str, name: str) -> bool:
    mine = _words(name)
    return any(_same(mine, each) for each in _readings(written))


def _same(mine: Words, other: Words) -> bool:
    """Compare names by their words; of two or more, a middle name may be missing on either side."""
    fewer, more = sorted((mine, other), key=len)
    return bool(fewer) and (fewer == more or (fewer <= more and _full(fewer) > 1))


def _full(words: Words) -> int:
    return sum(len(word) > 1 for word in words)


def _may_be(written: str, name: str) -> bool:
    """Say whether a name with initials may be that of a person: `I. Meier` of Ida Meier."""
    return _is(written, name) or any(_abbreviates(each, _words(name)) for each in _readings(written))


def _abbreviates(short: Words, whole: Words) -> bool:
    initials, shared = {word for word in short if len(word) == 1}, {word for word in short if len(word) > 1}
    rest = whole - shared
    return bool(initials and shared) and shared <= whole and bool(rest) and initials <= {word[0] for word in rest}


def _readings(written: str) -> Iterator[Words]:
    """Read what stands before a comma as the name, and what stands on both sides of it as `last, first`."""
    for part in _SEVERAL.split(_REMARK.sub(" ", written)):
        before, *behind = part.split(",")
        yield _words(before)
        if behind:
            yield _words(f"{before} {behind[0]}")


def _words(name: str) -> Words:
    """Give the words of a name without accents, marks, titles."""
    plain = "".join(mark for mark in normalize("NFKD", name.casefold()) if not combining(mark))
    words = re.findall(r"\w+", re.sub(r"['’`]", "", plain))
    return frozenset(word for word in words if word not in TITLES)
