"""Bytes to text: the encodings files come in, and a clear word where they are none of them."""

import codecs
from dataclasses import dataclass

from training.core.problem import Problem, Severity
from training.formats.base import LARGEST, Code

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with plain line ends, or None where there is none; and what is to be said about the encoding."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def decoded(data: bytes, file: str) -> Decoded:
    """Read bytes as text: by their mark, as UTF-8, as UTF-16 that shows, else as Windows-1252 with a warning."""
    if len(data) > LARGEST:
        return _refused(file, f"the file has {len(data):,} bytes; the most is {LARGEST:,}", "split it")
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", _unmarked(data)))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if mark or encoding != "utf-8":
            return _refused(file, f"the file is not the {encoding.upper()} it says it is", "save it as UTF-8")
        return _windows(data, file, data.count(b"\n", 0, error.start) + 1)
    if "\0" in text:
        return _refused(
            file, "the file is not text", "export it as text, in UTF-8", text.count("\n", 0, text.find("\0")) + 1
        )
    return Decoded(_lines(text))


def _unmarked(data: bytes) -> str:
    """Tell UTF-16 without a mark by where its zeros stand."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) >= 4 and max(even, odd) > len(sample) // 5 and min(even, odd) * 10 <= max(even, odd):  # noqa: PLR2004
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def _windows(data: bytes, file: str, line: int) -> Decoded:
    if b"\0" in data:
        return _refused(file, "the file is not text", "export it as text, in UTF-8", line)
    # Five bytes mean nothing in Windows-1252; browsers read them as Latin-1, and so do we.
    text = data.decode("cp1252", "replace") if not _undefined(data) else data.decode("latin-1")
    words = "this is no UTF-8; the file was read as Windows-1252"
    problem = Problem(file, line, 1, Code.ASSUMED, words, "look at its accents, or save it as UTF-8", Severity.WARNING)
    return Decoded(_lines(text), (problem,))


def _undefined(data: bytes) -> bool:
    return any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _refused(file: str, message: str, hint: str, line: int = 1) -> Decoded:
    return Decoded(None, (Problem(file, line, 1, Code.UNREADABLE, message, hint),))
