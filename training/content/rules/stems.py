"""Flaws of the question itself."""

import re
from collections.abc import Iterator

from training.content.rules.registry import Advice, Setting, rule
from training.core.items import Item
from training.core.items.true_false import TrueFalse

_NEGATIVE = re.compile(r"\b(not|except|least|never|incorrect|false)\b[^.?!]*\?", re.IGNORECASE)
_LOUD = re.compile(r"\b(NOT|EXCEPT|LEAST)\b")
_UNFOCUSED = re.compile(
    r"\bwhich (?:one )?of the (?:following|statements?)[^?]*\b(?:is|are) (?:true|correct|false|incorrect)\b",
    re.IGNORECASE,
)
_BLANK = re.compile(r"_{2,}|\.{4,}|…{2,}")


@rule("B203")
def negative_question(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A question asked in the negative: not, except, least.

    Readers miss the "not", and then a wrong answer says nothing about what they know. Ask for the
    one right or most important thing; where the point is that something must not be done, ask what is unsafe.

    Bad:
        stem: Which of these is not a place for a used needle?
    Good:
        stem: Where does a used needle go?
    """
    lead_in = item.stem.rstrip().rsplit(". ", 1)[-1]
    found = _LOUD.search(item.stem) or (None if isinstance(item, TrueFalse) else _NEGATIVE.search(lead_in))
    if found:
        word = next((each for each in found.groups() if each), "not")
        yield Advice(("stem",), f"the question is asked in the negative ('{word}')", "ask for what is right instead")


@rule("B207")
def unfocused_question(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A question that cannot be answered with the options covered.

    "Which of the following is true?" asks for a search through unrelated statements. A focused
    question can be answered from the stem alone, and then the options are compared.

    Bad:
        stem: Which of the following statements is true?
    Good:
        stem: What follows after gloves are taken off?
    """
    if _UNFOCUSED.search(item.stem):
        yield Advice(("stem",), "the question cannot be answered without the options", "ask one definite thing")


@rule("B208")
def blank_in_stem(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A blank to fill in the middle of the stem.

    The reader must carry the sentence to each option and back. Ask a question instead.

    Bad:
        stem: A needle is used ____ times in one patient.
    Good:
        stem: How many times is a needle used in one patient?
    """
    if _BLANK.search(item.stem):
        yield Advice(("stem",), "the stem has a blank in it", "ask a question instead")
