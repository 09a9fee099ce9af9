"""From the rows of a table to questions, one row each: the type may be named, or is seen from what is filled in."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from training.core.items.options import LETTERS
from training.core.number import parse_number
from training.core.problem import Problem
from training.formats.base import MOST_QUESTIONS, Draft, Imported, unreadable
from training.formats.columns import FOR_READERS, Heading, headings_of, known
from training.formats.composing import (
    Answer,
    Near,
    choose_many,
    choose_one,
    numeric,
    true_false,
    unknown_kind,
)
from training.formats.composing_parts import Pair, in_order, pairs, phrases
from training.formats.markup import Markup
from training.formats.sketch import Sketch
from training.formats.table_cells import Cells, cells_of, given_answer, place_of, right_options
from training.formats.table_texts import read_gaps, read_panel

Row = tuple[int, Sequence[str]]
"""The line a row stands on, and its cells."""

TYPES = {
    "singlebest": "single_best", "single": "single_best", "mc": "single_best", "mcq": "single_best",
    "sba": "single_best",
    "multiplechoice": "single_best", "multichoice": "single_best", "singlechoice": "single_best",
    "multipleresponse": "multiple_response", "multi": "multiple_response", "multipleanswer": "multiple_response",
    "multipleanswers": "multiple_response", "multipleselect": "multiple_response", "checkbox": "multiple_response",
    "mr": "multiple_response", "ma": "multiple_response", "truefalse": "true_false", "tf": "true_false",
    "numeric": "numeric", "numerical": "numeric", "number": "numeric", "shorttext": "short_text", "short": "short_text",
    "shortanswer": "short_text", "fillin": "short_text", "fillintheblank": "short_text",
    "fillintheblanks": "short_text", "fillinblank": "short_text", "sa": "short_text", "ordering": "ordering",
    "order": "ordering", "matching": "matching", "match": "matching", "cloze": "cloze",
    "scriptconcordance": "script_concordance", "sct": "script_concordance",
}  # fmt: skip
_EITHER = frozenset(("mc", "mcq", "multiplechoice", "multichoice"))
"""What others call a choice whether one option is right or several are."""

_TRUTH = {
    "true": True, "t": True, "yes": True, "false": False, "f": False, "no": False, "1": True, "0": False,
    "wahr": True, "falsch": False, "vrai": True, "faux": False, "verdadero": True, "falso": False, "vero": True,
    "verdadeiro": True, "waar": True, "onwaar": False,
}  # fmt: skip
"""How people and spreadsheets of several languages write a truth."""


def read_rows(file: str, rows: Iterable[Row], problems: Sequence[Problem] = ()) -> Imported:
    """Read a table whose first row that names a stem is the heading."""
    waiting = iter(rows)
    headings = next((headings_of(row) for _, row in waiting if known(row)), None)
    if headings is None:
        hint = "the first row must name the columns: stem, option_a, option_b, correct"
        return unreadable(file, "no row names a column for the question", hint)
    twice = _twice(headings)
    if twice:
        return unreadable(file, f"two columns are named '{twice}'", "rename one")
    drafts: list[Draft] = []
    for line, row in waiting:
        if _asks(headings, row):
            if len(drafts) == MOST_QUESTIONS:
                return unreadable(file, f"the file has more than {MOST_QUESTIONS:,} questions", "split it", line)
            drafts.append(_draft(file, line, headings, row))
    if not drafts:
        return unreadable(file, "there is no question below the heading")
    return Imported(tuple(drafts), tuple(problems))


def _asks(headings: Sequence[Heading], row: Sequence[str]) -> bool:
    """Say whether a row holds more than its number: templates count lines that nobody has filled."""
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    if len(filled) == 1 and filled[0] < len(headings) and headings[filled[0]].name in ("", "id"):
        return not row[filled[0]].strip().isdigit()
    return bool(filled)


def _twice(headings: Sequence[Heading]) -> str:
    met = set()
    for each in headings:
        if each.name and (each.name, each.option) in met:
            return each.title
        met.add((each.name, each.option))
    return ""


def _draft(file: str, line: int, headings: Sequence[Heading], row: Sequence[str]) -> Draft:
    cells = cells_of(line, headings, row)
    source = "\n".join(f"{head.title}: {cell}" for head, cell in zip(headings, row, strict=False) if cell.strip())
    sketch = Sketch(file, line, source, cells.plain.get("id", ""), cells.plain.get("title", ""))
    if len(row) > len(headings) and any(cell.strip() for cell in row[len(headings) :]):
        sketch.warn("the row has more cells than the heading", "look for a delimiter inside a text that is not quoted")
    for title, text in cells.strange.items():
        sketch.lose(title or "a column without a heading", f"'{text}' has no field")
    _labels(sketch, cells)
    _question(sketch, cells)
    return sketch.draft()


def _labels(sketch: Sketch, cells: Cells) -> None:
    """Read what an item says beside its question."""
    plain = cells.plain
    for name in ("objective", "level", "safety"):
        if name in plain:
            sketch.tags.append(f"{name}:{plain[name] if name == 'objective' else plain[name].casefold()}")
    sketch.tags += [f"ref:{key}" for key in _listed(plain.get("references", ""))]
    sketch.tags += [f"author:{name}" for name in _lines(plain.get("authors", ""))]
    sketch.tags += _listed(plain.get("tags", ""))
    sketch.tags += [f"claim:{name}" for name in _listed(plain.get("claims", ""))]
    if "enemies" in plain:
        sketch.fields["enemies"] = _listed(plain["enemies"])
    if "note" in plain:
        sketch.fields["note"] = sketch.text(plain["note"], Markup.PLAIN, "note")
    if "image" in plain:
        sketch.fields["image"] = {
            "file": plain["image"],
            "alt": plain.get("image_alt") or "Picture without a description.",
        }
    for name in FOR_READERS:
        if name in plain and plain[name].casefold() != "draft":
            sketch.lose(
                name, f"'{plain[name]}' is not taken over: what is imported is a draft that nobody has reviewed"
            )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]


def _lines(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _question(sketch: Sketch, cells: Cells) -> None:
    stem = cells.plain.get("stem", "")
    sketch.fields["stem"] = sketch.text(stem, cells.markup(stem), "stem")
    if not sketch.fields["stem"]:
        sketch.fail("the question has no text")
        return
    kind = _type(sketch, cells)
    if kind in ("single_best", "multiple_response"):
        _choice(sketch, cells, kind)
    elif kind:
        _READERS[kind](sketch, cells)


def _words(sketch: Sketch, cells: Cells) -> None:
    accepted = [given_answer(cells)] if given_answer(cells) else list(cells.options.values())
    right = [Answer(_literal(text), 100.0) for given in accepted for text in _phrases(given)]
    wrong = [Answer(_literal(what), 0.0, why) for what, why in _mistakes(sketch, cells)]
    phrases(sketch, [*right, *wrong], _why(sketch, cells), plural=True)


def _steps(sketch: Sketch, cells: Cells) -> None:
    in_order(sketch, list(_options(sketch, cells, set())))


def _gaps(sketch: Sketch, cells: Cells) -> None:
    read_gaps(sketch, cells, _why(sketch, cells))


def _type(sketch: Sketch, cells: Cells) -> str:
    """Give the type named, or the one that fits what is filled in; empty, with a problem, where there is none."""
    named = re.sub(r"[^a-z]", "", cells.plain.get("type", "").casefold())
    if named in TYPES and not (
        TYPES[named] == "single_best" and named not in ("singlebest", "single", "singlechoice", "sba")
    ):
        return TYPES[named]
    if named and named not in TYPES:
        unknown_kind(sketch, cells.plain["type"])
        return ""
    return _type_filled_in(sketch, cells)


def _type_filled_in(sketch: Sketch, cells: Cells) -> str:
    if "panel" in cells.plain or "gaps" in cells.plain:
        return "script_concordance" if "panel" in cells.plain else "cloze"
    if len(cells.options) > 1:
        several = len(right_options(cells)) > 1
        return "matching" if "rows" in cells.plain else "multiple_response" if several else "single_best"
    answer = given_answer(cells)
    for place, text in cells.options.items() if answer else ():
        sketch.lose(f"option_{LETTERS[place]}", f"'{text[:60]}' stands alone, which makes no choice")
    if answer.casefold() in _TRUTH and not answer.isdigit():
        return "true_false"
    if parse_number(answer) is not None:
        return "numeric"
    if not answer and not cells.options:
        sketch.fail("neither options nor an answer are given", "fill option_a, option_b and correct, or answer")
        return ""
    return "short_text"


def _matching(sketch: Sketch, cells: Cells) -> None:
    """Read rows, one a line: its text, the letter or text of its option, and why."""
    options = list(_options(sketch, cells, set()))
    places = sorted(cells.options)
    rows = []
    for line in filter(str.strip, cells.plain.get("rows", "").split("\n")):
        text, _, rest = (part.strip() for part in line.partition("|"))
        mark, _, why = (part.strip() for part in rest.partition("|"))
        place = place_of(mark, cells)
        rows.append(Pair(text, places.index(place) if place in places else -1, why))
    pairs(sketch, rows, options, _why(sketch, cells))


def _choice(sketch: Sketch, cells: Cells, kind: str) -> None:
    right = right_options(cells)
    if not right:
        given = cells.plain.get("correct") or cells.plain.get("answer", "")
        sketch.fail(f"correct is '{given}', which names no option" if given else "nothing says which option is right",
                    "write its letter")  # fmt: skip
        return
    answers = list(_options(sketch, cells, right))
    if kind == "single_best":
        choose_one(sketch, answers, _why(sketch, cells))
        return
    choose = cells.plain.get("choose", "")
    choose_many(sketch, answers, _why(sketch, cells), int(choose) if re.fullmatch(r"\d{1,2}", choose) else None)


def _options(sketch: Sketch, cells: Cells, right: set[int]) -> Iterator[Answer]:
    anchored = {LETTERS.index(mark) for mark in _listed(cells.plain.get("anchored", "")) if mark in LETTERS}
    for number, (place, text) in enumerate(sorted(cells.options.items())):
        why = cells.whys.get(place, "")
        yield Answer(
            sketch.text(text, cells.markup(text), f"options.{number}.text"), 100.0 * (place in right),
            sketch.text(why, cells.markup(why), f"options.{number}.why"), anchored=place in anchored,
        )  # fmt: skip


def _why(sketch: Sketch, cells: Cells) -> str:
    why = cells.plain.get("why", "")
    return sketch.text(why, cells.markup(why), "why")


def _truth(sketch: Sketch, cells: Cells) -> None:
    given = given_answer(cells)
    options = {place: text.casefold() for place, text in cells.options.items()}
    if len(given) == 1 and given.casefold() in LETTERS and given.casefold() not in _TRUTH:
        given = options.get(LETTERS.index(given.casefold()), "")
    answer = _TRUTH.get(given.casefold())
    if answer is None:
        sketch.fail(
            f"the answer is '{given}', neither true nor false" if given else "there is no answer", "write true or false"
        )
        return
    if_true, if_false = (cells.whys.get(place, "") for place in (0, 1))
    true_false(sketch, answer=answer, if_true=if_true, if_false=if_false, general=_why(sketch, cells))


def _number(sketch: Sketch, cells: Cells) -> None:
    given = given_answer(cells)
    number, tolerance = parse_number(given), parse_number(cells.plain.get("tolerance", "0"))
    if number is None or tolerance is None or tolerance < 0:
        sketch.fail(f"'{given}' ± '{cells.plain.get('tolerance', '0')}' is no number with a tolerance")
        return
    slips = []
    for what, why in _mistakes(sketch, cells):
        value = parse_number(what)
        if value is None:
            sketch.lose("mistakes", f"'{what}' is no number")
        else:
            slips.append(Near(value, 0.0, 0.0, why))
    numeric(sketch, [Near(number, tolerance), *slips], _why(sketch, cells), cells.plain.get("unit", ""))


def _mistakes(sketch: Sketch, cells: Cells) -> Iterator[tuple[str, str]]:
    """Read one known mistake from each line, `answer | why`."""
    for line in cells.plain.get("mistakes", "").split("\n"):
        what, bar, why = line.partition("|")
        if bar:
            yield what.strip(), why.strip()
        elif line.strip():
            sketch.lose("mistakes", f"'{line.strip()}' has no | and no reason behind it")


def _literal(text: str) -> str:
    """Take a star for itself; in a table it stands for nothing else."""
    return text.replace("*", "\\*")


def _phrases(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[|\n]" if "|" in text or "\n" in text else r";", text) if part.strip()]


_READERS: dict[str, Callable[[Sketch, Cells], None]] = {
    "true_false": _truth, "numeric": _number, "short_text": _words, "matching": _matching, "ordering": _steps,
    "cloze": _gaps, "script_concordance": read_panel,
}  # fmt: skip
