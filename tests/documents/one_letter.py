"""A TrueType font of one letter, a square, made here so that no font file lies among the tests."""

from struct import pack

FAMILY = "Square"
EM = 1000


def font_of_one_letter(letter: str = "王") -> bytes:
    """Write the tables that a font must have, one after the other, behind their directory."""
    tables = {
        b"OS/2": _os2(ord(letter)),
        b"cmap": _cmap(ord(letter)),
        b"glyf": _SQUARE,
        b"head": pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, 0, EM, EM, 0, 8, 2, 0, 0),
        b"hhea": pack(">IhhhHhhhhhh4hhH", 0x10000, EM, 0, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": pack(">HhHh", EM, 0, EM, 0),
        b"loca": pack(">HHH", 0, 0, len(_SQUARE) // 2),
        b"maxp": pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
        b"name": _name(),
        b"post": pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    at, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, table in tables.items():
        directory += pack(">4sIII", tag, 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return pack(">IHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128) + directory + body


_SQUARE = pack(">hhhhhHH", 1, 0, 0, 800, 800, 3, 0) + bytes([1] * 4) + pack(">4h4h", 0, 800, 0, -800, 0, 0, 800, 0)


def _cmap(code: int) -> bytes:
    segments = pack(">9H", code, 0xFFFF, 0, code, 0xFFFF, (1 - code) & 0xFFFF, 1, 0, 0)
    table = pack(">HHHHHHH", 4, 14 + len(segments), 0, 4, 4, 1, 0) + segments
    return pack(">HHHHI", 0, 1, 3, 1, 12) + table


def _name() -> bytes:
    texts = {1: FAMILY, 2: "Regular", 4: FAMILY, 6: FAMILY}
    records, said = b"", b""
    for which, text in texts.items():
        written = text.encode("utf-16-be")
        records += pack(">6H", 3, 1, 0x409, which, len(written), len(said))
        said += written
    return pack(">3H", 0, len(texts), 6 + len(records)) + records + said


def _os2(code: int) -> bytes:
    sizes = pack(">hHHH11h", EM, 400, 5, 0, *[0] * 11)
    classes = bytes(10) + bytes(16) + b"NONE"
    rest = pack(">HHHhhhHHII", 0x40, code, code, EM, 0, 0, EM, 0, 0, 0)
    return pack(">H", 3) + sizes + classes + rest + pack(">hhHHH", 500, 700, 0, 32, 1)
