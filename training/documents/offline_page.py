"""The page that verifies certificates with no network: one file with everything in it, the issuer's keys too."""

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent / "offline"


def offline_page(keys: Sequence[str], lists: Sequence[bytes], at: str) -> str:
    """Write the page for an issuer's keys and its status lists as of a moment."""
    known = {"keys": list(keys), "lists": [json.loads(each) for each in lists], "at": at}
    # Nothing in the data can end the element it stands in.
    data = json.dumps(known, ensure_ascii=True).replace("<", "\\u003c")
    shown = "".join(f"<li><code>{escape(key)}</code></li>" for key in keys)
    template = (FOLDER / "page.html").read_text("utf-8")
    for name, said in (("KNOWN_AT", escape(at)), ("KEYS", shown), ("KNOWN", data), ("SCRIPT", script())):
        template = template.replace(name, said, 1)
    return template


def script_source() -> str:
    """Name the page's one script for a Content-Security-Policy."""
    return f"'sha256-{b64encode(sha256(script().encode()).digest()).decode()}'"


@cache
def script() -> str:
    """Give the script: the bundled curve, the check, and the page around it."""
    parts = [(FOLDER / name).read_text("utf-8") for name in ("noble.js", "verify.js", "show.js")]
    text = "\n".join(parts)
    if "</script" in text:
        raise ValueError("the script would end its own element")
    return text
