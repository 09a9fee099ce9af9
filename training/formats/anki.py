"""An Anki package: one card for each question. Its ids stay the same, so that importing again updates the cards."""

import html
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from training.formats.base import Batch, Format, Loss, Outgoing, Written
from training.formats.labels import slug_of, tags_of
from training.formats.printed import Line, Printed, printed

MODEL = 1_607_392_811
"""The id of our kind of note; were it to change, Anki would keep every card twice."""

FIELDS = ("Id", "Case", "Question", "Picture", "Options", "Answer", "Reasons", "Sources")
_FRONT = "<div class=case>{{Case}}</div><p>{{Question}}</p>{{Picture}}<div class=options>{{Options}}</div>"
_BACK = (
    "{{FrontSide}}<hr id=answer><p><b>{{Answer}}</b></p><div class=reasons>{{Reasons}}</div>"
    "<div class=sources>{{Sources}}</div>"
)
_STYLE = """\
.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em; margin: auto; }
.case { font-style: italic; } .sources { font-size: 13px; margin-top: 1em; } img { max-width: 100%; }
"""
NOT_ON_A_CARD = ("reviewers", "reviewed", "review_by", "reviews", "enemies", "note")


def write(batch: Batch) -> Written:
    """Write all questions into one deck."""
    import genanki  # noqa: PLC0415 - only this needs it

    model = genanki.Model(
        MODEL, "Needlewise question", fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}], css=_STYLE,
    )  # fmt: skip
    deck = genanki.Deck(_number(f"deck {batch.slug}"), batch.title)
    names = {file: _media_name(file, data) for file, data in batch.pictures.items()}
    losses: list[Loss] = []
    for entry, question in zip(batch.entries, printed(batch), strict=True):
        guid = genanki.guid_for("needlewise", entry.question.item_id)
        tags = [tag.replace(" ", "_") for tag in tags_of(entry.item)]
        deck.add_note(genanki.Note(model=model, fields=_fields(entry, question, names), guid=guid, tags=tags))
        losses += _losses(entry, question, names)
    return Written(_packed(genanki, deck, names, batch), tuple(losses))


def _media_name(file: str, data: bytes) -> str:
    return f"needlewise-{sha256(data).hexdigest()[:16]}{Path(file).suffix}"


def _packed(genanki: Any, deck: Any, names: dict[str, str], batch: Batch) -> bytes:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for file, name in names.items():
            (home / name).write_bytes(batch.pictures[file])
        package = genanki.Package(deck, media_files=[str(home / name) for name in names.values()])
        package.write_to_file(home / "deck.apkg", timestamp=batch.made_at.timestamp())
        return (home / "deck.apkg").read_bytes()


def _fields(entry: Outgoing, question: Printed, names: dict[str, str]) -> list[str]:
    shown = names.get(question.picture)
    picture = f'<img src="{shown}" alt="{html.escape(question.alt)}">' if shown else html.escape(question.alt)
    citations = "<br>".join(_escaped(f"{each.text} {each.link}".strip()) for each in entry.question.citations)
    return [
        html.escape(entry.question.item_id), _escaped(question.context), _escaped(question.stem), picture,
        _listed((Line("", question.instruction), *question.lines)), _escaped(question.right), _listed(question.reasons),
        citations or html.escape(", ".join(entry.item.references)),
    ]  # fmt: skip


def _listed(lines: tuple[Line, ...]) -> str:
    return "".join(f"<div>{_escaped(f'{line.mark}  {line.text}'.strip())}</div>" for line in lines)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _losses(entry: Outgoing, question: Printed, names: dict[str, str]) -> Iterator[Loss]:
    for name in NOT_ON_A_CARD:
        if getattr(entry.item, name):
            yield Loss(entry.item.id, name, "is not on the card")
    if question.picture and question.picture not in names:
        yield Loss(entry.item.id, "image", f"{question.picture} is not at hand; its description is on the card")


def _number(name: str) -> int:
    """Make a number of the kind Anki numbers its decks with, always the same for a name."""
    return (1 << 30) + int(sha256(slug_of(name).encode()).hexdigest()[:7], 16)


FORMAT = Format("anki", "Anki package", ".apkg", "application/octet-stream", write=write, keeps_cases=True)
