"""Small wording that many pages share."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from math import floor

from training.core.interval import Interval
from training.core.question import Citation


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Keep an author's characters from being read as Markdown."""
    for mark in "\\`*_[]<>$~:#|":
        text = text.replace(mark, "\\" + mark)
    return text


def count(number: int, one: str, many: str = "") -> str:
    """Say a number of things: `1 question`, `3 questions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def percent(value: float) -> str:
    """Say a percentage (0 to 100) in whole numbers, rounded down so that 79.9 is no 80."""
    return f"{floor(value + 1e-9)} %"


def points(value: float) -> str:
    """Say points with no more decimals than they have, two at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def span(interval: Interval) -> str:
    """Say a range of proportions in percent: `49 to 88 %`."""
    return f"{round(100 * interval.low)} to {round(100 * interval.high)} %"


def day(moment: datetime, zone: tzinfo) -> str:
    """Say a day: `2 March 2026`."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def day_and_time(moment: datetime, zone: tzinfo) -> str:
    """Say a day and time: `2 March 2026, 09:05`."""
    return f"{day(moment, zone)}, {moment.astimezone(zone):%H:%M}"


def time_left(left: timedelta) -> str:
    """Say how long, in whole minutes from one minute up: `12 minutes left`."""
    minutes, seconds = divmod(max(0, int(left.total_seconds())), 60)
    return f"{count(minutes, 'minute')} left" if minutes else f"{count(seconds, 'second')} left"


def cited(citation: Citation) -> str:
    """Word a source in Markdown, with its link where it has one."""
    text = plain(citation.text)
    return f"{text} [{plain(shown_address(citation.link))}]({citation.link})" if citation.link else text


def shown_address(link: str) -> str:
    """Shorten an address to what a reader wants to see of it: `doi.org/10.1/x`."""
    return link.removeprefix("https://").removeprefix("http://").rstrip("/")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([*row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def stacked(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write rows of many columns one below the other, so that a telephone need not scroll sideways."""
    first, *names = head
    written = []
    for title, *cells in rows:
        said = " · ".join(f"{name} {cell}" for name, cell in zip(names, cells, strict=True) if cell)
        written.append(f"- **{first} {title}:** {said}")
    return "\n".join(written)
