"""A certificate as an Open Badges 3.0 credential: a W3C Verifiable Credential 2.0 that says what the paper says."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from training.core.credential import Credential, Signed, valid_until
from training.documents import status_list
from training.documents.canonical import CREDENTIALS, OPEN_BADGES, TERMS, Json
from training.documents.key_history import Entry
from training.documents.proofs import NotProven, did_of


def badge(
    credential: Credential, *, base_url: str, place: int, keys: Sequence[Entry], documents: Mapping[str, str]
) -> dict[str, Any]:
    """Make the credential, still to be signed; `documents` names the PDFs by their seals."""
    made: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES, {"@vocab": TERMS}],
        "id": f"{base_url}/credentials/{credential.number}.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": credential.title,
        "issuer": _issuer(credential, base_url, keys),
        "validFrom": stamp(credential.issued),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": credential.name}
            ],
            "achievement": _achievement(credential, base_url),
        },
        "credentialStatus": status_list.entries(base_url, place),
        "certificate": _certificate(credential, base_url, documents),
    }
    if credential.expires:
        made["validUntil"] = stamp(valid_until(credential.expires))
    return made


def stamp(moment: datetime) -> str:
    """Write a moment to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _issuer(credential: Credential, base_url: str, keys: Sequence[Entry]) -> dict[str, Any]:
    return {
        "id": did_of(keys[-1].key), "type": ["Profile"], "name": credential.provider, "url": f"{base_url}/keys",
        "keyHistory": [entry.as_json() for entry in keys],
    }  # fmt: skip


def _achievement(credential: Credential, base_url: str) -> dict[str, Any]:
    return {
        "id": f"{base_url}/verify/{credential.number}#achievement",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": credential.title,
        "description": credential.statement or credential.theory_only,
        "criteria": {"narrative": " ".join([*credential.objectives, credential.theory_only])},
    }


def _certificate(credential: Credential, base_url: str, documents: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": credential.number, "learner": credential.name, "licence": credential.licence,
        "programme": credential.programme, "title": credential.title, "programmeVersion": credential.version,
        "provider": credential.provider, "contact": credential.contact, "approvalNumber": credential.approval_number,
        "completed": credential.completed.isoformat(), "issued": credential.issued.date().isoformat(),
        "expires": credential.expires.isoformat() if credential.expires else "",
        "hours": credential.hours, "derivation": list(credential.derivation), "delivery": credential.delivery,
        "level": credential.level, "instructors": list(credential.instructors),
        "objectives": list(credential.objectives), "statement": credential.statement, "score": credential.score,
        "signatories": [
            {"signatory": each.name, "office": each.office, "qualification": each.credentials}
            for each in credential.signatories
        ],
        "theoryOnly": credential.theory_only, "attempt": credential.attempt, "record": credential.record,
        "supersedes": credential.supersedes, "renews": credential.renews,
        "verifyAt": f"{base_url}/verify/{credential.number}", "documents": dict(documents),
    }  # fmt: skip


def credential_in(signed: Json) -> Credential:
    """Read back what a signed credential certifies, as far as the paper shows it. Raises NotProven."""
    try:
        said = signed["certificate"]
        return Credential(
            number=said["number"], learner="", name=said["learner"], programme=said["programme"],
            title=said["title"], version=said["programmeVersion"], provider=said["provider"],
            signatories=tuple(
                Signed(each["signatory"], each["office"], each["qualification"]) for each in said["signatories"]
            ),
            completed=date.fromisoformat(said["completed"]),
            issued=datetime.fromisoformat(signed["validFrom"]),
            expires=date.fromisoformat(said["expires"]) if said["expires"] else None,
            attempt=said["attempt"], record=said["record"], objectives=tuple(said["objectives"]),
            statement=said["statement"], score=said["score"], hours=said["hours"],
            derivation=tuple(said["derivation"]), licence=said["licence"], contact=said["contact"],
            approval_number=said["approvalNumber"], delivery=said["delivery"], level=said["level"],
            instructors=tuple(said["instructors"]), supersedes=said["supersedes"], renews=said["renews"],
            theory_only=said["theoryOnly"],
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise NotProven("it is no certificate of this product") from error
