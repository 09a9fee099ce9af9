"""A dossier's archive with its certificates: the one that holds, and all that went before it."""

import json
from io import BytesIO
from zipfile import ZipFile

from tests.conftest import Cast
from tests.services.certified import QUIZ
from training.core.permission import Actor, Role
from training.services import archiving, verifying, withdrawing
from training.services import certifying as service
from training.services.app import App

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
        for each in (number, fresh):
            assert archive.read(f"certificates/{each}.pdf") == verifying.pdf(school, each)
