"""Stories of dossiers: the honour code, one's word, the practical, sessions, evidence, and all of it in one archive."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import Cast, Clock
from tests.services.certified import QUIZ, read_all
from tests.services.classes import enrol
from tests.services.filed import ALL_MET, HONOUR, PDF, SESSION, attest, demanding, sat
from tests.services.reviewers import instructor
from training.core.dossier import Honour, digest_of
from training.core.permission import Actor
from training.core.refusal import NotFound, Refusal
from training.services import (
    accommodating,
    archiving,
    attesting,
    certifying,
    compiling,
    evaluating,
    examining,
    proving,
    supervising,
    taking,
)
from training.services.app import App
from training.store import dossiers
from training.store.database import Database


@pytest.fixture
def app(app: App, database: Database) -> App:
    """The product on each of the two databases: every story here is told on SQLite and on PostgreSQL."""
    return replace(app, database=database)


@pytest.fixture
def school(app: App, cast: Cast, tmp_path: Path) -> App:
    return demanding(app, tmp_path)


def kinds(app: App, learner: str) -> list[str]:
    return [each.body.kind for each in app.database.read(lambda tx: dossiers.of_learner(tx, learner, QUIZ))]


@pytest.mark.parametrize("accepted", ["", "yes", digest_of("Another code.")])
def test_without_the_honour_code_as_it_stands_no_exam_starts(school: App, cast: Cast, accepted: str):
    with pytest.raises(Refusal, match="honour code"):
        taking.start(school, cast.ann, QUIZ, request="x", honour=accepted)
    assert taking.rules(school, cast.ann, QUIZ).tries_used == 0
    assert kinds(school, "ann") == []


def test_the_honour_code_is_recorded_with_the_start_its_words_and_the_moment(school: App, cast: Cast, clock: Clock):
    attempt = taking.start(school, cast.ann, QUIZ, request="x", honour=digest_of(HONOUR))
    assert taking.start(school, cast.ann, QUIZ, request="x") == attempt
    (entry,) = school.database.read(lambda tx: dossiers.of_learner(tx, "ann", QUIZ))

    assert entry.body == Honour(attempt, digest_of(HONOUR), HONOUR)
    assert (entry.by, entry.at) == ("ann", clock.moment)


def test_an_attestation_is_given_once_by_name_about_an_exam_handed_in(school: App, cast: Cast):
    attempt = taking.start(school, cast.ann, QUIZ, request="x", honour=digest_of(HONOUR))
    with pytest.raises(Refusal, match="handed in"):
        attest(school, cast.ann, attempt)
    taking.hand_in(school, cast.ann, attempt)
    with pytest.raises(Refusal, match="handed in"):
        attest(school, cast.bo, attempt)
    with pytest.raises(Refusal, match="reload"):
        attesting.attest(school, cast.ann, QUIZ, attempt, name="Ann", shown="old")
    with pytest.raises(Refusal, match="as your account has it"):
        attesting.attest(school, cast.ann, QUIZ, attempt, name="Bo", shown=digest_of(SAID))
    attest(school, cast.ann, attempt)
    with pytest.raises(Refusal, match="already"):
        attest(school, cast.ann, attempt)


SAID = "It was I who sat this exam, and it is my own work."


def test_evaluations_of_fewer_than_five_are_not_told(school: App, cast: Cast):
    for number in range(5):
        who = enrol(school, f"Learner {number}")
        attempt = sat(school, who)
        attesting.evaluate(school, who, QUIZ, attempt, {"useful": 1 + number, "better": "More time" if number else ""})
        told = evaluating.summary(school, cast.cy, QUIZ)
        assert (told[0].n is None) is (number < 4)
    with pytest.raises(Refusal, match="already"):
        attesting.evaluate(school, who, QUIZ, attempt, {"useful": 5})

    assert (told[0].n, told[0].mean, told[0].counts) == (5, 3.0, (1, 1, 1, 1, 1))
    assert (told[1].n, told[1].words) == (None, ())


@pytest.mark.parametrize("answers", [{}, {"useful": 6}, {"useful": "very"}])
def test_an_evaluation_with_something_open_or_impossible_is_refused(school: App, cast: Cast, answers: dict):
    attempt = sat(school, cast.ann)

    with pytest.raises(Refusal, match="useful"):
        attesting.evaluate(school, cast.ann, QUIZ, attempt, answers)


def test_a_supervisor_with_an_account_countersigns(school: App, cast: Cast):
    session = supervising.log(school, cast.ann, QUIZ, SESSION)
    with pytest.raises(Refusal, match="another supervisor"):
        supervising.countersign(school, instructor(school, "Ivo"), session)
    with pytest.raises(Refusal, match="may not"):
        supervising.countersign(school, cast.ann, session)
    assert [each.id for each in supervising.waiting(school, cast.ida)] == [session]
    supervising.countersign(school, cast.ida, session)

    assert supervising.waiting(school, cast.ida) == []
    with pytest.raises(Refusal, match="already"):
        supervising.countersign(school, cast.ida, session)


def test_a_link_countersigns_once_and_is_kept_as_a_digest_only(school: App, cast: Cast, clock: Clock):
    session = supervising.log(school, cast.ann, QUIZ, SESSION)
    with pytest.raises(Refusal, match="may not"):
        supervising.make_link(school, cast.ann, session)
    late, token = (supervising.make_link(school, cast.cy, session).partition("token=")[2] for _ in range(2))
    assert supervising.behind(school, token).session.place == "Clinic North"
    supervising.countersign_by_link(school, token, name="Dr. Uma Lind")
    for used in (token, late, "guess", ""):
        with pytest.raises(NotFound, match="not valid"):
            supervising.countersign_by_link(school, used, name="Dr. Uma Lind")
    stored = school.database.read(lambda tx: repr(dossiers.of_learner(tx, "ann", QUIZ)))
    assert token not in stored


def test_a_link_ends_after_two_weeks(school: App, cast: Cast, clock: Clock):
    session = supervising.log(school, cast.ann, QUIZ, SESSION)
    token = supervising.make_link(school, cast.cy, session).partition("token=")[2]
    clock.advance(minutes=14 * 24 * 60 + 1)

    with pytest.raises(NotFound, match="not valid"):
        supervising.behind(school, token)


def test_evidence_is_kept_privately_under_its_digest_for_owner_and_coordinator(school: App, cast: Cast):
    entry = proving.upload(school, cast.ann, QUIZ, PDF, name="../../etc/passwd.pdf", about="Course of 2024")
    evidence, data = proving.fetch(school, cast.cy, entry)
    assert (evidence.name, data) == ("passwd.pdf", PDF)
    assert proving.fetch(school, cast.ann, entry)[1] == PDF
    for who in (cast.bo, cast.ida, cast.ada):
        with pytest.raises(Refusal):
            proving.fetch(school, who, entry)
    path = proving.path_of(school, evidence.digest)
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"another")
    with pytest.raises(Refusal, match="not the one"):
        proving.fetch(school, cast.ann, entry)


def test_the_same_file_is_kept_once_and_ruled_on_once(school: App, cast: Cast):
    entry = proving.upload(school, cast.ann, QUIZ, PDF, name="a.pdf", about="Course")
    with pytest.raises(Refusal, match="already"):
        proving.upload(school, cast.ann, QUIZ, PDF, name="b.pdf", about="Course")
    proving.rule(school, cast.cy, entry, accepted=False, reason="Not legible")
    with pytest.raises(Refusal, match="already"):
        proving.rule(school, cast.cy, entry, accepted=True, reason="Legible after all")


def test_the_certificate_waits_for_all_that_is_asked_and_then_is_issued(school: App, cast: Cast):
    read_all(school, cast.ann)
    attempt = sat(school, cast.ann)
    lacks = compiling.one(school, cast.ann, QUIZ, "ann").missing
    assert len(lacks) == 5
    with pytest.raises(Refusal, match="Pass the practical"):
        certifying.issue(school, cast.ann, QUIZ)
    finish(school, cast, attempt)
    whole = compiling.one(school, cast.ann, QUIZ, "ann")
    assert whole.missing == ()
    assert all(step.done for step in whole.steps)

    issued = certifying.issue(school, cast.ann, QUIZ)
    assert issued.credential.derivation == whole.hours.steps
    assert compiling.one(school, cast.ann, QUIZ, "ann").certificate == issued.credential.number


def finish(app: App, cast: Cast, attempt: str) -> None:
    attest(app, cast.ann, attempt)
    attesting.evaluate(app, cast.ann, QUIZ, attempt, {"useful": 4, "better": "Secret wish"})
    for who in (cast.ida, instructor(app, "Ivo")):
        examining.rate(app, who, QUIZ, "ann", ALL_MET, remark="=1+1")
    supervising.countersign(app, cast.ida, supervising.log(app, cast.ann, QUIZ, SESSION))
    entry = proving.upload(app, cast.ann, QUIZ, PDF, name="a.pdf", about="<script>alert(1)</script>")
    proving.rule(app, cast.cy, entry, accepted=True, reason="In order")


@pytest.mark.parametrize("who", ["ann", "cy"])
def test_one_archive_holds_it_all_and_neither_extra_time_nor_evaluations(school: App, cast: Cast, who: str):
    accommodating.grant(school, cast.cy, "ann", factor=1.5, reason="Dyslexia")
    finish(school, cast, sat(school, cast.ann))
    made = archiving.archive(school, getattr(cast, who), QUIZ, "ann")
    with ZipFile(BytesIO(b"".join(made.chunks))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}

    assert [name.partition("/")[0] for name in held] == [
        "dossier.json",
        "dossier.html",
        "entries.csv",
        "hours.txt",
        "uploads",
    ]
    assert next(data for name, data in held.items() if name.startswith("uploads/")) == PDF
    found = json.loads(held["dossier.json"])
    assert [each["kind"] for each in found["entries"]].count("rating") == 2
    assert "Our rule" in held["hours.txt"].decode()
    assert b"<script>" not in held["dossier.html"]
    assert b"&lt;script&gt;" in held["dossier.html"]
    for secret in (b"Dyslexia", b"factor", b"Secret wish", b"xtra time"):
        assert all(secret not in data for data in held.values())


@pytest.mark.parametrize("who", ["bo", "ida", "ada"])
def test_a_dossier_is_for_its_owner_and_coordinators(school: App, cast: Cast, who: str):
    stranger: Actor = getattr(cast, who)
    for ask in (compiling.one, archiving.archive):
        with pytest.raises(Refusal, match="may not"):
            ask(school, stranger, QUIZ, "ann")
    with pytest.raises(Refusal, match="may not"):
        compiling.listed(school, stranger, QUIZ)


def test_coordinators_see_all_who_sat_or_began(school: App, cast: Cast):
    sat(school, cast.bo)
    supervising.log(school, cast.ann, QUIZ, SESSION)

    assert [each.name for each in compiling.listed(school, cast.cy, QUIZ)] == ["Ann", "Bo"]
