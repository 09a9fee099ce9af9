"""What the page of people shows, as words: rows, labels, and finding."""

from collections.abc import Mapping, Sequence

from training.services.administering import OPERATOR, Account, Entry
from training.ui.views.words import plain

MARK = "(simulated)"


def matching(accounts: Sequence[Account], asked: str) -> list[Account]:
    """Give the accounts whose name, e-mail or roles have every word that was asked for."""
    words = asked.lower().split()
    return [account for account in accounts if all(word in _text(account) for word in words)]


def row(account: Account) -> dict[str, str]:
    """Write an account as a row of the table."""
    return {
        "Name": plain(_marked(account)),
        "Roles": ", ".join(account.roles) or "none",
        "State": "disabled" if account.disabled_at else "open",
        "E-mail": plain(account.email),
    }


def label(account: Account) -> str:
    """Write an account in one line."""
    return f"{_marked(account)} · {account.email}"


def cohort_title(title: str, members: int) -> str:
    """Write a cohort in one line."""
    return f"{title} ({members})"


def entry_row(entry: Entry, names: Mapping[str, str]) -> dict[str, str]:
    """Write an audit entry as a row of the table, people by name."""
    known = {OPERATOR.id: OPERATOR.name} | dict(names)
    return {
        "When (UTC)": f"{entry.at:%Y-%m-%d %H:%M}",
        "Who": plain(known.get(entry.actor, entry.actor)),
        "What": entry.action,
        "Whom": plain(known.get(entry.subject, entry.subject)),
        "Detail": plain(known.get(entry.detail, entry.detail)),
    }


def _marked(account: Account) -> str:
    """Give the name, which says that it is simulated where it is."""
    return account.name if not account.simulated or MARK in account.name else f"{account.name} {MARK}"


def _text(account: Account) -> str:
    return f"{account.name} {account.email} {' '.join(account.roles)}".lower()
