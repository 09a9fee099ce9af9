"""Asking for a secret: without echo on a terminal, else the next line of standard input; never an argument."""

import getpass
import sys

from training.core.refusal import Refusal


def password(prompt: str = "Password: ", *, twice: bool = False) -> str:
    """Ask for a password. Raises Refusal where none is given, or the second time differs."""
    if not sys.stdin.isatty():
        return _must_be_given(sys.stdin.readline().rstrip("\r\n"))
    given = _must_be_given(getpass.getpass(prompt))
    if twice and getpass.getpass("The same again: ") != given:
        raise Refusal("The two passwords differ. Nothing was changed.")
    return given


def _must_be_given(password: str) -> str:
    if not password:
        raise Refusal("No password was given. Type it when asked, or pass it on standard input: … < password-file")
    return password
