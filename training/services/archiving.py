"""A dossier as one ZIP archive: for programs, readers and spreadsheets, with certificate and uploads."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from tempfile import SpooledTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from training.core.credential import Issued, standing
from training.core.dossier import Entry, Evidence
from training.core.permission import Actor
from training.core.upload import ENDINGS
from training.formats.tables import harmless
from training.services import compiling, proving, verifying
from training.services.app import App
from training.services.compiling import Dossier
from training.services.noting import note
from training.store import certificates

PIECE = 256 * 1024
IN_MEMORY = 4 * 2**20
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
    "td,th{text-align:left;padding:.2em 1em .2em 0;vertical-align:top}"
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive's file name and its content, piece by piece."""

    name: str
    chunks: Iterator[bytes]


def archive(app: App, actor: Actor, slug: str, learner: str) -> Archive:
    """Put a dossier into one archive: one's own, or as a coordinator anybody's. Raises Refusal or NotFound."""
    dossier = compiling.one(app, actor, slug, learner)
    app.database.write(lambda tx: note(tx, app, actor.id, "exported a dossier", learner, slug))
    kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever reads it to its end
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        made.writestr("dossier.json", json.dumps(as_json(dossier), ensure_ascii=False, indent=2))
        made.writestr("dossier.html", as_html(dossier))
        made.writestr("entries.csv", as_csv(dossier))
        made.writestr("hours.txt", "\n".join(dossier.hours.steps if dossier.hours else ("No hours are declared.",)))
        if dossier.certificate:
            made.writestr("certificate.pdf", verifying.pdf(app, dossier.certificate), ZIP_STORED)
            made.writestr("certificate.json", verifying.signed_json(app, dossier.certificate))
        held = _certificates(app, dossier)
        if held:
            made.writestr("certificates.json", json.dumps([_told(each, app.now()) for each in held], indent=2))
        for number in (each.credential.number for each in held if each.credential.number != dossier.certificate):
            made.writestr(f"certificates/{number}.pdf", verifying.pdf(app, number), ZIP_STORED)
            made.writestr(f"certificates/{number}.json", verifying.signed_json(app, number))
        for each in dossier.entries:
            if isinstance(each.body, Evidence):
                made.writestr(_place(each.body), proving.content(app, each.body), ZIP_STORED)
    return Archive(f"dossier-{slug}-{learner[:12]}-{app.now():%Y-%m-%d}.zip", _pieces(kept))


def _certificates(app: App, dossier: Dossier) -> list[Issued]:
    """Give every certificate she ever had of the programme: what was replaced or revoked belongs to an audit too."""
    mine = app.database.read(lambda tx: certificates.of_learner(tx, dossier.learner))
    return [each for each in mine if each.credential.programme == dossier.programme.slug]


def _told(issued: Issued, now: datetime) -> dict[str, Any]:
    events = [
        {"what": each.kind.value, "at": each.at.isoformat(), "reason": each.reason, "other": each.other}
        for each in issued.events
    ]
    return {"number": issued.credential.number, "state": standing(issued, now).value, "events": events}


def as_json(dossier: Dossier) -> dict[str, Any]:
    """Give the dossier for programs."""
    return {
        "learner": dossier.name,
        "account": dossier.learner,
        "programme": dossier.programme.slug,
        "title": dossier.programme.title,
        "version": dossier.programme.version,
        "certificate": dossier.certificate or None,
        "steps": [{"title": step.title, "done": step.done} for step in dossier.steps],
        "missing": list(dossier.missing),
        "exams": [{**asdict(exam), "on": exam.on.isoformat()} for exam in dossier.exams],
        "hours": asdict(dossier.hours) if dossier.hours else None,
        "entries": [
            {"id": each.id, "at": each.at.isoformat(), "by": _who(dossier, each), **_plain(each)}
            for each in dossier.entries
        ],
    }  # fmt: skip


def as_csv(dossier: Dossier) -> str:
    """Give the entries as a table that no spreadsheet runs."""
    lines = [("when", "what", "by", "details"), *_rows(dossier)]
    return "\r\n".join(",".join(f'"{harmless(cell).replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines)


def as_html(dossier: Dossier) -> str:
    """Give the dossier as one page to read or print, which asks nothing of the network."""
    title = escape(f"Dossier of {dossier.name}: {dossier.programme.title}")
    done = [f"{'Done' if step.done else 'Not done'}: {step.title}" for step in dossier.steps]
    exams = [f"{exam.on}: {exam.percent:.0f} %, {'passed' if exam.passed else 'not passed'}" for exam in dossier.exams]
    head = "".join(f"<th scope=col>{name}</th>" for name in ("When", "What", "By", "Details"))
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in _rows(dossier))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1>{_list('What is asked', done)}{_list('What is missing', dossier.missing)}"
        f"{_list('Exams', exams)}{_list('Hours', dossier.hours.steps if dossier.hours else ())}"
        f"<h2>What happened</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></html>"
    )


def details(entry: Entry) -> str:
    """Say an entry's body in one line."""
    return "; ".join(f"{name}: {_said(value)}" for name, value in _plain(entry).items() if name != "kind")


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return " ".join(_said(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _rows(dossier: Dossier) -> Iterator[tuple[str, str, str, str]]:
    for each in dossier.entries:
        yield f"{each.at:%Y-%m-%d %H:%M} UTC", each.body.kind, _who(dossier, each), details(each)


def _who(dossier: Dossier, entry: Entry) -> str:
    return dossier.people.get(entry.by, entry.by)


def _plain(entry: Entry) -> dict[str, Any]:
    body = json.loads(json.dumps(asdict(entry.body), default=str))
    if isinstance(entry.body, Evidence):
        body["file"] = _place(entry.body)
    return {name: value for name, value in body.items() if value not in ("", {})}


def _place(evidence: Evidence) -> str:
    """Name a file in the archive by us: nothing that was typed leads out of it or runs."""
    return f"uploads/{evidence.digest[:16]}.{ENDINGS[evidence.media_type]}"


def _list(title: str, lines: "tuple[str, ...] | list[str]") -> str:
    points = "".join(f"<li>{escape(each)}</li>" for each in lines)
    return f"<h2>{title}</h2><ul>{points}</ul>" if points else ""


def _pieces(kept: "SpooledTemporaryFile[bytes]") -> Iterator[bytes]:
    with kept:
        kept.seek(0)
        while piece := kept.read(PIECE):
            yield piece
