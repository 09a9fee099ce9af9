"""A programme that certifies, in a copy of the sample content, and passing it."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

from tests.conftest import SAMPLE
from training.content.live import LiveLibrary
from training.core.key import correct_value
from training.core.permission import Actor
from training.documents.checking import Checked, check_file
from training.services import learning, taking, verifying
from training.services.app import App

QUIZ = "certified-sample"
CERTIFIED = """\
programme: certified-sample
title: Certified sample
summary: Two questions, and a certificate for whoever knows the answers.
order: 5
banks: [sample-safety]
modules: [consent-and-stopping]
policy:
  mode: exam
  minutes: 10
  pass_percent: 75
blueprint:
  sections:
    - title: All
      quotas:
        - count: 1
          objective: "1.3"
        - count: 1
          domain: "4"
          safety: none
certificate:
  title: "Dry needling: theory of safe practice"
  provider:
    name: Needlewise School
    contact: ce@example.org
  signatories:
    - name: Ida Kowalska
      office: Director of studies
      credentials: PT, PhD
    - name: Cy Ferreira
      office: Coordinator
  score: percent
  instructors: ["Ida Kowalska, PT, PhD"]
  validity_months: 24
  public_register: true
  renewal:
    opens_days_before: 90
    grace_days: 30
    remind_days_before: [90, 30, 7]
    hours: 12
    declaration: I have kept up with the field.
    audit_percent: 0
"""


def certifying(app: App, folder: Path, *, text: str = CERTIFIED) -> App:
    """The product with the sample content and one more programme, which certifies."""
    root = folder / "content"
    if not root.exists():
        copytree(SAMPLE, root)
    (root / "programmes" / f"{QUIZ}.yaml").write_text(text, "utf-8")
    return replace(app, content=LiveLibrary(root, None))


def read_all(app: App, who: Actor) -> None:
    for section in app.library.modules["consent-and-stopping"].sections:
        learning.note_reading(app, who, "consent-and-stopping", section.id, finished=True)


def passed(app: App, who: Actor, request: str = "first") -> str:
    """Sit the exam and answer everything right."""
    attempt_id = taking.start(app, who, QUIZ, request=request)
    attempt = taking.look(app, who, attempt_id)
    for number, slot in enumerate(attempt.form.slots):
        taking.save_answer(app, who, attempt_id, number, correct_value(slot.question.key), seen=0)
    taking.hand_in(app, who, attempt_id)
    return attempt_id


def checked(app: App, data: bytes | str) -> Checked:
    given = data.encode() if isinstance(data, str) else data
    return check_file(given, trusted=verifying.trusted(app), now=app.now(), lists=verifying.statuses(app))
