"""Feedback in a QTI 2 or 3 item: modal and inline, brought to the answers it belongs to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from training.formats.foreign_xml import Element, all_text, name_of
from training.formats.markup import Markup
from training.formats.qti_tree import find_all, first, inner_html
from training.formats.sketch import Sketch

RIGHT, WRONG = "\0right", "\0wrong"


@dataclass(slots=True)
class Feedback:
    """What is said to whom: by answer, to those who are right, to those who are wrong, to all."""

    by_answer: dict[str, str] = field(default_factory=dict)
    right: str = ""
    wrong: str = ""
    general: str = ""
    unplaced: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def of(self, answer: str, *, correct: bool) -> str:
        """Give the feedback of one answer."""
        self.used.add(answer)
        own = self.by_answer.get(answer, "")
        if not own:
            self.used.add(RIGHT if correct else WRONG)
        return own or (self.right if correct else self.wrong)

    def own(self, answer: str) -> str:
        """Give what is said to this answer and no other."""
        self.used.add(answer)
        return self.by_answer.get(answer, "")

    def to_all(self) -> str:
        """Give what is said to everyone."""
        return self.general

    def finish(self, sketch: Sketch, *, last: bool) -> None:
        """List the feedback that found no answer, behind the last part what none of them took."""
        told = {"correct" * (name == RIGHT) or "incorrect" * (name == WRONG) or name: text
                for name, text in ((RIGHT, self.right), (WRONG, self.wrong), *self.by_answer.items())
                if text and name not in self.used}  # fmt: skip
        for name, text in (self.unplaced | (told if last else {})).items():
            sketch.lose(f"feedback.{name}", text[:80])


def feedback_of(item: Element, sketch: Sketch) -> Feedback:
    """Gather an item's feedback."""
    feedback = Feedback()
    places = _followed(dict(_places(item)))
    answers = _answer_ids(item)
    for element in find_all(item, "modalFeedback", "feedbackBlock", "feedbackInline"):
        name = element.get("identifier") or ""
        text = sketch.text(inner_html(element), Markup.HTML, f"feedback.{name}")
        if not text:
            continue
        if (element.get("showHide") or "show") == "hide":
            feedback.unplaced[name] = text
            continue
        _place(feedback, _place_of(element, name, places, answers), name, text)
    return feedback


def _followed(places: dict[str, str]) -> dict[str, str]:
    """Follow outcomes that decide on others: what is shown when one is 'correct' goes where 'correct' is set."""
    return {name: places.get(place, place) if place != name else place for name, place in places.items()}


def _place_of(element: Element, name: str, places: Mapping[str, str], answers: set[str]) -> str | None:
    parent = element.getparent()
    if name_of(element) == "feedbackInline" and parent is not None and parent.get("identifier"):
        return str(parent.get("identifier"))
    if name in answers:
        about = (element.get("outcomeIdentifier") or "").partition("FEEDBACK-")[2]
        return f"{about}-{name}" if about else name
    if name in places:
        return places[name]
    plain = name.lower()
    if plain in ("correct", "right", "solution", "richtig"):
        return RIGHT
    if plain in ("incorrect", "wrong", "falsch"):
        return WRONG
    return "" if plain in ("general", "feedback", "all", "explanation", "rationale", "") else None


def _place(feedback: Feedback, place: str | None, name: str, text: str) -> None:
    if place is None:
        feedback.unplaced[name] = text
    elif place == RIGHT:
        feedback.right = _both(feedback.right, text)
    elif place == WRONG:
        feedback.wrong = _both(feedback.wrong, text)
    elif place:
        feedback.by_answer[place] = _both(feedback.by_answer.get(place, ""), text)
    else:
        feedback.general = _both(feedback.general, text)


def _both(before: str, text: str) -> str:
    return f"{before}\n\n{text}" if before and text != before else text


_ANSWERS = ("simpleChoice", "inlineChoice", "simpleAssociableChoice", "hotspotChoice", "gapText", "hottext")


def _answer_ids(item: Element) -> set[str]:
    return {each.get("identifier") or "" for each in find_all(item, *_ANSWERS)}


def _places(item: Element) -> Iterator[tuple[str, str]]:
    """Read from the rules which feedback is shown for which answer."""
    processing = item.find("responseProcessing")
    if processing is None:
        return
    for condition in find_all(processing, "responseCondition"):
        right = False
        for branch in condition:
            tested = _tested(branch)
            right = right or tested == RIGHT
            where = tested if tested is not None else (WRONG if right and name_of(branch) == "responseElse" else None)
            if where is None:
                continue
            for outcome in branch.iterfind("setOutcomeValue"):
                value = first(outcome, "baseValue")
                if (outcome.get("identifier") or "").upper() != "SCORE" and value is not None:
                    yield all_text(value).strip(), where


def _tested(branch: Element) -> str | None:
    """Say whether a branch is for the right answer, for one answer, or cannot be told."""
    if name_of(branch) == "responseElse" or not len(branch):
        return None
    test = branch[0]
    if name_of(test) == "and" and len(test) == 1:
        test = test[0]
    if name_of(test) == "not":
        inner = _tested_by(test[0]) if len(test) else None
        return WRONG if inner == RIGHT else None
    return _tested_by(test)


def _tested_by(test: Element) -> str | None:
    if name_of(test) not in ("match", "equal", "member", "stringMatch"):
        return None
    if test.find("correct") is not None:
        return RIGHT
    value, variable = test.find("baseValue"), test.find("variable")
    if value is None or variable is None or (variable.get("identifier") or "").upper() == "SCORE":
        return None
    return " ".join(all_text(value).split())
