"""Questions with several parts, or with words to type, from what other systems call them; shared by all readers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.core.interaction import GAP
from training.core.items.options import LETTERS
from training.core.key import Phrases, fraction
from training.formats.base import Code
from training.formats.composing import FULL, NEAR, Answer, joined
from training.formats.sketch import Sketch

MOST_PARTS = 12
MOST_PHRASES = 40
LONGEST_PHRASE = 400
USUAL_LENGTH = 80
FILL_IN = "Complete the text."


@dataclass(frozen=True, slots=True)
class Pair:
    """A row to match: its text, the place of its option, and what is said of it."""

    text: str
    option: int
    feedback: str = ""


def phrases(
    sketch: Sketch, answers: Sequence[Answer], general: str = "", *, exact: bool = False, plural: bool = False
) -> None:
    """Compose words to type: what earns most is accepted, what earns nothing is a known mistake; `*` is any text."""
    best = max((answer.percent for answer in answers), default=0.0)
    accepted = _accepted(sketch, answers, best)
    if not accepted:
        sketch.fail("no answer of letters or digits is right", "give at least one that earns all points")
        return
    if exact:
        sketch.lose("accepted", "capitals count there, not here")
    if 0 < best < FULL - NEAR:
        sketch.lose("accepted.weight", f"worth {best:g} % there, all points here")
    longest = max(map(len, accepted))
    reasons = (answer.feedback for answer in answers if answer.percent == best)
    sketch.fields |= {"type": "short_text", "accepted": accepted} | ({} if plural else {"plural": False})
    if longest > USUAL_LENGTH:
        sketch.fields["longest"] = min(longest, LONGEST_PHRASE)
    if why := joined(*reasons, general):
        sketch.fields["why"] = why
    if slips := list(_slips(sketch, answers, best, Phrases(tuple(accepted), plural=plural))):
        sketch.fields["mistakes"] = slips


def _accepted(sketch: Sketch, answers: Sequence[Answer], best: float) -> list[str]:
    found = []
    for place, answer in enumerate(answers):
        if answer.percent <= 0 or not answer.text:
            continue
        words = _words(answer.text)
        if answer.percent < best - NEAR:
            sketch.lose("mistakes", f"'{answer.text}' earned {answer.percent:g} % there, nothing here")
        elif not any(mark.isalnum() for mark in words) or len(words) > LONGEST_PHRASE:
            sketch.lose(f"answers.{place}", f"'{answer.text[:60]}' cannot be compared as a phrase here")
        else:
            if "*" in answer.text.replace("\\*", ""):
                sketch.lose("accepted", f"the * in '{answer.text}' stood for any text")
            found.append(words)
    unique = list(dict.fromkeys(found))
    if len(unique) > MOST_PHRASES:
        sketch.lose("accepted", f"{len(unique) - MOST_PHRASES} phrases beyond the first {MOST_PHRASES}")
    return unique[:MOST_PHRASES]


def _words(text: str) -> str:
    """Give a phrase in which a star stands for anything, and for itself behind a backslash, as plain words."""
    return " ".join(text.replace("\\*", "\0").replace("*", " ").replace("\0", "*").split())


def _slips(sketch: Sketch, answers: Sequence[Answer], best: float, key: Phrases) -> Iterator[dict[str, str]]:
    for place, answer in enumerate(answers):
        if answer.percent >= best - NEAR:
            continue
        words = _words(answer.text)
        if not any(mark.isalnum() for mark in words) or len(words) > LONGEST_PHRASE or fraction(key, words):
            if answer.feedback:
                about = f"'{answer.text}', which is right here" if fraction(key, words) else "any other answer"
                sketch.lose(f"answers.{place}.feedback", f"what is said to {about}: {answer.feedback[:80]}")
        else:
            yield {"text": words, "why": answer.feedback} if answer.feedback else {"text": words}


def pairs(sketch: Sketch, rows: Sequence[Pair], options: Sequence[Answer], general: str = "") -> None:
    """Compose rows to match with options; an option that belongs to two rows may be used again."""
    if not _fits(sketch, len(rows), "row", 2) or not _options_fit(sketch, options):
        return
    names = [option.id or letter for option, letter in zip(options, LETTERS, strict=False)]
    if not all(row.text for row in rows) or any(not 0 <= row.option < len(names) for row in rows):
        sketch.fail("a row has no text or no option that belongs to it")
        return
    written = []
    for place, row in enumerate(rows):
        why = joined(row.feedback, general) if place == 0 else row.feedback
        written.append({"text": row.text, "answer": names[row.option]} | ({"why": why} if why else {}))
    sketch.fields |= {"type": "matching", "rows": written, "options": [_shared(option) for option in options]}
    if len({row.option for row in rows}) < len(rows):
        sketch.fields["once"] = False


def texts_to_match(sketch: Sketch, rows: Sequence[tuple[str, str, str]], general: str = "") -> None:
    """Compose rows (text, its option's text, what is said); one without a text of its own only adds an option."""
    options = list(dict.fromkeys(right for _, right, _ in rows if right))
    asked = [Pair(left, options.index(right) if right else -1, said) for left, right, said in rows if left]
    pairs(sketch, asked, [Answer(option) for option in options], general)


def _shared(option: Answer) -> dict[str, object]:
    said = {"id": option.id, "text": option.text, "why": option.feedback, "anchored": option.anchored}
    return {name: value for name, value in said.items() if value}


def in_order(sketch: Sketch, steps: Sequence[Answer], general: str = "") -> None:
    """Compose steps that stand in their right order."""
    if not _fits(sketch, len(steps), "step", 3):
        return
    if not all(step.text for step in steps):
        sketch.fail("a step has no text")
        return
    written = []
    for place, step in enumerate(steps):
        why = joined(step.feedback, general) if place == 0 else step.feedback
        said = {"id": step.id, "text": step.text, "why": why}
        written.append({name: value for name, value in said.items() if value})
    sketch.fields |= {"type": "ordering", "steps": written}


def gaps(sketch: Sketch, text: str, options: Sequence[Sequence[Answer]], general: str = "") -> None:
    """Compose a text with gaps, `{{1}}` where the first stands; paragraphs before the first gap are the stem."""
    text, options = _filled(sketch, text, options)
    if not _fits(sketch, len(options), "gap", 1):
        return
    written = []
    for number, choices in enumerate(options, 1):
        if not _options_fit(sketch, choices) or not any(choice.percent > 0 for choice in choices):
            sketch.fail(f"gap {number} has no right option among at least two")
            return
        for place, choice in enumerate(choices):
            if 0 < abs(choice.percent) < FULL - NEAR or choice.percent < -NEAR:
                sketch.lose(f"gaps.{number - 1}.options.{place}.weight", f"worth {choice.percent:g} % there")
        best = max(choice.percent for choice in choices)
        made = [_gap_option(choice, right=choice.percent > best - NEAR) for choice in choices]
        if number == 1 and general:
            first = next(option for option in made if option.get("correct"))
            first["why"] = joined(str(first.get("why", "")), general)
        written.append({"options": made})
    stem, body = _stem_and_text(text)
    sketch.fields |= {"type": "cloze", "stem": stem, "text": body, "gaps": written}


def _filled(sketch: Sketch, text: str, options: Sequence[Sequence[Answer]]) -> tuple[str, Sequence[Sequence[Answer]]]:
    """Write a word into its gap where nothing else is offered there, as long as other gaps leave a choice."""
    alone = {number for number, choices in enumerate(options, 1) if len(choices) == 1 and choices[0].percent > 0}
    if not alone or len(alone) == len(options):
        return text, options
    left = [number for number in range(1, len(options) + 1) if number not in alone]
    for number in alone:
        sketch.lose(
            f"gaps.{number - 1}", f"only '{options[number - 1][0].text}' is offered there; it is in the text here"
        )

    def renewed(gap: re.Match[str]) -> str:
        number = int(gap[1])
        return options[number - 1][0].text if number in alone else f"{{{{{left.index(number) + 1}}}}}"

    return GAP.sub(renewed, text), [options[number - 1] for number in left]


def _gap_option(choice: Answer, *, right: bool) -> dict[str, object]:
    said = {"id": choice.id, "text": choice.text, "why": choice.feedback, "correct": right, "anchored": choice.anchored}
    return {name: value for name, value in said.items() if value}


def _stem_and_text(text: str) -> tuple[str, str]:
    parts = text.split("\n\n")
    first = next((place for place, part in enumerate(parts) if GAP.search(part)), 0)
    return "\n\n".join(parts[:first]) or FILL_IN, "\n\n".join(parts[first:])


def _fits(sketch: Sketch, count: int, what: str, least: int) -> bool:
    if least <= count <= MOST_PARTS:
        return True
    bound = f"fewer than {least}" if count < least else f"more than {MOST_PARTS}"
    words = f"has {count} {what}{'' if count == 1 else 's'}, {bound}"
    sketch.fail(words, "write it as another kind of question", code=Code.NO_SUCH_TYPE)
    return False


def _options_fit(sketch: Sketch, options: Sequence[Answer]) -> bool:
    if not 2 <= len(options) <= len(LETTERS):  # noqa: PLR2004 - a choice
        sketch.fail(f"has {len(options)} options; there may be 2 to {len(LETTERS)}", code=Code.NO_SUCH_TYPE)
    elif not all(option.text for option in options):
        sketch.fail("an option has no text")
    else:
        return True
    return False
