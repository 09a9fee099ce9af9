"""Writing in GIFT what is typed or matched: numbers, phrases, pairs."""

from collections.abc import Callable, Sequence

from training.core.interaction import EnterNumber, EnterText, MatchEach, Option
from training.core.key import Pairs, Phrases, Within
from training.core.question import Question, reason_for
from training.formats.base import CannotExpress, Loss
from training.formats.composing_parts import USUAL_LENGTH
from training.formats.gift_blocks import escaped
from training.formats.losses import option_losses

Spelling = Callable[[str], str]


def braced(rows: Sequence[str], opening: str = "{") -> str:
    """Put the rows of an answer into braces, each on a line."""
    return f" {opening}\n" + "".join(f"\t{row}\n" for row in rows) + "}"


def number(question: Question, key: Within, spell: Spelling) -> tuple[str, list[Loss]]:
    """Write a number with its tolerance; known mistakes are answers that earn nothing."""
    rows, losses, general = [f"={key.answer!r}:{key.tolerance!r}"], [], []
    for reason in question.reasons:
        if reason.answer:
            rows.append(f"=%0%{reason.answer}:0#{spell(reason.text)}")
        else:
            general.append(f"####{spell(reason.text)}")
    if isinstance(question.interaction, EnterNumber) and question.interaction.unit:
        losses.append(Loss(question.item_id, "unit", f"'{question.interaction.unit}' is not carried"))
    return braced(rows + general, opening="{#"), losses


def phrases(question: Question, key: Phrases, spell: Spelling) -> tuple[str, list[Loss]]:
    """Write every accepted phrase; a star stands for itself. Raises CannotExpress."""
    slips = [reason for reason in question.reasons if reason.answer]
    if any("->" in text for text in (*key.accepted, *(slip.answer for slip in slips))):
        raise CannotExpress("a phrase has ->, which GIFT takes for a matching")
    rows = [f"=%100%{spell(_starred(text))}" for text in key.accepted]
    rows += [f"=%0%{spell(_starred(slip.answer))}#{spell(slip.text)}" for slip in slips]
    rows += [f"####{spell(reason.text)}" for reason in question.reasons if not reason.answer]
    losses = [Loss(question.item_id, "plural", "accents, punctuation and plurals count there")] if key.plural else []
    longest = question.interaction.longest if isinstance(question.interaction, EnterText) else USUAL_LENGTH
    if longest != max(USUAL_LENGTH, *map(len, key.accepted)):
        losses.append(Loss(question.item_id, "longest", f"{longest} characters are not carried"))
    fields = [*((f"accepted.{n}", text) for n, text in enumerate(key.accepted)),
              *((f"mistakes.{n}.text", slip.answer) for n, slip in enumerate(slips))]  # fmt: skip
    losses += [Loss(question.item_id, name, "spaces in a row become one") for name, text in fields if _wide(text)]
    return braced(rows), losses


def _starred(text: str) -> str:
    return " ".join(text.split()).replace("*", "\\*")


def _wide(text: str) -> bool:
    return " ".join(text.split()) != text


def matches(question: Question, interaction: MatchEach, key: Pairs, spell: Spelling) -> tuple[str, list[Loss]]:
    """Write a pair for each row, then the options that no row is given. Raises CannotExpress."""
    options = {option.id: option for option in interaction.options}
    if any(len(right) != 1 for right in key.right):
        raise CannotExpress("a row has several right options")
    if any("->" in row.text for row in interaction.rows):
        raise CannotExpress("a row has -> in it, which in GIFT parts a row from its option")
    if len({each.text for each in options.values()}) < len(options):
        raise CannotExpress("two options read alike")
    used = [right[0] for right in key.right]
    rest = [name for name in options if name not in used]
    pairs = zip(interaction.rows, used, strict=True)
    rows = [f"={spell(row.text)} -> {spell(options[name].text)}" for row, name in pairs]
    rows += [f"= -> {spell(options[name].text)}" for name in rest]
    return braced(rows), _match_losses(question, interaction, list(dict.fromkeys([*used, *rest])), used)


def _match_losses(question: Question, interaction: MatchEach, order: list[str], used: list[str]) -> list[Loss]:
    """List what a pair in GIFT cannot hold: reasons, names, the order of options, and whether one may be used twice."""
    told = {reason.answer for reason in question.reasons}
    places: dict[str, Option] = {option.id: option for option in interaction.options}
    losses = option_losses(question)
    for number_, row in enumerate(interaction.rows):
        losses.append(Loss(question.item_id, f"rows.{number_}.why", "a pair has no feedback"))
        if row.id != str(number_ + 1):
            losses.append(Loss(question.item_id, f"rows.{number_}.id", f"the name '{row.id}' is not carried"))
    said = (place for place, name in enumerate(places) if name in told)
    losses += [Loss(question.item_id, f"options.{place}.why", "a pair has no feedback") for place in said]
    if order != list(places) or any(loss.field.endswith(".id") for loss in losses):
        losses.append(Loss(question.item_id, "options", "their order: those that rows are given come first"))
        rows = range(len(interaction.rows))
        losses += [Loss(question.item_id, f"rows.{place}.answer", "goes by the new order") for place in rows]
    if not interaction.once and len(set(used)) == len(used):
        losses.append(Loss(question.item_id, "once", "whether an option may be used twice is not carried"))
    return losses


def steps(question: Question, options: Sequence[Option], right: Sequence[str]) -> tuple[str, list[Loss]]:
    """Write steps in their right order, a line for each, as the ordering type of Moodle reads them."""
    texts = {option.id: option.text for option in options}
    rows, losses = [f"{len(right)} ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST"], []
    for place, name in enumerate(right):
        text = " ".join(texts[name].split())
        if text.startswith(("//", "$")):
            raise CannotExpress("a step begins with // or $, which GIFT takes for a comment or a category")
        rows.append(escaped(text))
        if text != texts[name]:
            losses.append(Loss(question.item_id, f"steps.{place}.text", "spaces in a row and line ends become one"))
        if reason_for(question, name):
            losses.append(Loss(question.item_id, f"steps.{place}.why", "a step has no feedback"))
    return braced(rows, opening="{>"), losses
