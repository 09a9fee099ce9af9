"""Trades a sign-in ticket for the session cookie, which only an HTTP answer can set, and loads the page again."""

from collections.abc import Callable

from training.ui.components.loading import component

HTML = '<p class="told" role="status">Signing you in…</p>'


def redeem(ticket: str, *, to: str, key: str, on_failed: Callable[[], None]) -> None:
    """Redeem a ticket and go to the page `to`, or load the present one again where it is empty.

    `on_failed` runs when the ticket was not taken; the reason is in session_state[key]["failed"].
    """
    component("redeem", HTML)(key=key, data={"ticket": ticket, "to": to}, on_failed_change=on_failed)
