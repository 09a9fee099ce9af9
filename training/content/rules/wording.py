"""Words as written in every text of an item: the house's terms, slips of the pen, spacing."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from training.content.rules.asked import Asked, Read
from training.content.rules.registry import Advice, Scope, Setting, rule
from training.content.rules.words import heads, pieces, tokens
from training.content.spellings import Spelling
from training.core.problem import Severity

_QUOTED = re.compile(r"[\"“‘][^\"”’]*[\"”’]|(?<!\w)'[^']*'(?!\w)")
_SPACING = (
    (re.compile(r"(?<=\S) {2,}(?=\S)"), " ", "two spaces"),
    (re.compile(r"(?<=\w) +(?=[,;.?!](?:\s|$))"), "", "a space before a mark"),
    (re.compile(r"(?<=[a-z]{2}) +([,;])(?=[A-Za-z]{2})"), r"\1 ", "a space before a mark and none after it"),
    (re.compile(r"(?<=[a-z]{2}),(?=[A-Za-z]{2})"), ", ", "no space after a comma"),
    (re.compile(r"(?<=[a-z]{2});(?=[A-Za-z]{2})"), "; ", "no space after a semicolon"),
    (re.compile(r"\( +(?=\w)"), "(", "a space within brackets"),
    (re.compile(r"(?<=\w) +\)"), ")", "a space within brackets"),
    (re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)(mm|cm|kg|mg|ml|mA|kPa|Hz|min)\b"), r"\1 \2", "no space before a unit"),
)
_MAYBE_PAIRS = ("  ", " ,", " ;", " .", " ?", " !", " )", "( ")
_MAYBE = re.compile(r"[,;0-9](?:(?<=[,;])[A-Za-z]|(?<=[0-9])[mckH])")
"""What any of these must hold: most texts are spared the rest."""


@rule("B244", Scope.TEXT)
def other_spelling(read: Read, setting: Setting) -> Iterator[Advice]:
    """A spelling that the house does not use; question_banks/spellings.yaml says which, and what to write instead.

    One word for one thing: readers should not wonder whether two words mean two things. `check --fix` puts it
    right.

    Bad:
        stem: A patient with a big hematoma says stop. What comes first?
    Good:
        stem: A patient with a big haematoma says stop. What comes first?
    """
    pattern, preferred = _pattern(tuple(setting.spellings))
    if pattern is None or not _may_stand(tuple(preferred), read):
        return
    for path, text in read.rows:
        found = pattern.search(text)
        if found:
            mended = pattern.sub(lambda match: _put(match.group(), preferred), text)
            hint = f"write '{_put(found.group(), preferred)}'"
            yield Advice(path, f"'{found.group()}' is spelt otherwise here", hint, mended)


@cache
def _pattern(spellings: Sequence[Spelling]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    avoided = {" ".join(word.lower().split()): each.prefer for each in spellings for word in each.avoid}
    return (_any_of(tuple(avoided)), avoided) if avoided else (None, {})


def _may_hold(phrases: Sequence[str], words: frozenset[str]) -> bool:
    """Say whether all words of any of the phrases are there: only then is a pattern worth its time."""
    return not _first_pieces(phrases).isdisjoint(words) and any(each <= words for each in _worded(phrases))


def _may_stand(phrases: Sequence[str], read: Read) -> bool:
    """Ask first for the words that phrases begin with, which most texts have none of; "'s" hides such a word."""
    apart = _first_words(phrases).isdisjoint(read.tokens) and "'" not in read.whole and "’" not in read.whole
    return not apart and _may_hold(phrases, read.words)


@cache
def _first_words(phrases: Sequence[str]) -> frozenset[str]:
    return frozenset(tokens(each)[0] for each in phrases if tokens(each))


@cache
def _first_pieces(phrases: Sequence[str]) -> frozenset[str]:
    return heads(phrases)


@cache
def _worded(phrases: Sequence[str]) -> tuple[frozenset[str], ...]:
    return tuple(pieces(tokens(each)) for each in phrases)


@cache
def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Make a pattern that finds any of the phrases as whole words, the longest first."""
    longest = sorted(phrases, key=len, reverse=True)
    joined = "|".join(r"\s+".join(map(re.escape, each.split())) for each in longest)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def _put(word: str, preferred: dict[str, str]) -> str:
    """Give the spelling of the house, with a capital where there was one."""
    other = preferred[" ".join(word.lower().split())]
    return other[0].upper() + other[1:] if word[0].isupper() else other


@rule("B253", severity=Severity.ADVICE)
def misleading_word(asked: Asked, setting: Setting) -> Iterator[Advice]:
    """A word in the question or the key that the glossary avoids because it misleads.

    question_banks/glossary.yaml gives each term and, under `avoid`, what we do not say. Distractors may say it, and
    so may people who are quoted.

    Bad:
        stem: A patient with a muscle knot says stop. What comes first?
    Good:
        stem: A patient with a trigger point says stop. What comes first?
    """
    avoided = setting.avoided
    if not _may_hold(tuple(avoided), asked.words):
        return
    pattern = _any_of(tuple(avoided))
    for path, text in ((asked.path, asked.stem), *((each.path, each.text) for each in asked.keys if not asked.fixed)):
        found = pattern.search(_QUOTED.sub("", text))
        if found:
            hint = f"the term is '{avoided[' '.join(found.group().lower().split())]}'"
            yield Advice(path, f"'{found.group()}' misleads", hint)


@rule("B245", Scope.TEXT)
def misspelt_term(read: Read, setting: Setting) -> Iterator[Advice]:
    """A rare word that is one letter away from a word of the glossary.

    Probably a slip. Where it is meant, add it as `alike` to question_banks/spellings.yaml.

    Bad:
        stem: A patient with a big haematona says stop. What comes first?
    Good:
        stem: A patient with a big haematoma says stop. What comes first?
    """
    if setting.strange.keys().isdisjoint(read.tokens):
        return
    for path, text in read.rows:
        for word in tokens(text):
            near = setting.strange.get(word)
            if near:
                yield Advice(path, f"'{word}' is nearly '{near}'", "correct it, or add it to the spellings as alike")


@rule("B249", Scope.TEXT)
def spacing(read: Read, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Spaces that are missing or too many: before a mark, after a comma, between number and unit.

    `check --fix` puts them right.

    Bad:
        stem: A patient says stop at 10mm. What comes first ?
    Good:
        stem: A patient says stop at 10 mm. What comes first?
    """
    if not any(pair in read.whole for pair in _MAYBE_PAIRS) and not _MAYBE.search(read.whole):
        return
    for path, text in read.rows:
        mended, said = text, []
        for pattern, instead, what in _SPACING:
            mended, count = pattern.subn(instead, mended)
            if count:
                said.append(what)
        if said:
            yield Advice(path, " and ".join(said), f"write '{_around(text, mended)}'", mended)


def _around(text: str, mended: str) -> str:
    """Show the mended text around its first change."""
    start = next((place for place, (one, other) in enumerate(zip(text, mended, strict=False)) if one != other), 0)
    return mended[max(0, start - 12) : start + 12].strip()
