"""Secrets made here: what a browser or a link carries, of which only a digest is kept, and the server's own."""

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

COOKIE_SECRET = "cookie-secret"  # noqa: S105 - the name of its file


def new_token() -> str:
    """Make a token that cannot be guessed: 256 bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Give what is stored of a token: enough to know it again, useless to whoever reads the database."""
    return sha256(token.encode()).hexdigest()


def cookie_secret(data_dir: Path) -> str:
    """Give the secret that signs the server's own cookies, made once for each data folder and readable to its owner."""
    file = data_dir / COOKIE_SECRET
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = data_dir / f".{COOKIE_SECRET}.{secrets.token_hex(8)}"
    if not file.exists():
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as written:
            written.write(secrets.token_hex(32))
        try:
            with suppress(FileExistsError):  # another process was quicker: then its secret holds
                os.link(fresh, file)
        finally:
            fresh.unlink()
    return file.read_text("ascii").strip()
