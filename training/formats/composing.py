"""From what other systems call a question to our fields: one function for each kind, shared by all readers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from training.core.items.options import LETTERS
from training.core.key import Within
from training.formats.base import Code
from training.formats.sketch import Sketch

FULL = 100.0
NEAR = 0.01


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


def penalties(sketch: Sketch, answers: Sequence[Answer]) -> None:
    """Name the options whose choice costs points; here a policy of the quiz says so for all."""
    for place, answer in enumerate(answers):
        if answer.percent < -NEAR:
            sketch.lose(f"options.{place}.weight", f"takes {-answer.percent:g} % away there")


def true_false(sketch: Sketch, *, answer: bool, if_true: str = "", if_false: str = "", general: str = "") -> None:
    """Compose a statement to judge; general feedback explains the right judgement where it has none of its own."""
    why = {"true": if_true, "false": if_false}
    right = "true" if answer else "false"
    why[right] = joined(why[right], general)
    sketch.fields |= {"type": "true_false", "answer": answer}
    # Even an empty block of reasons says that there are two of them to write.
    sketch.fields["why"] = {name: text for name, text in why.items() if text}


def numeric(sketch: Sketch, answers: Sequence[Near], general: str = "", unit: str = "") -> None:
    """Compose a number to enter: one accepted range; further ones are lost, other numbers become known mistakes."""
    worthy = [answer for answer in answers if answer.percent > 0]
    if not worthy:
        sketch.fail("no number is right", "give one that earns points")
        return
    best, *others = _joined_ranges(worthy)
    for place, other in enumerate(others):
        sketch.lose(f"answers.{place}", f"{other.number:g} ± {other.tolerance:g} earned {other.percent:g} % there")
    slips = _wrong_numbers(sketch, answers, best)
    sketch.fields |= {"type": "numeric", "answer": best.number, "tolerance": best.tolerance}
    sketch.fields |= {name: text for name, text in (("unit", unit), ("why", joined(best.feedback, general))) if text}
    if slips:
        sketch.fields["mistakes"] = slips


def _joined_ranges(worthy: Sequence[Near]) -> list[Near]:
    """Give the dearest range first, grown by each of the same worth that it touches; then the others."""
    best = max(worthy, key=lambda answer: answer.percent)
    others = [each for each in worthy if each is not best]
    for other in list(others):
        apart = abs(other.number - best.number) - other.tolerance - best.tolerance
        if abs(other.percent - best.percent) < NEAR and apart <= 0:
            best = _both(best, other)
            others.remove(other)
    return [best, *others]


def _both(one: Near, other: Near) -> Near:
    """Give the range that two make which touch."""
    said = joined(one.feedback, other.feedback)
    for outer, inner in ((one, other), (other, one)):
        if outer.tolerance - inner.tolerance >= abs(outer.number - inner.number):
            return replace(outer, feedback=said)
    low = min(one.number - one.tolerance, other.number - other.tolerance)
    high = max(one.number + one.tolerance, other.number + other.tolerance)
    return Near(float(f"{(low + high) / 2:.12g}"), float(f"{(high - low) / 2:.12g}"), one.percent, said)


def _wrong_numbers(sketch: Sketch, answers: Sequence[Near], best: Near) -> list[dict[str, object]]:
    """Give the numbers with a feedback of their own that earn less than the best."""
    key, slips, told = Within(best.number, best.tolerance), [], set()
    for place, answer in enumerate(answers):
        if answer.percent >= best.percent - NEAR or not answer.feedback:
            continue
        if key.holds(answer.number) or answer.number in told:
            sketch.lose(f"answers.{place}.feedback", f"what is said of {answer.number:g}: {answer.feedback[:80]}")
            continue
        told.add(answer.number)
        if answer.tolerance:
            sketch.lose(
                f"answers.{place}.tolerance", f"± {answer.tolerance:g} around {answer.number:g}, a known mistake"
            )
        slips.append({"answer": answer.number, "why": answer.feedback})
    return slips


def unknown_kind(sketch: Sketch, kind: str, hint: str = "write it anew") -> None:
    """Say that we have no such item type, and what to do about it."""
    sketch.fail(f"a question of the kind '{kind}' has no item type here", hint, code=Code.NO_SUCH_TYPE)


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
