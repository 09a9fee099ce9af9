"""A printable paper as a Word document, with or without its key."""

from io import BytesIO
from typing import TYPE_CHECKING

from training.formats.base import Batch, Format, Loss, Written
from training.formats.markup import clean
from training.formats.printed import Line, Printed, can_show, missing_pictures, printed

if TYPE_CHECKING:
    from docx.document import Document as DocumentType

SHOWN = (".png", ".jpg", ".jpeg", ".gif")
WIDTH_CM = 10
MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(batch: Batch) -> Written:
    """Write the paper; pictures that Word does not show are described in words instead."""
    from docx import Document  # noqa: PLC0415 - slow to import, and only a paper needs it

    paper = Document()
    title = f"{clean(batch.title)}{' – with key' if batch.with_key else ''}"
    paper.core_properties.title = title[:255]
    paper.core_properties.author = ""
    paper.core_properties.created = paper.core_properties.modified = batch.made_at.replace(tzinfo=None)
    paper.add_heading(title, level=0)
    if not batch.with_key:
        paper.add_paragraph("Name: ______________________________    Date: ______________")
    losses = list(missing_pictures(batch, SHOWN))
    for question in printed(batch):
        losses += _write(paper, question, batch)
    target = BytesIO()
    paper.save(target)
    return Written(target.getvalue(), tuple(losses))


def _write(paper: "DocumentType", question: Printed, batch: Batch) -> list[Loss]:
    paper.add_heading(f"Question {question.number}", level=1)
    if question.context:
        paper.add_paragraph(clean(question.context), style="Intense Quote")
    paper.add_paragraph(clean(question.stem)).paragraph_format.keep_with_next = True
    losses = _picture(paper, question, batch) if question.picture else []
    hint = paper.add_paragraph()
    hint.add_run(f"{question.instruction}.").italic = True
    hint.paragraph_format.keep_with_next = True
    _lines(paper, question.lines)
    if batch.with_key:
        paper.add_paragraph().add_run(f"Key: {clean(question.right)}").bold = True
        _lines(paper, question.reasons)
    return losses


def _picture(paper: "DocumentType", question: Printed, batch: Batch) -> list[Loss]:
    from docx.shared import Cm  # noqa: PLC0415

    losses = []
    if can_show(batch, question.picture, SHOWN):
        try:
            shape = paper.add_picture(BytesIO(batch.pictures[question.picture]), width=Cm(WIDTH_CM))
        except Exception as error:  # noqa: BLE001 - a damaged picture fails in many ways inside python-docx
            item = batch.entries[question.number - 1].item
            losses = [Loss(item.id, "image", f"{question.picture} is damaged ({type(error).__name__})")]
        else:
            shape._inline.docPr.set("descr", clean(question.alt))  # noqa: SLF001 - python-docx has no way to say alt
            return []
    paper.add_paragraph().add_run(f"Picture: {clean(question.alt)}").italic = True
    return losses


def _lines(paper: "DocumentType", lines: tuple[Line, ...]) -> None:
    for line in lines:
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.left_indent = 360000
        if line.mark:
            paragraph.add_run(f"{line.mark}  ").bold = True
        paragraph.add_run(clean(line.text))


FORMAT = Format("docx", "printable paper (Word)", ".docx", MEDIA, write=write, keeps_cases=True)
