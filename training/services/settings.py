"""Settings, read once from the environment into one typed value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Registration(StrEnum):
    """Who may make an account: anyone, those invited, or nobody but the administrator."""

    OPEN = "open"
    INVITATION = "invitation"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator can set. Each field is documented in docs/settings.md."""

    data_dir: Path
    database_url: str
    content_dir: Path = ROOT
    registration: Registration = Registration.OPEN
    base_url: str = "http://localhost:8501"
    session_hours: int = 24 * 14
    smtp_url: str = ""
    mail_from: str = ""
    role_claim: str = "roles"
    role_map: str = ""
    secure_cookies: bool = False
    trusted_proxies: str = ""
    sign_off_for_exams: bool = False
    challenge_days: int = 14
    signing_key: str = ""
    signing_key_before: str = ""


class BadSetting(Exception):
    """A setting that cannot be used; the message names it and says what it may be."""


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read NEEDLEWISE_* variables. Raises BadSetting with the variable's name and what it may be."""
    given = {
        field.name: environment[f"NEEDLEWISE_{field.name.upper()}"]
        for field in fields(Settings)
        if environment.get(f"NEEDLEWISE_{field.name.upper()}")
    }
    data_dir = Path(given.get("data_dir", "data")).expanduser().resolve()
    base_url = given.get("base_url", f"http://localhost:{environment.get('PORT', '8501')}").rstrip("/")
    return Settings(
        data_dir=data_dir,
        database_url=given.get("database_url", f"sqlite:///{data_dir / 'needlewise.db'}"),
        content_dir=Path(given.get("content_dir", str(ROOT))).expanduser().resolve(),
        registration=_registration(given.get("registration", "open")),
        base_url=base_url,
        session_hours=_whole_number("session_hours", given.get("session_hours", str(24 * 14))),
        smtp_url=given.get("smtp_url", ""),
        mail_from=given.get("mail_from", ""),
        role_claim=given.get("role_claim", "roles"),
        role_map=given.get("role_map", ""),
        secure_cookies=base_url.startswith("https://"),
        trusted_proxies=given.get("trusted_proxies", ""),
        sign_off_for_exams=_yes_or_no("sign_off_for_exams", given.get("sign_off_for_exams", "no")),
        challenge_days=_whole_number("challenge_days", given.get("challenge_days", "14")),
        signing_key=given.get("signing_key", ""),
        signing_key_before=given.get("signing_key_before", ""),
    )


def _registration(text: str) -> Registration:
    try:
        return Registration(text.lower())
    except ValueError:
        choices = ", ".join(Registration)
        raise BadSetting(f"NEEDLEWISE_REGISTRATION is '{text}'; it may be one of: {choices}.") from None


def _yes_or_no(name: str, text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise BadSetting(f"NEEDLEWISE_{name.upper()} is '{text}'; it may be yes or no.")
    return text.lower() == "yes"


def _whole_number(name: str, text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise BadSetting(f"NEEDLEWISE_{name.upper()} is '{text}'; it must be a whole number above 0.")
    return int(text)
