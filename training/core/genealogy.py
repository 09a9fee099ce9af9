"""What changed between two versions of an item, in an author's terms, and whether their statistics may be pooled."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from training.core.version import Written

ALIKE = 0.6
"""Two options at least so alike (0 to 1, Ratcliff and Obershelp) are taken for one that was changed."""

SHORT = 3
"""Words up to this length keep their case: `mg` is not `Mg`."""

EDGES = ".,;:!?\"'“”‘’„…()[]*_"
"""Marks that may come and go at the edge of a word without changing what it says."""


TURNS = re.compile(
    r"^(?:no|not|never|none|nor|neither|cannot|without|except|least|most|only|all|always|left|right)$|n['’]t$",
    re.IGNORECASE,
)
"""Words that make another question of one that is otherwise the same."""


class Part(StrEnum):
    """What part of an item a change is in."""

    STEM = "stem"
    OPTION = "option"
    KEY = "key"
    IMAGE = "picture"
    TYPE = "type"
    REASON = "reason"
    TAGS = "tags"
    PLACE = "objective, level or safety"
    SOURCES = "references"
    AUTHORS = "authors"
    OTHER = "other"


class Verdict(StrEnum):
    """How far a change reaches; statistics before and after may be pooled for all but the last."""

    SAME = "the same"
    BESIDE = "beside the question"
    TYPOGRAPHICAL = "typographical"
    MEANING = "another question"

    @property
    def pools(self) -> bool:
        return self is not Verdict.MEANING


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `where` says which option or field, and what was or is not there is empty."""

    part: Part
    where: str
    before: str
    after: str


PARTS: Mapping[str, Part] = {
    "stem": Part.STEM, "vignette": Part.STEM, "answer": Part.KEY, "tolerance": Part.KEY, "unit": Part.KEY,
    "choose": Part.KEY, "panel": Part.KEY, "accepted": Part.KEY, "image": Part.IMAGE, "type": Part.TYPE,
    "why": Part.REASON, "mistakes": Part.REASON, "tags": Part.TAGS, "objective": Part.PLACE, "level": Part.PLACE,
    "safety": Part.PLACE, "references": Part.SOURCES, "claims": Part.SOURCES, "authors": Part.AUTHORS,
    "theme": Part.STEM, "hypothesis": Part.STEM, "finding": Part.STEM, "reveal": Part.STEM, "once": Part.KEY,
    "misconception": Part.REASON, "note": Part.REASON,
}  # fmt: skip
"""The part that each field belongs to; a field of a type not named here counts as other, which pools nothing."""

ENTRIES: Mapping[str, str] = {
    "rows": "row", "vignettes": "vignette", "steps": "step", "gaps": "gap", "parts": "part", "regions": "place",
    "panel": "answer of the panel", "variables": "variable", "derived": "derived value", "mistakes": "mistake",
}  # fmt: skip
"""Lists that are compared entry by entry, and what each entry is called."""

WITHIN: Mapping[str, Part] = {
    "text": Part.OPTION, "correct": Part.KEY, "votes": Part.KEY, "rectangle": Part.KEY, "circle": Part.KEY,
    "polygon": Part.KEY,
}  # fmt: skip
"""The part that fields of entries belong to, where it is another than that of the same field of an item."""

UNASKED = frozenset({Part.REASON, Part.TAGS, Part.PLACE, Part.SOURCES, Part.AUTHORS})
"""Parts that no learner meets before she answers."""


def changes(before: Written, after: Written) -> tuple[Change, ...]:
    """List what differs between two versions: the stem first, then options, then what is beside the question."""
    order = list(Part)
    return tuple(sorted(_changes(before, after, "", ""), key=lambda each: order.index(each.part)))


def _changes(before: Written, after: Written, within: str, place: str) -> Iterator[Change]:
    """Compare field by field; `within` names the list that these are an entry of, `place` says which entry."""
    for name in sorted({*before, *after} - {"options", "id"}):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        if name in ENTRIES and _alongside(was, now):
            for number, (old, new) in enumerate(zip(was or (), now or (), strict=True), 1):
                yield from _changes(old, new, name, f"{place}{ENTRIES[name]} {number}, ")
        else:
            where = f"{place}{_field(name)}"
            yield Change(_part(within, name), where, _words(was), _words(now))
    for each in _option_changes(_options(before), _options(after)):
        yield replace(each, where=f"{place}{each.where}")


def _alongside(was: Any, now: Any) -> bool:
    """Say whether two lists have an entry for each other: as many, each with fields."""
    both = isinstance(was, list) and isinstance(now, list) and len(was) == len(now)
    return both and all(isinstance(each, dict) for each in (*was, *now))


def _part(within: str, name: str) -> Part:
    if within == "mistakes":
        return Part.REASON
    if within == "vignettes" and name == "text":
        return Part.STEM
    return (WITHIN if within and within != "parts" else {}).get(name) or PARTS.get(name, Part.OTHER)


def verdict(found: Sequence[Change]) -> Verdict:
    """Say how far changes reach: statistics are pooled only where learners met the same question."""
    asked = [change for change in found if change.part not in UNASKED]
    if not found:
        return Verdict.SAME
    if not asked:
        return Verdict.BESIDE
    return Verdict.TYPOGRAPHICAL if all(map(_only_form, asked)) else Verdict.MEANING


def declarable(found: Sequence[Change]) -> bool:
    """Say whether an editor may declare these changes typographical: wording only, never key, number or option.

    Nor a word that turns a sentence round: whoever reads past a "not" would confirm another question.
    """
    wording = [change for change in found if change.part in (Part.STEM, Part.OPTION, Part.REASON)]
    others = [change for change in found if change not in wording and change.part is not Part.TAGS]
    same = all(_weighty(each.before) == _weighty(each.after) for each in wording)
    return bool(wording) and not others and same and all(each.before and each.after for each in wording)


def _only_form(change: Change) -> bool:
    wording = change.part in (Part.STEM, Part.OPTION)
    return wording and bool(change.before) and _form(change.before) == _form(change.after)


def _form(text: str) -> list[str]:
    """Give a text's words without what case and marks at their edges say."""
    words = (word.strip(EDGES) for word in text.split())
    return [word.casefold() if len(word) > SHORT and word.isalpha() else word for word in words if word]


def _weighty(text: str) -> list[str]:
    """Give the figures of a text and the words that turn it round."""
    words = [word.strip(EDGES) for word in text.split()]
    figures = [word for word in words if any(letter.isdigit() for letter in word)]
    return figures + [word.casefold() for word in words if TURNS.search(word)]


def _options(content: Written) -> list[Written]:
    """Give the options as each is written; some types have plain texts."""
    return [each if isinstance(each, dict) else {"text": _words(each)} for each in content.get("options") or ()]


def _option_changes(before: Sequence[Written], after: Sequence[Written]) -> Iterable[Change]:
    pairs = _paired([_text(each) for each in before], [_text(each) for each in after])
    for old, new in pairs:
        was, now = before[old] if old is not None else {}, after[new] if new is not None else {}
        where = f"option {_name(new if new is not None else old)}"
        if _text(was) != _text(now):
            yield Change(Part.OPTION, where, _text(was), _text(now))
        if bool(was.get("correct")) != bool(now.get("correct")):
            yield Change(Part.KEY, where, _worth(was), _worth(now))
        if was.get("why") != now.get("why") and was and now:
            yield Change(Part.REASON, where, _words(was.get("why")), _words(now.get("why")))
        if bool(was.get("anchored")) != bool(now.get("anchored")) and was and now:
            yield Change(Part.OPTION, where, _place(was), _place(now))
    kept = [(old, new) for old, new in pairs if old is not None and new is not None]
    if [new for _, new in sorted(kept)] != sorted(new for _, new in kept):
        yield Change(Part.OPTION, "order of the options", _listed(before), _listed(after))


def _paired(before: Sequence[str], after: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pair options: those that read the same, then the most alike; the rest were added or removed."""
    exact = _greedy([(old, new) for new, text in enumerate(after) for old, was in enumerate(before) if was == text])
    olds, news = {old for old, _ in exact}, {new for _, new in exact}
    left = [each for each in range(len(before)) if each not in olds]
    near = sorted((-_alike(before[old], after[new]), old, new) for old in left for new in range(len(after)))
    alike = _greedy([(old, new) for ratio, old, new in near if new not in news and -ratio >= ALIKE])
    paired: list[tuple[int | None, int | None]] = [*exact, *alike]
    paired += [(None, new) for new in range(len(after)) if new not in news | {each for _, each in alike}]
    paired += [(old, None) for old in range(len(before)) if old not in olds | {each for each, _ in alike}]
    return sorted(paired, key=lambda pair: (pair[1] is None, pair[1] if pair[1] is not None else pair[0] or 0))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _greedy(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for old, new in pairs:
        if all(old != one and new != other for one, other in taken):
            taken.append((old, new))
    return taken


def _name(number: int | None) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number or 0]


def _text(option: Written) -> str:
    return str(option.get("text", ""))


def _worth(option: Written) -> str:
    return "right" if option.get("correct") else "wrong" if option else ""


def _place(option: Written) -> str:
    return "kept at the end" if option.get("anchored") else "shuffled"


def _listed(options: Sequence[Written]) -> str:
    return " / ".join(map(_text, options))


def _field(name: str) -> str:
    return name.replace("_", " ")


def _words(value: Any) -> str:
    """Say a value from a file in one line."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case dict():
            return "; ".join(f"{_field(str(name))}: {_words(each)}" for name, each in value.items())
        case list() | tuple():
            return ", ".join(map(_words, value))
        case float():
            return f"{value:g}"
        case _:
            return str(value)
