"""Sending a message by SMTP, where the operator has set a server."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from training.core.refusal import Refusal
from training.services.settings import Settings

PATIENCE = 15.0
FAILED = "The message could not be sent. An administrator can hand out the link instead."
REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)


class Undelivered(Refusal):
    """The server said no, or was not there: the message went nowhere and may be sent again."""


def configured(settings: Settings) -> bool:
    """Say whether messages can be sent."""
    return bool(settings.smtp_url)


def send(settings: Settings, *, to: str, subject: str, text: str) -> None:
    """Send a plain message. Raises Undelivered where the server surely did not take it, Refusal where nobody knows."""
    message = EmailMessage()
    message["From"] = settings.mail_from or f"needlewise@{urlsplit(settings.base_url).hostname}"
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    try:
        server = _server(settings.smtp_url)
    except OSError as error:  # SMTPException is one
        raise Undelivered(FAILED) from error
    try:
        server.send_message(message)
    except REFUSED as error:
        raise Undelivered(FAILED) from error
    except OSError as error:  # the line broke: the message may have been taken before
        raise Refusal(FAILED) from error
    finally:
        _part(server)


def _part(server: smtplib.SMTP) -> None:
    """Say good-bye; what goes wrong with that changes nothing about the message."""
    with suppress(OSError):
        server.quit()
    server.close()


def _server(url: str) -> smtplib.SMTP:
    """Connect as the URL says: smtp:// (STARTTLS where offered), smtps:// (TLS from the start), user and password."""
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
