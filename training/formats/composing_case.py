"""A text with blanks of several kinds, as a case: the text is shared, and each blank is a question of its own."""

from collections.abc import Callable, Sequence

from training.core.interaction import GAP
from training.core.items.case import MOST_PARTS
from training.formats.base import Code
from training.formats.sketch import Sketch

Compose = Callable[[Sketch], None]


def blanks(sketch: Sketch, text: str, parts: Sequence[Compose]) -> None:
    """Compose one question where there is one blank, and a case where there are more; `{{n}}` marks a blank."""
    if len(parts) == 1:
        sketch.fields["stem"] = GAP.sub("_____", text)
        parts[0](sketch)
        return
    if len(parts) > MOST_PARTS:
        words = f"has {len(parts)} blanks to fill by typing, more than the {MOST_PARTS} parts of a case"
        sketch.fail(words, "split it", code=Code.NO_SUCH_TYPE)
        return
    made = []
    for number, compose in enumerate(parts, 1):
        part = Sketch(sketch.file, sketch.line, name=sketch.called)
        part.fields["stem"] = f"What belongs in blank {number}?"
        compose(part)
        for loss in part.losses:
            sketch.lose(f"parts.{number - 1}.{loss.field}", loss.what)
        sketch.problems += part.problems
        made.append(part.fields)
    sketch.fields |= {"type": "case", "stem": GAP.sub(r"(\1) _____", text), "parts": made}
    sketch.assume("a text with several blanks became a case with a question for each")
