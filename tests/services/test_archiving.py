"""A dossier's archive with its certificates: the one that holds, and all that went before it."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.conftest import Cast
from tests.services.certified import CERTIFIED, QUIZ, certifying, passed, read_all
from tests.services.filed import RULES
from training.content.live import LiveLibrary
from training.core.permission import Actor, Role
from training.services import archiving, compiling, taking, verifying, withdrawing
from training.services import certifying as service
from training.services.app import App

PRETEST = """\
bank: on-trial
title: On trial
items:
  - id: trial-stop
    type: single_best
    status: approved
    objective: "1.3"
    level: recall
    safety: none
    tags: [pretest]
    stem: A patient says stop. What comes first?
    options:
      - text: Remove the needle
        correct: true
        why: Consent can be withdrawn.
      - text: Go on quietly
        why: Unsafe. There is no consent.
      - text: Persuade the patient
        why: Unsafe. A refusal stands.
    references: [alberta-hqca-2014]
    authors: [Needlewise editors]
    reviewers: [Needlewise clinical editors]
    reviewed: 2026-01-15
    review_by: 2099-01-15
"""
COUNTING = (
    CERTIFIED.replace("pass_percent: 75", "pass_percent: 75\n  pretest: 30").replace(
        "sample-safety]", "sample-safety, on-trial]"
    )
    + "  hours:\n    rule: ours\n    difficulty: 2\n"
)
CO = Actor("co", "Co", frozenset({Role.COORDINATOR}))


def test_the_dossiers_archive_holds_the_certificate_as_issued(school: App, cast: Cast, number: str):
    with ZipFile(BytesIO(b"".join(archiving.archive(school, cast.cy, QUIZ, "ann").chunks))) as archive:
        assert archive.read("certificate.pdf") == verifying.pdf(school, number)
        assert archive.read("certificate.json").decode() == verifying.signed_json(school, number)


def test_the_dossiers_archive_holds_what_was_replaced_and_revoked_too(school: App, cast: Cast, number: str):
    fresh = service.correct(school, cast.cy, number, reason="her name").credential.number
    withdrawing.propose_revocation(school, cast.cy, fresh, reason="another sat for her")
    withdrawing.revoke(school, CO, fresh)

    with ZipFile(BytesIO(b"".join(archiving.archive(school, cast.cy, QUIZ, "ann").chunks))) as archive:
        told = json.loads(archive.read("certificates.json"))
        assert [(each["number"], each["state"]) for each in told] == [(number, "superseded"), (fresh, "revoked")]
        assert told[1]["events"][-1]["reason"] == "another sat for her"
        assert (told[1]["events"][-1]["other"], told[0]["events"][-1]["by"]) == ("Cy", "Cy")
        for each in (number, fresh):
            assert archive.read(f"certificates/{each}.pdf") == verifying.pdf(school, each)


def test_a_board_reads_why_it_was_a_pass_and_opens_the_table_in_a_spreadsheet(school: App, cast: Cast, number: str):
    with ZipFile(BytesIO(b"".join(archiving.archive(school, cast.cy, QUIZ, "ann").chunks))) as archive:
        exam = json.loads(archive.read("dossier.json"))["exams"][0]
        page, table = archive.read("dossier.html").decode(), archive.read("entries.csv")

    assert "75 %" in exam["grounds"][0]
    assert exam["grounds"][0].replace("'", "&#x27;") in page
    assert f"certificate {number} as issued" in page
    assert table.startswith(b"\xef\xbb\xbfwhen,what,by,details\r\n")


def test_the_dossier_and_the_certificate_say_the_same_hours_whatever_is_edited_later(
    app: App, cast: Cast, tmp_path: Path
):
    """A question on trial earns no hours, and what was issued is not derived anew."""
    made = certifying(app, tmp_path, text=COUNTING)
    registers = tmp_path / "content" / "programmes" / "registers"
    registers.mkdir()
    (registers / "hours.yaml").write_text(RULES, "utf-8")
    (tmp_path / "content" / "question_banks" / "on-trial.yaml").write_text(PRETEST, "utf-8")
    school = replace(made, content=LiveLibrary(tmp_path / "content", None))
    read_all(school, cast.ann)
    attempt = passed(school, cast.ann)
    before = compiling.one(school, cast.ann, QUIZ, "ann").hours
    issued = service.issue(school, cast.ann, QUIZ).credential
    (registers / "hours.yaml").write_text(RULES.replace("per_word: 0.1", "per_word: 9"), "utf-8")
    edited = replace(made, content=LiveLibrary(tmp_path / "content", None))

    assert [slot.scored for slot in taking.look(school, cast.ann, attempt).form.slots].count(False) == 1
    assert before is not None
    assert (issued.hours, issued.derivation) == (before.said, before.steps)
    assert "2 questions" in issued.derivation[0]
    assert compiling.one(edited, cast.ann, QUIZ, "ann").hours == before
