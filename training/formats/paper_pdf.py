"""A printable paper as a tagged PDF (PDF/UA-1), with or without its key."""

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from training.formats.base import Batch, Format, Loss, Written
from training.formats.markup import clean
from training.formats.printed import Line, Printed, can_show, missing_pictures, printed

SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
TEMPLATE = Path(__file__).parent / "paper.typ"


def write(batch: Batch) -> Written:
    """Write the paper; a picture that is damaged is described in words instead."""
    import typst  # noqa: PLC0415 - large, and only a paper needs it

    try:
        return Written(_compiled(batch, printed(batch)), tuple(missing_pictures(batch, SHOWN)))
    except typst.TypstError:
        if not batch.pictures:
            raise
    questions = printed(batch)
    losses = [
        Loss(entry.item.id, "image", f"{question.picture} is damaged; its description is printed instead")
        for entry, question in zip(batch.entries, questions, strict=True)
        if question.picture
    ]
    bare = Batch(batch.slug, batch.title, batch.entries, batch.made_at, {}, with_key=batch.with_key)
    return Written(_compiled(bare, questions), tuple(losses))


def _compiled(batch: Batch, questions: list[Printed]) -> bytes:
    import typst  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "paper.typ").write_bytes(TEMPLATE.read_bytes())
        names = {file: f"{n}{Path(file).suffix.lower()}" for n, file in enumerate(batch.pictures)}
        for file, name in names.items():
            (home / name).write_bytes(batch.pictures[file])
        data = {
            "title": clean(batch.title), "with_key": batch.with_key,
            "questions": [_data(each, batch, names) for each in questions],
        }  # fmt: skip
        (home / "paper.json").write_text(json.dumps(data), "utf-8")
        made: bytes = typst.compile(
            home / "paper.typ",
            root=home,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=batch.made_at.replace(microsecond=0),
        )
        return made


def _data(question: Printed, batch: Batch, names: dict[str, str]) -> dict[str, Any]:
    shown = names[question.picture] if can_show(batch, question.picture, SHOWN) else ""
    return {
        "number": question.number, "context": _paragraphs(question.context), "stem": _paragraphs(question.stem),
        "instruction": question.instruction, "lines": _lines(question.lines), "right": clean(question.right),
        "reasons": _lines(question.reasons), "picture": shown, "alt": clean(question.alt),
    }  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    return [part for part in clean(text).split("\n") if part.strip()]


def _lines(lines: Iterable[Line]) -> list[list[str]]:
    return [[line.mark, clean(line.text)] for line in lines]


FORMAT = Format("pdf", "printable paper (PDF)", ".pdf", "application/pdf", write=write, keeps_cases=True)
