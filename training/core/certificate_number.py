"""Numbers of certificates: too many to guess, with a letter that shows a slip of the pen."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 characters: none is mistaken for another when read aloud or written by hand."""

RANDOM, GROUP = 19, 5
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def number_of(chance: int) -> str:
    """Make a certificate number of 95 random bits and a check letter: `7K3QM-9XW2F-HD4TA-C8ZRB`."""
    digits = [chance >> (5 * place) & 31 for place in range(RANDOM)]
    text = "".join(ALPHABET[digit] for digit in digits)
    return grouped(text + _check_letter(text))


def grouped(text: str) -> str:
    """Write a number in groups of five."""
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def read_number(typed: str) -> str | None:
    """Read a number as people type it; None where it cannot be one, by its length or its check letter."""
    text = "".join(each for each in typed.upper() if each.isalnum()).translate(_READ_AS)
    if len(text) != RANDOM + 1 or any(each not in ALPHABET for each in text):
        return None
    return grouped(text) if _check_letter(text[:-1]) == text[-1] else None


def _check_letter(text: str) -> str:
    # Luhn's sum modulo 32: finds every wrong character, and nearly every exchange of two neighbours.
    total = 0
    for place, each in enumerate(reversed(text)):
        value = ALPHABET.index(each) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
