"""Checking a certificate, as PDF or JSON, with nothing but the file and the keys one trusts."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from training.core.credential import Credential, State, valid_until
from training.documents import key_history, status_list
from training.documents.badge import credential_in, stamp
from training.documents.canonical import Json, NotCanonical, jcs
from training.documents.certificate import visible
from training.documents.key_history import Entry
from training.documents.proofs import NotProven, check_proofs, did_of, key_in
from training.documents.sealing import open_sealed

MOST_JSON = 2**20


class NotAList(NotProven):
    """A status list that cannot be used; of the certificate nothing is said by that."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file proves: the certificate, the key that signed it, and whether that key leads back to a trusted one.

    `state` knows of revocations and suspensions only what the status lists given tell.
    """

    credential: Credential
    key: str
    trusted: bool
    state: State
    as_of: dict[status_list.Purpose, str]
    """When the list that was looked into was made, for each there was."""
    of_pdf: bool
    at: datetime

    @property
    def looked_up(self) -> bool:
        """Whether both lists were there: with one alone, the other may tell of something."""
        return set(status_list.PURPOSES) <= set(self.as_of)

    @property
    def good(self) -> bool:
        return self.trusted and self.state is State.VALID

    def as_json(self) -> dict[str, object]:
        """Say it for programs."""
        it = self.credential
        return {
            "genuine": True, "good": self.good, "trusted": self.trusted, "state": self.state.value,
            "statusKnown": self.looked_up, "statusAsOf": self.as_of, "key": self.key, "number": it.number,
            "name": it.name, "title": it.title,
            "provider": it.provider, "completed": it.completed.isoformat(), "hours": it.hours,
            "expires": it.expires.isoformat() if it.expires else None, "supersedes": it.supersedes or None,
        }  # fmt: skip

    def as_text(self) -> str:
        """Say it in words."""
        it = self.credential
        head = f"Genuine and {self.state}." if self.trusted else "Unchanged, but signed by a key that is not trusted."
        lines = [
            head, "", f"Name:       {it.name}", f"For:        {it.title}", f"Provider:   {it.provider}",
            f"Number:     {it.number}", f"Completed:  {it.completed}", f"Expires:    {it.expires or 'never'}",
            f"Hours:      {it.hours or 'none stated'}", f"Key:        {self.key}",
        ]  # fmt: skip
        return "\n".join([*lines, "", *self._known()])

    def _known(self) -> list[str]:
        """Say what the lists tell of, and since when they may be out of date."""
        words = {"revocation": "revoked", "suspension": "suspended"}
        found = [
            f"Whether it was {words[each]} is known as of {at}{self._late(at)}." for each, at in self.as_of.items()
        ]
        lacking = " or ".join(words[each] for each in status_list.PURPOSES if each not in self.as_of)
        without = "the lists given" if self.as_of else "the file alone"
        return found + ([f"Whether it was {lacking} since cannot be known from {without}."] if lacking else [])

    def _late(self, at: str) -> str:
        """Say where a list knows nothing of the certificate yet, or for how long nothing was heard."""
        made = datetime.fromisoformat(at)
        if made < self.credential.issued.replace(microsecond=0):
            return ", before it was issued: ask for the list of today"
        days = (self.at - made).days
        return f", {days} {'day' if days == 1 else 'days'} ago: ask for the list of today" if days > 0 else ""


def check_file(
    data: bytes, *, trusted: Collection[str], now: datetime, lists: Sequence[bytes] = (), with_text: bool = True
) -> Checked:
    """Check a certificate. Raises NotProven, with the reason, where anything of it was changed.

    `with_text` also compares what the PDF shows with what is signed; its seal alone catches every change too.
    """
    of_pdf = data[:5] == b"%PDF-"
    opened = open_sealed(data) if of_pdf else None
    signed = read_json(opened.attached if opened else data)
    if opened and jcs(signed) != opened.attached:
        raise NotProven("its credential is not written as it was signed")
    if opened and opened.seal not in _seals(signed):
        raise NotProven("what the PDF shows was changed after it was signed")
    key, history = _signed_by(signed)
    credential = credential_in(signed)
    if opened and with_text:
        _compare(data, credential, signed["certificate"]["verifyAt"])
    found = [told for each in lists if (told := _checked_list(each, history))]
    checked_lists = sorted(found, key=lambda each: str(each["validFrom"]))  # of several, the latest tells
    trusted = frozenset(trusted).union(*(_vouched(each, trusted) for each in checked_lists))
    return Checked(
        credential, key, any(each.key in trusted for each in history), _state(credential, signed, checked_lists, now),
        {each["credentialSubject"]["statusPurpose"]: each["validFrom"] for each in checked_lists}, of_pdf, now,
    )  # fmt: skip


def read_json(data: bytes) -> dict[str, Any]:
    """Read JSON that names nothing twice. Raises NotProven."""
    if len(data) > MOST_JSON:
        raise NotProven("it is too large for a certificate")
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NotProven("it is neither a certificate's PDF nor its JSON") from error
    if not isinstance(found, dict):
        raise NotProven("it is no certificate's JSON")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _seals(signed: Json) -> frozenset[str]:
    try:
        return frozenset(signed["certificate"]["documents"].values())
    except (KeyError, TypeError, AttributeError) as error:
        raise NotProven("it is no certificate of this product") from error


def _signed_by(signed: Json) -> tuple[str, tuple[Entry, ...]]:
    """Check proofs and the history of keys inside; give the key, and the history that ends with it."""
    try:
        key = check_proofs(signed)
        history = key_history.read(signed["issuer"]["keyHistory"])
        issuer = signed["issuer"]["id"]
    except (KeyError, TypeError, NotCanonical) as error:
        raise NotProven("it is no certificate of this product") from error
    key_history.check(history)
    if history[-1].key != key or issuer != did_of(key):
        raise NotProven("it was not signed by the key it names")
    return key, history


def _checked_list(data: bytes, history: Sequence[Entry]) -> dict[str, Any] | None:
    """Check a status list; one of another issuer, whose keys do not meet the certificate's, tells nothing of it."""
    try:
        return _list_that_holds(data, history)
    except NotProven as error:
        raise NotAList(str(error)) from error


def _list_that_holds(data: bytes, history: Sequence[Entry]) -> dict[str, Any] | None:
    found = read_json(data)
    try:
        key = check_proofs(found)
        later = key_history.read(found["keyHistory"])
        purpose, made = found["credentialSubject"]["statusPurpose"], str(found["validFrom"])
        status_list.bit(found["credentialSubject"]["encodedList"], 0)
        stamped = stamp(datetime.fromisoformat(made)) == made
    except (KeyError, TypeError, ValueError) as error:
        raise NotProven("its status list cannot be read") from error
    known = key_history.check(later)
    # A key vouches only for those after it: anybody can write a true key behind one of his own, and sign with that.
    if later[-1].key != key or purpose not in status_list.PURPOSES or not stamped:
        raise NotProven("its status list was not signed by the key it names")
    if key_history.replaced(history, key, by=made):
        raise NotProven("its status list was signed by a key that had been replaced by then")
    return None if known.isdisjoint(each.key for each in history) else found


def _vouched(checked_list: Json, trusted: Collection[str]) -> frozenset[str]:
    """Give the keys before a trusted one: the list that it signed names them, so they count where a list was given."""
    signer = key_in(checked_list["proof"][0]["verificationMethod"])
    return frozenset(entry.key for entry in key_history.read(checked_list["keyHistory"]) if signer in trusted)


def _state(credential: Credential, signed: Json, lists: Sequence[Json], now: datetime) -> State:
    told = status_list.told_by(lists, signed)
    if told:
        return State(told)
    return State.EXPIRED if now > valid_until(credential.expires) else State.VALID


def _compare(data: bytes, credential: Credential, verify_at: str) -> None:
    """Look for every signed field in the text that the PDF shows."""
    text = shown_text(data)
    for field in visible(credential, verify_at):
        if not shows(text, field):
            raise NotProven(f"the PDF does not show what was signed: '{field}'")


def shows(text: str, field: str) -> bool:
    """Say whether a field stands in a PDF's text, in whichever order that tells the signs of its script.

    A line from right to left is told with its last word first. Where vowels are signs of their own, a PDF draws them
    before, after or with their consonant and may tell a cluster twice; then the signs are looked for, not their order.
    """
    plain = _plain(field)
    if plain in text:
        return True
    if any(unicodedata.category(sign) in {"Mn", "Mc"} for sign in plain):
        return not Counter(plain) - Counter(text)
    turned = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in plain)
    return turned and all(_plain(word) in text for word in field.split())


def shown_text(data: bytes) -> str:
    """Give the text of a PDF, without spaces and in one case. Raises NotProven."""
    from pypdf import PdfReader  # noqa: PLC0415 - only checking a PDF needs it

    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except Exception as error:
        raise NotProven("its text cannot be read") from error
    return _plain("".join(pages))


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text)).casefold()
