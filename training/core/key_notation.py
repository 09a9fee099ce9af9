"""Keys as an instructor writes them for a key change, and whether what is proposed fits the question."""

from collections.abc import Iterable
from dataclasses import replace

from training.core.credit import Credit, MatchCredit, OrderCredit, PartialCredit
from training.core.interaction import FillGaps, Interaction, MatchEach, Value, options_of, places_of
from training.core.key import Key, Pairs, Phrases, RightOrder, Within, Worth, WorthEach
from training.core.number import parse_number
from training.core.question import Question
from training.core.refusal import Refusal
from training.core.remarking import FullCredit, LeaveOut, NewCredit, NewKey, NewTolerance, Remarking, TakenBack

NOTATION = {
    "worth": "the option that is right, or several: a, c. What is half right: a, b=0.5",
    "worth_each": "all options that must be chosen: a, c",
    "within": "the number and how far off it may be: 31 ± 0.5",
    "phrases": "all phrases that are right, a semicolon between two: trigger point; taut band",
    "right_order": "all options in the right order: c, a, b",
    "pairs": "the right option for each row or gap in its order, a bar between alternatives: a, b|c, d",
}
"""How the key of each kind is written, by the kind of key."""

REMEDIES = ("key", "tolerance", "credit", "full_credit", "leave_out")
"""What can be proposed, by the word for it."""


def key_said(question: Question, text: str) -> Key:
    """Read a key for this question. Raises Refusal, saying what is wrong with it."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    match question.key:
        case Worth():
            key: Key = Worth(tuple(_share(word) for word in words))
        case WorthEach(options=options):
            key = WorthEach(tuple(words), options)
        case Within(tolerance=tolerance):
            key = _within(text, tolerance)
        case Phrases(plural=plural):
            key = Phrases(tuple(" ".join(each.split()) for each in text.split(";") if each.strip()), plural)
        case RightOrder():
            key = RightOrder(tuple(words))
        case Pairs():
            key = Pairs(tuple(tuple(each.strip() for each in word.split("|") if each.strip()) for word in words))
    must_fit(NewKey(key), question)
    return key


def key_written(key: Key) -> str:
    """Write a key as `key_said` reads it."""
    match key:
        case Worth(by_option=by_option):
            return ", ".join(name if worth == 1 else f"{name}={worth:g}" for name, worth in by_option if worth)
        case WorthEach(correct=correct):
            return ", ".join(correct)
        case Within(answer=answer, tolerance=tolerance):
            return f"{answer:.12g} ± {tolerance:g}"
        case Phrases(accepted=accepted):
            return "; ".join(accepted)
        case RightOrder(right=right):
            return ", ".join(right)
        case Pairs(right=pairs):
            return ", ".join("|".join(right) for right in pairs)


def key_with(key: Key, value: Value) -> str:
    """Write a key by which this response is right too, for a person to look at; the key as it is where none can be."""
    match key, value:
        case Worth(by_option=by_option), str():
            others = tuple(pair for pair in by_option if pair[0] != value)
            return key_written(Worth((*others, (value, 1.0))))
        case WorthEach(options=options), tuple():
            return key_written(WorthEach(value, options))
        case Phrases(accepted=accepted), str() if value not in accepted and ";" not in value:
            return key_written(replace(key, accepted=(*accepted, value)))
        case RightOrder(), tuple():
            return key_written(RightOrder(value))
        case _:
            return key_written(key)


def remedy_said(question: Question, how: str, text: str) -> Remarking:
    """Read what is proposed for this question. Raises Refusal, saying what is wrong with it."""
    match how:
        case "key":
            found: Remarking = NewKey(key_said(question, text))
        case "tolerance":
            found = NewTolerance(_tolerance(text))
        case "credit":
            found = NewCredit(_credit(question, text))
        case "full_credit":
            found = FullCredit()
        case _:
            found = LeaveOut()
    must_fit(found, question)
    return found


def remedy_written(remarking: Remarking) -> str:
    """Say in a few words how answers are marked anew."""
    match remarking:
        case NewKey(key=key):
            return f"key {key_written(key)}"
        case NewTolerance(tolerance=tolerance):
            return f"tolerance {tolerance:g}"
        case NewCredit(credit=credit):
            return f"partial credit {credit.choices}, {credit.ordering}, {credit.matching}"
        case FullCredit():
            return "credit for all"
        case LeaveOut():
            return "left out"
        case TakenBack(change=change):
            return f"takes back {change}"


def _tolerance(text: str) -> float:
    number = parse_number(text)
    if number is None:
        raise Refusal(f"'{text}' is not a tolerance; write a number, such as 0.5.")
    return number


def credit_choices(question: Question) -> tuple[str, ...]:
    """List the ways in which partly right answers to this question can earn; none where they cannot be."""
    match question.key:
        case WorthEach():
            return tuple(PartialCredit)
        case RightOrder():
            return tuple(OrderCredit)
        case Pairs():
            return tuple(MatchCredit)
        case _:
            return ()


def _credit(question: Question, text: str) -> Credit:
    known = credit_choices(question)
    if text not in known:
        raise Refusal(f"'{text}' is no way to give partial credit here. There are: {', '.join(known) or 'none'}.")
    match question.key:
        case WorthEach():
            return Credit(choices=PartialCredit(text))
        case RightOrder():
            return Credit(ordering=OrderCredit(text))
        case _:
            return Credit(matching=MatchCredit(text))


def must_fit(remarking: Remarking, question: Question) -> None:
    """Raise Refusal where answers to this question cannot be marked so."""
    match remarking:
        case NewKey(key=key):
            _key_must_fit(key, question)
        case NewTolerance(tolerance=tolerance):
            if not isinstance(question.key, Within):
                raise Refusal("Only a question that asks for a number has a tolerance.")
            if not tolerance >= 0:
                raise Refusal("A tolerance is 0 or more.")
        case NewCredit():
            if not isinstance(question.key, WorthEach | RightOrder | Pairs):
                raise Refusal("Answers to this question are right or wrong, so there is no partial credit to change.")


def _share(word: str) -> tuple[str, float]:
    name, equals, share = word.partition("=")
    number = parse_number(share) if equals else 1.0
    if number is None or not 0 <= number <= 1:
        raise Refusal(f"'{word}' does not say what the option is worth; write a share from 0 to 1, as b=0.5.")
    return name.strip(), number


def _within(text: str, tolerance: float) -> Within:
    answer, _, slack = text.replace("+-", "±").replace("+/-", "±").partition("±")
    number, off = parse_number(answer), parse_number(slack) if slack.strip() else tolerance
    if number is None or off is None or off < 0:
        raise Refusal(f"'{text}' is not a number with its tolerance; write it as 31 ± 0.5.")
    return Within(number, off)


def _key_must_fit(key: Key, question: Question) -> None:
    if type(key) is not type(question.key):
        raise Refusal("This key is of another kind than the question.")
    match key:
        case Worth(by_option=by_option):
            _known((name for name, _ in by_option), question.interaction)
            _all_can_be_earned(by_option)
        case WorthEach(correct=correct):
            _known(correct, question.interaction)
        case Phrases(accepted=()):
            raise Refusal("Name one phrase at least that is right.")
        case RightOrder(right=right):
            _known(right, question.interaction, all_of_them=True)
        case Pairs(right=pairs):
            _pairs_must_fit(pairs, question.interaction)


def _all_can_be_earned(by_option: tuple[tuple[str, float], ...]) -> None:
    if not any(worth == 1 for _, worth in by_option):
        raise Refusal("One option at least must earn everything.")


def _known(names: Iterable[str], interaction: Interaction, *, all_of_them: bool = False) -> None:
    given, known = list(names), {option.id for option in options_of(interaction)}
    if not given or len(set(given)) != len(given):
        raise Refusal("Name each right option once, and one at least.")
    wrong = next((name for name in given if name not in known), None)
    if wrong is not None:
        raise Refusal(f"There is no option '{wrong}' in this question. It has: {', '.join(sorted(known))}.")
    if all_of_them and len(given) != len(known):
        raise Refusal("The right order must name every option once.")


def _pairs_must_fit(pairs: tuple[tuple[str, ...], ...], interaction: Interaction) -> None:
    if not isinstance(interaction, MatchEach | FillGaps) or len(pairs) != len(places_of(interaction)):
        raise Refusal("The key must have one part for each row or gap.")
    for place, right in zip(places_of(interaction), pairs, strict=True):
        wrong = next((name for name in right if name not in {option.id for option in place.options}), None)
        if wrong is not None or not right:
            raise Refusal(f"'{wrong or ''}' is not an option of row or gap '{place.id}'.")
