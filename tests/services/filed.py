"""A programme that asks for everything there is besides the exam, and the steps through it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.services.certified import CERTIFIED, QUIZ, certifying
from training.core.dossier import Session, digest_of
from training.core.key import correct_value
from training.core.permission import Actor
from training.services import attesting, taking
from training.services.app import App

HONOUR = "I shall work alone and without notes."
OWN_WORK = "It was I who sat this exam, and it is my own work."
RULES = """\
rules:
  - id: ours
    title: Our rule
    source: Ourselves
    checked: 2026-01-01
    minutes: 60
    rounding: nearest_quarter
    unit: contact hour
    text: {constant: 0, per_word: 0.1, per_question: 2, per_step: 0}
"""
DEMANDING = (
    CERTIFIED
    + f"""\
  honour_code: {HONOUR}
  attestation: {OWN_WORK}
  hours:
    rule: ours
    difficulty: 2
  evaluation:
    - id: useful
      text: Was it useful?
    - id: better
      text: What could be better?
      kind: words
      required: false
  practical:
    examiners: 2
    supervised_sessions: 1
    checklist:
      - id: hands
        text: Cleans the hands
        critical: true
      - id: angle
        text: Keeps the angle
      - id: count
        text: Counts the needles
  prior_evidence: true
"""
)
SESSION = Session(date(2026, 3, 1), 90, "Clinic North", "Two patients, calf and neck", "Ida", "Ida@example.org")
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
ALL_MET = {"hands": True, "angle": True, "count": True}


def demanding(app: App, folder: Path) -> App:
    """The product with a programme that asks for everything."""
    made = certifying(app, folder, text=DEMANDING)
    registers = folder / "content" / "programmes" / "registers"
    registers.mkdir(parents=True, exist_ok=True)
    (registers / "hours.yaml").write_text(RULES, "utf-8")
    return replace(made, content=type(made.content)(folder / "content", None))


def sat(app: App, who: Actor, request: str = "first") -> str:
    """Accept the honour code, answer everything right and hand in."""
    attempt_id = taking.start(app, who, QUIZ, request=request, honour=digest_of(HONOUR))
    for number, slot in enumerate(taking.look(app, who, attempt_id).form.slots):
        taking.save_answer(app, who, attempt_id, number, correct_value(slot.question.key), seen=0)
    taking.hand_in(app, who, attempt_id)
    return attempt_id


def attest(app: App, who: Actor, attempt: str) -> None:
    attesting.attest(app, who, QUIZ, attempt, name=who.name, shown=digest_of(OWN_WORK))
