"""What the browser needs to ask for an order, for matches, gaps and places: plain data, and no key in it."""

from training.core.interaction import FillGaps, MatchEach, PickRegion, options_of
from training.ui.views.spots import Spots, picture_with, spot
from training.ui.views.take_quiz import QuestionView

KEEP = "Answer with the order as it is shown"


def order_shown(question: QuestionView) -> dict[str, object]:
    """Prepare the steps in the order in which they are shown to her."""
    texts = {option.id: option.text for option in options_of(question.interaction)}
    return {
        "how": question.instruction,
        "steps": [[choice.id, texts[choice.id]] for choice in question.choices],
        "value": question.value,
        "closed": question.closed,
        "keep": KEEP,
    }


def rows_shown(question: QuestionView, asked: MatchEach) -> dict[str, object]:
    """Prepare the rows to match; the options, lettered, are listed once above them."""
    texts = {option.id: option.text for option in asked.options}
    bank = [[choice.id, choice.letter, texts[choice.id]] for choice in question.choices]
    options = [[name, f"{letter}. {text}"] for name, letter, text in bank]
    places: list[dict[str, object]] = [{"label": row.text, "text": row.text, "options": options} for row in asked.rows]
    return _selects(question, places, bank=bank, once=asked.once)


def gaps_shown(question: QuestionView, asked: FillGaps) -> dict[str, object]:
    """Prepare a text with gaps, each with its options in the order shown."""
    gaps, texts = [gap.id for gap in asked.gaps], {option.id: option.text for option in options_of(asked)}
    places: list[dict[str, object]] = [
        {
            "label": f"Gap {number}",
            "options": [
                [choice.id.removeprefix(f"{gap}:"), texts[choice.id]]
                for choice in question.choices
                if choice.id.startswith(f"{gap}:")
            ],
        }
        for number, gap in enumerate(gaps, 1)
    ]
    pieces = [gaps.index(piece) if odd % 2 else piece for odd, piece in enumerate(asked.pieces())]
    return _selects(question, places, pieces=pieces)


def _selects(question: QuestionView, places: list[dict[str, object]], **more: object) -> dict[str, object]:
    return {
        "how": question.instruction, "bank": [], "pieces": None, "once": False, "places": places,
        "value": question.value, "closed": question.closed,
    } | more  # fmt: skip


def spots_shown(question: QuestionView, asked: PickRegion) -> Spots:
    """Prepare a picture to point into."""
    regions = {region.id: region for region in asked.regions}
    spots = [spot(regions[choice.id], choice.letter, struck=choice.struck) for choice in question.choices]
    shown = picture_with(asked, spots, question.value)
    shown["how"], shown["closed"] = question.instruction, question.closed
    return shown
