"""How options fit the stem and one another: their grammar, what lies within another, what leaves nothing over."""

import re
from collections.abc import Iterator, Sequence

from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import tokens
from training.core.problem import Severity

FEWEST = 3
MOST_WORDS = 8
"""Words up to which an option says little else than that something rises, falls or stays."""

_NOUN_WORDS = """needling swelling tingling bruising bleeding scarring training wing ring ping string morning evening
    thing nothing something anything everything king blood bed red need seed speed feed bring sling cling swing spring
    fling head wound ground shed sacred hundred weed breed indeed unfed"""
_NOUNS = frozenset(_NOUN_WORDS.split())
"""Words that end as a verb's form does and are none, or are the verb itself."""
_MORE = re.compile(
    r"^(?:up|upwards?)$|\b(?:increas\w*|ris(?:es?|ing)|rose|more|higher|longer|larger|better|improv\w*|faster)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"^(?:down|downwards?)$|\b(?:decreas\w*|falls?|fell|less|lower|shorter|smaller|worse\w*|slower|drops?)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"^neither$|\b(?:unchanged|the same|no change|not change|stays? (?:as|put)|unaltered|constant|equal)\b",
    re.IGNORECASE,
)
_SAME_WORDS = frozenset(("unchanged", "same", "change", "stay", "stays", "unaltered", "constant", "equal", "neither"))
_COMMA = re.compile(r",(?!\d)")
_LINKS = frozenset(("and", "or", "with", "plus", "then"))
_TURNS = frozenset(("not", "no", "without", "but", "never", "only", "except", "instead"))


@rule("B254", severity=Severity.ADVICE)
def verb_form_cue(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """One option that begins with another form of the verb than all others: "pressing" among "to press".

    It does not follow the stem as the others do, and is chosen or struck out for its grammar. Begin all alike.

    Bad:
        stem: The first step when a patient faints is
        options:
          - text: raising the legs
            correct: true
            why: Raising the legs helps.
          - text: to offer sweet tea
            why: Unsafe. A fainting patient may choke.
          - text: to go on quietly
            why: Unsafe. Needles come out first.
    Good:
        stem: What is the first step when a patient faints?
        options:
          - text: Raise the legs
            correct: true
            why: Raising the legs helps.
          - text: Offer sweet tea
            why: Unsafe. A fainting patient may choke.
          - text: Go on quietly
            why: Unsafe. Needles come out first.
    """
    if asked.key is None or asked.shared or len(asked.choices) < FEWEST:
        return
    forms = [_form(each) for each in asked.choices]
    for form in {*forms} - {""}:
        odd = [each for each, own in zip(asked.choices, forms, strict=True) if own != form]
        if len(odd) == 1:
            yield Advice(odd[0].path, f"all others begin with {form}, this one does not", "begin all alike")
        elif forms.count("") == len(odd) == len(forms) - 1 and not asked.stem.rstrip().endswith((".", "?", "!")):
            alone = asked.choices[forms.index(form)]
            yield Advice(alone.path, f"this one alone begins with {form}", "begin all alike")


def _form(choice: Choice) -> str:
    """Name the form of the verb that an option begins with, or nothing."""
    first = choice.tokens[0] if choice.tokens else ""
    if first == "to" and len(choice.tokens) > 1:
        return "'to'"
    for ending in ("ing", "ed"):
        if first.endswith(ending) and len(first) >= len(ending) + 2 and first not in _NOUNS:
            return f"a verb in '-{ending}'"
    return ""


@rule("B255", severity=Severity.ADVICE)
def nothing_left_over(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """Three options that leave nothing over, rises, falls and stays the same, beside others.

    One of the three must be right, so whatever stands beside them can be struck out unread. Ask for the three
    alone, or for something else.
    """
    if asked.key is None or len(asked.choices) <= FEWEST or _SAME_WORDS.isdisjoint(asked.words):
        return
    found = [_direction(each) for each in asked.choices]
    three = [each for each, way in zip(asked.choices, found, strict=True) if way]
    if sorted(way for way in found if way) == ["less", "more", "same"] and asked.key in three:
        rest = next(each for each in asked.choices if each not in three)
        yield Advice(rest.path, "the other options leave nothing over for this one", "take it out, or ask otherwise")


def _direction(choice: Choice) -> str:
    if len(choice.tokens) > MOST_WORDS:
        return ""
    ways = [name for name, way in (("more", _MORE), ("less", _LESS), ("same", _SAME)) if way.search(choice.text)]
    return ways[0] if len(ways) == 1 else ""


@rule("B256", severity=Severity.ADVICE)
def nested_option(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """An option that holds another whole, and more: "aspirin", and "aspirin and rest".

    Where the longer is right, so is the shorter; readers see that and choose between the two. Let each option say
    something of its own.

    Bad:
        stem: What limits bruising?
        options:
          - text: Pressure on the site
            correct: true
            why: Pressure stops the oozing.
          - text: A hot bath
            why: Heat widens vessels.
          - text: A hot bath and a walk
            why: Heat widens vessels.
    Good:
        stem: What limits bruising?
        options:
          - text: Pressure on the site
            correct: true
            why: Pressure stops the oozing.
          - text: A hot bath
            why: Heat widens vessels.
          - text: A brisk walk
            why: It does nothing for the site.
    """
    if asked.key is None or asked.fixed:
        return
    for long in asked.choices:
        listed = _listed(long)
        for short in asked.choices if listed or not _LINKS.isdisjoint(long.tokens) else ():
            if short is not long and (short.tokens in listed or _within(short.tokens, long.tokens)):
                yield Advice(long.path, f"holds '{short.text}' whole", "let each option say something of its own")


def _within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether one text is all of the other before a link, or after one, with nothing that turns its sense."""
    size = len(short)
    if not size or len(long) < size + 2:
        return False
    before = long[:size] == short and long[size] in _LINKS
    after = long[-size:] == short and long[-size - 1] in _LINKS
    return (before or after) and not _TURNS.intersection(long)


def _listed(long: Choice) -> frozenset[tuple[str, ...]]:
    """Give the words before, between and after the commas of a text, where nothing turns its sense."""
    if "," not in long.text or not _TURNS.isdisjoint(long.tokens):
        return frozenset()
    return frozenset(words for part in _COMMA.split(long.text) if (words := tokens(part)) and words != long.tokens)
