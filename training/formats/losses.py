"""What most formats cannot hold of a question, told the same way by every writer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from training.core.interaction import ChooseMany, ChooseOne, Option, PickRegion, options_of
from training.core.items.options import LETTERS
from training.core.question import Image, Question
from training.formats.base import CannotExpress, Loss, Outgoing
from training.formats.markup import tidy


def option_losses(question: Question, *, anchors: bool = True) -> list[Loss]:
    """List options whose place or name is not carried: the name goes by position when it is read back."""
    losses = []
    for place, (option, letter) in enumerate(zip(options_of(question.interaction), LETTERS, strict=False)):
        if anchors and option.anchored:
            losses.append(Loss(question.item_id, f"options.{place}.anchored", "that it keeps its place is not carried"))
        if option.id != letter:
            losses.append(Loss(question.item_id, f"options.{place}.id", f"the name '{option.id}' becomes '{letter}'"))
    return losses


def spacing_losses(question: Question) -> list[Loss]:
    """List texts whose runs of spaces do not survive HTML."""
    places = {option.id: f"options.{place}" for place, option in enumerate(options_of(question.interaction))}
    texts: Iterable[tuple[str, str]] = [
        ("stem", question.stem),
        *((f"options.{place}.text", option.text) for place, option in enumerate(options_of(question.interaction))),
        *((_why(r.answer, places), r.text) for r in question.reasons),
    ]
    return [Loss(question.item_id, field, "spaces in a row become one") for field, text in texts if tidy(text) != text]


def _why(answer: str, places: Mapping[str, str]) -> str:
    """Name the field that holds the reason of an answer."""
    if list(places) == ["true", "false"]:
        return f"why.{answer}"
    return f"{places[answer]}.why" if answer in places else "why"


_BECOMES = {
    "extended_matching": "matching", "script_concordance": "single_best", "parameterised": "numeric",
    "case": "questions of their own",
}  # fmt: skip


def kind_losses(entry: Outgoing) -> list[Loss]:
    """Tell what a question is read back as, where its way of writing is more than what it asks, and names it loses."""
    names = [
        Loss(entry.item.id, f"steps.{place}.id", f"the name '{step.id}' is not carried")
        for place, step in enumerate(getattr(entry.item, "steps", ()))
        if step.id
    ]
    new = _BECOMES.get(entry.item.type)
    if new is None:
        return names
    what = {
        "case": "its parts go out as questions of their own, each with what is known by then",
        "parameterised": "the numbers of one draw go out as a numeric question",
    }.get(entry.item.type, f"goes out as {new}")
    return [Loss(entry.item.id, "type", what)]


def in_words(entry: Outgoing) -> tuple[Outgoing, list[Loss]]:
    """Ask for a place in a picture by its text alternatives, which are as hard."""
    question, asked = entry.question, entry.question.interaction
    if not isinstance(asked, PickRegion):
        return entry, []
    options = tuple(Option(region.id, region.text) for region in asked.regions)
    choice = ChooseOne(options) if asked.choose == 1 else ChooseMany(options, asked.choose)
    picture = Image(asked.image.file, asked.image.alt)
    told = [
        Loss(entry.item.id, "type", "goes out as the choice among the words for its places, with the picture"),
        Loss(entry.item.id, "regions", "where they lie in the picture; their words and reasons are carried"),
    ]
    return replace(entry, question=replace(question, interaction=choice, image=picture)), told


def told_before(question: Question) -> str:
    """Give the stem, of a case with what is known by then."""
    return f"{question.context}\n\n{question.stem}" if question.context else question.stem


def unlike_the_others(entry: Outgoing, taken: set[str]) -> None:
    """Remember a question's id; raises CannotExpress where another one of the file has it."""
    if entry.question.item_id in taken:
        raise CannotExpress("another question of the file has its id")
    taken.add(entry.question.item_id)
