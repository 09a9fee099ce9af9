"""Files other programs read or write. A new format is one file here and one line in FORMATS."""

from training.core.refusal import Refusal
from training.formats import aiken, anki, csv_table, gift, moodle_xml, paper_docx, paper_pdf, qti, text2qti
from training.formats.base import Format

FORMATS: tuple[Format, ...] = (
    gift.FORMAT,
    aiken.FORMAT,
    text2qti.FORMAT,
    csv_table.CSV,
    csv_table.XLSX,
    moodle_xml.FORMAT,
    *qti.FORMATS,
    anki.FORMAT,
    paper_pdf.FORMAT,
    paper_docx.FORMAT,
)

BY_NAME: dict[str, Format] = {each.name: each for each in FORMATS}
SURE_ENOUGH = 0.3


def guess(data: bytes, name: str) -> Format:
    """Find the format of a file by its content and name. Raises Refusal where none is likely."""
    scored = [(each.sniff(data, name), each) for each in FORMATS if each.sniff]
    sure, best = max(scored, key=lambda pair: pair[0])
    if sure < SURE_ENOUGH:
        known = ", ".join(each.name for each in FORMATS if each.read)
        raise Refusal(f"{name} looks like none of the formats known ({known}). Name its format.")
    return best


def format_named(name: str, *, reading: bool) -> Format:
    """Give a format that reads, or one that writes. Raises Refusal."""
    able = [each.name for each in FORMATS if (each.read if reading else each.write)]
    if name not in able:
        raise Refusal(f"'{name}' is no format to {'import' if reading else 'export'}; it may be {', '.join(able)}.")
    return BY_NAME[name]
