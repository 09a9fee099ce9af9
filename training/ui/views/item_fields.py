"""The fields of each item type as a form has them: what is always shown, and what is rare and folded away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Data = Any
"""What a file holds: text, or dicts and lists of it."""


class Kind(StrEnum):
    """How a field is filled in. `names` are chosen from what there is, `tags` may be new."""

    LINE = "line"
    TEXT = "text"
    TICK = "tick"
    CHOICE = "choice"
    LINES = "lines"
    NAMES = "names"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Blank:
    """One field: where it stands in the item, its label, how it is filled in, and from what it is chosen.

    `offer` names the choices where they depend on the content; a `wide` one has a line of its own.
    """

    path: tuple[str, ...]
    label: str
    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    offer: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of entries with the same fields: options, steps, rows. An entry without its first field is left out.

    `least` entries are shown, empty where they are not written yet; a `fixed` list has exactly so many. `lettered` ones
    are named by letters, as their ids are. `rare` fields are folded away.
    """

    name: str
    label: str
    blanks: tuple[Blank, ...]
    rare: tuple[Blank, ...] = ()
    least: int = 0
    lettered: bool = False
    fixed: bool = False

    @property
    def all(self) -> tuple[Blank, ...]:
        return (*self.blanks, *self.rare)


@dataclass(frozen=True, slots=True)
class Fold:
    """Rare fields under a title, folded away."""

    title: str
    blanks: tuple[Blank, ...] = ()
    rows: tuple[Rows, ...] = ()


LETTERS = "abcdefghijklmnopqrstuvwxyz"
YES_NO = {"true": "Yes", "false": "No"}
STATUSES = {"draft": "Draft", "review": "In review", "approved": "Approved", "retired": "Retired"}
KINDS = {"expert": "Expert in the field", "editorial": "Editorial", "automated": "By a program"}

OPTION_TEXT = Blank(("text",), "Text", Kind.TEXT)
_TEXT, _WHY = OPTION_TEXT, Blank(("why",), "Why", Kind.TEXT)
_RIGHT = Blank(("correct",), "This is right", Kind.TICK)
_ANSWER = Blank(("answer",), "Its option", Kind.CHOICE, offer="options")
_NUMBER, _NAME = Blank(("answer",), "Answer", Kind.LINE), Blank(("name",), "Name", Kind.LINE)
_CHOOSE = Blank(("choose",), "How many to choose (1 unless told)", Kind.LINE)
_ID = Blank(("id",), "Id, instead of its letter", Kind.LINE)
_NUMBERED = Blank(("id",), "Id, instead of its number", Kind.LINE)
_WRONG_IDEA = Blank(
    ("misconception",), "Misconception that choosing it shows", Kind.CHOICE, offer="misconceptions", wide=True
)
_ANCHORED = Blank(("anchored",), "It keeps its place when options are shuffled", Kind.TICK)
_OPTIONS = Rows("options", "Option", (_TEXT, _RIGHT, _WHY), (_WRONG_IDEA, _ANCHORED, _ID), 2, lettered=True)
_LIST = Rows(
    "options", "Option", (_TEXT, Blank(("why",), "Why (may be left out)", Kind.TEXT)), (_WRONG_IDEA, _ANCHORED, _ID),
    2, lettered=True,
)  # fmt: skip
_MISTAKES = Rows("mistakes", "Known mistake", (_NUMBER, _WHY))
_SLIPS = Rows("mistakes", "Known mistake", (Blank(("answer",), "Formula", Kind.LINE), _WHY), (_WRONG_IDEA,))
_FIGURE = (
    Blank(("image", "file"), "Picture (its file, from the content folder)", Kind.CHOICE, offer="pictures", wide=True),
    Blank(("image", "alt"), "What the picture shows, without telling the answer", Kind.TEXT),
)
_UNIT = Blank(("unit",), "Unit", Kind.LINE)
_MEASURE = (_NUMBER, Blank(("tolerance",), "Tolerance", Kind.LINE), _UNIT, _WHY)
_WORKED_OUT = (
    Blank(("answer",), "Answer (a formula)", Kind.LINE), Blank(("tolerance",), "Tolerance", Kind.LINE), _UNIT, _WHY,
)  # fmt: skip
GAP = Fold("The gap's name", (Blank(("id",), "Its name in the text, instead of its number", Kind.LINE),))
GAP_OPTIONS = _OPTIONS

OWN: Mapping[str, tuple[Blank, ...]] = {
    "single_best": (),
    "multiple_response": (Blank(("choose",), "How many to choose (empty: all that apply)", Kind.LINE),),
    "true_false": (
        Blank(("answer",), "The statement is", Kind.CHOICE, {"true": "True", "false": "False"}),
        Blank(("why", "true"), "What to say of True", Kind.TEXT),
        Blank(("why", "false"), "What to say of False", Kind.TEXT),
    ),
    "numeric": _MEASURE,
    "short_text": (Blank(("accepted",), "Accepted answers, one a line", Kind.LINES), _WHY),
    "matching": (Blank(("once",), "No option may be used twice", Kind.CHOICE, YES_NO, "true"),),
    "ordering": (),
    "extended_matching": (Blank(("theme",), "Theme", Kind.LINE),),
    "cloze": (Blank(("text",), "Text, its gaps written {{1}}, {{2}} …", Kind.TEXT),),
    "hotspot": (
        *_FIGURE,
        Blank(("image", "width"), "Width that places are measured in", Kind.LINE),
        Blank(("image", "height"), "Height that places are measured in", Kind.LINE), _CHOOSE,
    ),
    "script_concordance": (
        Blank(("hypothesis",), "If you were thinking of …", Kind.TEXT),
        Blank(("finding",), "… and then you find …", Kind.TEXT),
    ),
    "parameterised": (*_WORKED_OUT, Blank(("where",), "Conditions on the values, one a line", Kind.LINES)),
    "case": (),
}  # fmt: skip
RARE: Mapping[str, tuple[Blank, ...]] = {
    "short_text": (
        Blank(("plural",), "Plurals in -s count as well", Kind.CHOICE, YES_NO, "true"),
        Blank(("longest",), "Most characters of an answer (80 unless told)", Kind.LINE),
    ),
    "script_concordance": (
        Blank(("scale",), "Its five answers, one a line (empty: much less likely … much more likely)", Kind.LINES),
        Blank(("panel_of",), "Who voted", Kind.CHOICE,
              {"experts": "Experts", "programs": "Programs: for practice only"}, "experts"),
    ),
}  # fmt: skip
ROWS: Mapping[str, tuple[Rows, ...]] = {
    "single_best": (_OPTIONS,),
    "multiple_response": (_OPTIONS,),
    "numeric": (_MISTAKES,),
    "short_text": (Rows("mistakes", "Known mistake", (_TEXT, _WHY), (_WRONG_IDEA,)),),
    "matching": (_LIST, Rows("rows", "Row", (_TEXT, _ANSWER, _WHY), (_NUMBERED,), 2)),
    "ordering": (Rows("steps", "Step", (_TEXT, _WHY), (_WRONG_IDEA, _ID), 3),),
    "extended_matching": (_LIST, Rows("vignettes", "Patient", (_TEXT, _ANSWER, _WHY), (_NUMBERED,), 2)),
    "hotspot": (
        Rows("regions", "Place", (
            _TEXT, _RIGHT, Blank(("rectangle",), "Rectangle: left top right bottom", Kind.LINE),
            Blank(("circle",), "or circle: x y radius", Kind.LINE),
            Blank(("polygon",), "or polygon: x y x y x y …", Kind.LINE), _WHY,
        ), (_WRONG_IDEA, _ANCHORED, _ID), 2, lettered=True),
    ),
    "script_concordance": (
        Rows("panel", "Answer", (Blank(("votes",), "Votes of the panel", Kind.LINE), _WHY), (_WRONG_IDEA,), 5,
             fixed=True),
    ),
    "parameterised": (
        Rows("variables", "Value", (
            _NAME, Blank(("from",), "From", Kind.LINE), Blank(("to",), "To", Kind.LINE),
            Blank(("step",), "In steps of", Kind.LINE),
            Blank(("choices",), "Or one of these, one a line", Kind.LINES),
        ), least=1),
        Rows("derived", "Derived value", (_NAME, Blank(("value",), "Formula", Kind.LINE))), _SLIPS,
    ),
}  # fmt: skip
STEM, REVEAL = Blank(("stem",), "Stem", Kind.TEXT), Blank(("reveal",), "What it tells before it asks", Kind.TEXT)
OBJECTIVE = Blank(("objective",), "Objective", Kind.CHOICE, offer="objective", wide=True)
LEVEL = Blank(("level",), "Level", Kind.CHOICE, offer="level")
SAFETY = Blank(("safety",), "Safety", Kind.CHOICE, offer="safety")
NOTE = Blank(("note",), "Note to other authors", Kind.TEXT)
PICTURE = Fold("Picture in the stem", _FIGURE)
SHARED = (
    STEM, OBJECTIVE, LEVEL, Blank(("safety",), "Safety", Kind.CHOICE, offer="safety", default="none"),
    Blank(("references",), "References", Kind.NAMES, offer="references"),
    Blank(("claims",), "Claims", Kind.NAMES, offer="claims"),
    Blank(("authors",), "Authors, one a line", Kind.LINES),
)  # fmt: skip
"""What every item has, always shown."""
AROUND = Fold("Tags, neighbours, id", (
    Blank(("tags",), "Tags", Kind.TAGS, offer="tags"),
    Blank(("enemies",), "Enemies: never in the same form", Kind.NAMES, offer="enemies"), NOTE,
    Blank(("id",), "Id", Kind.LINE),
))  # fmt: skip
STANDING = Fold("Status and reviews", (
    Blank(("status",), "Status", Kind.CHOICE, STATUSES, "draft"),
    Blank(("reviewed",), "Reviewed on (year-month-day)", Kind.LINE),
    Blank(("review_by",), "To be reviewed by (year-month-day)", Kind.LINE),
    Blank(("reviewers",), "Reviewers, one a line", Kind.LINES),
), (Rows("reviews", "Review", (
    Blank(("date",), "Date (year-month-day)", Kind.LINE), Blank(("by",), "By", Kind.LINE),
    Blank(("kind",), "Kind", Kind.CHOICE, KINDS), Blank(("checked",), "What was checked, one a line", Kind.LINES),
    Blank(("note",), "What was said", Kind.TEXT),
)),))  # fmt: skip
OF_A_PART = Fold("Where this part differs from the case", (OBJECTIVE, LEVEL, SAFETY, NOTE))


def choices(blank: Blank, offered: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Give what may be chosen: the field's own choices, or what the content offers."""
    return offered.get(blank.offer, {}) if blank.offer else blank.choices


def letters_of(options: Sequence[Data]) -> tuple[str, ...]:
    """Give the ids of options: what stands there, or a letter by place."""
    named = (each.get("id") if isinstance(each, dict) else None for each in options)
    return tuple(str(name or letter) for name, letter in zip(named, LETTERS, strict=False))
