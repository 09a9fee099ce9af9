"""As much of an e-mail address as tells people of one name apart, and no more."""

from collections.abc import Mapping

STEPS = ((1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (4, 3), (6, 4))
"""Letters of the part before the @ that are shown, at its beginning and at its end."""


def told_apart(emails: Mapping[str, str]) -> dict[str, str]:
    """Mask the addresses of people of one name, by id, showing more only until no two look alike."""
    for first, last in STEPS:
        shown = {who: masked(email, first, last) for who, email in emails.items()}
        if len(set(shown.values())) == len(shown):
            return shown
    return dict(emails)


def masked(email: str, first: int, last: int) -> str:
    """Show some letters of an address, and where it is: `a…@example.org`."""
    local, at, place = email.partition("@")
    hidden = len(local) > first + last
    return f"{local[:first]}…{local[-last:] if last else ''}{at}{place}" if hidden else f"{local}{at}{place}"
