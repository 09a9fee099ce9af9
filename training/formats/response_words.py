"""What the columns and cells of a table of answers are called: persons, items, scores, options, no answer."""

import re
from collections.abc import Iterable, Sequence
from math import isfinite, nan

MISSING = frozenset({"", "na", "n/a", "nan", "-", "–", "—", ".", "null", "#n/a"})
NO_SCORE = MISSING | {"none", "?"}
"""With a key, these two could be options."""

PERSON = (
    *("person", "personid", "student", "studentid", "studentnumber", "learner", "learnerid", "candidate"),
    *("candidateid", "participant", "participantid", "examinee", "examineeid", "respondent", "respondentid"),
    *("subject", "subjectid", "pupil", "pupilid", "user", "userid", "username", "studentname", "fullname"),
    *("email", "emailaddress", "name", "id"),
)
ITEM = ("item", "itemid", "itemcode", "question", "questionid", "questioncode", "itemname", "questionname")
CHOICE = ("response", "answer", "option", "choice", "resp", "selected")
SCORE = ("score", "points", "mark", "grade", "correct", "iscorrect", "fraction", "result", "value")
RIGHT = (
    *("key", "correct", "correctanswer", "correctoption", "correctresponse", "rightanswer", "right", "answerkey"),
    *("solution", "answer", "option"),
)
GROUP = ("group", "cohort", "class")
WORDS = {"true": 1.0, "false": 0.0}


def place_of(header: Sequence[str], known: Sequence[str]) -> int | None:
    """Find the column that has the likeliest of these names, whatever its capitals, spaces and marks."""
    names = [plain(name) for name in header]
    return next((names.index(name) for name in known if name in names), None)


def plain(name: str) -> str:
    """Give a name without capitals, spaces and marks."""
    return re.sub(r"[\W_]+", "", name.casefold())


def number_of(value: str) -> float:
    """Read a score as it is written in many places; NaN where it is none."""
    try:
        number = WORDS.get(value.lower())
        if number is None:
            share = 100 if value.endswith("%") else 1
            number = float(value.removesuffix("%").replace(",", ".")) / share
    except ValueError:
        return nan
    return number if isfinite(number) else nan


def alternatives(right: Iterable[str], chosen: Iterable[str]) -> frozenset[str]:
    """Give the right options: one that nobody chose as it stands may be several, as in `a;c` or `a, c`.

    Only letters and options that were chosen are taken apart; a phrase with a comma in it stays whole.
    """
    known, found = set(chosen), set[str]()
    for option in right:
        parts = {part.strip() for part in re.split(r"[;,/\s]+", option)} - {""}
        lone = all(part in known or (len(part) == 1 and part.isalpha()) for part in parts)
        found |= parts if lone and option not in known else {option}
    return frozenset(found)
