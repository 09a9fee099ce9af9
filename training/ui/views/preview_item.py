"""One item in words and rows: what a learner never sees beside what she does."""

from dataclasses import dataclass
from datetime import date

from training.core.interaction import EnterNumber, EnterText, options_of
from training.core.key import near_miss
from training.core.library import Reference
from training.core.question import Question
from training.core.review import in_words
from training.core.verified import Verified
from training.services.authoring import Preview
from training.ui.views.banks import ProblemRow, badges, problem_row, word
from training.ui.views.take_quiz import lone_question
from training.ui.views.told import Reasoned
from training.ui.views.words import plain, shown_address

VERIFIED = {
    Verified.SEEN: ":green-badge[Seen]",
    Verified.SECONDARY: ":blue-badge[Secondary]",
    Verified.RECALL: ":orange-badge[Recall only]",
}


@dataclass(frozen=True, slots=True)
class PreviewView:
    """Everything beside the question."""

    position: str
    badges: str
    stands: str
    reasons: tuple[Reasoned, ...]
    mistakes: tuple[str, ...]
    references: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    enemies: tuple[str, ...]
    problems: tuple[ProblemRow, ...]
    note: str
    shuffles: bool


def preview_view(preview: Preview) -> PreviewView:
    """Work out what stands beside the question."""
    told = lone_question(preview.question, None, shown=True, order=preview.order).told
    line = f", line {preview.line}" if preview.line else ""
    return PreviewView(
        f"{preview.place + 1} of {preview.total}",
        badges(preview.item),
        f"`{preview.bank.file}`{line}",
        told.reasons if told else (),
        _mistakes(preview.question),
        tuple(_cited(key, reference) for key, reference in preview.references),
        tuple((name, said) for name, said in _facts(preview) if said),
        preview.enemies,
        tuple(problem_row(problem) for problem in preview.problems),
        plain(preview.item.note or ""),
        preview.item.varies or sum(not each.anchored for each in options_of(preview.question.interaction)) > 1,
    )


def _mistakes(question: Question) -> tuple[str, ...]:
    """Word the known wrong numbers or phrases: the learner is told of one only where she gives it."""
    if not isinstance(question.interaction, EnterNumber | EnterText):
        return ()
    return tuple(
        f"**{plain(in_words(question.interaction, each.answer))}**{_near(question, each.answer)}  \n{plain(each.text)}"
        for each in question.reasons if each.answer
    )  # fmt: skip


def _near(question: Question, given: str) -> str:
    """Say which right phrase a known mistake is nearly the same as, for the author to think about."""
    phrase = near_miss(question.key, given)
    return f" (a slip of the fingers from *{plain(phrase)}*: accept it?)" if phrase else ""


def _cited(key: str, reference: Reference | None) -> str:
    if reference is None:
        return f":red-badge[Unknown] `{key}` is not in references.yaml"
    link = f" [{plain(shown_address(reference.link))}]({reference.link})" if reference.link else ""
    checked = f", checked {_day(reference.checked)}" if reference.checked else ""
    kind = f", {plain(reference.kind)}" if reference.kind else ""
    return f"{VERIFIED[reference.verified]} {plain(reference.citation)}{link} :small[`{key}`{kind}{checked}]"


def _facts(preview: Preview) -> tuple[tuple[str, str], ...]:
    item, objective, domain = preview.item, preview.objective, preview.domain
    return (
        ("Objective", plain(f"{objective.id} {objective.text}") if objective else f"{item.objective}, unknown"),
        ("Domain", plain(f"{domain.id} {domain.title}") if domain else ""),
        ("Objective's safety", word(objective.safety) if objective else ""),
        ("Authors", plain(", ".join(item.authors))),
        ("Reviewers", plain(", ".join(item.reviewers)) or "none yet"),
        ("Reviewed", _day(item.reviewed) or "not yet"),
        ("Review by", _day(item.review_by)),
        ("Tags", plain(", ".join(item.tags))),
    )


def _day(moment: date | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""
