"""What a certificate needs besides the exam, as it happened: entries of one learner in one programme, only added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field

from training.core.practical import Outcome
from training.core.refusal import Refusal

LONGEST = 2000
"""Characters of what somebody writes into a dossier."""


@dataclass(frozen=True, slots=True)
class Honour:
    """The honour code was accepted before an attempt began."""

    attempt: str
    digest: str
    text: str
    kind: Literal["honour"] = "honour"


@dataclass(frozen=True, slots=True)
class Attestation:
    """Somebody attested, under her name, that it was she and her own work."""

    attempt: str
    digest: str
    text: str
    name: str
    kind: Literal["attestation"] = "attestation"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The programme was evaluated: a number from 1 to 5 or words for each question."""

    attempt: str
    answers: Mapping[str, int | str]
    kind: Literal["evaluation"] = "evaluation"


@dataclass(frozen=True, slots=True)
class Rating:
    """One examiner's checklist in one round of the practical: what was met, and a remark."""

    round: int
    met: Mapping[str, bool]
    remark: str = ""
    kind: Literal["rating"] = "rating"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a round of the practical ended, frozen with its reasons."""

    round: int
    outcome: Outcome
    kappa: float | None
    percent: float
    reasons: tuple[str, ...]
    kind: Literal["verdict"] = "verdict"


@dataclass(frozen=True, slots=True)
class OtherExaminers:
    """A coordinator let others fill in a round that was for those who disagreed before, and why."""

    round: int
    reason: str
    kind: Literal["other_examiners"] = "other_examiners"


@dataclass(frozen=True, slots=True)
class Session:
    """A session under supervision, as the learner logged it; `email` is the supervisor's."""

    on: date
    minutes: int
    place: str
    about: str
    supervisor: str
    email: str
    kind: Literal["session"] = "session"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link to countersign a session; only its digest is kept."""

    session: str
    token: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Countersignature:
    """A supervisor says that a session was as logged: signed in, or by a one-time link under the name given."""

    session: str
    name: str
    by_link: bool
    kind: Literal["countersignature"] = "countersignature"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Prior evidence: a file, kept under its digest."""

    digest: str
    name: str
    media_type: str
    size: int
    about: str
    kind: Literal["evidence"] = "evidence"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A coordinator accepted evidence or did not, and why."""

    evidence: str
    accepted: bool
    reason: str
    kind: Literal["ruling"] = "ruling"


Body = Annotated[
    Honour
    | Attestation
    | Evaluation
    | Rating
    | Verdict
    | OtherExaminers
    | Session
    | Link
    | Countersignature
    | Evidence
    | Ruling,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `occasion` names what may happen only once."""

    id: str
    learner: str
    programme: str
    by: str
    at: datetime
    occasion: str
    body: Body


def digest_of(text: str) -> str:
    """Name a text by its content."""
    return sha256(text.encode()).hexdigest()


def worded(text: str, what: str) -> str:
    """Give what somebody wrote, fit to keep. Raises Refusal where there is nothing, or too much."""
    said = " ".join(text.split())
    if not said:
        raise Refusal(f"Please fill in: {what}.")
    if len(said) > LONGEST:
        raise Refusal(f"Please keep this to {LONGEST} characters: {what}.")
    return said
