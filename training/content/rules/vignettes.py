"""The stem as a text to read: its length and difficulty, what it tells of people, whether it fits its level."""

import re
from collections.abc import Iterator, Sequence

from training.content.rules.asked import Asked
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import heads, listed_words, syllables, tokens
from training.core.items.multiple_response import MultipleResponse
from training.core.problem import Severity
from training.core.question import Level

MOST_WORDS = 110
HARDEST = 16.0
"""The Flesch-Kincaid grade above which a stem is hard to read even for graduates."""
LONG_ENOUGH = 25
"""Words below which the grade of a text says nothing."""
HARDEST_SENTENCE = 20.0
"""The grade above which one sentence of some length makes a stem hard to read, however short the rest."""
A_SENTENCE = 8
"""Words below which the grade of a sentence says nothing."""
LONG_WORD, FEW_LONG = 9, 5
"""Letters of a long word; without some of those, or a very long sentence, no sentence is that hard."""

SHORT = 16
"""Words in one sentence beyond which there may be a situation that no list of words can know."""

_ABBREVIATION = re.compile(r"[A-Z](?<!\w\w)(?:[A-Z0-9]{1,5}s?\b|[A-Z][a-z][A-Z]\b)")
_KNOWN_WORDS = """MRI CT TENS WHO UK USA US HIV AIDS DNA BMI COVID PDF OK ID A4 ISO BMJ NHS X II III IV VI VII XII NOT
    EXCEPT LEAST TRUE FALSE AM PM ECG"""
_KNOWN = frozenset(_KNOWN_WORDS.split())
_LEVEL = re.compile(r"[CTLS]\d{1,2}")
_EPONYM = re.compile(
    r"\b[A-Z][a-z]+(?:'s|s')\s+(?:sign|test|syndrome|disease|triangle|point|law|line|manoeuvre|maneuver)\b|"
    r"\b(?:Las[eè]gue|Tinel|Phalen|Trendelenburg|Babinski|Romberg|Spurling|Homans|Lachman|McMurray|Finkelstein|Schober|"
    r"Adson|Patrick|Froment|Bragard|Kemp|Yergason|Thessaly|Gaenslen|Dupuytren|Osgood|Sever|Raynaud)\b"
)
_JUDGED = re.compile(
    r"^\W*(?:is|are|was|were|does|do|did|can|could|should|must|may|has|have|will)\b[^?]*\?\s*$|"
    r"\b(?:true or false|is it true that|is the following statement)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"^\W*(?:(?:yes|no|true|false|correct|incorrect|agree|disagree)\b|"
    r"(?:it|this|that) (?:is|was|does|did|can|may|might|"
    r"could)(?: not|n't)?(?: be)?(?: so| true| false| right| wrong| the case)?\W*$)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\b(?:two|three|four|five|2|3|4|5|all|each|every)\b|\bselect\b|\bchoose\b|\bapply\b|\btick\b", re.IGNORECASE
)
_COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_PEOPLE = (
    "caucasian|negro|oriental|asian|african|arab|gypsy|muslim|jewish|hindu|christian|"
    "housewife|cripple|crippled|handicapped|retarded|obese (?:woman|man|lady)|elderly lady|old lady|homosexual|"
    "illegal immigrant|manpower|mankind|foreman|male nurse|lady doctor|wheelchair[- ]bound|"
    "confined to a wheelchair|suffers from diabetes|victim of|spinster|old maid|hysterical|senile|lunatic|"
    "junkie|drug addict|cleaning lady|lollipop lady|stewardess|midget|half-caste|coloured people"
)
_PERSON_WORDS = heads(_PEOPLE.split("|")) | {"black", "white", "coloured"}
_PERSON = re.compile(
    r"(?<!South )"
    + listed_words(_PEOPLE)
    + r"|\b(?:black|white|coloured) (?:man|woman|males?|females?|patients?|person|people|client|"
    r"runner|student|girl|boy)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset(("he", "she", "his", "her", "him", "himself", "herself"))
_GENERIC_HE = re.compile(
    r"\b(?:a|an|the|each|every|any) (?:physiotherapist|therapist|clinician|practitioner|doctor|"
    r"surgeon|student|learner|needler)"
    r"\b[^.?!]*\b(?:he|she|his|her|him|himself|herself)\b",
    re.IGNORECASE,
)
_SCENE = re.compile(
    listed_words(
        "patients?|runner|client|worker|woman|man|physiotherapist|student|colleague|learner|clinic|session|clinician|"
        "practitioner|therapist|player|during|after|says|asks|reports|year-old|a study|a trial|"
        "trials?|review|researchers?|"
        "rabbits?|needle is|is needled|needled|needling of|report|paper|text|leaflet|advert|slide|"
        "instructor|teacher|course|"
        "guideline|author|survey|cohort|group|sample|if|when|of \\d+|\\d+"
    ),
    re.IGNORECASE,
)  # fmt: skip


@rule("B229", severity=Severity.ADVICE)
def long_stem(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem of more than 110 words.

    Beyond that an item measures reading speed. Leave out what the answer does not need.

    Bad:
        stem: A patient says stop. The day was long. The room was warm. The light was low. The needle was thin. The bed was hard. The clock was loud. The door was shut. The towel was blue. The chair was old. The floor was clean. The wall was white. The lamp was new. The sky was grey. The bus was late. The rain was cold. The tea was hot. The book was red. The shoe was wet. The coat was dry. The song was slow. The bird was small. The tree was tall. The road was long. The car was fast. The dog was asleep. The cat was away. What comes first?
    Good:
        stem: A patient says stop. What comes first?
    """  # noqa: E501 - an example of length is long
    if len(asked.tokens) > MOST_WORDS:
        yield Advice(asked.path, f"a stem of {len(asked.tokens)} words", "leave out what the answer does not need")


@rule("B230", severity=Severity.ADVICE)
def hard_to_read(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem that is hard to read: a Flesch-Kincaid grade above 16.

    The grade is 0.39 × words in a sentence + 11.8 × syllables in a word − 15.59 (Kincaid 1975), counted from 25 words
    on. A single sentence of eight words or more may have a grade of 20. Make two sentences of one, and take the
    shorter word.

    Bad:
        stem: Notwithstanding antecedent communications regarding contraindications, which particular intervention concerning deteriorating cardiorespiratory functionality necessitates immediate interdisciplinary consideration following the practitioner's unintentional pulmonary penetration during paravertebral interventional procedures?
    Good:
        stem: A patient says stop. What comes first?
    """  # noqa: E501 - an example of a long sentence is long
    hint = "make two sentences of one; take shorter words"
    grade = _grade(asked.tokens, len(asked.sentences)) if len(asked.tokens) >= LONG_ENOUGH else 0
    if grade > HARDEST:
        yield Advice(asked.path, f"reading grade {grade:.0f}", hint)
        return
    long_words = sum(len(word) > LONG_WORD for word in asked.tokens)
    for sentence in asked.sentences if long_words >= FEW_LONG or len(asked.tokens) > MOST_WORDS / 2 else ():
        words = tokens(sentence)
        grade = _grade(words, 1) if len(words) >= A_SENTENCE else 0
        if grade > HARDEST_SENTENCE:
            yield Advice(asked.path, f"a sentence of reading grade {grade:.0f}: '{sentence[:40]}…'", hint)
            return


def _grade(words: Sequence[str], sentences: int) -> float:
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@rule("B233", severity=Severity.ADVICE)
def abbreviation(asked: Asked, setting: Setting) -> Iterator[Advice]:
    """An abbreviation or a name for a thing that the item does not explain.

    Write the words out, with the abbreviation in brackets where it comes again. MRI, CT and a few more need none.

    Bad:
        stem: A patient has CRPS. What comes first?
    Good:
        stem: A patient has complex regional pain syndrome (CRPS). What comes first?
    """
    whole = f"{asked.stem}\n{asked.said}"
    for found in _ABBREVIATION.finditer(whole):
        short = found.group().removesuffix("s")
        explained = short in _KNOWN or f"({short}" in whole or f"{short} (" in whole
        if not explained and not _LEVEL.fullmatch(short) and not _cited(short, setting):
            yield Advice(asked.path, f"'{found.group()}' is not explained", "write it out")
            return
    named = _EPONYM.search(asked.stem)
    if named and "(" not in asked.stem:
        yield Advice(asked.path, f"'{named.group()}' names a person, not the thing", "say what it is as well")


def _cited(short: str, setting: Setting) -> bool:
    """Say whether it is the name of something that a source bears, such as a trial: those have digits."""
    return bool(re.search(r"\d", short)) and any(short in each.citation for each in setting.references.values())


@rule("B235")
def true_false_disguised(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A true or false question in the dress of a single best answer: "Is it …?" with "Yes, because …".

    Half of the options fall at once. Make it a true_false item, or ask what, which or how.

    Bad:
        stem: Can consent be withdrawn?
        options:
          - text: Yes, at once
            correct: true
            why: Consent can be withdrawn.
          - text: No, it is final
            why: Unsafe. There is no consent.
          - text: Yes, in writing
            why: Unsafe. A refusal stands.
    Good:
        stem: When can consent be withdrawn?
        options:
          - text: At once
            correct: true
            why: Consent can be withdrawn.
          - text: The next day
            why: Unsafe. There is no consent.
          - text: In writing
            why: Unsafe. A refusal stands.
    """
    if asked.fixed or not asked.choices:
        return
    verdicts = sum(bool(_VERDICT.match(each.text)) for each in asked.choices)
    if verdicts == len(asked.choices) or (verdicts >= 2 and _JUDGED.search(asked.lead_in)):  # noqa: PLR2004
        yield Advice(asked.path, "a true or false question with several options", "ask what, which or how")


@rule("B236")
def how_many(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A multiple response that does not say how many to choose.

    Write "Select two." with `choose: 2`, or "Select all that apply.". `check --fix` adds what `choose` says.

    Bad:
        type: multiple_response
        stem: Which steps come first?
    Good:
        type: multiple_response
        stem: Which steps come first? Select all that apply.
    """
    if isinstance(asked.item, MultipleResponse) and not _HOW_MANY.search(asked.lead_in + asked.sentences[-1]):
        count = asked.item.choose
        told = f"Select {_COUNTS.get(count, count)}." if count else "Select all that apply."
        mended = f"{asked.stem.rstrip()} {told}"
        yield Advice(asked.path, "the stem does not say how many to choose", f"write '{told}'", mended)


@rule("B237", severity=Severity.ADVICE)
def needless_cue(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Ethnicity, religion, or a word that looks down on people; "he" or "she" for a profession.

    What a person looks like or believes belongs into an item only where the answer depends on it. Then allow the
    rule with that reason.

    Bad:
        stem: A housewife says stop. What comes first?
    Good:
        stem: A patient says stop. What comes first?
    """
    found = None if _PERSON_WORDS.isdisjoint(asked.words) else _PERSON.search(asked.stem)
    found = found or (None if _PRONOUNS.isdisjoint(asked.words) else _GENERIC_HE.search(asked.stem))
    if found:
        yield Advice(asked.path, f"'{found.group()}': does the answer depend on it?", "leave it out, or say who it is")


@rule("B239", severity=Severity.ADVICE)
def no_situation(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """An item of level apply or analyse without a situation to apply anything to.

    Without a patient, a finding or data it asks for recall. Add the situation, or write `level: recall`.

    Bad:
        level: apply
        stem: What is a taut band?
    Good:
        level: apply
        stem: A patient has a taut band in the calf. What comes first?
    """
    short = not asked.scene and len(asked.sentences) == 1 and len(asked.tokens) <= SHORT
    if short and asked.item.level is not Level.RECALL and not asked.item.image and not _SCENE.search(asked.stem):
        yield Advice(
            asked.path, f"level {asked.item.level}, but there is no situation", "add one, or write level: recall"
        )
