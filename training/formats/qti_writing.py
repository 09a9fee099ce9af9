"""QTI items, written once in the words of version 2.1; version 3.0 says the same with other names."""

from collections.abc import Sequence
from html import unescape

from training.core.interaction import (
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    FillGaps,
    MatchEach,
    Option,
    PickRegion,
    PutInOrder,
)
from training.core.key import Pairs, Phrases, RightOrder, Within, Worth, WorthEach
from training.core.question import reason_for
from training.formats.base import Batch, CannotExpress, Loss, Outgoing
from training.formats.foreign_xml import Element
from training.formats.html_text import plain_number, printable, spacing_loss
from training.formats.labels import label_losses
from training.formats.losses import kind_losses, spacing_losses, told_before
from training.formats.qti_sheet import (
    FEEDBACK,
    RESPONSE,
    SCORE,
    SLIP,
    Sheet,
    declare,
    fill,
    for_all,
    identifier,
    made,
    modal,
    option_name,
    outcome,
    paragraphs,
    points,
    reasons_by_choice,
    shows,
)  # fmt: skip
from training.formats.qti_writing_parts import fill_gaps, match_rows, pick_region, put_in_order, type_words


def part_name(entry: Outgoing) -> str:
    """Name an item in the package; a part of a case by its case and number."""
    return entry.question.item_id.replace("/", "-")


def written_item(entry: Outgoing, batch: Batch) -> Sheet:
    """Write an item in the words of QTI 2.1. Raises CannotExpress."""
    name = part_name(entry)
    item = made("assessmentItem", identifier=identifier(name), title=name, adaptive="false", timeDependent="false")
    sheet = Sheet(entry, item)
    _stem(sheet, batch)
    _kind(sheet, batch)
    outcomes = [outcome(SCORE, "float", "0")]
    item.extend([*sheet.declared, *outcomes, *_feedback_outcomes(sheet), sheet.body, sheet.rules, *sheet.modal])
    sheet.losses += label_losses(entry.item, image=bool(sheet.pictures)) + _spacing(entry)
    sheet.losses += kind_losses(entry)
    return sheet


def _feedback_outcomes(sheet: Sheet) -> list[Element]:
    names = dict.fromkeys(each.get("outcomeIdentifier") or "" for each in sheet.modal)
    return [outcome(name, "identifier", cardinality="multiple" if name == FEEDBACK else "single") for name in names]


def _stem(sheet: Sheet, batch: Batch) -> None:
    sheet.body.extend(paragraphs(told_before(sheet.question)))
    image = sheet.question.image
    if image is not None and image.file in batch.pictures:
        name = image.file.rpartition("/")[2]
        sheet.body.append(made("p", made("img", src=f"../images/{name}", alt=unescape(image.alt))))
        sheet.pictures.append(image.file)
        sheet.lose("image.file", f"the name {image.file}; the picture itself is carried")


def _kind(sheet: Sheet, batch: Batch) -> None:
    """Write what is asked and what answers are worth."""
    question = sheet.question
    match question.interaction, question.key:
        case ChooseOne(options=options), Worth(by_option=worth):
            _choose(sheet, options, most=1)
            _one(sheet, dict(worth))
        case ChooseMany(options=options, choose=choose), WorthEach(correct=correct):
            _choose(sheet, options, most=choose or 0, least=choose or 0)
            declare(sheet, "multiple", "identifier", [option_name(name) for name in correct])
            all_or_nothing(sheet)
        case EnterNumber(unit=unit), Within(answer=answer, tolerance=tolerance):
            _number(sheet, unit, answer, tolerance)
        case _:
            _kind_of_parts(sheet, batch)


def _kind_of_parts(sheet: Sheet, batch: Batch) -> None:
    question = sheet.question
    match question.interaction, question.key:
        case EnterText(), Phrases(accepted=accepted):
            type_words(sheet, accepted)
        case PutInOrder(options=options), RightOrder(right=right):
            put_in_order(sheet, options, right)
        case MatchEach(), Pairs(right=pairs):
            match_rows(sheet, question.interaction, [each[0] for each in pairs])
        case FillGaps(), Pairs(right=pairs):
            fill_gaps(sheet, question.interaction, pairs)
        case PickRegion(), Worth() | WorthEach():
            _places(sheet, question.interaction, question.key, batch)
        case _:
            raise CannotExpress(f"QTI has no question of the kind {question.interaction.kind}")


def _places(sheet: Sheet, asked: PickRegion, key: Worth | WorthEach, batch: Batch) -> None:
    pick_region(sheet, asked, batch)
    reasons_by_choice(sheet)
    if isinstance(key, Worth):
        _one(sheet, dict(key.by_option))
    else:
        declare(sheet, "multiple", "identifier", [option_name(name) for name in key.correct])
        all_or_nothing(sheet)


def _spacing(entry: Outgoing) -> list[Loss]:
    """Tell which texts of options come back with other spaces; those of parts are told with their parts."""
    if isinstance(entry.question.interaction, FillGaps | PutInOrder | PickRegion | EnterText):
        why = reason_for(entry.question, "")
        found = [*spacing_loss(entry.item.id, "stem", entry.question.stem), *spacing_loss(entry.item.id, "why", why)]
        slips = (reason for reason in entry.question.reasons if reason.answer)
        for place, slip in enumerate(slips):
            found += spacing_loss(entry.item.id, f"mistakes.{place}.why", slip.text)
        return found
    return spacing_losses(entry.question)


def _choose(sheet: Sheet, options: Sequence[Option], *, most: int, least: int = 0) -> None:
    shuffled = not all(option.anchored for option in options)
    interaction = made(
        "choiceInteraction", responseIdentifier=RESPONSE, shuffle=_truth(shuffled), maxChoices=str(most),
        minChoices=str(least) if least else "",
    )  # fmt: skip
    for place, option in enumerate(options):
        fixed = "true" if option.anchored and shuffled else ""
        choice = made("simpleChoice", identifier=option_name(option.id), fixed=fixed)
        interaction.append(fill(choice, option.text))
        if option_name(option.id) != option.id:
            sheet.lose(f"options.{place}.id", f"'{option.id}' became '{option_name(option.id)}'")
    sheet.body.append(interaction)
    reasons_by_choice(sheet)


def _one(sheet: Sheet, worth: dict[str, float]) -> None:
    best = max(worth.values(), default=0.0)
    right = [option_name(name) for name, share in worth.items() if share == best]
    if set(worth.values()) <= {0.0, 1.0} and len(right) == 1:
        declare(sheet, "single", "identifier", right)
        all_or_nothing(sheet)
        return
    entries = [
        made("mapEntry", mapKey=option_name(name), mappedValue=plain_number(share)) for name, share in worth.items()
    ]
    declare(sheet, "single", "identifier", right[:1], made("mapping", *entries, defaultValue="0"))
    mapped = made("mapResponse", identifier=RESPONSE)
    sheet.rules.append(made("setOutcomeValue", mapped, identifier=SCORE))
    _show_what_was_chosen(sheet)


def all_or_nothing(sheet: Sheet) -> None:
    """Give the point for exactly the correct response."""
    test = made("match", made("variable", identifier=RESPONSE), made("correct", identifier=RESPONSE))
    sheet.rules.append(
        made("responseCondition", made("responseIf", test, points("1")), made("responseElse", points("0")))
    )
    _show_what_was_chosen(sheet)


def _show_what_was_chosen(sheet: Sheet) -> None:
    if sheet.modal:
        chosen = made("variable", identifier=RESPONSE)
        several = sheet.declared[0].get("cardinality") == "multiple"
        shown = chosen if several else made("multiple", chosen)
        sheet.rules.append(made("setOutcomeValue", shown, identifier=FEEDBACK))


def _number(sheet: Sheet, unit: str, answer: float, tolerance: float) -> None:
    place = made("p", made("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="12"))
    place[0].tail = f" {printable(unit)}" if unit else None
    sheet.body.append(place)
    declare(sheet, "single", "float", [plain_number(answer)])
    near = plain_number(tolerance)
    how = {"toleranceMode": "absolute", "tolerance": f"{near} {near}"} if tolerance else {"toleranceMode": "exact"}
    test = made("equal", made("variable", identifier=RESPONSE), made("correct", identifier=RESPONSE), **how)
    condition = made("responseCondition", made("responseIf", test, points("1")))
    sheet.rules.append(condition)
    for place_, slip in enumerate(reason for reason in sheet.question.reasons if reason.answer):
        name = f"mistake-{place_ + 1}"
        value = made("baseValue", text=slip.answer, baseType="float")
        wrong = made("equal", made("variable", identifier=RESPONSE), value, toleranceMode="exact")
        condition.append(made("responseElseIf", wrong, shows(SLIP, name)))
        sheet.modal.append(modal(SLIP, name, slip.text))
        sheet.losses += spacing_loss(sheet.entry.item.id, f"mistakes.{place_}.why", slip.text)
    condition.append(made("responseElse", points("0")))
    for_all(sheet)


def _truth(value: object) -> str:
    return "true" if value else "false"
