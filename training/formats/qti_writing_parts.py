"""QTI items with several parts, written in the words of version 2.1: orders, matches, gaps, words and places."""

from collections.abc import Iterable, Sequence

from lxml import etree

from training.core.interaction import GAP, FillGaps, MatchEach, Option, PickRegion
from training.core.question import reason_for
from training.formats.base import Batch, CannotExpress
from training.formats.composing_parts import FILL_IN
from training.formats.foreign_xml import Element
from training.formats.html_text import plain_number, printable, spacing_loss
from training.formats.qti_sheet import (
    FEEDBACK,
    RESPONSE,
    SCORE,
    SLIP,
    Sheet,
    declare,
    fill,
    for_all,
    made,
    modal,
    option_name,
    points,
    shows,
)  # fmt: skip

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHAPES = {"rectangle": "rect", "circle": "circle", "polygon": "poly"}


def type_words(sheet: Sheet, accepted: Sequence[str]) -> None:
    """Write words to type; each that is accepted earns the point."""
    sheet.body.append(made("p", made("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="40")))
    phrases = [" ".join(printable(phrase).split()) for phrase in accepted]
    entries = [
        made("mapEntry", mapKey=phrase, mappedValue="1", caseSensitive="false") for phrase in dict.fromkeys(phrases)
    ]
    declare(sheet, "single", "string", phrases[:1], made("mapping", *entries, defaultValue="0"))
    sheet.rules.append(made("setOutcomeValue", made("mapResponse", identifier=RESPONSE), identifier=SCORE))
    for place, (phrase, plain) in enumerate(zip(accepted, phrases, strict=True)):
        if phrase != plain or phrases.index(plain) != place:
            sheet.lose("accepted", "spaces and line ends are not kept exactly")
    sheet.lose("plural", "accents, punctuation and plurals count there")
    for place, slip in enumerate(reason for reason in sheet.question.reasons if reason.answer):
        _wrong_words(sheet, place, slip.answer, slip.text)
    for_all(sheet)


def _wrong_words(sheet: Sheet, place: int, words: str, why: str) -> None:
    plain = " ".join(printable(words).split())
    value = made("baseValue", text=plain, baseType="string")
    test = made("stringMatch", made("variable", identifier=RESPONSE), value, caseSensitive="false")
    name = f"mistake-{place + 1}"
    sheet.rules.append(made("responseCondition", made("responseIf", test, shows(SLIP, name))))
    sheet.modal.append(modal(SLIP, name, why))
    if plain != words:
        sheet.lose(f"mistakes.{place}.text", "spaces and line ends are not kept exactly")


def put_in_order(sheet: Sheet, options: Sequence[Option], right: Sequence[str]) -> None:
    """Write steps to bring into order."""
    interaction = made("orderInteraction", responseIdentifier=RESPONSE, shuffle="true")
    for option in options:
        interaction.append(fill(made("simpleChoice", identifier=option_name(option.id)), option.text))
    sheet.body.append(interaction)
    declare(sheet, "ordered", "identifier", [option_name(name) for name in right])
    test = made("match", made("variable", identifier=RESPONSE), made("correct", identifier=RESPONSE))
    yes, no = made("responseIf", test, points("1")), made("responseElse", points("0"))
    sheet.rules.append(made("responseCondition", yes, no))
    texts = {option.id: option.text for option in options}
    for place, name in enumerate(right):
        sheet.losses += spacing_loss(sheet.entry.item.id, f"steps.{place}.text", texts[name])
        sheet.losses += spacing_loss(sheet.entry.item.id, f"steps.{place}.why", reason_for(sheet.question, name))
    _say_all(sheet, [(option_name(name), reason_for(sheet.question, name)) for name in right])


def _say_all(sheet: Sheet, said: Iterable[tuple[str, str]]) -> None:
    """Show several reasons to everyone, each under the name of what it is about."""
    named = [(name, why) for name, why in said if why]
    if not named:
        return
    sheet.modal += [modal(FEEDBACK, name, why) for name, why in named]
    values = [made("baseValue", text=name, baseType="identifier") for name, _ in named]
    sheet.rules.append(made("setOutcomeValue", made("multiple", *values), identifier=FEEDBACK))


def match_rows(sheet: Sheet, asked: MatchEach, right: Sequence[str]) -> None:
    """Write rows to match; each right pair earns its share."""
    rows, columns = etree.Element("simpleMatchSet"), etree.Element("simpleMatchSet")
    for row in asked.rows:
        rows.append(fill(made("simpleAssociableChoice", identifier=f"row-{row.id}", matchMax="1"), row.text))
    for option in asked.options:
        fixed = "true" if option.anchored else ""
        most = "1" if asked.once else "0"
        choice = made("simpleAssociableChoice", identifier=option_name(option.id), fixed=fixed, matchMax=most)
        columns.append(fill(choice, option.text))
    sheet.body.append(
        made("matchInteraction", rows, columns, responseIdentifier=RESPONSE, shuffle="true",
             maxAssociations=str(len(asked.rows)))
    )  # fmt: skip
    keys = [f"row-{row.id} {option_name(name)}" for row, name in zip(asked.rows, right, strict=True)]
    share = plain_number(1 / len(keys))
    entries = [made("mapEntry", mapKey=key, mappedValue=share) for key in keys]
    declare(sheet, "multiple", "directedPair", keys, made("mapping", *entries, defaultValue="0"))
    sheet.rules.append(made("setOutcomeValue", made("mapResponse", identifier=RESPONSE), identifier=SCORE))
    _match_feedback(sheet, asked, right)


def _match_feedback(sheet: Sheet, asked: MatchEach, right: Sequence[str]) -> None:
    said = []
    for place, (row, name) in enumerate(zip(asked.rows, right, strict=True)):
        why = reason_for(sheet.question, f"{row.id}:{name}")
        said.append((f"row-{row.id}", why))
        sheet.losses += spacing_loss(sheet.entry.item.id, f"rows.{place}.text", row.text)
        sheet.losses += spacing_loss(sheet.entry.item.id, f"rows.{place}.why", why)
        if row.id != str(place + 1):
            sheet.lose(f"rows.{place}.id", f"'{row.id}'")
    names = {option.id: place for place, option in enumerate(asked.options)}
    about = (reason for reason in sheet.question.reasons if reason.answer in names and reason.text)
    said += [(option_name(reason.answer), reason.text) for reason in about]
    _say_all(sheet, said)


def fill_gaps(sheet: Sheet, asked: FillGaps, right: Sequence[tuple[str, ...]]) -> None:
    """Write a text with a list of choices in each gap."""
    keys = dict(zip((gap.id for gap in asked.gaps), right, strict=True))
    gaps = {gap.id: gap for gap in asked.gaps}
    for part in printable(asked.text).split("\n\n"):
        paragraph = etree.Element("p")
        for place, piece in enumerate(GAP.split(part)):
            if place % 2:
                paragraph.append(_gap(sheet, gaps[piece].options, f"GAP-{piece}"))
            else:
                _continue(paragraph, piece)
        sheet.body.append(paragraph)
    share = plain_number(1 / len(asked.gaps))
    for gap in asked.gaps:
        named = [option_name(name) for name in keys[gap.id]]
        entries = [made("mapEntry", mapKey=name, mappedValue=share) for name in named]
        declare(
            sheet, "single", "identifier", named[:1], made("mapping", *entries, defaultValue="0"), name=f"GAP-{gap.id}"
        )
    worth = [made("mapResponse", identifier=f"GAP-{gap.id}") for gap in asked.gaps]
    sheet.rules.insert(0, made("setOutcomeValue", made("sum", *worth), identifier=SCORE))
    _lose_of_gaps(sheet, asked)


def _continue(paragraph: Element, text: str) -> None:
    """Go on with text behind what stands in a paragraph already."""
    first, *others = text.split("\n")
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + first
    else:
        paragraph.text = (paragraph.text or "") + first
    for line in others:
        etree.SubElement(paragraph, "br").tail = line


def _gap(sheet: Sheet, options: Sequence[Option], name: str) -> Element:
    interaction = made("inlineChoiceInteraction", responseIdentifier=name, shuffle="true")
    outcome = f"{FEEDBACK}-{name}"
    said = False
    for option in options:
        fixed = "true" if option.anchored else ""
        text = " ".join(printable(option.text).split())
        interaction.append(made("inlineChoice", text=text, identifier=option_name(option.id), fixed=fixed))
        why = reason_for(sheet.question, f"{name.removeprefix('GAP-')}:{option.id}")
        if why:
            said = True
            sheet.modal.append(modal(outcome, option_name(option.id), why))
    if said:
        sheet.rules.append(made("setOutcomeValue", made("variable", identifier=name), identifier=outcome))
    return interaction


def _lose_of_gaps(sheet: Sheet, asked: FillGaps) -> None:
    standing = GAP.findall(asked.text)
    if standing != [gap.id for gap in asked.gaps] or standing != [str(n) for n in range(1, len(standing) + 1)]:
        sheet.lose("gaps", "their names and the order in which they are written")
        sheet.lose("text", "the names of its gaps")
    if "\n\n" in asked.text.partition("{{")[0] or sheet.question.stem == FILL_IN:
        sheet.lose("stem", "it also has the paragraphs before the first gap")
        sheet.lose("text", "paragraphs before the first gap")
    sheet.losses += spacing_loss(sheet.entry.item.id, "text", asked.text)
    for place, gap in enumerate(asked.gaps):
        for number, option in enumerate(gap.options):
            where = f"gaps.{place}.options.{number}"
            if option.text != " ".join(option.text.split()):
                sheet.lose(f"{where}.text", "spaces and line ends are not kept exactly")
            why = reason_for(sheet.question, f"{gap.id}:{option.id}")
            sheet.losses += spacing_loss(sheet.entry.item.id, f"{where}.why", why)
            if option.id != LETTERS[number]:
                sheet.lose(f"{where}.id", f"'{option.id}'")


def pick_region(sheet: Sheet, asked: PickRegion, batch: Batch) -> None:
    """Write places to point at in a picture."""
    image = asked.image
    if image.file not in batch.pictures:
        raise CannotExpress(f"its picture {image.file} is not at hand")
    name = image.file.rpartition("/")[2]
    suffix = {"jpg": "jpeg", "svg": "svg+xml"}.get(name.rpartition(".")[2].lower(), name.rpartition(".")[2].lower())
    shown = made(
        "object", text=printable(image.alt), data=f"../images/{name}", type=f"image/{suffix}",
        width=str(round(image.width)), height=str(round(image.height)),
    )  # fmt: skip
    most = str(asked.choose)
    interaction = made("hotspotInteraction", shown, responseIdentifier=RESPONSE, maxChoices=most)
    for region in asked.regions:
        coordinates = ",".join(str(round(number)) for number in region.coordinates)
        label = printable(region.text)
        interaction.append(made("hotspotChoice", identifier=option_name(region.id), shape=_SHAPES[region.shape],
                                coords=coordinates, hotspotLabel=label))  # fmt: skip
    sheet.body.append(interaction)
    sheet.pictures.append(image.file)
    sheet.lose("image", f"the name {image.file} and parts of a pixel; the picture itself is carried")
    sheet.lose("regions", "parts of a pixel, names of regions and runs of spaces")
