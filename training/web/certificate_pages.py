"""What the public addresses of certificates show, without scripts and without an account."""

from collections.abc import Sequence
from datetime import date
from html import escape

from training.core.credential import Issued, Kind, State
from training.documents.certificate import spelt
from training.services.verifying import Entry
from training.web.plain_page import page

IN_WORDS = {
    State.VALID: "This certificate is valid.",
    State.EXPIRED: "This certificate is genuine, but it has expired.",
    State.SUSPENDED: "This certificate is genuine, but it is suspended at present.",
    State.REVOKED: "This certificate was revoked. It must not be relied on.",
    State.SUPERSEDED: "This certificate was replaced by a corrected one. It must not be relied on.",
}
FORM = """<form method="get" action="/verify">
<label for="number">Certificate number</label>
<input id="number" name="number" autocomplete="off" spellcheck="false" required maxlength="40"
placeholder="XXXXX-XXXXX-XXXXX-XXXXX">
<button type="submit">Verify</button></form>
<p>Or check the file itself on <a href="/verify/offline">a page that works without a network</a>.</p>"""


def ask() -> str:
    """Write the page that asks for a number."""
    return page("Verify a certificate", FORM)


def nothing(why: str) -> str:
    """Write the page for a number that is none."""
    return page("Verify a certificate", f'<p class="refusal" role="alert">{escape(why)}</p>{FORM}')


def too_often() -> str:
    """Write the page for whoever asks too often."""
    return page("Please wait", "<p>This was asked too often from your network. Please try again in a minute.</p>")


def found(issued: Issued, state: State) -> str:
    """Write what holds of a certificate."""
    it = issued.credential
    facts = [
        ("Name", it.name), ("Certificate", it.title), ("Provider", it.provider), ("Completed", spelt(it.completed)),
        ("Expires", spelt(it.expires) if it.expires else "never"), ("Hours", it.hours), ("Number", it.number),
    ]  # fmt: skip
    cls = "" if state is State.VALID else ' class="refusal"'
    rows = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in facts if value)
    return page(
        "Verified certificate",
        f'<p{cls} role="status"><strong>{IN_WORDS[state]}</strong></p><dl>{rows}</dl>{_withdrawn(issued, state)}'
        f"<p>{escape(it.theory_only)}</p>"
        f'<p><a href="/credentials/{it.number}.pdf">PDF</a> · <a href="/credentials/{it.number}.json">Open Badge (JSON)'
        '</a> · <a href="/verify/offline">Check a file without a network</a></p>',
    )


def register(entries: Sequence[Entry], today: date) -> str:
    """Write the public register."""
    rows = "".join(
        f"<tr><td>{escape(each.name)}</td><td>{escape(each.title)}</td><td>{each.completed}</td>"
        f"<td>{each.expires or 'never'}</td><td>{each.state}</td></tr>"
        for each in entries
    )
    head = "".join(f"<th>{each}</th>" for each in ("Name", "Certificate", "Completed", "Expires", "State"))
    table = (
        '<div class="wide" tabindex="0" role="region" aria-label="Register"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    words = (
        f"<p>People who asked to be listed, as of {spelt(today)}. A certificate of knowledge is no licence. Whoever is "
        'not listed may hold one all the same: <a href="/verify">verify it by its number</a>.</p>'
    )
    return page("Register of certificates", words + (table if entries else "<p>Nobody is listed yet.</p>"), wide=True)


def _withdrawn(issued: Issued, state: State) -> str:
    """Say when a certificate was withdrawn; why is between the issuer and its holder."""
    kinds = {State.REVOKED: Kind.REVOKED, State.SUSPENDED: Kind.SUSPENDED, State.SUPERSEDED: Kind.SUPERSEDED}
    event = issued.last(kinds[state]) if state in kinds else None
    return f"<p>Since {spelt(event.at.date())}.</p>" if event else ""
