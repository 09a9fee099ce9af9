"""SVG drawings: what draws is kept, what acts or fetches is gone."""

import pytest

from training.formats.drawing import safe_drawing
from training.formats.unreadable import Unreadable

HARM = """<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="steal()">
<script>steal()</script><foreignObject><iframe/></foreignObject><a xlink:href="javascript:steal()"><path d="M1 1"/></a>
<style>@import 'http://example.org/x.css';</style><image xlink:href="http://example.org/spy.png"/>
<rect fill="url(http://example.org/x)" width="3"/><use xlink:href="#g"/><circle r="2" fill="url(#g)"/></svg>"""


def test_scripts_handlers_links_and_foreign_content_are_dropped() -> None:
    drawn = safe_drawing(HARM.encode()).decode()

    assert not [each for each in ("steal", "script", "example.org/", "iframe", "@import", "DOCTYPE") if each in drawn]
    assert 'r="2" fill="url(#g)"' in drawn
    assert 'href="#g"' in drawn


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(Unreadable):
        safe_drawing(b"<html/>")
