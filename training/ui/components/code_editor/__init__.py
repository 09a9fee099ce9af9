"""A text editor for YAML: colours, problems in the margin, completion. It sends what is written when one pauses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from training.core.problem import Problem
from training.services.settings import ROOT
from training.ui.components.loading import component

HTML = """
<div class="editor">
  <p class="wait" role="status">The editor is loading …</p>
  <div class="host"></div>
  <p class="how" id="how">Ctrl+Space completes, Ctrl+F searches. To leave by keyboard, press Esc, then Tab.</p>
  <div class="spoken" aria-live="polite"></div>
</div>
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the editor shows: a text that replaces another only under another stamp, and where it begins in its file.

    `heard` is the number of the last message from the editor that `problems` answer; `words` is what may be completed.
    A text is None, and the words are empty, where the browser has them already.
    """

    stamp: str
    label: str
    text: str | None
    first: int
    go_to: int
    heard: int
    problems: Sequence[Problem]
    words: str
    dirty: bool


def code_editor(sheet: Sheet, *, key: str, on_written: Callable[[], None]) -> None:
    """Draw the editor. `on_written` runs when something was written or the cursor is in another item.

    What was sent last is and stays in session_state[key]["written"]: stamp, number, text, and the cursor's line in the
    file; or `lost` in place of the text, where the browser never got it.
    """
    component("code_editor", HTML)(
        key=key, data=[_shown(sheet)], on_written_change=on_written, height="content", width="stretch"
    )


def _shown(sheet: Sheet) -> dict[str, object]:
    return {
        "script": f"/scripts/codemirror.js?v={_version()}", "stamp": sheet.stamp, "label": sheet.label,
        "text": sheet.text, "first": sheet.first, "go": sheet.go_to, "heard": sheet.heard, "words": sheet.words,
        "dirty": sheet.dirty,
        "problems": [
            [each.line, each.column, each.severity.value, each.code, each.message, each.hint]
            for each in sheet.problems
        ],
    }  # fmt: skip


@cache
def _version() -> str:
    return sha256((ROOT / "static" / "codemirror.js").read_bytes()).hexdigest()[:16]
