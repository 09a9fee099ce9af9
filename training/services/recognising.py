"""Whom a name means: where two accounts bear one name, a part of the address stands beside it."""

from collections import defaultdict
from collections.abc import Iterable

from training.core.masking import told_apart
from training.store import people
from training.store.database import Connection


def known_as(tx: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Give people's names by id; one that another account bears too is followed by as much of the address as it takes.

    For staff, who act on a person by her name: elsewhere nothing of an address is shown.
    """
    names = people.names(tx, ids)
    alike: dict[str, dict[str, str]] = defaultdict(dict)
    for each in people.namesakes(tx, names.values()):
        alike[_sounded(each.name)][each.id] = each.email
    return {who: _beside(name, who, alike[_sounded(name)]) for who, name in names.items()}


def _beside(name: str, who: str, emails: dict[str, str]) -> str:
    return name if len(emails) < 2 else f"{name} ({told_apart(emails)[who]})"  # noqa: PLR2004 - a name for one


def _sounded(name: str) -> str:
    return " ".join(name.casefold().split())
