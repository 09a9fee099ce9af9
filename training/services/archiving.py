"""A dossier as one ZIP archive: for programs, readers and spreadsheets, with certificate and uploads."""

import json
from collections.abc import Iterator, Mapping
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
from training.formats.tables import Column, Table, csv_chunks
from training.services import compiling, proving, verifying
from training.services.app import App
from training.services.compiling import Dossier, Exam
from training.services.noting import note
from training.store import certificates, codec, people, records
from training.store.database import Connection

PIECE = 256 * 1024
IN_MEMORY = 4 * 2**20
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
    "td,th{text-align:left;padding:.2em 1em .2em 0;vertical-align:top}"
)

Grounds = Mapping[str, tuple[str, ...]]
"""By attempt the rules that decided it, in words."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive's file name and its content, piece by piece."""

    name: str
    chunks: Iterator[bytes]


def archive(app: App, actor: Actor, slug: str, learner: str) -> Archive:
    """Put a dossier into one archive: one's own, or as a coordinator anybody's. Raises Refusal or NotFound."""
    dossier = compiling.one(app, actor, slug, learner)
    grounds = app.database.read(lambda tx: {each.attempt: _grounds(tx, each.attempt) for each in dossier.exams})
    app.database.write(lambda tx: note(tx, app, actor.id, "exported a dossier", learner, slug))
    kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever reads it to its end
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        made.writestr("dossier.json", json.dumps(as_json(dossier, grounds), ensure_ascii=False, indent=2))
        made.writestr("dossier.html", as_html(dossier, grounds))
        made.writestr("entries.csv", as_csv(dossier))
        made.writestr("hours.txt", "\n".join([*_hours(dossier), ""]))
        if dossier.certificate:
            made.writestr("certificate.pdf", verifying.pdf(app, dossier.certificate), ZIP_STORED)
            made.writestr("certificate.json", verifying.signed_json(app, dossier.certificate))
        held = _certificates(app, dossier)
        if held:
            names = _names(app, held)
            told = [_told(each, app.now(), names) for each in held]
            made.writestr("certificates.json", json.dumps(told, ensure_ascii=False, indent=2))
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


def _names(app: App, held: list[Issued]) -> dict[str, str]:
    """Say who did what: that two people revoked a certificate is seen by their names."""
    did = {who for issued in held for event in issued.events for who in (event.by, event.other)}
    return app.database.read(lambda tx: people.names(tx, did))


def _told(issued: Issued, now: datetime, names: Mapping[str, str]) -> dict[str, Any]:
    events = [
        {
            "what": each.kind.value, "at": each.at.isoformat(), "by": names.get(each.by, each.by),
            "reason": each.reason, "other": names.get(each.other, each.other),
        }
        for each in issued.events
    ]  # fmt: skip
    return {"number": issued.credential.number, "state": standing(issued, now).value, "events": events}


def _grounds(tx: Connection, attempt: str) -> tuple[str, ...]:
    """Give each rule that decided an exam, in words; empty for one that nothing was decided by."""
    record = records.latest(tx, attempt)
    decision = codec.load_record(record).decision if record else None
    return tuple(each.words for each in decision.grounds) if decision else ()


def _hours(dossier: Dossier) -> tuple[str, ...]:
    return (dossier.hours.said, *dossier.hours.steps) if dossier.hours else ("No hours are declared.",)


def as_json(dossier: Dossier, grounds: Grounds) -> dict[str, Any]:
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
        "exams": [
            {**asdict(exam), "on": exam.on.isoformat(), "grounds": list(grounds[exam.attempt])}
            for exam in dossier.exams
        ],
        "hours": asdict(dossier.hours) if dossier.hours else None,
        "entries": [
            {"id": each.id, "at": each.at.isoformat(), "by": _who(dossier, each), **_plain(each)}
            for each in dossier.entries
        ],
    }  # fmt: skip


def as_csv(dossier: Dossier) -> bytes:
    """Give the entries as a table that no spreadsheet runs, and that Excel reads as the UTF-8 it is."""
    columns = [Column(each) for each in ("when", "what", "by", "details")]
    return b"".join(csv_chunks(Table("Entries", columns, list(_rows(dossier)), {})))


def as_html(dossier: Dossier, grounds: Grounds) -> str:
    """Give the dossier as one page to read or print, which asks nothing of the network."""
    title = escape(f"Dossier of {dossier.name}: {dossier.programme.title}")
    done = [f"{'Done' if step.done else 'Not done'}: {step.title}" for step in dossier.steps]
    exams = [_exam(exam, grounds[exam.attempt]) for exam in dossier.exams]
    head = "".join(f"<th scope=col>{name}</th>" for name in ("When", "What", "By", "Details"))
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in _rows(dossier))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1>{_list('What is asked', done)}{_list('What is missing', dossier.missing)}"
        f"{_list('Exams', exams)}{_list('Hours', _hours(dossier))}{_list('Files of this archive', _files(dossier))}"
        f"<h2>What happened</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></html>"
    )


def _exam(exam: Exam, grounds: tuple[str, ...]) -> str:
    return " ".join([f"{exam.on}: {exam.percent:.0f} %, {'passed' if exam.passed else 'not passed'}.", *grounds])


def _files(dossier: Dossier) -> list[str]:
    """Say what lies in the archive, and how a certificate in it is verified."""
    verify = "Check it with python -m training verify certificate.pdf, or on the issuer's page /verify/offline."
    found = [
        "dossier.json: all of this page, for programs. entries.csv: what happened, for spreadsheets. hours.txt: hours.",
        "certificates.json, where there is one: every certificate of this programme she ever had, with what happened.",
        "certificates/: those that were replaced, renewed or revoked.",
        "uploads/: what she handed in as evidence, where she did; an entry above names the file and its SHA-256.",
    ]
    if dossier.certificate:
        found.insert(1, f"certificate.pdf, certificate.json: certificate {dossier.certificate} as issued. {verify}")
    return found


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
