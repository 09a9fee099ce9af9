"""Flaws of the options: cues that give the key away, and shapes that make a question hard for no reason."""

import re
from collections.abc import Iterator
from statistics import median

from training.content.rules.registry import Advice, Setting, rule
from training.core.items import Item
from training.core.items.item import OptionNote
from training.core.items.options import OptionsItem
from training.core.items.single_best import SingleBest

FEWEST, MOST = 3, 5
LONGER = 1.5
"""How much longer than the middle distractor the key may be."""
SHORT = 25
"""Characters below which length is no cue."""

_OTHERS = r"(?:the (?:options|answers|others|above)|these|them)"
_ALL = re.compile(rf"\b(?:all|both|any) of {_OTHERS}\b|\ball the above\b", re.IGNORECASE)
_NONE = re.compile(rf"\b(?:none|neither) of {_OTHERS}\b|\bno (?:correct|right) answer\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(always|never|all|none|only|every)\b", re.IGNORECASE)
_COMBINED = re.compile(
    r"^\s*(?:both\s+)?\(?([A-E]|[1-5]|i{1,3}|iv|v)\)?(?:\s*,\s*\(?([A-E]|[1-5]|i{1,3}|iv|v)\)?)*"
    r"\s*(?:and|&|\+)\s*\(?([A-E]|[1-5]|i{1,3}|iv|v)\)?(?:\s+only)?\s*\.?\s*$"
)


def _options(item: Item) -> tuple[OptionNote, ...]:
    return item.options if isinstance(item, OptionsItem) else ()


def _texts_with(item: Item, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for place, option in enumerate(_options(item)):
        found = pattern.search(option.text)
        if found:
            yield place, found.group().strip()


@rule("B201")
def all_of_the_above(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
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
    for place, words in _texts_with(item, _ALL):
        yield Advice(("options", place, "text"), f"'{words}' as an option", "make it a multiple_response item")


@rule("B202")
def none_of_the_above(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
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
    for place, words in _texts_with(item, _NONE):
        yield Advice(("options", place, "text"), f"'{words}' as an option", "write the answer that people wrongly give")


@rule("B204")
def longest_is_key(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
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
        options:
          - text: Remove the needle
            correct: true
            why: Consent can be withdrawn.
          - text: Go on quietly
            why: Unsafe. There is no consent.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    """
    if not isinstance(item, SingleBest):
        return
    keys = [(place, len(option.text)) for place, option in enumerate(item.options) if option.correct]
    others = [len(option.text) for option in item.options if not option.correct]
    for place, length in keys:
        middle = median(others)
        if length > max(others) and length > SHORT and length > LONGER * middle:
            words = f"the key has {length} characters, the middle distractor {middle:g}"
            yield Advice(("options", place, "text"), words, "shorten the key, or say as much in the others")


@rule("B205")
def absolute_distractors(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Absolute words (always, never, all, only) in distractors alone.

    Readers know that absolute statements are rarely right, and strike them out without knowing the matter.

    Bad:
        options:
          - text: It often bruises
            correct: true
            why: Bruising is common.
          - text: It never hurts
            why: Some soreness is common.
          - text: It always bleeds
            why: Most insertions do not.
    Good:
        options:
          - text: It often bruises
            correct: true
            why: Bruising is common.
          - text: It seldom hurts
            why: Some soreness is common.
          - text: It mostly bleeds
            why: Most insertions do not.
    """
    options = _options(item)
    if any(option.correct and _ABSOLUTE.search(option.text) for option in options):
        return
    for place, words in _texts_with(item, _ABSOLUTE):
        text = options[place].text
        if _ALL.search(text) or _NONE.search(text):
            continue
        yield Advice(("options", place, "text"), f"'{words}' stands in distractors only", "say it without the word")


@rule("B206")
def number_of_options(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
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
    if isinstance(item, SingleBest) and not FEWEST <= len(item.options) <= MOST:
        words = f"{len(item.options)} options; a single best answer has {FEWEST} to {MOST}"
        yield Advice(("options",), words, "three good distractors are plenty")


@rule("B209")
def combined_options(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
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
    for place, words in _texts_with(item, _COMBINED):
        path = ("options", place, "text")
        yield Advice(path, f"'{words}' combines other options", "make it a multiple_response item")
