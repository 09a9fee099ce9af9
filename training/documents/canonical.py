"""One way to write the same JSON: JCS for its bytes, RDF canonicalisation for its meaning; contexts come bundled."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785

Json = Mapping[str, Any]

FOLDER = Path(__file__).parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
TERMS = "urn:needlewise:certificate:"
"""Where terms of our own live: every member of a credential means something, so that every one is signed."""

FILES = {CREDENTIALS: "credentials-v2.jsonld", OPEN_BADGES: "open-badges-3.0.3.jsonld"}
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


class NotCanonical(ValueError):
    """JSON that has no canonical form: a context that is not bundled, or values that JSON-LD refuses."""


def jcs(value: object) -> bytes:
    """Write JSON by RFC 8785. Raises NotCanonical."""
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise NotCanonical(str(error)) from error


def rdfc(document: Json) -> bytes:
    """Write JSON-LD as canonical N-Quads by RDFC-1.0; nothing is ever fetched. Raises NotCanonical."""
    from pyld import jsonld  # noqa: PLC0415 - only signing and checking need it

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    try:
        quads: str = jsonld.normalize(dict(document), options)
    except (jsonld.JsonLdError, NotCanonical, RecursionError, TypeError, ValueError, AttributeError, KeyError) as error:
        raise NotCanonical(f"it is no JSON-LD that can be written canonically: {type(error).__name__}") from error
    return quads.encode()


def _load(url: str, _options: object) -> dict[str, object]:
    if url == EXAMPLES:  # as the W3C publishes it, for its test vectors
        document: object = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
    elif url in FILES:
        document = _bundled(url)
    else:
        raise NotCanonical(f"the context {url} is not bundled")
    return {"contextUrl": None, "documentUrl": url, "document": document}


@cache
def _bundled(url: str) -> object:
    return json.loads((FOLDER / FILES[url]).read_text("utf-8"))
