"""One row of a table by the names of its columns, and which of its options are right."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.core.items.options import LETTERS
from training.formats.columns import Heading, timed, unguarded
from training.formats.markup import Markup

_LONGEST_LIST = 20_000


@dataclass(slots=True)
class Cells:
    """One row by the names of its columns."""

    line: int
    plain: dict[str, str]
    options: dict[int, str]
    whys: dict[int, str]
    strange: dict[str, str]
    ours: bool = False
    """Whether the table has our own headings, and so holds plain text and no HTML."""

    by_number: bool = False
    """Whether a number in `correct` is that of an option, though another has it for its text."""

    def markup(self, text: str) -> Markup:
        """Take text for HTML only where it shows whole tags."""
        tags = not self.ours and re.search(r"</(?:p|b|i|em|strong|div|span|sub|sup|li)>|<br\s*/?>|<img\s", text)
        return Markup.AUTO if tags else Markup.PLAIN


def cells_of(line: int, headings: Sequence[Heading], row: Sequence[str]) -> Cells:
    """Sort the cells of a row by their headings."""
    titles = [head.title for head in headings]
    cells = Cells(line, {}, {}, {}, {}, ours="stem" in titles, by_number=timed(titles))
    wrong: list[str] = []
    for head, cell in zip(headings, row, strict=False):
        text = unguarded(cell.strip()).strip()
        if text:
            if head.name == "wrong":
                wrong.append(text)
            elif head.option >= 0:
                (cells.options if head.name == "option" else cells.whys)[head.option] = text
            elif head.name:
                cells.plain[head.name] = text
            else:
                cells.strange[head.title] = text
    _listed_options(cells)
    _beside_wrong_ones(cells, wrong)
    return cells


def _listed_options(cells: Cells) -> None:
    """Take options that stand in one cell apart: as JSON, or with lines, bars, semicolons or commas between them."""
    listed = cells.plain.pop("options", "")
    parts = _json_list(listed) or next(
        (found for mark in ("\n", "|", ";", ",") if len(found := [each.strip() for each in listed.split(mark)]) > 1), []
    )
    parts = [each for each in parts if each]
    if all(re.match(rf"\(?{letter}[).:]\s", each, re.IGNORECASE) for letter, each in zip(LETTERS, parts, strict=False)):
        parts = [re.sub(r"^\(?\w[).:]\s+", "", each) for each in parts]
    if cells.options or not 1 < len(parts) <= len(LETTERS):
        cells.strange |= {"options": listed} if listed else {}
    else:
        cells.options |= dict(enumerate(parts))


def _json_list(text: str) -> list[str]:
    try:
        found = json.loads(text) if text.startswith("[") and len(text) < _LONGEST_LIST else None
    except (ValueError, RecursionError):
        return []
    return [str(each).strip() for each in found] if isinstance(found, list) else []


def _beside_wrong_ones(cells: Cells, wrong: Sequence[str]) -> None:
    """Make options of a right answer and the wrong ones that have columns of their own; the right one comes first."""
    right = given_answer(cells)
    if wrong and not cells.options and right:
        cells.options[0] = right
        cells.plain.pop("answer", None)
        cells.plain["correct"] = LETTERS[0]
    first = max(cells.options, default=-1) + 1
    cells.options |= dict(enumerate(wrong, first))


def given_answer(cells: Cells) -> str:
    """Give what the row says is right, in whichever column."""
    return cells.plain.get("answer") or cells.plain.get("correct", "")


def right_options(cells: Cells) -> set[int]:
    """Find the options that `correct` names: by letter, by text or by number."""
    given = cells.plain.get("correct") or cells.plain.get("answer", "")
    by_text = {text.casefold(): place for place, text in cells.options.items()}
    if (one := _place(given, cells, by_text)) is not None:
        return {one}
    parts = re.split(r"[;,|\n]+|\s+and\s+|\s+", given)
    if len(parts) == 1 and len(given) > 1 and given.isalpha() and given.isupper():
        parts = list(given)
    places = [_place(part, cells, by_text) for part in parts if part.strip()]
    return {place for place in places if place is not None} if None not in places else set()


def _place(mark: str, cells: Cells, by_text: dict[str, int]) -> int | None:
    mark = mark.strip().strip("().").casefold()
    if len(mark) == 1 and mark in LETTERS and LETTERS.index(mark) in cells.options:
        return LETTERS.index(mark)
    if cells.by_number and mark.isdigit() and int(mark) - 1 in cells.options:
        return int(mark) - 1
    if mark in by_text:
        return by_text[mark]
    match = re.fullmatch(r"(?:option|answer|choice)?\s*_?([a-z]|\d{1,2})", mark)
    if match and not match[1].isdigit():
        return _place(match[1], cells, {}) if match[1] != mark else None
    return int(match[1]) - 1 if match and int(match[1]) - 1 in cells.options else None


def place_of(mark: str, cells: Cells) -> int | None:
    """Find the one option that a letter, a text or a number names."""
    return _place(mark, cells, {text.casefold(): place for place, text in cells.options.items()})
