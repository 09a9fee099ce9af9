"""From what other systems call a question to our fields: one function for each kind, shared by all readers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from training.core.items import BY_TYPE
from training.core.items.options import LETTERS
from training.core.key import Within
from training.formats.base import Code
from training.formats.sketch import Sketch

FULL = 100.0
NEAR = 0.01
USUAL_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Answer:
    """An option or accepted answer as plain text, what it is worth in percent, and what is said to who gives it."""

    text: str
    percent: float = 0.0
    feedback: str = ""
    id: str = ""
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A number that is accepted within a tolerance."""

    number: float
    tolerance: float = 0.0
    percent: float = FULL
    feedback: str = ""


def choose_one(sketch: Sketch, answers: Sequence[Answer], general: str = "") -> None:
    """Compose a single best answer; the dearest option is the key."""
    if not _has_options(sketch, answers):
        return
    full = [answer for answer in answers if answer.percent >= FULL - NEAR]
    if len(full) > 1:
        sketch.lose("type", f"any one of {len(full)} right options was enough there; here all of them must be chosen")
        choose_many(sketch, [replace(each, percent=FULL if each in full else 0.0) for each in answers], general)
        return
    best = max(range(len(answers)), key=lambda place: answers[place].percent)
    if answers[best].percent <= 0:
        sketch.fail("no option is right", "mark the right one")
        return
    for place, answer in enumerate(answers):
        if place == best and answer.percent < FULL - NEAR:
            sketch.lose(f"options.{place}.weight", f"worth {answer.percent:g} % there, all points here")
        elif place != best and abs(answer.percent) > NEAR:
            sketch.lose(f"options.{place}.weight", f"worth {answer.percent:g} % there, nothing here")
    _compose(sketch, "single_best", answers, {best}, general)


def choose_many(sketch: Sketch, answers: Sequence[Answer], general: str = "", choose: int | None = None) -> None:
    """Compose a multiple response: what earns anything is right; weights are a matter of the quiz's policy here."""
    if not _has_options(sketch, answers):
        return
    right = {place for place, answer in enumerate(answers) if answer.percent > 0}
    if not right:
        sketch.fail("no option is right", "mark at least one")
        return
    if len({round(answers[place].percent, 1) for place in right}) > 1:
        sketch.lose("options.weight", "unequal weights; here every right option counts alike")
    _compose(sketch, "multiple_response", answers, right, general)
    if choose is not None:
        sketch.fields["choose"] = choose


def true_false(sketch: Sketch, *, answer: bool, if_true: str = "", if_false: str = "", general: str = "") -> None:
    """Compose a statement to judge; general feedback explains the right judgement where it has none of its own."""
    why = {"true": if_true, "false": if_false}
    right = "true" if answer else "false"
    why[right] = joined(why[right], general)
    sketch.fields |= {"type": "true_false", "answer": answer}
    # Even an empty block of reasons says that there are two of them to write.
    sketch.fields["why"] = {name: text for name, text in why.items() if text}


def numeric(sketch: Sketch, answers: Sequence[Near], general: str = "", unit: str = "") -> None:
    """Compose a number to enter: one accepted range; further ones are lost, worthless ones become known mistakes."""
    worthy = [answer for answer in answers if answer.percent > 0]
    if not worthy:
        sketch.fail("no number is right", "give one that earns points")
        return
    best = max(worthy, key=lambda answer: answer.percent)
    for place, other in enumerate(each for each in worthy if each is not best):
        sketch.lose(f"answers.{place}", f"{other.number:g} ± {other.tolerance:g} earned {other.percent:g} % there")
    slips = _wrong_numbers(sketch, answers, Within(best.number, best.tolerance))
    sketch.fields |= {"type": "numeric", "answer": best.number, "tolerance": best.tolerance}
    sketch.fields |= {name: text for name, text in (("unit", unit), ("why", joined(best.feedback, general))) if text}
    if slips:
        sketch.fields["mistakes"] = slips


def _wrong_numbers(sketch: Sketch, answers: Sequence[Near], key: Within) -> list[dict[str, object]]:
    slips: list[dict[str, object]] = []
    for place, answer in enumerate(answers):
        if answer.percent > 0 or not answer.feedback:
            continue
        if key.holds(answer.number):
            sketch.lose(
                f"answers.{place}.feedback", f"what is said of {answer.number:g}, which is right: {answer.feedback}"
            )
        else:
            slips.append({"answer": answer.number, "why": answer.feedback})
    return slips


def unknown_kind(sketch: Sketch, kind: str) -> None:
    """Say that we have no such item type."""
    sketch.fail(f"a question of the kind '{kind}' has no item type here", "write it anew", code=Code.NO_SUCH_TYPE)


def joined(*texts: str) -> str:
    """Put pieces of feedback one after the other, each once."""
    return "\n\n".join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _has_options(sketch: Sketch, answers: Sequence[Answer]) -> bool:
    if len(answers) > len(LETTERS):
        sketch.fail(f"has {len(answers)} options, more than {len(LETTERS)}")
    elif len(answers) < 2:  # noqa: PLR2004 - a choice
        sketch.fail(f"has {len(answers)} option{'' if len(answers) == 1 else 's'}, fewer than 2")
    elif not all(answer.text for answer in answers):
        sketch.fail("an option has no text")
    else:
        return True
    return False


def _compose(sketch: Sketch, kind: str, answers: Sequence[Answer], right: set[int], general: str) -> None:
    first = min(right)
    options = []
    for place, answer in enumerate(answers):
        why = joined(answer.feedback, general) if place == first else answer.feedback
        option = {
            "id": answer.id,
            "text": answer.text,
            "why": why,
            "correct": place in right,
            "anchored": answer.anchored,
        }
        options.append({name: value for name, value in option.items() if value})
    sketch.fields |= {"type": kind, "options": options}


def phrases(sketch: Sketch, answers: Sequence[Answer], general: str = "", *, exact_case: bool = False) -> None:
    """Compose a short text: what earns all points is accepted, wrong phrases with feedback become known mistakes."""
    if "short_text" not in BY_TYPE:
        unknown_kind(sketch, "short answer")
        return
    right = [answer for answer in answers if answer.percent >= FULL - NEAR]
    accepted = [phrase for answer in right if (phrase := _phrase(sketch, answer.text))]
    if not accepted:
        sketch.fail("no phrase earns all points", "give at least one that is fully right")
        return
    mistakes = [slip for answer in answers if answer.percent < FULL - NEAR for slip in _mistake(sketch, answer)]
    sketch.fields |= {"type": "short_text", "accepted": list(dict.fromkeys(accepted)), "mistakes": mistakes}
    if why := joined(*(answer.feedback for answer in right), general):
        sketch.fields["why"] = why
    if exact_case:
        sketch.lose("accepted", "capitals mattered there; here they do not")
    if max(map(len, accepted)) > USUAL_LONGEST:
        sketch.fields["longest"] = max(map(len, accepted))


def _phrase(sketch: Sketch, text: str) -> str:
    """Read an accepted phrase, in which a star stands for anything, and for itself behind a backslash."""
    pieces = text.split("\\*")
    if any("*" in piece for piece in pieces):
        sketch.lose("accepted", f"'{text}' stood for many answers; * is no wildcard here")
        pieces = [piece.replace("*", " ") for piece in pieces]
    return " ".join("*".join(pieces).split())


def _mistake(sketch: Sketch, answer: Answer) -> list[dict[str, str]]:
    if answer.percent > NEAR:
        sketch.lose("mistakes", f"'{answer.text}' earned {answer.percent:g} % there, nothing here")
    if answer.text.strip() == "*":
        sketch.lose("mistakes", f"feedback for any other answer: {answer.feedback}")
        return []
    text = _phrase(sketch, answer.text)
    return [{"text": text, "why": answer.feedback} if answer.feedback else {"text": text}] if text else []


def pairs(sketch: Sketch, rows: Sequence[tuple[str, str]], general: str = "") -> None:
    """Compose a matching: each row with its option; an option without a row is a distractor."""
    if "matching" not in BY_TYPE:
        unknown_kind(sketch, "matching")
        return
    options = list(dict.fromkeys(right for _, right in rows))
    if len(options) > len(LETTERS):
        sketch.fail(f"has {len(options)} options, more than {len(LETTERS)}")
        return
    if not all(options):
        sketch.fail("an option to match has no text")
    asked = [(left, LETTERS[options.index(right)]) for left, right in rows if left]
    used = [letter for _, letter in asked]
    sketch.fields |= {
        "type": "matching",
        "rows": [{"text": text, "answer": letter} for text, letter in asked],
        "options": [{"text": text} for text in options],
    }
    if len(set(used)) < len(used):
        sketch.fields["once"] = False
    if general and sketch.fields["rows"]:
        sketch.fields["rows"][0]["why"] = general


def in_order(sketch: Sketch, steps: Sequence[Answer]) -> None:
    """Compose an ordering; the steps are given in the right order."""
    if "ordering" not in BY_TYPE:
        unknown_kind(sketch, "ordering")
        return
    rows = ({"text": step.text, "why": step.feedback, "id": step.id} for step in steps)
    sketch.fields |= {"type": "ordering", "steps": [{k: v for k, v in row.items() if v} for row in rows]}


def gaps(sketch: Sketch, text: str, choices: Sequence[Sequence[Answer]], stem: str = "Complete the text.") -> None:
    """Compose a cloze: `{{1}}` in the text is where the first of the choices stands."""
    if "cloze" not in BY_TYPE:
        unknown_kind(sketch, "cloze")
        return
    made = []
    for place, answers in enumerate(choices):
        if not any(answer.percent > 0 for answer in answers):
            sketch.fail(f"gap {place + 1} has no right option")
        for answer in answers:
            if NEAR < answer.percent < FULL - NEAR:
                sketch.lose(f"gaps.{place}.weight", f"'{answer.text}' earned {answer.percent:g} % there")
        options = (
            {"text": answer.text, "correct": answer.percent >= FULL - NEAR, "why": answer.feedback}
            for answer in answers
        )
        made.append({"options": [{name: value for name, value in option.items() if value} for option in options]})
    sketch.fields |= {"type": "cloze", "stem": stem, "text": text, "gaps": made}
