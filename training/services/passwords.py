"""Passwords: what is accepted, and hashing that a burst of sign-ins cannot turn against the server's memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from training.core.refusal import Refusal

SHORTEST, LONGEST = 10, 200
AT_ONCE = 2
"""Hashings at one time; each takes 64 MiB."""

PATIENCE = 20.0
"""Seconds to wait for a turn before the person is asked to come back."""

_HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106 for servers with little memory
_TURNS = BoundedSemaphore(AT_ONCE)
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Uf8BBDuywGtZOwPbvRKp3w$ltA1XEOwW/bdDyeeBBTFJSWCFG55yzWBynXhUPuHlEE"
"""The hash of a password nobody has, so that an unknown e-mail address costs the same time as a known one."""

_COMMON = frozenset(
    """
    0123456789 1234567890 12345678910 123456789a 9876543210 0987654321 1111111111 0000000000 1q2w3e4r5t 1qaz2wsx3edc
    q1w2e3r4t5 qwertyuiop qwerty1234 qwerty12345 qwerty123456 qwertyuiop123 asdfghjkl1 asdfghjkl; zxcvbnm123 abcdefghij
    abcdefghijk abcd1234567 abc1234567 a1b2c3d4e5 password12 password123 password1234 password12345 passwordpassword
    password1! password123! p@ssw0rd123 passw0rd123 mypassword mypassword1 administrator administrator1 letmein1234
    letmein123 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 changeme123 changeme1234 iloveyou123
    iloveyou12 iloveyou1234 iloveyouso sunshine123 sunshine12 princess123 football123 baseball123 basketball superman123
    liverpool1 manchester manchester1 chelsea123 arsenal123 monkey1234 dragon1234 master1234 michael123 jennifer123
    summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 autumn2026
    trustno1trustno1 needlewise needlewise1 needlewise123 dryneedling dryneedling1 dryneedling123 dry-needling
    physiotherapy physiotherapy1 physiotherapist acupuncture acupuncture1 triggerpoint triggerpoint1 triggerpoints
    """.split()  # noqa: SIM905 - a list of a hundred quoted strings is no easier to read
)


def objection(password: str, email: str) -> str | None:
    """Say why a password cannot be used; None where it can."""
    plain = password.strip().lower()
    own = email.strip().lower()
    if len(password) < SHORTEST:
        return f"Please choose a password of at least {SHORTEST} characters, such as a few unrelated words."
    if len(password) > LONGEST:
        return f"Please choose a password of at most {LONGEST} characters."
    if plain in {own, own.partition("@")[0]}:
        return "Please choose a password that is not your e-mail address."
    if plain in _COMMON or len(set(plain)) <= 2:  # noqa: PLR2004 - one or two different characters
        return "This password is one of the first that are tried. Please choose another."
    return None


def hashed(password: str, email: str) -> str:
    """Hash a new password. Raises Refusal where it may not be used, or the server has too much to do."""
    wrong = objection(password, email)
    if wrong:
        raise Refusal(wrong)
    with _turn():
        return _HASHER.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Say whether a password is the one that was hashed; as slow for an empty hash, which matches nothing."""
    with _turn():
        try:
            _HASHER.verify(password_hash or _NOBODY, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def outdated(password_hash: str) -> bool:
    """Say whether a hash was made with other parameters than those in use."""
    return _HASHER.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(timeout=PATIENCE):
        raise Refusal("Many people are signing in just now. Please try again in a moment.")
    try:
        yield
    finally:
        _TURNS.release()
