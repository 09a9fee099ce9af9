"""Stories of the practical: examiners look independently, talk where they disagree, and look again."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.services.certified import QUIZ
from tests.services.filed import ALL_MET, demanding
from tests.services.reviewers import instructor
from training.core.dossier import OtherExaminers
from training.core.practical import Outcome
from training.core.refusal import Refusal
from training.services import compiling, examining
from training.services.app import App
from training.store.database import Database


@pytest.fixture
def app(app: App, database: Database) -> App:
    """The product on each of the two databases: every story here is told on SQLite and on PostgreSQL."""
    return replace(app, database=database)


@pytest.fixture
def school(app: App, cast: Cast, tmp_path: Path) -> App:
    return demanding(app, tmp_path)


def test_two_examiners_look_independently_and_agree(school: App, cast: Cast):
    ivo = instructor(school, "Ivo")
    examining.rate(school, cast.ida, QUIZ, "ann", ALL_MET)
    before = examining.candidate(school, ivo, QUIZ, "ann")
    assert (before.filled_in, before.own, before.verdicts) == (1, None, ())
    assert "rating" not in [each.body.kind for each in compiling.one(school, cast.cy, QUIZ, "ann").entries]
    with pytest.raises(Refusal, match="another examiner"):
        examining.rate(school, cast.ida, QUIZ, "ann", ALL_MET)
    examining.rate(school, ivo, QUIZ, "ann", ALL_MET)

    after = examining.candidate(school, ivo, QUIZ, "ann")
    assert after.passed
    assert (after.verdicts[0].kappa, after.verdicts[0].percent) == (1, 100)
    with pytest.raises(Refusal, match="passed already"):
        examining.rate(school, ivo, QUIZ, "ann", ALL_MET)


def test_examiners_who_disagree_look_again_and_a_critical_error_fails(school: App, cast: Cast):
    ivo = instructor(school, "Ivo")
    error = ALL_MET | {"hands": False}
    examining.rate(school, cast.ida, QUIZ, "ann", ALL_MET)
    examining.rate(school, ivo, QUIZ, "ann", error)
    again = examining.candidate(school, ivo, QUIZ, "ann")
    assert (again.round, again.verdicts[0].outcome) == (2, Outcome.LOOK_AGAIN)
    for who in (cast.ida, ivo):
        examining.rate(school, who, QUIZ, "ann", error)

    failed = examining.candidate(school, ivo, QUIZ, "ann").verdicts[1]
    assert failed.outcome is Outcome.FAILED
    assert failed.reasons[0] == "Critical error: Cleans the hands"


def test_who_disagreed_looks_again_and_others_only_where_a_coordinator_lets_them_in(school: App, cast: Cast):
    """
    Whoever saw it settles it: nobody is fetched to tip the scale.
    """
    ivo, una = instructor(school, "Ivo"), instructor(school, "Una")
    examining.rate(school, cast.ida, QUIZ, "ann", ALL_MET)
    examining.rate(school, ivo, QUIZ, "ann", ALL_MET | {"hands": False})
    with pytest.raises(Refusal, match="Ida and Ivo disagreed and look again"):
        examining.rate(school, una, QUIZ, "ann", ALL_MET)
    with pytest.raises(Refusal, match="may not"):
        examining.let_others_in(school, una, QUIZ, "ann", reason="I was there too")
    with pytest.raises(Refusal, match="fill in"):
        examining.let_others_in(school, cast.cy, QUIZ, "ann", reason=" ")
    examining.let_others_in(school, cast.cy, QUIZ, "ann", reason="Ivo left the clinic")
    examining.rate(school, una, QUIZ, "ann", ALL_MET)
    examining.rate(school, cast.ida, QUIZ, "ann", ALL_MET)

    assert examining.candidate(school, ivo, QUIZ, "ann").passed
    with pytest.raises(Refusal, match="not bound"):
        examining.let_others_in(school, cast.cy, QUIZ, "ann", reason="again")
    told = [each.body for each in compiling.one(school, cast.ann, QUIZ, "ann").entries]
    assert OtherExaminers(2, "Ivo left the clinic") in told


def test_a_round_after_a_failed_one_is_anybodys(school: App, cast: Cast):
    error = ALL_MET | {"hands": False}
    for who in (cast.ida, instructor(school, "Ivo")):
        examining.rate(school, who, QUIZ, "ann", error)
    for name in ("Una", "Uwe"):
        examining.rate(school, instructor(school, name), QUIZ, "ann", ALL_MET)

    assert examining.candidate(school, cast.ida, QUIZ, "ann").passed


def test_nobody_examines_herself_nor_by_another_checklist(school: App, cast: Cast):
    with pytest.raises(Refusal, match="examines herself"):
        examining.rate(school, cast.ida, QUIZ, "ida", ALL_MET)
    with pytest.raises(Refusal, match="reload"):
        examining.rate(school, cast.ida, QUIZ, "ann", {"hands": True})
