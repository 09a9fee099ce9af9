"""Two learners of one name are told apart wherever somebody acts on one of them, and nowhere else."""

from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.services.certified import QUIZ
from tests.services.filed import SESSION, attest, demanding, sat
from training.core.permission import Actor, Role
from training.core.refusal import Refusal
from training.services import archiving, certifying, compiling, examining, supervising
from training.services.app import App
from training.store import people

SECOND = Actor("ann-2", "Ann", frozenset({Role.LEARNER}))
APART = {"Ann (a…@example.org)", "Ann (b…@clinic.example)"}


@pytest.fixture
def school(app: App, cast: Cast, tmp_path: Path) -> App:
    """A school that a second Ann joins."""
    school = demanding(app, tmp_path)
    school.database.write(
        lambda tx: people.add(tx, person_id="ann-2", email="b.ann@clinic.example", name="Ann", at=app.now())
    )
    school.database.write(lambda tx: people.grant(tx, person="ann-2", role=Role.LEARNER, at=app.now(), by="test"))
    return school


def test_dossiers_and_the_queue_tell_them_apart(school: App, cast: Cast):
    for who in (cast.ann, SECOND, cast.bo):
        attest(school, who, sat(school, who))

    assert {each.known_as for each in compiling.listed(school, cast.cy, QUIZ)} == {*APART, "Bo"}
    assert {name for _, name, _, _ in certifying.queue(school, cast.cy)} == {*APART, "Bo"}


def test_examiners_and_supervisors_tell_them_apart(school: App, cast: Cast):
    for who in (cast.ann, SECOND):
        supervising.log(school, who, QUIZ, SESSION)

    assert set(examining.find(school, cast.ida, "ann").values()) == APART
    assert examining.candidate(school, cast.ida, QUIZ, "ann-2").name == "Ann (b…@clinic.example)"
    assert {each.name for each in supervising.waiting(school, cast.ida)} == APART
    assert {each.name for each in supervising.uncountersigned(school, cast.cy, QUIZ)} == APART


def test_who_has_a_link_only_sees_no_part_of_an_address(school: App, cast: Cast):
    session = supervising.log(school, cast.ann, QUIZ, SESSION)
    link = supervising.make_link(school, cast.cy, session)

    assert supervising.behind(school, link.rpartition("=")[2]).name == "Ann"


def test_their_archives_have_different_names(school: App, cast: Cast):
    for who in (cast.ann, SECOND):
        sat(school, who)
    names = {archiving.archive(school, cast.cy, QUIZ, who).name for who in ("ann", "ann-2")}

    assert len(names) == 2


def test_nobody_lets_examiners_in_for_herself(school: App, cast: Cast):
    both = Actor("ann", "Ann", frozenset({Role.LEARNER, Role.COORDINATOR}))
    with pytest.raises(Refusal, match="examines herself"):
        examining.let_others_in(school, both, QUIZ, "ann", reason="I like others better")
