"""Flaws of the question itself: what is asked, and how."""

import re
from collections.abc import Iterator

from training.content.rules.asked import Asked
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import listed_words
from training.core.problem import Severity

_DOUBLE = re.compile(
    listed_words("not|never|no|cannot|n't|except|least|false|incorrect|none|without|neither|nor|unlikely|"
        "hardly|scarcely|barely")
    + r"[^.?!;]{0,80}?"
    + listed_words("not|never|cannot|except|"
        "un(?:safe|likely|able|true|necessary|suitable|wise|helpful|acceptable|desirable)|"
        "incorrect|impossible|inappropriate|inadvisable|inadequate|insufficient|improper|"
                   "contraindicated|absent|without|false|avoid(?:ed)?|lacks?"),
    re.IGNORECASE,
)  # fmt: skip
_DENYING_WORDS = (
    "not never no cannot n except least false incorrect none without neither nor unlikely hardly scarcely barely"
)
_DENYING = frozenset(_DENYING_WORDS.split())
_OFTEN = (
    "often|rarely|seldom|sometimes|usually|frequently|occasionally|commonly|generally|infrequently|from time to time|"
    "in (?:some|many|most) cases|as a rule|every so often"
)
_VAGUE_WORDS = frozenset(_OFTEN.split("|")) | {"time", "cases", "rule"}
_DENIES = re.compile(r"\b(?:no|not|never|cannot|without|none)\b|n't\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?<!\bhow )(?<!\bmost )(?<!\bmore )(?<!\bas )(?<!\bless )(?<!\bleast )" + listed_words(_OFTEN),
    re.IGNORECASE,
)  # fmt: skip
_YOU = re.compile(
    r"\b(?:you|your|yours|yourself|i|we|our|my)\b(?![^\"“]*[\"”])|"
    r"\b(?:in your (?:opinion|view)|do you (?:think|feel|believe)|would you|"
    r"(?:seems?|feels?) (?:best|right|wise|better))\b",
    re.IGNORECASE,
)
_READER = frozenset(("seem", "seems", "feel", "feels", "you", "your", "yours", "yourself", "i", "we", "our", "my"))
_NEGATIVE = re.compile(r"\b(not|except|(?<!\bat )least|never|incorrect|false)\b[^.?!]*\?", re.IGNORECASE)
_LOUD = re.compile(r"\b(NOT|EXCEPT|LEAST)\b")
_UNFOCUSED = re.compile(
    r"\bwhich (?:one )?(?:of (?:the following|the statements?|these)(?: statements?)?|"
    r"statements?)(?: about [^?]*| on [^?]*| regarding [^?]*)?\s+"
    r"(?:is|are) (?:most )?(?:true|correct|false|incorrect|right|wrong|accurate|untrue)\b"
    r"|^which (?:one |answer |option )?(?:is|are) (?:the )?(?:most )?(?:true|correct|false|incorrect|right|wrong)\s*\?"
    r"|\b(?:true|correct|false) (?:of|about|regarding|concerning) [^?]*\?"
    r"|^(?:[\w-]+ ){0,5}(?:is|are)(?: known for)?\s*[:…]?$|^(?:[\w-]+ ){0,5}[\w-]+\s*[:…]$",
    re.IGNORECASE,
)
_AND_WHAT = re.compile(
    r"\b(?:what|which|how|why|when|where|who)\b[^?;]*?(?:,\s*|\s)(?:and|or)\s+(?:(?:for|by|in|at|to|with|from)\s+)?"
    r"(?:what|which|how|why|where)\b[^?]*\?|"
    r"\bwhat are (?:its|his|her|their) [\w-]+ and (?:its |his |her |their )?[\w-]+\?",
    re.IGNORECASE,
)
_SAYS = (
    r"(?:is|are|was|were|has|have|had|can|cannot|may|must|should|will|does|do|needs?|means?|shows?|proves?|lasts?|ends?|"
    r"replaces?|removes?|requires?|reduces?|causes?|covers?)"
)
_TWO_IDEAS = re.compile(
    rf"^(?!(?:if|when|where|since|as|although)\b).*?(?<!\bwho )(?<!\bwhich )(?<!\bthat )\b{_SAYS}\b"
    rf"[^.;?]*?(?:;|,?\s(?:and|but))\s+(?:[\w-]+\s+){{1,4}}?{_SAYS}\b",
    re.IGNORECASE | re.DOTALL,
)
"""A verb, and another with a subject of its own."""
_HINGED = re.compile(
    r"\b(?:previous|preceding|last|earlier|foregoing|next)\s+(?:question|item|answer)s?\b|"
    r"\b(?:question|item)\s+(?:no\.?\s*|number\s+)?\d+\b(?!\s+of\b)|"
    r"\b(?:question|item|answer|option)s?\s+(?:above|before this|chosen before)\b|\banswered above\b|"
    r"\byou (?:chose|answered|picked|named)\b",
    re.IGNORECASE,
)
_UNQUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_ASKED_BEFORE = frozenset(
    ("question", "questions", "item", "items", "answer", "answers", "answered", "option", "options", "you")
)
_VERDICTS = frozenset(("true", "correct", "false", "incorrect", "right", "wrong", "accurate", "untrue"))
_NEGATIVES = frozenset(("not", "except", "least", "never", "incorrect", "false"))
TRUTHS = ("True", "False")
FEW = 12
"""Words below which a stem may be the beginning of a sentence that the options end."""
_BLANKS = ("__", "....", "……")
_GAP = re.compile(
    r"\{[\s.…-]*\}|\[(?:[\s.…-]*|blank)\]|\([\s.…-]*\)| (?<=\w )(?:\.\.\.|…) [a-z]",
    re.IGNORECASE,
)
"""Brackets with nothing in them, or dots within a sentence."""


@rule("B203")
def negative_question(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A question asked in the negative: not, except, least.

    Readers miss the "not", and then a wrong answer says nothing about what they know. Ask for the
    one right or most important thing; where the point is that something must not be done, ask what is unsafe.

    Bad:
        stem: Which of these is not a place for used sharps?
    Good:
        stem: Where do used sharps go?
    """
    found = _negative(asked)
    if found:
        word = next((each for each in found.groups() if each), "not")
        yield Advice(asked.path, f"the question is asked in the negative ('{word}')", "ask for what is right instead")


def _negative(asked: Asked) -> re.Match[str] | None:
    if _NEGATIVES.isdisjoint(asked.words):
        return None
    lead_in = asked.stem.rstrip().rsplit(". ", 1)[-1]
    return _LOUD.search(asked.stem) or (None if asked.fixed else _NEGATIVE.search(lead_in))


@rule("B207")
def unfocused_question(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A question that cannot be answered with the options covered.

    "Which of the following is true?" asks for a search through unrelated statements. A focused
    question can be answered from the stem alone, and then the options are compared.

    Bad:
        stem: Which of the following statements is true?
    Good:
        stem: What follows after gloves are taken off?
    """
    if (len(asked.tokens) < FEW or _VERDICTS & asked.words) and _UNFOCUSED.search(asked.stem):
        yield Advice(asked.path, "the question cannot be answered without the options", "ask one definite thing")


@rule("B208")
def blank_in_stem(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A blank to fill in the middle of the stem.

    The reader must carry the sentence to each option and back. Ask a question instead.

    Bad:
        stem: A glove is worn for ____ patients.
    Good:
        stem: For how many patients is a glove worn?
    """
    gap = _GAP.search(asked.stem) and _GAP.search(_UNQUOTED.sub("", asked.stem))
    if gap or any(blank in asked.stem for blank in _BLANKS):
        yield Advice(asked.path, "the stem has a blank in it", "ask a question instead")


@rule("B225", severity=Severity.ADVICE)
def vague_frequency(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A vague word for how often: often, rarely, usually.

    What one reader calls rare another calls common. Give a number, or ask for what comes first or most.

    Bad:
        stem: How do gloves rarely fail?
    Good:
        stem: How do 3 of 100 gloves fail?
    """
    if _VAGUE_WORDS.isdisjoint(asked.words):
        return
    for path, text in (
        (asked.path, asked.lead_in),
        *((each.path, each.text) for each in asked.choices if not asked.fixed),
    ):
        found = _VAGUE.search(text)
        if found:
            yield Advice(path, f"'{found.group()}' is vague", "give a number, or a comparison")


@rule("B231")
def double_negative(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Two negatives in one question, or a negative question with a negative option.

    "Which is not unsafe?" tests logic under time pressure. Say it in the positive.

    Bad:
        stem: Which grip is unlikely to be unsafe for the lung?
    Good:
        stem: Which grip is safest for the lung?
    """
    found = None if _DENYING.isdisjoint(asked.words) else _DOUBLE.search(asked.lead_in)
    if found:
        yield Advice(asked.path, f"a double negative: '{found.group()}'", "say it in the positive")
    elif not asked.fixed and _negative(asked):
        denying = next((each for each in asked.choices if _DENIES.search(each.text)), None)
        if denying:
            yield Advice(denying.path, "a negative option of a negative question", "say one of them in the positive")


@rule("B232")
def two_questions(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem that asks two things.

    Whoever knows one of the two cannot show it. Ask one thing in one item: neither two questions, nor "what, and why",
    nor a statement to be called true or false that says two things.

    Bad:
        stem: Which grip is safest? How deep may it go?
    Good:
        stem: Which grip is safest?
    """
    asking = [
        each for each in asked.sentences if each.rstrip("\"”' ").endswith("?") and '"' not in each and "“" not in each
    ]
    if len(asking) > 1 and not asked.fixed:
        yield Advice(asked.path, f"the stem asks {len(asking)} questions", "make an item of each")
    elif not asked.fixed and _AND_WHAT.search(_UNQUOTED.sub("", asked.lead_in)):
        yield Advice(asked.path, "the question asks two things at once", "make an item of each")
    elif asked.fixed and len(asked.choices) == len(TRUTHS) and _TWO_IDEAS.search(_UNQUOTED.sub("", asked.lead_in)):
        yield Advice(
            asked.path, "the statement says two things, which need not be true together", "make an item of each"
        )


@rule("B257")
def hinged(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem that leans on another question: "in the previous question", "after question 2".

    Quizzes draw items one by one, in any order, and who erred once would err twice. Tell what is needed in the
    stem; where questions belong together, make them parts of a case.

    Bad:
        stem: A patient says stop, as in the previous question. What comes first?
    Good:
        stem: A patient says stop. What comes first?
    """
    if _ASKED_BEFORE.isdisjoint(asked.words):
        return
    found = _HINGED.search(_UNQUOTED.sub("", asked.stem))
    if found:
        yield Advice(asked.path, f"'{found.group()}' leans on another question", "tell what is needed here")


@rule("B238")
def you_or_opinion(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A question put to the reader: "you", "in your opinion".

    What the reader would do or thinks is always right. Ask what is best, and by whose standard.

    Bad:
        stem: What would you do first when a patient says stop?
    Good:
        stem: What comes first when a patient says stop?
    """
    if _READER.isdisjoint(asked.words):
        return
    found = _YOU.search(_UNQUOTED.sub("", asked.stem))
    if found:
        yield Advice(asked.path, f"'{found.group()}' asks for the reader's own view", "ask what is best")
