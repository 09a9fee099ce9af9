"""Pictures and their words: what a reader hears who does not see them."""

import re
from collections.abc import Iterator

from training.content.rules.asked import Asked, Choice
from training.content.rules.registry import Advice, Setting, rule
from training.content.rules.words import STOP, bare, tokens
from training.core.problem import Severity

LONGEST_ALT = 300
FEWEST_WORDS = 3
MOST = 0.6
"""The share of the key's own words that tells it where no other option has any."""

_PICTURE_OF = re.compile(
    r"^\s*(?:an? |the )?(?:image|picture|photo|photograph|drawing|figure|illustration|diagram|"
    r"graphic)\s+(?:of|showing|that shows)\s+",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"^\S+\.(?:png|jpe?g|svg|gif)$|^(?:image|picture|figure|img)[\s_-]*\d*\W*$", re.IGNORECASE)
_COLOUR = re.compile(
    r"\b(?:the|which|in|marked|shown|coloured|drawn)\s+(?:in\s+)?(?:red|green|blue|yellow|orange|"
    r"purple|pink|grey|gray|brown|reddish|greenish|bluish|yellowish|dark|pale)\b"
    r"(?!\s+(?:flags?|blood|cells?|fibres?|skin|lamp|book|towel|streaks?))",
    re.IGNORECASE,
)
_LEVELS = re.compile(r"\b([CTLS]\d{1,2})\b")
_UNITS = re.compile(r"\d\s?(mm|cm|inch|inches|kg|g|mg|kPa|N|Hz)\b")
_LATIN = {"dexter": "right", "dextra": "right", "dextrum": "right", "sinistra": "left", "sinistrum": "left"}
_REGIONS = {"cervical": "C", "thoracic": "T", "lumbar": "L", "sacral": "S"}
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_NAMED_LEVEL = re.compile(rf"\b({'|'.join(_ORDINALS)}) ({'|'.join(_REGIONS)})\b", re.IGNORECASE)
_LABEL = re.compile(r"(?<!^)(?<![.:!?] )\b[A-HJ-Z]\b")
"""A capital letter alone that opens no sentence and is no "I"."""
_SIDES = re.compile(
    r"\b(left|right|dexter|dextra|dextrum|sinistra|sinistrum)\b(?![- ](?:of|hand side of|away|now|answer|to))",
    re.IGNORECASE,
)


@rule("B242")
def alt_says_image(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A text alternative that says it is a picture, or a file name instead of words.

    Screen readers say "image" themselves. Say what it shows. `check --fix` takes "Image of" away.

    Bad:
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Image of three boxes joined by two arrows.
    Good:
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Three boxes joined by two arrows.
    """
    picture = asked.item.image
    if picture is None:
        return
    found = _PICTURE_OF.match(picture.alt)
    if found:
        rest = picture.alt[found.end() :]
        yield Advice(
            ("image", "alt"),
            f"'{found.group().strip()}' says nothing",
            "say what it shows",
            rest[:1].upper() + rest[1:],
        )
    elif _FILE_NAME.match(picture.alt) or len(tokens(picture.alt)) < FEWEST_WORDS:
        yield Advice(("image", "alt"), f"'{picture.alt}' does not say what the picture shows", "say it in a sentence")


@rule("B251", severity=Severity.ADVICE)
def alt_gives_key(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A text alternative that gives the key away.

    It should tell what can be seen, not what it means: else who hears it has an easier item than who sees it.

    Bad:
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Three boxes, and the words remove the needle in the first.
    Good:
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Three boxes joined by two arrows.
    """
    if asked.item.image is None or asked.key is None:
        return
    alt = asked.item.image.alt
    heard = frozenset(map(bare, tokens(alt))) | frozenset(_LABEL.findall(alt))
    said = [_said(each) for each in asked.choices]
    everywhere = frozenset.intersection(*said)
    shares = [len(rest & heard) / len(rest) if (rest := words - everywhere) else 0.0 for words in said]
    own = shares.pop(asked.choices.index(asked.key))
    if (own >= MOST and not any(shares)) or (own == 1 and max(shares) < 1):
        yield Advice(
            ("image", "alt"), "the text alternative has the words of the key", "tell what is seen, not what it means"
        )


def _said(choice: Choice) -> frozenset[str]:
    """Give the words of an option that carry meaning, bare; and labels: Trial B, L4, 33."""
    words = (each for each in choice.tokens if len(each) >= FEWEST_WORDS or any(map(str.isdigit, each)))
    return frozenset(bare(each) for each in words if each not in STOP) | frozenset(_LABEL.findall(choice.text))


@rule("B252")
def long_alt(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A text alternative of more than 300 characters.

    It is read in one breath, without a way back. Put what matters into the stem.

    Bad:
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Three boxes joined by two arrows, the first of them with a thick frame, the second with a thin frame and a shadow on its lower side, the third with round corners and a dotted frame, and below them a line of small print that names the year, the place and the people who drew them, and beside them a tall narrow margin without anything in it.
    Good:
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Three boxes joined by two arrows.
    """  # noqa: E501 - an example of length is long
    picture = asked.item.image
    if picture and len(picture.alt) > LONGEST_ALT:
        yield Advice(
            ("image", "alt"), f"a text alternative of {len(picture.alt)} characters", "put what matters into the stem"
        )


@rule("B243")
def colour_alone(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A question about a picture that names a part by its colour alone.

    One man in twelve cannot tell red from green, and a printed paper has neither. Name the part by a letter too.

    Bad:
        stem: A patient says stop. What does the red box stand for?
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Three boxes joined by two arrows.
    Good:
        stem: A patient says stop. What does box A stand for?
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: Three boxes joined by two arrows.
    """
    found = _COLOUR.search(asked.stem) if asked.item.image else None
    if found and not re.search(r"\b[a-z]+ [A-H1-9]\b|\blabelled\b", asked.stem):
        yield Advice(asked.path, f"'{found.group()}' is told by colour alone", "name the part by a letter too")


@rule("B246", severity=Severity.ADVICE)
def other_side(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem that speaks of one side, and a picture that shows the other.

    One of the two is wrong, and a learner will look at either.

    Bad:
        stem: A patient says stop when the left calf is needled. What comes first?
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: A right calf with three marks.
    Good:
        stem: A patient says stop when the left calf is needled. What comes first?
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: A left calf with three marks.
    """
    if asked.item.image is None:
        return
    stem, shown = _sides(asked.stem), _sides(asked.item.image.alt)
    if stem and shown and not stem & shown:
        yield Advice(("image", "alt"), f"the stem says {min(stem)}, the picture {min(shown)}", "make them agree")


def _sides(text: str) -> frozenset[str]:
    return frozenset(_LATIN.get(side.lower(), side.lower()) for side in _SIDES.findall(text))


@rule("B258", severity=Severity.ADVICE)
def other_level(asked: Asked, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A stem and a picture that speak of different spinal levels, or measure in different units.

    One of the two is wrong, or the learner must convert what the question does not mean to test.

    Bad:
        stem: A patient says stop when the muscle at L4 is needled. What comes first?
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: A spine with a mark at C5.
    Good:
        stem: A patient says stop when the muscle at L4 is needled. What comes first?
        image:
          file: modules/consent-and-stopping/figures/decision.svg
          alt: A spine with a mark at L4.
    """
    if asked.item.image is None:
        return
    for what, found in (("level", _levels), ("unit", _UNITS.findall)):
        stem, shown = set(found(asked.stem)), set(found(asked.item.image.alt))
        if stem and shown and not stem & shown:
            words = f"the stem has the {what} {min(stem)}, the picture {min(shown)}"
            yield Advice(("image", "alt"), words, "make them agree")


def _levels(text: str) -> list[str]:
    """Give the spinal levels of a text, the fourth lumbar as L4."""
    named = [(number.lower(), region.lower()) for number, region in _NAMED_LEVEL.findall(text)]
    return _LEVELS.findall(text) + [f"{_REGIONS[region]}{_ORDINALS.index(number) + 1}" for number, region in named]
