"""A certificate as a tagged PDF (PDF/UA-1, PDF/A-3) that carries its signed credential; the same bytes every time."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from training.core.credential import Credential
from training.core.refusal import Refusal
from training.documents.sealing import PLACEHOLDER, attach

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")
TEMPLATE = Path(__file__).with_suffix(".typ")
HEADING = "Certificate of Knowledge"
_NO_FONT = re.compile(r'the text [`"]*(.+?)[`"]* could not be displayed')


@dataclass(frozen=True, slots=True)
class Emblem:
    """A picture that stands at the head: its bytes, and the ending of its name."""

    data: bytes
    ending: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the issuer adds to the sheet: an emblem at its head, and a folder of fonts for more scripts."""

    emblem: Emblem | None = None
    fonts: Path | None = None


PLAIN = Look()


def certificate_pdf(
    credential: Credential, *, paper: Paper, verify_at: str, attached: bytes = PLACEHOLDER, look: Look = PLAIN
) -> bytes:
    """Set the certificate and attach its signed credential; without one, a place is kept for it.

    Raises Refusal where no font has a letter of it.
    """
    emblem, fonts = look.emblem, look.fonts if look.fonts and look.fonts.is_dir() else None
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "certificate.typ").write_bytes(TEMPLATE.read_bytes())
        (home / "credential.json").write_bytes(PLACEHOLDER)
        (home / "qr.svg").write_bytes(_qr(verify_at))
        name = f"emblem{emblem.ending.lower()}" if emblem else ""
        if emblem:
            (home / name).write_bytes(emblem.data)
        data = {**_data(credential, verify_at), "paper": paper, "emblem": name, "fonts": _families(fonts)}
        (home / "certificate.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return attach(_set(home, credential, [fonts] if fonts else []), attached)


def visible(credential: Credential, verify_at: str) -> tuple[str, ...]:
    """List what stands on the certificate, for comparing it with what was signed."""
    return (
        credential.name, credential.title, credential.provider, credential.number, credential.theory_only, verify_at,
        *(value for _, value in facts(credential)), *credential.objectives, *credential.derivation,
        *(part for each in credential.signatories for part in (each.name, each.office, each.credentials) if part),
        *([credential.statement] if credential.statement else []), *([notes(credential)] if notes(credential) else []),
    )  # fmt: skip


def facts(credential: Credential) -> tuple[tuple[str, str], ...]:
    """Give what stands in the table of facts, in its order; what does not apply is left out."""
    return tuple((label, value) for label, value in _facts(credential) if value)


def notes(credential: Credential) -> str:
    """Say what this certificate takes the place of."""
    if credential.supersedes:
        return f"It corrects and replaces certificate {credential.supersedes}."
    return f"It renews certificate {credential.renews}." if credential.renews else ""


def spelt(day: date) -> str:
    """Write a date so that nobody takes the day for the month."""
    return f"{day.day} {day:%B %Y}"


def _facts(credential: Credential) -> Iterator[tuple[str, str]]:
    yield "Completed", spelt(credential.completed)
    yield "Valid until", spelt(credential.expires) if credential.expires else "no date of expiry"
    yield "Hours", credential.hours
    yield "Result", credential.score
    yield "Delivery", credential.delivery
    yield "Level", credential.level
    yield "Licence", credential.licence
    yield "Instruction", ", ".join(credential.instructors)
    yield "Approval of the provider", credential.approval_number
    yield "Provider's contact", credential.contact
    yield "Programme version", credential.version[:12]


def _data(credential: Credential, verify_at: str) -> dict[str, Any]:
    return {
        "heading": HEADING, "title": credential.title, "name": credential.name, "provider": credential.provider,
        "facts": [list(each) for each in facts(credential)], "statement": credential.statement,
        "objectives": list(credential.objectives), "objectives_title": "Learning objectives met",
        "derivation": list(credential.derivation), "theory_title": "Theory component.",
        "theory_only": credential.theory_only, "number": credential.number, "verify_at": verify_at,
        "notes": notes(credential), "accent": credential.accent,
        "signatories": [
            {"name": each.name, "office": each.office, "credentials": each.credentials}
            for each in credential.signatories
        ],
    }  # fmt: skip


def _set(home: Path, credential: Credential, font_paths: list[Path]) -> bytes:
    import typst  # noqa: PLC0415 - large, and only a certificate needs it

    try:
        made: bytes = typst.compile(
            home / "certificate.typ",
            root=home,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=credential.issued.replace(microsecond=0),
            ignore_system_fonts=True,
            font_paths=font_paths,
        )
    except typst.TypstError as error:
        lacking = _NO_FONT.search(str(error))
        if lacking is None:
            raise
        raise Refusal(
            f"The certificate cannot show '{lacking[1]}': no font here has it. An administrator can add a font "
            "(docs/certificates.md, Letters), or it is written in other letters."
        ) from error
    return made


def _families(folder: Path | None) -> list[str]:
    """Name the fonts of a folder, in their order."""
    import typst  # noqa: PLC0415

    if folder is None:
        return []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]).families()


def _qr(address: str) -> bytes:
    import segno  # noqa: PLC0415

    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, dark="#1d2426", xmldecl=True)
    return out.getvalue()
