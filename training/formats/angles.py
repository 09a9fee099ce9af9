"""Angle brackets that begin no tag: `p<q` and `List<Item>` are words, and HTML would swallow them."""

import re
from collections.abc import Iterator

_BEGINS = re.compile(r"<(/?)([A-Za-z][\w:.-]*)|<(?=[!?])|<")
_SHORT = re.compile(r"[\s/]*(?:\s[^=]{1,40}=.*)?", re.DOTALL)

TAGS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote "  # noqa: SIM905
    "body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div "
    "dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header "
    "hgroup hr html i iframe img input ins kbd keygen label lang legend li link listing main map mark marquee "
    "menu menuitem meta meter nav nobr noembed noframes nolink noscript object ol optgroup option output p param "
    "picture plaintext portal pre progress prompt q rb rp rt rtc ruby s samp script search section select slot "
    "small source span strike strong style sub summary sup svg table tbody td template tex textarea tfoot th "
    "thead time title tr track tt u ul var video wbr xmp annotation annotation-xml maction maligngroup malignmark "
    "math menclose merror mfenced mfrac mglyph mi mlabeledtr mlongdiv mmultiscripts mn mo mover mpadded mphantom "
    "mprescripts mroot mrow ms mscarries mscarry msgroup msline mspace msqrt msrow mstack mstyle msub msubsup "
    "msup mtable mtd mtext mtr munder munderover none semantics algebra circle defs desc ellipse g line path "
    "polygon polyline rect text tspan use".split()
)
"""The names of HTML, MathML, of pictures in a text and of Moodle's own filters."""


def only_tags(source: str) -> str:
    """Write each angle bracket that begins no tag as the character it is."""
    return "".join(_pieces(source)) if "<" in source else source


def _pieces(source: str) -> Iterator[str]:
    start, close = 0, -1
    for match in _BEGINS.finditer(source):
        if match.start() < start:
            continue
        if close < match.end() and close != len(source):
            # Looked for once however many brackets have none: each search may go to the end of the text.
            found = source.find(">", match.end())
            close = len(source) if found < 0 else found
        yield source[start : match.start()]
        tag = close < len(source) and _is_tag(source, match, close)
        yield match[0] if tag else f"&lt;{match[0][1:]}"
        start = match.end()
    yield source[start:]


def _is_tag(source: str, match: re.Match[str], close: int) -> bool:
    name, end = (match[2] or "").lower(), match.end()
    if not name:
        return source[end : end + 1] in ("!", "?")
    if (":" not in name and name not in TAGS) or not (source[end].isspace() or source[end] in "/>"):
        return False
    again = source.find("<", end, close)
    if again >= 0:
        # Inside the quotes of an attribute it may stand.
        return any(source.count(mark, end, again) % 2 for mark in "\"'")
    # `x <b and c> d` compares: a tag of one letter has attributes or nothing.
    return len(name) > 1 or bool(match[1]) or bool(_SHORT.fullmatch(source, end, close))
