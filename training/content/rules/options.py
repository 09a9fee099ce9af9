"""Flaws of the options: cues that give the key away, and shapes that make a question hard for no reason."""

import re
from collections.abc import Iterator
from statistics import median

from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule

FEWEST, MOST = 3, 5
LONGER = 1.5
"""How much longer than the middle distractor the key may be."""
SHORT = 25
"""Characters below which length is no cue."""

_OTHERS = (
    r"(?:the (?:(?:given|listed|offered|other|above|preceding|following) )?(?:options|answers|choices|statements)|"
    r"the (?:others|above|following|preceding)|these|those|them)"
)
_ALL = re.compile(rf"\b(?:all|both|any) of {_OTHERS}\b|\ball the above\b", re.IGNORECASE)
_NONE = re.compile(rf"\b(?:none|neither) of {_OTHERS}\b|\bno (?:correct|right) answer\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(always|never|all|none|only|every)\b", re.IGNORECASE)
_COMBINED = re.compile(
    r"^\s*(?:[Bb]oth\s+)?\(?([A-E]|[1-5]|i{1,3}|iv|v|I{1,3}|IV|V)\)?(?:\s*,\s*\(?([A-E]|[1-5]|i{1,3}|iv|v|I{1,3}|IV|V)\)?)*"
    r"\s*(?:and|&|\+)\s*\(?([A-E]|[1-5]|i{1,3}|iv|v|I{1,3}|IV|V)\)?(?:\s+only)?\s*\.?\s*$"
    r"|^\s*(?:[Ee]ither|[Oo]ptions?|[Aa]nswers?)\s+\(?(?:[A-E]|[1-5]|i{1,3}|iv|v|I{1,3}|IV|V)\)?\s+(?:and|or|&)\s+\(?"
    r"(?:[A-E]|[1-5]|i{1,3}|iv|v|I{1,3}|IV|V)\)?\s*\.?$"
    r"|^\s*(?:[Bb]oth )?[Tt]he (?:first|second|third|fourth|last)(?: (?:one|option|answer))? and the "
    r"(?:first|second|third|fourth|last)(?: (?:one|option|answer)s?)?\s*\.?$"
)


_ABSOLUTES = frozenset(("always", "never", "all", "none", "only", "every"))
_ALLS = frozenset(("all", "both", "any"))
_NONES = frozenset(("none", "neither", "no"))


def _texts_with(
    asked: Asked, pattern: re.Pattern[str], words: frozenset[str] | None = None
) -> Iterator[tuple[Choice, str]]:
    """Find a pattern in the options; one of the words, where they are given, must be there for it to be."""
    for choice in asked.choices if words is None or words & asked.words else ():
        found = pattern.search(choice.text)
        if found and not asked.fixed:
            yield choice, found.group().strip()


@rule("B201")
def all_of_the_above(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """The option "all of the above".

    Who knows that two options are right need not know the third, and who finds one wrong option has
    ruled it out. Make it a multiple response, or ask for the one best answer.

    Bad:
        options:
          - text: A warm calf
            why: One sign among several.
          - text: A swollen calf
            why: One sign among several.
          - text: All of the above
            correct: true
            why: Each may be a sign.
    Good:
        options:
          - text: A warm, swollen calf
            correct: true
            why: These signs together call for assessment.
          - text: A calf sore after running
            why: Common after exercise.
          - text: An old scar on the calf
            why: Not a sign of thrombosis.
    """
    for choice, words in _texts_with(asked, _ALL, _ALLS):
        yield Advice(choice.path, f"'{words}' as an option", "make it a multiple_response item")


@rule("B202")
def none_of_the_above(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """The option "none of the above".

    Choosing it shows that the others are known to be wrong, not that the right answer is known.

    Bad:
        options:
          - text: A sharps container
            correct: true
            why: It is at hand.
          - text: A paper bin
            why: Unsafe. Needles pierce it.
          - text: None of these
            why: There is a right place.
    Good:
        options:
          - text: A sharps container
            correct: true
            why: It is at hand.
          - text: A paper bin
            why: Unsafe. Needles pierce it.
          - text: A steel tray
            why: Unsafe. It can prick someone.
    """
    for choice, words in _texts_with(asked, _NONE, _NONES):
        yield Advice(choice.path, f"'{words}' as an option", "write the answer that people wrongly give")


@rule("B204")
def longest_is_key(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A key that is much longer than the other options.

    Authors qualify what is right until it cannot be attacked; test-wise readers choose the longest
    option. The key may be at most half as long again as the middle distractor, and 25 characters are free.

    Bad:
        options:
          - text: Remove the needle at once, explain why, and write the refusal down in the record
            correct: true
            why: Consent can be withdrawn.
          - text: Go on quietly
            why: Unsafe. There is no consent.
          - text: Persuade her
            why: Unsafe. A refusal stands.
    Good:
        {usual options}
    """
    if asked.key is None:
        return
    length, others = len(asked.key.text), [len(each.text) for each in asked.distractors]
    middle = median(others)
    if length > max(others) and length > SHORT and length > LONGER * middle:
        words = f"the key has {length} characters, the middle distractor {middle:g}"
        yield Advice(asked.key.path, words, "shorten the key, or say as much in the others")


@rule("B205")
def absolute_distractors(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Absolute words (always, never, all, only) in distractors alone.

    Readers know that absolute statements are rarely right, and strike them out without knowing the matter.

    Bad:
        options:
          - text: It bruises
            correct: true
            why: Bruising is common.
          - text: It never hurts
            why: Some soreness is common.
          - text: It always bleeds
            why: Most insertions do not.
    Good:
        options:
          - text: It bruises
            correct: true
            why: Bruising is common.
          - text: It burns
            why: Some soreness is common.
          - text: It bleeds
            why: Most insertions do not.
    """
    if asked.fixed or not _ABSOLUTES & asked.words or any(_ABSOLUTE.search(each.text) for each in asked.keys):
        return
    for choice, words in _texts_with(asked, _ABSOLUTE, _ABSOLUTES):
        text = choice.text
        if _ALL.search(text) or _NONE.search(text):
            continue
        yield Advice(choice.path, f"'{words}' stands in distractors only", "say it without the word")


@rule("B206")
def number_of_options(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Fewer than three or more than five options in a single best answer.

    Two options are a coin; beyond five, hardly any distractor is ever chosen and reading takes longer.

    Bad:
        options:
          - text: The right arm
            correct: true
            why: It is not affected.
          - text: The left arm
            why: Unsafe. It has lymphoedema.
    Good:
        options:
          - text: The right arm
            correct: true
            why: It is not affected.
          - text: The left arm
            why: Unsafe. It has lymphoedema.
          - text: Both of her arms
            why: Unsafe. One has lymphoedema.
    """
    if asked.key is not None and not FEWEST <= len(asked.choices) <= MOST:
        words = f"{len(asked.choices)} options; a single best answer has {FEWEST} to {MOST}"
        yield Advice(asked.key.path[:-2], words, "three good distractors are plenty")


@rule("B209")
def combined_options(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Options that combine other options: "A and C".

    They test the reading of a code (K-type) instead of knowledge. Make it a multiple response.

    Bad:
        options:
          - text: A warm calf
            why: One of two signs.
          - text: A swollen calf
            why: One of two signs.
          - text: A and B
            correct: true
            why: Both are signs.
    Good:
        options:
          - text: A warm, swollen calf
            correct: true
            why: Both are signs.
          - text: A pale, slender calf
            why: Not signs of thrombosis.
          - text: A calf with a scar
            why: Not a sign of thrombosis.
    """
    for choice, words in _texts_with(asked, _COMBINED):
        yield Advice(choice.path, f"'{words}' combines other options", "make it a multiple_response item")
