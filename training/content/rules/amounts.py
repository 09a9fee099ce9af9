"""Options that are amounts: a number, a range or a share, with its unit and the way it is written."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_UNDER_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"
_WORDS: dict[str, float] = {word: number for number, word in enumerate(_UNDER_TWENTY.split())}
_WORDS |= {word: 10.0 * place for place, word in enumerate(_TENS.split(), 2)}
_WORDS |= {"half": 0.5, "a half": 0.5, "a third": 1 / 3, "a quarter": 0.25, "once": 1, "twice": 2}
_LEAD = (
    "about|around|some|roughly|approximately|approx\\.?|nearly|almost|over|under|up to|more than|less than|fewer than|"
    "below|above|at least|at most|no more than|no less than|from|between|for|after|within|every|up to|the"
)
_DIGITS = r"[-–−+]?(?:\d+(?:[.,]\d+)*|\.\d+)"
_ONE = rf"(?:{_DIGITS}|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b)"
_AMOUNT = re.compile(
    rf"^\W*?(?:(?:{_LEAD})\s+)*(?P<money>[$€£])?\s?(?P<low>{_ONE})"
    rf"(?:(?P<own>\s?(?:%|[a-zµ]{{1,3}}))?(?:\s*(?P<mark>[-–−/:])\s*|\s+(?P<link>to|and|in every|in|out of|of)\s+)"
    rf"[$€£]?(?P<high>{_ONE}))?"
    r"\s?(?P<unit>%|per\s?cent|°\s?[CF]?|[a-zµ²³/]+)?(?:\s(?:of|per|a)\s.*)?\W*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"[.,](?=\d{1,2}$)")
_SHARE = ("in", "in every", "out of", "of", ":", "/")
_GAUGES: dict[str, dict[str, float]] = {
    "length": {"mm": 1, "millimetre": 1, "millimeter": 1, "cm": 10, "centimetre": 10, "centimeter": 10, "m": 1000,
               "metre": 1000, "inch": 25.4, "inche": 25.4, "in": 25.4, "km": 1e6},
    "time": {"second": 1, "sec": 1, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600, "day": 86400,
             "week": 604800, "month": 2629800, "year": 31557600},
    "mass": {"µg": 1e-3, "mcg": 1e-3, "microgram": 1e-3, "mg": 1, "milligram": 1, "g": 1000, "gram": 1000, "kg": 1e6},
    "volume": {"ml": 1, "millilitre": 1, "l": 1000, "litre": 1000, "liter": 1000, "dl": 100},
    "share": {"": 1, "%": 0.01, "per cent": 0.01, "percent": 0.01},
}  # fmt: skip


class Amount(NamedTuple):
    """What an option amounts to."""

    value: float
    unit: str
    form: str
    """What it is written as: number, pair, ratio, fraction, or a range and the mark within it."""
    written: str
    """The number that it begins with, as it stands there."""

    @property
    def in_digits(self) -> bool:
        return any(map(str.isdigit, self.written))


def may_amount(words: Sequence[str]) -> bool:
    """Say whether words hold a number, which is quicker to ask than what it is."""
    return any(word in _WORDS or word[0].isdigit() for word in words[:4])


def amounts(texts: Sequence[str]) -> tuple[Amount, ...]:
    """Read each text as an amount; empty unless every one of them is just that."""
    found = []
    for text in texts:
        match = _AMOUNT.match(text)
        if match is None:
            return ()
        found.append(_amount(match))
    return tuple(found)


def comparable(found: Sequence[Amount]) -> list[float]:
    """Give the values in one unit; empty where the units cannot be compared."""
    units = {each.unit for each in found}
    if len(units) <= 1:
        return [each.value for each in found]
    gauge = next((each for each in _GAUGES.values() if units <= each.keys()), None)
    return [each.value * gauge[each.unit] for each in found] if gauge else []


def _amount(match: re.Match[str]) -> Amount:
    low, high = match["low"], match["high"]
    link = (match["mark"] or match["link"] or "").lower()
    written = (match["unit"] or match["own"] or match["money"] or "").strip()
    unit = written.lower().removesuffix("s") if len(written) > 1 else written.replace("s", "second")
    value = _value(low)
    share = link in _SHARE and not (unit and link == "/")
    if high and share:
        return Amount(value / (_value(high) or 1), unit, "fraction" if link == "/" else "ratio", low)
    if high and link != "/":
        return Amount((value + _value(high)) / 2, unit, f"range with '{link}'", low)
    return Amount(value, unit, "pair" if high else "number", low)


def difference(found: Sequence[Amount]) -> str:
    """Say in what the amounts are written unlike one another; nothing where they are alike."""
    units = sorted({each.unit or "none" for each in found})
    if len(units) > 1 and not _climbs(found):
        return f"different units: {', '.join(units)}"
    if len({each.in_digits for each in found}) > 1:
        return "some numbers in words and some in digits"
    forms = {each.form for each in found}
    ranges = {form for form in forms if form.startswith("range")}
    if len(ranges) > 1 or (forms - ranges - {"number"} and len(forms) > 1):
        return f"different forms: {', '.join(sorted(forms))}"
    return _unlike_digits([each.written for each in found])


def _climbs(found: Sequence[Amount]) -> bool:
    """Say whether they are times that grow, as "an hour, three days, two weeks" do, each in its usual unit."""
    if not all(each.unit in _GAUGES["time"] for each in found):
        return False
    values = comparable(found)
    return all(one < other for one, other in pairwise(values))


def _unlike_digits(written: Sequence[str]) -> str:
    plain = [each for each in written if "," not in each]
    places = {len(each.partition(".")[2]) for each in plain}
    if len(places) > 1 and any(each.endswith("0") and "." in each for each in plain):
        return "different numbers of decimals"
    thousands = {"," in each for each in written if len(re.sub(r"\D", "", each.partition(".")[0])) > len("999")}
    if len(thousands) > 1:
        return "a comma for thousands here and none there"
    leading = {each.lstrip("-–−+").startswith(".") for each in written if "." in each}
    if len(leading) > 1:
        return "a zero before the point here and none there"
    points = {mark for each in written for mark in _MARK.findall(each)}
    return "a point in some decimals and a comma in others" if len(points) > 1 else ""


def _value(written: str) -> float:
    """Read a number in words or digits: 1,000 and 2.5 and .5 and 0,5."""
    word = " ".join(written.lower().split())
    if word in _WORDS:
        return _WORDS[word]
    plain = re.sub(r"^[–−]", "-", word)
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    head, _, rest = plain.partition(".")
    return float(f"{head}.{rest.replace('.', '')}" if rest else head)
