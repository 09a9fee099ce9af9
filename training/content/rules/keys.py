"""The key and the reasons: is it the only defensible answer, does each reason explain, is what is unsafe called so."""

import re
from collections.abc import Iterator

from training.content.rules.asked import Asked
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import tokens
from training.core.problem import Severity
from training.core.question import Safety

_CONCEDES = re.compile(
    r"\b(?:also (?:correct|right|true|acceptable|reasonable)|(?:is|are|may be|might be|could be|"
    r"can be) (?:also )?(?:correct|"
    r"acceptable|defensible|equally (?:good|right|safe))|partly (?:right|correct|true)|"
    r"some(?:times)? (?:right|correct|accepted)|"
    r"(?:may|might|could|can|would) (?:also |well |even )?be (?:right|true|correct|defensible)|"
    r"(?:right|correct|true) (?:too|as well)|not (?:really |quite |exactly )?wrong|"
    r"(?:can|could|may|might) (?:be )?(?:defend|argue)(?:d|s)? (?:this|it|for|as)|"
    r"would (?:also )?be (?:right|correct|acceptable))\b",
    re.IGNORECASE,
)
_CONCEDING = ("correct", "right", "true", "accept", "reasonable", "defen", "equally", "wrong", "argue")
"""Whatever concedes has one of these in it."""
_DENIES = re.compile(r"\b(?:not|never|no|cannot|nor|if|were|had|hardly)\b[^.;]*$", re.IGNORECASE)
_HOLLOW = re.compile(
    r"^\W*(?:this (?:is|answer is|option is)|that is|it is)?\s*(?:the )?(?:not )?(?:quite )?"
    r"(?:correct|incorrect|wrong|right|true|false|best|unsafe|no|yes)(?: answer| option)?\W*$|"
    r"^\W*(?:because|since|as) (?:it|this|that) (?:is|was|does|did)(?: not|n't)?(?: so| right| wrong| true)?\W*$|"
    r"^\W*(?:see (?:above|below|the module)|by definition|obvious(?:ly)?|self-evident|of course(?: not)?)\W*$|"
    r"^\W*(?:clearly|certainly|definitely|obviously|simply|plainly) (?:not|so|right|wrong|true|false)\W*$|"
    r"^\W*(?:it|this|that) (?:just|simply) (?:is|does)(?: not|n't)?\W*$",
    re.IGNORECASE,
)
_UNSAFE = re.compile(
    r"\b(?:unsafe|danger\w*|harm\w*|risk\w*|injur\w*|assault|must not|never|delay\w*|death|fatal|"
    r"infect\w*|pneumothorax|"
    r"bleed\w*|haematoma|contraindicat\w*|without (?:\w+ )?consent|not safe|puncture\w*|violat\w*|breach\w*)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^\W*(?:go on|continue|carry on|ignore|persuade|insert|reinsert|needle (?:the|as|a|his|her|both|"
    r"deeply|quickly|elsewhere|through|over|on)|push|resume|finish|re-?use|recap|wipe|stop "
    r"(?:the|taking)|add (?:\w+ ){0,2}needles?|"
    r"leave (?:the|it|her|him)|send (?:the|her|him) home|wait|complete|advance|proceed|keep|reassure)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 2
LONGEST_HOLLOW = 60
"""Letters beyond which a reason says something, unless it is the option once more."""


@rule("B240", severity=Severity.ADVICE)
def several_keys(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A distractor that may be right as well: its own reason concedes it, or it says what the key says.

    A learner who chose it will challenge the item, rightly. Make the distractor wrong, or the question narrower.

    Bad:
        options:
          - text: Remove the needle
            correct: true
            why: Consent can be withdrawn.
          - text: Stop turning it
            why: This is also correct, but less complete.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    Good:
        options:
          - text: Remove the needle
            correct: true
            why: Consent can be withdrawn.
          - text: Stop turning it
            why: Unsafe. The needle stays in.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    """
    if asked.key is None:
        return
    reasons = "\n".join(each.why for each in asked.distractors).lower()
    may_concede = any(word in reasons for word in _CONCEDING)
    for choice in asked.distractors:
        found = _CONCEDES.search(choice.why) if may_concede else None
        if found and not _DENIES.search(choice.why[: found.start()]):
            yield Advice(
                choice.path, f"its own reason says '{found.group()}'", "make it wrong, or the question narrower"
            )
        elif choice.tokens == asked.key.tokens:
            yield Advice(choice.path, "it has the words of the key", "make it another answer")


@rule("B241")
def hollow_reason(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A reason that gives no reason: "Wrong.", "This is incorrect.", or the option once more.

    Learners read it to understand their mistake. Say why someone may think so, and why it is not so.

    Bad:
        options:
          - text: Remove the needle
            correct: true
            why: Correct.
          - text: Go on quietly
            why: Unsafe. There is no consent.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    Good:
        {usual options}
    """
    for choice in asked.choices:
        if len(choice.why) > max(LONGEST_HOLLOW, len(choice.text)):
            continue
        words = tokens(choice.why)
        echo = bool(words) and not asked.fixed and words == choice.tokens
        if choice.why and (len(words) < FEWEST_WORDS or echo or _HOLLOW.match(choice.why)):
            place = choice.path if asked.fixed else (*choice.path[:-1], "why")
            yield Advice(place, f"'{choice.why}' gives no reason", "say why someone may think so, and why not")


@rule("B247", severity=Severity.ADVICE)
def unsafe_not_named(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """An unsafe act among the options of a safety item, and its reason does not call it unsafe.

    Whoever chose it must read in so many words that it can harm. Begin the reason with "Unsafe:".

    Bad:
        safety: critical
        options:
          - text: Remove the needle
            correct: true
            why: Consent can be withdrawn.
          - text: Go on quietly
            why: The rest of the plan can follow later on.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    Good:
        safety: critical
        {usual options}
    """
    if asked.item.safety is Safety.NONE or asked.fixed:
        return
    for choice in asked.distractors:
        if choice.why and _ACTS.match(choice.text) and not _UNSAFE.search(choice.why):
            yield Advice((*choice.path[:-1], "why"), "an unsafe act is not called unsafe", "begin with 'Unsafe:'")
