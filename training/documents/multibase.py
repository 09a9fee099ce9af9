"""Base58 as Bitcoin writes it, with the `z` and the prefixes that tell a key of Ed25519 from other bytes."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PUBLIC, SECRET = b"\xed\x01", b"\x80\x26"


class NotMultibase(ValueError):
    """Text that is not base58 with a leading z, or not a key of the kind wanted."""


def encode(data: bytes) -> str:
    """Write bytes as `z` and base58."""
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def decode(text: str) -> bytes:
    """Read bytes back. Raises NotMultibase."""
    if not text.startswith("z"):
        raise NotMultibase("it does not begin with z")
    number = 0
    for each in text[1:]:
        place = ALPHABET.find(each)
        if place < 0:
            raise NotMultibase(f"'{each}' is no character of base58")
        number = number * 58 + place
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def encode_key(raw: bytes, prefix: bytes = PUBLIC) -> str:
    """Write a key of 32 bytes as Multikey."""
    return encode(prefix + raw)


def decode_key(text: str, prefix: bytes = PUBLIC) -> bytes:
    """Read a key of 32 bytes. Raises NotMultibase."""
    data = decode(text)
    if data[:2] != prefix or len(data) != 34:  # noqa: PLR2004 - two bytes say what it is, 32 are the key
        raise NotMultibase("it is no Ed25519 key of this kind")
    return data[2:]
