"""Words as the rules compare them: tokens, what carries meaning, endings taken off."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_TOKEN = re.compile(r"[a-z0-9]+(?:[-'’][a-z0-9]+)*")
_PIECE = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"(?<![\w.])[-–−]?\d+(?:[.,]\d+)*")
_LEAD = re.compile(
    r"^\W*(?:about|around|some|roughly|approximately|nearly|over|under|at least|at most|up to)?\s*", re.IGNORECASE
)
_PLAIN = re.compile(r"^[-–−]?\d+(?:[.,]\d+)*(?:\s?(?P<unit>%|°C?|[a-zA-Zµ²³/]+(?:\s(?:of|per)\s.*)?))?\.?$")
_TO_TWELVE = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBER_WORDS = {word: number for number, word in enumerate(_TO_TWELVE.split())} | {
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
}

_STOP = """a about above across after again against all along also although always among an and another any are
    around as at be became because been before being below between beyond both but by can cannot could
    did do does doing done down during each either else even ever every few first for from further had
    has have having he her here hers him his how however if in indeed into is it its itself just last
    least less let like likely made make many may me might more most much must my near need needs neither
    never next no none nor not now of off often on once one only onto or other others our out over own
    part per perhaps rather same see seen several shall she should since so some still such than that the
    their them then there therefore these they thing this those though through thus to together too
    towards under until up upon us use used uses using very via was we well were what when where whether
    which while who whom whose why will with within without would yet you your best correct right wrong
    true false following statement option answer question describe described patient patients person
    physiotherapist"""
STOP = frozenset(_STOP.split())
RUN = 4
"""Words in a row that are looked up; a phrase is several such runs."""
TELLING = 5
"""Words that carry meaning which make a phrase, whatever stands between them."""
_ENDINGS = ("ations", "ation", "ings", "ness", "edly", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "e")


def tokens(text: str) -> tuple[str, ...]:
    """Split a text into lower-case words and numbers."""
    return tuple(_TOKEN.findall(text.lower()))


def pieces(words: Iterable[str]) -> frozenset[str]:
    """Give every run of letters and digits of tokens: quick to ask before a pattern is tried."""
    found = set(words)
    joined = [word for word in found if not word.isalnum()]
    return frozenset(found.union(*map(_PIECE.findall, joined)))


def heads(phrases: Iterable[str]) -> frozenset[str]:
    """Give the first run of letters and digits of each phrase."""
    return frozenset(found.group() for each in phrases if (found := _PIECE.search(each.lower())))


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    """Take a word's ending off, so that needle, needles and needling are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:  # noqa: PLR2004 - what is left must still tell
            return word[: -len(ending)]
    return word


def content_words(words: Iterable[str]) -> frozenset[str]:
    """Keep the words that carry meaning, bare."""
    return frozenset(bare(word) for word in words if len(word) > 2 and word not in STOP)  # noqa: PLR2004


def tells(word: str) -> bool:
    """Say whether a word carries meaning."""
    return len(word) > 2 and word not in STOP  # noqa: PLR2004 - "of", "it"


def phrases(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of some words in a text, and every longer run of those that carry meaning, bare."""
    words = tokens(text)
    yield from (words[start : start + RUN] for start in range(len(words) - RUN + 1))
    carrying = tuple(bare(word) for word in words if tells(word))
    yield from (carrying[start : start + TELLING] for start in range(len(carrying) - TELLING + 1))


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Estimate the syllables of an English word: its groups of vowels, less a silent e."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ie")) and groups > 1
    return max(1, groups - silent)


def numbers(text: str) -> tuple[float, ...]:
    """Read the numbers in a text: 1,000 and 2.5, each with a sign only where it opens a word."""
    return tuple(_value(each) for each in _NUMBER.findall(text))


def measured(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Give each text as number and unit, empty unless every one of them is just that."""
    found = []
    for text in texts:
        rest = _in_digits(_LEAD.sub("", text))
        match = _PLAIN.match(rest)
        if match is None:
            return ()
        unit = (match["unit"] or "").rstrip(".")
        found.append((rest.rstrip(".").removesuffix(unit).strip(), unit))
    return tuple(found)


def _in_digits(text: str) -> str:
    """Put digits for a number in words that opens a text."""
    first, space, rest = text.partition(" ") if text[:1].isalpha() else ("", "", "")
    number = _NUMBER_WORDS.get(first.lower().rstrip("."))
    return text if number is None else f"{number}{space}{rest}"


def _value(written: str) -> float:
    plain = re.sub(r"^[–−]", "-", written)
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    head, _, rest = plain.partition(".")
    return float(f"{head}.{rest.replace('.', '')}" if rest else head)


def listed_words(words: str) -> str:
    """Make a regular expression of words or phrases, one separated from the next by a bar."""
    return r"\b(?:" + "|".join(re.sub(r" +", r"\\s+", word.strip()) for word in words.split("|")) + r")\b"
