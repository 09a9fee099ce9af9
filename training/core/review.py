"""What a learner is told about an answer, in plain words: what to do, how it did, and why, option by option."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from training.core.form import Slot
from training.core.interaction import (
    GAP,
    OPEN,
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    FillGaps,
    Interaction,
    MatchEach,
    Option,
    PickRegion,
    PutInOrder,
    Value,
    options_of,
    places_of,
)
from training.core.key import Key, Pairs, Within, Worth, correct_value, fraction
from training.core.number import parse_number
from training.core.phrase import normalised
from training.core.question import Question, reason_for

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOT_ANSWERED = "no answer"
MOST_DECIMALS = 10

CASE_RULE = "Once you answer a part that tells you more, the answers before it are closed."
EXAM_CASE_RULE = "A part that tells you more asks before it opens: once it is open, the answers before it are closed."
"""How a case is sat, for the learner: in practice and in an exam."""


def before_opening(closes: Sequence[int], unanswered: Collection[int]) -> str:
    """Warn before a part of a case is opened that closes questions, given by slot; some may be unanswered."""
    open_ = [each for each in closes if each in unanswered]
    still = f" You have not answered {_questions(open_)} yet." if open_ else ""
    return (
        f"This part of the case tells you more. Once you open it, {_questions(closes)} "
        f"{'is' if len(closes) == 1 else 'are'} closed: you can read {'it' if len(closes) == 1 else 'them'}, "
        f"but you cannot come back to change your answer{'' if len(closes) == 1 else 's'}.{still}"
    )


def _questions(slots: Sequence[int]) -> str:
    numbers = [str(each + 1) for each in slots]
    if len(numbers) == 1:
        return f"question {numbers[0]}"
    return f"questions {', '.join(numbers[:-1])} and {numbers[-1]}"


@dataclass(frozen=True, slots=True)
class Reasoned:
    """One answer and why it is right or wrong; `letter` is empty for what was typed, `chosen` where she gave it.

    Of an order the letter is the place, of rows and gaps the number of the row or gap.
    """

    right: bool
    chosen: bool
    letter: str
    text: str
    reason: str


def instruction(interaction: Interaction) -> str:
    """Say in a phrase what to do."""
    match interaction:
        case ChooseMany(choose=None):
            return "Choose all that apply"
        case ChooseMany(choose=count):
            return f"Choose {count} answers"
        case EnterNumber(unit=unit):
            return f"Enter a number ({unit})" if unit else "Enter a number"
        case PickRegion(choose=count):
            return "Choose one place" if count == 1 else f"Choose {count} places"
        case MatchEach(once=True):
            return "Match each row with one option; use no option twice"
        case _:
            return _PLAIN[type(interaction)]


_PLAIN: dict[type[Interaction], str] = {
    ChooseOne: "Choose one answer",
    EnterText: "Enter a word or a few",
    PutInOrder: "Bring all of them into order, the first on top",
    MatchEach: "Choose one option for each row; an option may be used more than once",
    FillGaps: "Choose one option for each gap",
}


def lettered(slot: Slot) -> Iterator[tuple[str, Option]]:
    """Pair what can be chosen with its letter, in the order shown; in each gap letters begin anew with A."""
    interaction = slot.question.interaction
    if not isinstance(interaction, FillGaps):
        yield from zip(LETTERS, slot.options(), strict=False)
        return
    by_id = {option.id: option for option in slot.options()}
    for gap in interaction.gaps:
        shown = (by_id[f"{gap.id}:{option.id}"] for option in slot.options_in(gap.id))
        yield from zip(LETTERS, shown, strict=False)


def headline(earned: float) -> str:
    """Say in a word or two how a response did (fraction 0 to 1)."""
    return "Correct" if earned == 1 else "Partly correct" if earned > 0 else "Not correct"


def in_words(interaction: Interaction, value: Value) -> str:
    """Say a response in the words of its options; nothing where there is none."""
    if value is None:
        return ""
    match interaction:
        case EnterNumber(unit=unit):
            return f"{value} {unit}".strip()
        case EnterText():
            return str(value)
        case FillGaps() | MatchEach():
            return _places_in_words(interaction, value)
    texts = {option.id: option.text for option in options_of(interaction)}
    if isinstance(interaction, PutInOrder):
        return "; ".join(f"{place}. {texts.get(name, name)}" for place, name in enumerate(value, 1))
    if isinstance(value, str):
        return texts.get(value, value)
    return "; ".join(text for name, text in texts.items() if name in value)


def key_in_words(question: Question) -> str:
    """Say the right response in words; a number with no more decimals than its tolerance makes worth saying."""
    key = question.key
    if not isinstance(key, Within):
        return in_words(question.interaction, correct_value(key))
    rounded = (f"{key.answer:.{decimals}f}" for decimals in range(MOST_DECIMALS))
    close = (each for each in rounded if abs(float(each) - key.answer) <= key.tolerance / 10)
    return in_words(question.interaction, next(close, correct_value(key)))


def _places_in_words(interaction: FillGaps | MatchEach, value: Value) -> str:
    given = dict(zip((place.id for place in places_of(interaction)), _chosen_texts(interaction, value), strict=False))
    if isinstance(interaction, FillGaps):
        return GAP.sub(lambda match: f"[{given.get(match[1], NOT_ANSWERED)}]", interaction.text)
    return "; ".join(f"{_head(row.text)}: {given.get(row.id, NOT_ANSWERED)}" for row in interaction.rows)


def _head(text: str) -> str:
    """Give a row's text as what stands before a colon."""
    return text.removesuffix(".")


def _chosen_texts(interaction: FillGaps | MatchEach, value: Value) -> list[str]:
    texts = [{option.id: option.text for option in place.options} for place in places_of(interaction)]
    return [known.get(name, NOT_ANSWERED) for known, name in zip(texts, value or (), strict=False)]


def reasoned(slot: Slot, value: Value) -> tuple[Reasoned, ...]:
    """Give every option in the order shown, or what was typed, ordered or matched, each with its reason."""
    question = slot.question
    match question.interaction:
        case EnterNumber() | EnterText():
            return _about_typed(question, value)
        case PutInOrder():
            return tuple(_about_order(question, value))
        case MatchEach() | FillGaps():
            return tuple(_about_places(question, question.interaction, value))
    right, chosen = _right_ids(question.key), _ids(value)
    return tuple(
        Reasoned(option.id in right, option.id in chosen, letter, option.text, reason_for(question, option.id))
        for letter, option in lettered(slot)
    )


def _right_ids(key: Key) -> frozenset[str]:
    if isinstance(key, Worth):
        best = max(worth for _, worth in key.by_option)
        return frozenset(name for name, worth in key.by_option if worth == best)
    return _ids(correct_value(key))


def _ids(value: Value) -> frozenset[str]:
    return frozenset({value} if isinstance(value, str) else value or ())


def _about_typed(question: Question, value: Value) -> tuple[Reasoned, ...]:
    right = fraction(question.key, value) == 1
    key = Reasoned(
        right=True, chosen=right, letter="", text=key_in_words(question),
        reason=reason_for(question, ""),
    )  # fmt: skip
    slip = None if right else _known_slip(question, value)
    given = in_words(question.interaction, value)
    return (key, Reasoned(right=False, chosen=True, letter="", text=given, reason=slip)) if slip else (key,)


def _known_slip(question: Question, value: Value) -> str | None:
    if not isinstance(value, str):
        return None
    same = parse_number if isinstance(question.interaction, EnterNumber) else normalised
    known = {same(reason.answer): reason.text for reason in question.reasons if reason.answer}
    given = same(value)
    return None if given in (None, "") else known.get(given)


def _about_order(question: Question, value: Value) -> Iterator[Reasoned]:
    texts = {option.id: option.text for option in options_of(question.interaction)}
    right = correct_value(question.key) or ()
    given = value if isinstance(value, tuple) else ()
    for place, name in enumerate(right):
        stood = given[place : place + 1] == (name,)
        yield Reasoned(
            right=True, chosen=stood, letter=str(place + 1), text=texts[name], reason=reason_for(question, name)
        )
    if given and given != right:
        order = in_words(question.interaction, given)
        yield Reasoned(right=False, chosen=True, letter="", text=order, reason=_sound_pairs(tuple(right), given))


def _sound_pairs(right: tuple[str, ...], given: tuple[str, ...]) -> str:
    follows = set(itertools.pairwise(right))
    sound = sum(pair in follows for pair in itertools.pairwise(given))
    return f"{sound} of {len(follows)} steps are followed by the right one."


def _about_places(question: Question, interaction: MatchEach | FillGaps, value: Value) -> Iterator[Reasoned]:
    key = question.key
    right = key.right if isinstance(key, Pairs) else ()
    given = value if isinstance(value, tuple) else (OPEN,) * len(right)
    labels = [_head(row.text) for row in interaction.rows] if isinstance(interaction, MatchEach) else [""] * len(right)
    for number, (place, good, name) in enumerate(zip(places_of(interaction), right, given, strict=True), 1):
        texts = {option.id: f"{labels[number - 1]}: {option.text}".lstrip(": ") for option in place.options}
        for best in good if name in good else good[:1]:
            why = reason_for(question, f"{place.id}:{best}")
            yield Reasoned(right=True, chosen=name == best, letter=str(number), text=texts[best], reason=why)
        if name != OPEN and name not in good:
            why = reason_for(question, f"{place.id}:{name}") or reason_for(question, name)
            yield Reasoned(right=False, chosen=True, letter=str(number), text=texts[name], reason=why)
