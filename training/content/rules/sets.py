"""The options as a set: alike in form, distinct in meaning, no longer than they need to be."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, takewhile

from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import bare, content_words, heads, listed_words, tokens
from training.core.problem import Severity

MOST_WORDS = 15
MOST_CLAUSES = 3
"""Openings of clauses that make four of them."""
FEWEST = 3
ALIKE = 3
"""Words that all options may begin or end with, if they carry little."""
MUCH = 0.45
"""The share of what the options say beyond which fewer words, or words that carry nothing, are too many as well."""

_SENTENCE = re.compile(r"^[A-Z].*\b(?:is|are|was|were|has|have|can|will|does|do|should|must)\b.*\.$")
_BARE_NUMBER = re.compile(r"^\W*\d[\d.,]*\s*(?:%|[a-zµ]{1,3})?\.?$")
_CLAUSE = re.compile(
    r";|\b(?:because|although|which|if|when|while|since|unless|whereas|until|so that)\b",
    re.IGNORECASE,
)
_AND = re.compile(r",\s*(?:and|or|but|then)\b", re.IGNORECASE)
_OPENINGS = "because although which if when while since unless whereas until so and or but then"
_CLAUSE_WORDS = frozenset(_OPENINGS.split())
_IDLE_WORDS = "a an the its it their they this that one is are be to of in on at by for and or very with"
_IDLE = frozenset(_IDLE_WORDS.split())


@rule("B216", severity=Severity.ADVICE)
def unlike_options(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """One option of another form than the others: a number among words, a sentence among phrases.

    The odd one out is chosen, or struck out, for its form. Give all options the same form.

    Bad:
        options:
          - text: Remove the needle
            correct: true
            why: Consent can be withdrawn.
          - text: 12
            why: Unsafe. There is no consent.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    Good:
        {usual options}
    """
    if asked.fixed or len(asked.choices) < FEWEST:
        return
    for name, has in _FORMS.items():
        odd = _odd_one(asked, [has(choice.text) for choice in asked.choices])
        if odd:
            yield Advice(odd.path, f"this option alone is {name}, or alone is not", "give all options one form")
            return


def _odd_one(asked: Asked, marks: list[bool]) -> Choice | None:
    for wanted in (True, False):
        if marks.count(wanted) == 1:
            return asked.choices[marks.index(wanted)]
    return None


_FORMS: Mapping[str, Callable[[str], bool]] = {
    "a number": lambda text: bool(_BARE_NUMBER.match(text.strip())),
    "a full sentence": lambda text: text.rstrip().endswith(".") and bool(_SENTENCE.match(text.strip())),
    "a question": lambda text: text.strip().endswith("?"),
}


@rule("B218", severity=Severity.ADVICE)
def same_meaning(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Two distractors that say the same.

    Where one best answer is wanted, two that mean the same cannot be it, so both are struck out.

    Bad:
        options:
          - text: Remove the needle
            correct: true
            why: Consent can be withdrawn.
          - text: Go on needling
            why: Unsafe. There is no consent.
          - text: Go on with the needling
            why: Unsafe. There is no consent.
    Good:
        {usual options}
    """
    if asked.key is None:
        return
    gists = [(each, _gist(each)) for each in asked.distractors]
    for (one, said), (other, again) in combinations(gists, 2):
        if said and said == again:
            yield Advice(other.path, f"says the same as '{one.text}'", "write another mistake")


def _gist(choice: Choice) -> tuple[str, ...]:
    """Keep all words but the idle ones, in their order; not and without count. What means the same is one word."""
    words = choice.tokens
    if not _SAME_FIRST.isdisjoint(words):
        words = tokens(_SAME.sub(lambda found: _MEANT[" ".join(found.group().split())], " ".join(words)))
    return tuple(bare(word) for word in words if word not in _IDLE)


_MEANINGS = {
    "continue": "carry on|go on|keep on|keep going|proceed|press on",
    "anyway": "regardless|all the same|nevertheless|none the less|nonetheless",
    "stop": "cease|halt|break off|leave off",
    "remove": "take out|pull out|withdraw",
    "ask": "enquire|inquire",
    "explain": "make clear|clarify",
    "begin": "start|commence",
}
_MEANT = {phrase: word for word, phrases in _MEANINGS.items() for phrase in phrases.split("|")}
_SAME = re.compile(listed_words("|".join(sorted(_MEANT, key=len, reverse=True))))
_SAME_FIRST = heads(_MEANT)


@rule("B226")
def long_option(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """An option of more than fifteen words, or of four clauses.

    Long and winding options test reading. Put what they share into the stem.

    Bad:
        options:
          - text: Remove it
            correct: true
            why: Consent can be withdrawn.
          - text: Go on quietly with the other needles that are in the calf, then talk about why that was best
            why: Unsafe. There is no consent.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    Good:
        {usual options}
    """
    for choice in asked.choices:
        if len(choice.tokens) > MOST_WORDS:
            yield Advice(choice.path, f"an option of {len(choice.tokens)} words", f"{MOST_WORDS} are enough")
        elif _may_wind(choice) and any(len(each.findall(choice.text)) >= MOST_CLAUSES for each in (_CLAUSE, _AND)):
            yield Advice(choice.path, f"an option of more than {MOST_CLAUSES} clauses", "say it in one or two")


def _may_wind(choice: Choice) -> bool:
    """Count generously what may open a clause: words joined by a hyphen may be two of them."""
    opening = sum(1 if word in _CLAUSE_WORDS else not word.isalnum() and 2 for word in choice.tokens)
    return len(choice.tokens) > 2 * MOST_CLAUSES and opening + choice.text.count(";") >= MOST_CLAUSES


@rule("B234")
def repeated_words(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Options that all begin, or all end, with the same words.

    What every option says belongs into the stem, once. Four words count, or three of which two carry meaning; and
    fewer where they are close to half of what an option says.

    Bad:
        options:
          - text: The needle should be removed
            correct: true
            why: Consent can be withdrawn.
          - text: The needle should be left in
            why: Unsafe. There is no consent.
          - text: The needle should be turned
            why: Unsafe. A refusal stands.
    Good:
        stem: A patient says stop. What happens to the needle?
        options:
          - text: It comes out
            correct: true
            why: Consent can be withdrawn.
          - text: It stays in
            why: Unsafe. There is no consent.
          - text: It is turned
            why: Unsafe. A refusal stands.
    """
    if asked.fixed or asked.shared or len(asked.choices) < FEWEST or asked.amounts:
        return
    rows = [each.tokens for each in asked.choices]
    opening = _common(rows)
    ending = _common([words[::-1] for words in rows])[::-1]
    if _much(opening, (), rows):
        words = f"every option begins with '{' '.join(opening)}'"
    elif _much(ending, (), rows):
        words = f"every option ends with '{' '.join(ending)}'"
    elif _much(opening, ending, rows):
        words = f"every option begins with '{' '.join(opening)}' and ends with '{' '.join(ending)}'"
    else:
        return
    yield Advice(asked.choices[0].path[:-2], words, "say it once, in the stem")


Words = tuple[str, ...]


def _common(rows: Sequence[Words]) -> Words:
    """Give the words that all rows begin with."""
    return tuple(words[0] for words in takewhile(lambda words: len(set(words)) == 1, zip(*rows, strict=False)))


def _much(opening: Words, ending: Words, rows: Sequence[Words]) -> bool:
    """Say whether common words are more than an article and a noun, or close to half of what the rows say."""
    length = len(opening) + len(ending)
    if length + 1 < ALIKE or (opening and ending and length <= ALIKE):
        return False
    carrying = len(content_words(opening + ending))
    if not ending and (length > ALIKE or (length == ALIKE and carrying > 1)):
        return True
    return (length >= ALIKE or carrying > 1) and length * len(rows) >= MUCH * sum(map(len, rows))


@rule("B250")
def full_stops(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A full stop at the end of some options and not of others.

    The odd one out draws the eye. `check --fix` takes the stops away.

    Bad:
        options:
          - text: Remove the needle.
            correct: true
            why: Consent can be withdrawn.
          - text: Go on quietly
            why: Unsafe. There is no consent.
          - text: Persuade the patient
            why: Unsafe. A refusal stands.
    Good:
        {usual options}
    """
    stopped = [each for each in asked.choices if each.text.endswith(".") and not each.text.endswith("..")]
    if asked.fixed or len(stopped) in (0, len(asked.choices)):
        return
    for choice in stopped:
        mended = None if ". " in choice.text else choice.text[:-1]
        if mended or len(tokens(choice.text)) < MOST_WORDS:
            yield Advice(choice.path, "a full stop that not all options have", "end all of them alike", mended)
