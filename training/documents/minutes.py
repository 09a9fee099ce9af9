"""The minutes of a standard-setting study as a tagged PDF (PDF/UA-1, PDF/A-3); the same bytes every time."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

TEMPLATE = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, whether it holds figures, and its share of the width."""

    name: str
    figures: bool = False
    share: float = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the minutes: paragraphs, then a table where there are columns."""

    title: str
    words: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that the minutes say, in words: who set which cut how, and who adopted it."""

    title: str
    programme: str
    study: str
    at: datetime
    """When the cut was adopted, or as of when a draft is."""
    draft: bool
    cut: str
    cut_words: str
    adoption: str
    parts: tuple[Part, ...]
    sign: str
    """In whose name the minutes are to be signed on paper."""
    annex: Part
    """What is long: it stands after the signature."""


def minutes_pdf(minutes: Minutes) -> bytes:
    """Set the minutes."""
    import typst  # noqa: PLC0415 - large, and only a document needs it

    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "minutes.typ").write_bytes(TEMPLATE.read_bytes())
        data = {**asdict(minutes), "at": f"{minutes.at.day} {minutes.at:%B %Y, %H:%M} UTC"}
        (home / "minutes.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        made: bytes = typst.compile(
            home / "minutes.typ",
            root=home,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=minutes.at.replace(microsecond=0),
            ignore_system_fonts=True,
        )
        return made
