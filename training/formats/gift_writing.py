"""Writing GIFT so that Moodle takes all of it: weights it knows, escapes where it needs them, labels as tags."""

import html
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence

from training.core.interaction import (
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    MatchEach,
    Option,
    PutInOrder,
    options_of,
)
from training.core.key import Pairs, Phrases, RightOrder, Within, Worth, WorthEach
from training.core.question import Question, reason_for
from training.formats.base import Batch, CannotExpress, Loss, Outgoing, Written, left_out
from training.formats.gift_blocks import escaped
from training.formats.gift_typed import braced, matches, number, phrases, steps
from training.formats.labels import label_losses, tags_of
from training.formats.losses import (
    in_words,
    kind_losses,
    option_losses,
    spacing_losses,
    told_before,
    unlike_the_others,
)
from training.formats.markup import tidy

WEIGHTS = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111,
    10, 5, 0,
)  # fmt: skip
"""The fractions that Moodle knows; it skips a question with any other."""

CLOSE = 0.001
_SPECIAL = re.compile(r"[<>&\n]|^\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)


def write(batch: Batch) -> Written:
    """Write every question that GIFT has words for."""
    parts, losses, missing = [f"$CATEGORY: $course$/top/{batch.title.replace('/', '//')}"], [], []
    taken: set[str] = set()
    for entry in batch.entries:
        try:
            unlike_the_others(entry, taken)
            asked, told = in_words(entry)
            text, lost = _question(asked, batch)
        except CannotExpress as why:
            missing.append(left_out(entry.item, why))
        else:
            parts.append(text)
            losses += [*told, *lost]
    return Written(("\n\n".join(parts) + "\n").encode("utf-8"), tuple(losses), tuple(missing))


def _question(entry: Outgoing, batch: Batch) -> tuple[str, list[Loss]]:
    item, question, image = entry.item, entry.question, entry.question.image
    picture = batch.pictures.get(image.file) if image else None
    spell, form = _spelling(question, has_picture=picture is not None)
    answer, losses = _answer(question, spell)
    losses += label_losses(item, image=picture is not None)
    losses += kind_losses(entry)
    stem = spell(told_before(question))
    if image and picture is not None:
        stem += escaped(_image_tag(image.file, picture, image.alt))
        losses.append(Loss(item.id, "image.file", f"the name {image.file}; the picture itself is carried"))
        losses += spacing_losses(question)
    labels = "".join(f" [tag:{_in_brackets(tag)}]" for tag in tags_of(item))
    name = question.item_id.replace("/", "-")
    return f"// [id:{name}]{labels}\n::{escaped(name)}::{form}{stem}{answer}", losses


def _in_brackets(text: str) -> str:
    return re.sub(r"([\\\]])", r"\\\1", text)


def _spelling(question: Question, *, has_picture: bool) -> tuple[Callable[[str], str], str]:
    """Choose how text is written: as it is, marked as plain where HTML would be seen, or as HTML for a picture."""
    if has_picture:
        return lambda text: escaped(html.escape(text, quote=False).replace("\n", "<br>")), "[html]"
    texts = [told_before(question), *(reason.text for reason in question.reasons), *_texts(question)]
    plain = any(_SPECIAL.search(text) or tidy(text) != text for text in texts)
    return _spelled_plain if plain else escaped, "[plain]" if plain else ""


def _spelled_plain(text: str) -> str:
    """Mark a text anew that begins with what looks like a mark."""
    return f"[plain]{escaped(text)}" if text.lstrip().startswith("[") else escaped(text)


def _texts(question: Question) -> Iterator[str]:
    yield from (option.text for option in options_of(question.interaction))
    if isinstance(question.interaction, MatchEach):
        yield from (row.text for row in question.interaction.rows)
    if isinstance(question.key, Phrases):
        yield from (" ".join(phrase.split()) for phrase in question.key.accepted)


def _image_tag(file: str, data: bytes, alt: str) -> str:
    kind = {"jpg": "jpeg", "svg": "svg+xml"}.get(file.rpartition(".")[2].lower(), file.rpartition(".")[2].lower())
    return f'<img src="data:image/{kind};base64,{b64encode(data).decode()}" alt="{html.escape(alt)}">'


def _answer(question: Question, spell: Callable[[str], str]) -> tuple[str, list[Loss]]:
    """Write the answer in braces. Raises CannotExpress."""
    match question.interaction, question.key:
        case ChooseOne(options=options), Worth(by_option=worth) if [each.id for each in options] == ["true", "false"]:
            return _truth(question, answer=dict(worth).get("true", 0.0) > 0, spell=spell), []
        case ChooseOne(options=options), Worth(by_option=worth):
            return _one(question, options, dict(worth), spell)
        case ChooseMany(options=options), WorthEach(correct=correct):
            return _many(question, options, correct, spell)
        case EnterNumber(), Within() as key:
            return number(question, key, spell)
        case EnterText(), Phrases() as key:
            return phrases(question, key, spell)
        case MatchEach() as asked, Pairs() as key:
            return matches(question, asked, key, spell)
        case PutInOrder(options=options), RightOrder(right=right):
            return steps(question, options, right)
        case _:
            raise CannotExpress(f"GIFT has no question of the kind '{question.interaction.kind}'")


def _truth(question: Question, *, answer: bool, spell: Callable[[str], str]) -> str:
    wrong, right = (spell(reason_for(question, "false" if answer is right else "true")) for right in (True, False))
    return f" {{{'TRUE' if answer else 'FALSE'}#{wrong}#{right}}}"


def _one(
    question: Question, options: Sequence[Option], worth: dict[str, float], spell: Callable[[str], str]
) -> tuple[str, list[Loss]]:
    if max(worth.values(), default=0.0) < 1:
        raise CannotExpress("no option earns all points, and GIFT needs one that does")
    rows, losses = [], option_losses(question)
    for place, option in enumerate(options):
        percent = 100 * worth.get(option.id, 0.0)
        known = _known_weight(percent)
        if abs(known - percent) > CLOSE:
            losses.append(
                Loss(
                    question.item_id, f"options.{place}.weight", f"{percent:g} % became {known:g} %, which Moodle knows"
                )
            )
        mark = "=" if known == 100 else "~" if known == 0 else f"~%{known:g}%"  # noqa: PLR2004
        rows.append(_row(question, option, mark, spell))
    return braced(rows), losses


def _many(
    question: Question, options: Sequence[Option], correct: Sequence[str], spell: Callable[[str], str]
) -> tuple[str, list[Loss]]:
    share = 100 / len(correct)
    if abs(_known_weight(share) - share) > CLOSE:
        raise CannotExpress(f"Moodle knows no weight of 1/{len(correct)}")
    losses = option_losses(question)
    if isinstance(question.interaction, ChooseMany) and question.interaction.choose is not None:
        losses.append(Loss(question.item_id, "choose", "how many to choose is not carried"))
    share = _known_weight(share)
    rows = [_row(question, each, f"~%{share if each.id in correct else -share:.7g}%", spell) for each in options]
    return braced(rows), losses


def _row(question: Question, option: Option, mark: str, spell: Callable[[str], str]) -> str:
    why = reason_for(question, option.id)
    # A text that begins with % would be read as a weight, so that its own is written out.
    weight = {"=": "%100%", "~": "%0%"}.get(mark, "") if option.text.lstrip().startswith("%") else ""
    # A space, lest an ampersand at the end make an entity of the mark.
    return f"{mark}{weight}{spell(option.text)}{' #' + spell(why) if why else ''}"


def _known_weight(percent: float) -> float:
    return min(WEIGHTS, key=lambda weight: abs(weight - percent))
