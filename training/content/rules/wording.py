"""Words as written in every text of an item: the house's terms, slips of the pen, spacing."""

import re
from collections.abc import Iterator

from training.content.rules.asked import Asked, Path, Read
from training.content.rules.registry import Advice, Scope, Setting, rule
from training.content.rules.words import tokens
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
_WITHIN = re.compile(r"[\w,;)\]]\s+$")
_CAPITALS = re.compile(r"\b[A-Z][\w'’]*\s+$")
_NEXT = re.compile(r"\s+(?:(?:of|for|and|the)\s+)*[A-Z]")
"""What stands before and after a word that is part of a name: the Centers for Disease Control."""
_MAYBE_PAIRS = ("  ", " ,", " ;", " .", " ?", " !", " )", "( ")
_MAYBE = re.compile(r"[,;0-9](?:(?<=[,;])[A-Za-z]|(?<=[0-9])[mckH])")
"""What any of these must hold: most texts are spared the rest."""


@rule("B244", Scope.TEXT)
def other_spelling(read: Read, setting: Setting) -> Iterator[Advice]:
    """A spelling that the house does not use; question_banks/spellings.yaml says which, and what to write instead.

    One word for one thing: readers should not wonder whether two words mean two things. `check --fix` puts it
    right. Names keep their spelling, and so do the phrases that an answer may have.

    Bad:
        stem: A patient with a big hematoma says stop. What comes first?
    Good:
        stem: A patient with a big haematoma says stop. What comes first?
    """
    spelt = setting.spelt
    if not spelt.may_stand(read):
        return
    for path, text in read.rows:
        if _typed(path):
            continue
        found = next((each for each in spelt.pattern.finditer(text) if not _is_name(each)), None)
        if found:
            mended = spelt.pattern.sub(lambda each: each.group() if _is_name(each) else spelt.put(each.group()), text)
            hint = f"write '{spelt.put(found.group())}'"
            yield Advice(path, f"'{found.group()}' is spelt otherwise here", hint, mended)


def _typed(path: Path) -> bool:
    """Say whether a text is what learners may write, in whichever spelling: it is compared with, not read."""
    return "accepted" in path or ("mistakes" in path and path[-1] == "text")


def _is_name(found: re.Match[str]) -> bool:
    """Say whether a word has its capital from a name: a capital within a sentence, beside another."""
    text, start, end = found.string, found.start(), found.end()
    within = _WITHIN.search(text[max(0, start - 24) : start])
    return (
        found.group()[0].isupper() and bool(within) and bool(_CAPITALS.search(text[:start]) or _NEXT.match(text[end:]))
    )


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
    if not avoided.may_hold(asked.words):
        return
    for path, text in ((asked.path, asked.stem), *((each.path, each.text) for each in asked.keys if not asked.fixed)):
        found = avoided.pattern.search(_QUOTED.sub("", text))
        if found:
            hint = f"the term is '{avoided[found.group()]}'"
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
