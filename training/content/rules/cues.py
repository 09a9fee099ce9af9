"""Cues within one question that give the key away to a reader who knows nothing of the matter."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Prefix

from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import RUN, TELLING, bare, listed_words, tells, tokens
from training.core.problem import Severity

_HEDGE = re.compile(
    listed_words("may|might|can|could|usually|generally|often|sometimes|tends? to|in (?:some|many|most) cases|"
        "likely|possibly|probably|perhaps|typically|mostly|as a rule|seems? to|appears? to"),
    re.IGNORECASE,
)  # fmt: skip
_ARTICLE = re.compile(r"\b(an?)[\s:_.…?*–—-]*(?:\([^()]*\)\W*)?$", re.IGNORECASE)
_VOWEL = re.compile(r"(?:hour|honest|honou?r|heir|[aefhilmnorsx]-|[aeio]|u(?!ni|se|su|ti|lna))", re.IGNORECASE)
_VERB = re.compile(r"\b(?:which|what)\s+(?:[\w-]+\s+){0,3}?(is|are|was|were|has|have|does|do)\b", re.IGNORECASE)
_LAST_VERB = re.compile(r"\b(is|are|was|were)\W*$", re.IGNORECASE)
_ARTICLES = frozenset(("a", "an", "the"))
_SEVERAL = frozenset(("both", "two", "three", "four", "several", "many", "all", "these", "those"))
_PLURAL_WORDS = (
    "teeth feet people men women children bacteria phenomena criteria data nuclei muscles radii foci stimuli"
)
_PLURALS = frozenset(_PLURAL_WORDS.split())
_PLURAL_VERBS = frozenset(("are", "were", "have", "do"))
_PHRASE_END = re.compile(r"\b(?:of|in|on|at|to|for|from|with|by|between|under|over|that|which|after|before)\b")
SHORT_PHRASE = 4
FEWEST = 3
KIN = 5
"""Letters that words must begin with to be of one stem."""
SHORT_STEM = 20
"""Words up to which a stem is in the ear as a whole."""


@rule("B211")
def article_cue(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem that ends in "a" or "an" and fits only some of the options.

    The article rules options out before anyone thinks. Write "a/an", or put the article into each option.

    Bad:
        stem: The first thing to fetch for a fainting patient is an
        options:
          - text: extra pillow for the legs
            correct: true
            why: Raising the legs helps.
          - text: warm cup of sweet tea
            why: Unsafe. A fainting patient may choke.
          - text: cold wet towel
            why: It does little.
    Good:
        stem: What should be fetched first for a fainting patient?
        options:
          - text: Pillow for the legs
            correct: true
            why: Raising the legs helps.
          - text: Cup of sweet tea
            why: Unsafe. A fainting patient may choke.
          - text: Cold wet towel
            why: It does little.
    """
    if asked.key is None or not asked.tokens or not {"a", "an"} & asked.words:
        return
    ending = _ARTICLE.search(asked.stem)
    if ending is None:
        return
    wants_vowel = ending.group(1).lower() == "an"
    fits = [bool(_VOWEL.match(each.text)) == wants_vowel for each in asked.choices]
    if not all(fits):
        words = f"the stem ends in '{ending.group(1)}', which fits {sum(fits)} of {len(fits)} options"
        yield Advice(asked.path, words, "put the article into the options")


@rule("B212", severity=Severity.ADVICE)
def number_cue(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem whose verb is singular or plural as only the key is.

    "Which is …?" with one singular and three plural options answers itself. Give all options the same number.

    Bad:
        stem: Which structures are at risk at the fibular neck?
        options:
          - text: Nerve branches
            correct: true
            why: They wind around the bone.
          - text: Bursa
            why: It lies elsewhere.
          - text: Artery
            why: It lies behind the knee.
    Good:
        stem: What is at risk at the fibular neck?
        options:
          - text: Nerve
            correct: true
            why: It winds around the bone.
          - text: Bursa
            why: It lies elsewhere.
          - text: Artery
            why: It lies behind the knee.
    """
    if asked.key is None or not all(_is_short(each) for each in asked.choices):
        return
    verb = _VERB.search(asked.lead_in) or _LAST_VERB.search(asked.stem)
    if verb is None:
        return
    plural = verb.group(1).lower() in _PLURAL_VERBS
    fits = [_is_plural(each.text) == plural for each in asked.choices]
    if sum(fits) == 1 and _is_plural(asked.key.text) == plural and len(fits) >= FEWEST:
        yield Advice(
            asked.key.path, f"only the key agrees with '{verb.group(1)}' in the stem", "use one number throughout"
        )


def _is_short(choice: Choice) -> bool:
    return len(choice.tokens) <= SHORT_PHRASE or choice.tokens[0] in _SEVERAL


def _head(text: str) -> tuple[str, ...]:
    """Give the words of a phrase up to "of", "in" and their like, after which its number no longer changes."""
    return tokens(_PHRASE_END.split(text.lower())[0])


def _is_plural(text: str) -> bool:
    head = _head(text)
    last = head[-1] if head else ""
    regular = last.endswith("s") and not last.endswith(("ss", "us", "is", "as"))
    return regular or last in _PLURALS or last.endswith(("ae", "chi", "ngi")) or (bool(head) and head[0] in _SEVERAL)


@rule("B214", severity=Severity.ADVICE)
def clang(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A word of the question that comes back in the key alone.

    Readers choose the option that sounds like the question. Use the word in a distractor too, or in neither. Words
    of one stem count as one: sterile and sterility. The sentences before the question count where all is short.

    Bad:
        stem: What limits post-needling bruising?
        options:
          - text: Pressure on the bruise
            correct: true
            why: Pressure stops the oozing.
          - text: A longer walk
            why: It does nothing for the site.
          - text: A hot bath
            why: Heat widens vessels.
    Good:
        stem: What limits post-needling bruising?
        options:
          - text: Pressure on the site
            correct: true
            why: Pressure stops the oozing.
          - text: A longer walk
            why: It does nothing for the site.
          - text: A hot bath
            why: Heat widens vessels.
    """
    if asked.key is None:
        return
    heard = _heard(asked)
    starts = {word[:KIN] for word in heard}
    close = [word for word in asked.key.content if word[:KIN] in starts and _sounds(word, heard)]
    told = {word for word in close if not any(_sounds(word, each.content) for each in asked.distractors)}
    if told:
        again = next(word for word in asked.key.tokens if any(word.startswith(each) for each in told))
        yield Advice(asked.key.path, f"'{again}' of the question comes back in the key alone", "say it otherwise")


def _heard(asked: Asked) -> frozenset[str]:
    """Give the words a reader still has in the ear: of the question, and the long ones before it in a short stem."""
    before = asked.content if len(asked.tokens) <= SHORT_STEM else frozenset[str]()
    return asked.lead_words.union(word for word in before if len(word) > KIN)


def _sounds(word: str, others: Iterable[str]) -> bool:
    """Say whether a word is among others, or one of them is of the same stem."""
    return any(word == other or (word[:KIN] == other[:KIN] and _kin(word, other)) for other in others)


def _kin(word: str, other: str) -> bool:
    same = Prefix.similarity(word, other)
    short, long = sorted((len(word), len(other)))
    return same >= KIN and same >= 0.7 * short and same >= 0.5 * long


@rule("B223")
def only_key_hedged(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A key that alone is hedged: may, usually, often.

    Careful words tell the careful answer. Hedge the distractors too, or nothing.

    Bad:
        options:
          - text: It may bruise
            correct: true
            why: Bruising is common.
          - text: It turns blue at once
            why: It does not.
          - text: It swells for weeks
            why: It does not.
    Good:
        options:
          - text: It bruises now and then
            correct: true
            why: Bruising is common.
          - text: It turns blue at once
            why: It does not.
          - text: It swells for weeks
            why: It does not.
    """
    if asked.key is None or len(asked.choices) < FEWEST:
        return
    hedge = _HEDGE.search(asked.key.text)
    if hedge and not any(_HEDGE.search(each.text) for each in asked.distractors):
        yield Advice(asked.key.path, f"only the key is hedged ('{hedge.group()}')", "hedge all options, or none")


@rule("B224", severity=Severity.ADVICE)
def textbook_phrase(asked: Asked, setting: Setting) -> Iterator[Advice]:
    """A key that repeats a phrase of the modules.

    Who has the text in the ear knows the answer without having understood it. Seven words in a row are a phrase, or
    five that carry meaning, whatever stands between; and so is a whole key of four words or more.

    Bad:
        options:
          - text: Open it for one insertion site in one patient
            correct: true
            why: Needles are for single use.
          - text: Open it in the morning for the whole long day
            why: Unsafe. It is no longer sterile.
          - text: Open it at home before the work has begun
            why: Unsafe. It is no longer sterile.
    Good:
        options:
          - text: Take it out, and talk afterwards
            correct: true
            why: Consent can be withdrawn.
          - text: Finish quickly, and talk afterwards
            why: Unsafe. There is no consent.
          - text: Go on slowly, and talk meanwhile
            why: Unsafe. A refusal stands.
    """
    said = _repeated(asked.key, setting.phrases) if asked.key else ()
    if asked.key and said and not any(_repeated(each, setting.phrases) for each in asked.distractors):
        yield Advice(asked.key.path, f"the key repeats a module: '{' '.join(said)}'", "say it in other words")


def _repeated(choice: Choice, phrases: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    """Give the words of an option that stand in the modules: some that carry meaning, a long run, or all it says."""
    words = choice.tokens
    carrying = tuple(word for word in words if tells(word))
    bared = tuple(map(bare, carrying))
    for start in range(len(bared) - TELLING + 1):
        if bared[start : start + TELLING] in phrases:
            return carrying[start : start + TELLING]
    plain = words[1:] if words and words[0] in _ARTICLES else words
    met = [plain[start : start + RUN] in phrases for start in range(len(plain) - RUN + 1)]
    whole = bool(met) and all(met) and len(carrying) >= FEWEST and not any(map(str.isdigit, plain))
    longest = next((start for start in range(len(met) - RUN + 1) if all(met[start : start + RUN])), None)
    if longest is not None:
        return plain[longest : longest + 2 * RUN - 1]
    return plain if whole else ()
