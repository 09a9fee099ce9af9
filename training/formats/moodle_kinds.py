"""Moodle's question types, each read into what our notation calls it."""

import re
from collections.abc import Iterator

from training.core.number import parse_number
from training.formats import composing
from training.formats.composing import FULL, NEAR, Answer, Near
from training.formats.foreign_xml import Element, all_text
from training.formats.moodle_text import Piece, text_of
from training.formats.sketch import Sketch

_STOCK = frozenset(
    ("your answer is correct", "your answer is partially correct", "your answer is incorrect", "correct", "incorrect",
     "well done", "that's right", "wrong", "votre réponse est correcte", "votre réponse est partiellement correcte",
     "votre réponse est incorrecte", "die antwort ist richtig", "die antwort ist teilweise richtig",
     "die antwort ist falsch", "respuesta correcta", "respuesta parcialmente correcta", "respuesta incorrecta",
     "sua resposta está correta", "sua resposta está parcialmente correta", "sua resposta está incorreta",
     "risposta corretta", "risposta parzialmente esatta", "risposta errata", "je antwoord is juist",
     "je antwoord is gedeeltelijk juist", "je antwoord is onjuist")
)  # fmt: skip
"""What Moodle puts in by itself, in the languages it was met in."""


_SHOWN = re.compile(r"<\s*(?:img|svg|object|video|audio|iframe|embed|math)\b", re.IGNORECASE)
"""What can be seen of an option without words."""


def number(text: str) -> float:
    """Read a number as Moodle writes them; 0 where there is none."""
    return parse_number(text) or 0.0


def truth(text: str) -> bool:
    """Read a truth value: Moodle writes true, 1 and yes."""
    return text.strip().lower() in ("true", "1", "yes")


def stock_feedback(text: str) -> bool:
    """Say whether a feedback is Moodle's own, which says no more than the mark does."""
    return text.strip().rstrip(".!").lower() in _STOCK


def general(sketch: Sketch, question: Element) -> str:
    """Give the general feedback."""
    return text_of(sketch, question, "generalfeedback", "generalfeedback")


def _options(sketch: Sketch, question: Element) -> Iterator[Answer]:
    anchored = _kept_in_order(question)
    for place, answer in enumerate(question.iterfind("answer")):
        where = f"options.{place}"
        text = Piece.at(answer).told(sketch, f"{where}.text")
        percent = number(answer.get("fraction") or "0")
        why = text_of(sketch, answer, "feedback", f"{where}.why")
        if not text and percent <= 0 and not _SHOWN.search(Piece.at(answer).raw):
            sketch.warn(f"{where} has no text and is left out, as Moodle leaves it out{': ' if why else ''}{why[:80]}")
        else:
            yield Answer(text, percent, why, anchored=anchored)


def _kept_in_order(question: Element) -> bool:
    said = all_text(question.find("shuffleanswers")).strip().lower()
    return said in ("0", "false", "no")


def multichoice(sketch: Sketch, question: Element) -> None:
    """Read a choice of one or of several; a missing <single> means one, as in Moodle."""
    options = list(_options(sketch, question))
    single = question.find("single")
    several = single is not None and bool(all_text(single).strip()) and not truth(all_text(single))
    if several:
        composing.penalties(sketch, options)
        composing.choose_many(sketch, options, general(sketch, question))
    else:
        composing.choose_one(sketch, options, general(sketch, question))


def all_or_nothing(sketch: Sketch, question: Element) -> None:
    """Read the add-on types in which the right options must be ticked, each worth alike."""
    composing.choose_many(sketch, list(_options(sketch, question)), general(sketch, question))


def true_false(sketch: Sketch, question: Element) -> None:
    """Read a statement to judge: its answers are called true and false, whatever the language."""
    told: dict[bool, tuple[float, str]] = {}
    for place, answer in enumerate(question.iterfind("answer")):
        said = Piece.at(answer).words().strip().lower()
        # Translated exports keep the order true, false.
        about = said in ("true", "t", "1", "yes") if said in _TRUTHS else place == 0
        why = text_of(sketch, answer, "feedback", f"why.{'true' if about else 'false'}")
        told[about] = (number(answer.get("fraction") or "0"), why)
    worth = {about: percent for about, (percent, _) in told.items()}
    if not any(percent > 0 for percent in worth.values()):
        sketch.fail("neither true nor false is right", "mark one")
        return
    key = worth.get(True, 0.0) > worth.get(False, 0.0)
    if worth[key] < FULL - NEAR:
        sketch.lose("answer.weight", f"worth {worth[key]:g} % there, all points here")
    composing.true_false(
        sketch, answer=key, if_true=told.get(True, (0, ""))[1], if_false=told.get(False, (0, ""))[1],
        general=general(sketch, question),
    )  # fmt: skip


_TRUTHS = frozenset({"true", "false", "t", "f", "1", "0", "yes", "no"})


def numerical(sketch: Sketch, question: Element) -> None:
    """Read a number to enter, with its tolerances and units."""
    unit = _unit(sketch, question)
    composing.numeric(sketch, list(_numbers(sketch, question)), general(sketch, question), unit)


def _numbers(sketch: Sketch, question: Element) -> Iterator[Near]:
    for place, answer in enumerate(question.iterfind("answer")):
        said = Piece.at(answer).words().strip()
        why = text_of(sketch, answer, "feedback", f"answers.{place}.why")
        value = parse_number(re.sub(r"(?<=\d)[ '\u2019](?=\d{3})", "", said))
        if value is None:
            sketch.lose(f"answers.{place}", f"'{said[:40]}' stands for any other answer; {why or 'no feedback'}"
                        if said == "*" else f"'{said[:40]}' is no number")  # fmt: skip
            continue
        tolerance = number(all_text(answer.find("tolerance")).strip() or "0")
        yield Near(value, abs(tolerance), number(answer.get("fraction") or "0"), why)


def _unit(sketch: Sketch, question: Element) -> str:
    """Give the unit that counts once; further ones, and penalties for a wrong one, are lost."""
    units = [
        (all_text(each.find("unit_name")).strip(), number(all_text(each.find("multiplier")).strip() or "1"))
        for each in question.iterfind("units/unit")
    ]
    base = next((name for name, factor in units if abs(factor - 1) < NEAR), "")
    for name, factor in units:
        if name != base:
            sketch.lose("units", f"'{name}' ({factor:g} times the answer) is accepted there")
    if number(all_text(question.find("unitgradingtype"))) > 0:
        sketch.lose("unitpenalty", "a wrong unit costs points there")
    return base
