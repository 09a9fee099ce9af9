"""Papers and cards: what a learner sees, the key only where it is asked for, and the same bytes each time."""

import json
import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path
from zlib import compress, crc32

import pytest
from docx import Document
from pypdf import PdfReader

from tests.formats.banks import NOON
from training.content.banks import load_bank
from training.core.bank import Bank
from training.core.items import ITEM_TYPES, Item
from training.formats import BY_NAME
from training.formats.base import Batch, Outgoing, Written
from training.formats.printed import printed


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + crc32(kind + data).to_bytes(4, "big")


PNG = b"\x89PNG\r\n\x1a\n" + b"".join((
    _chunk(b"IHDR", bytes((0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0))), _chunk(b"IDAT", compress(b"\0\xff\0\0")), _chunk(b"IEND", b""),
))  # fmt: skip


def examples() -> Bank:
    """One item of every type there is."""
    text = "bank: all\ntitle: Every type\nitems:\n" + "".join(_entry(each.EXAMPLE) for each in ITEM_TYPES)
    bank, problems = load_bank("all.yaml", text)
    assert problems == []
    return bank


def _entry(example: str) -> str:
    first, *rest = example.splitlines(keepends=True)
    return f"  - {first}" + "".join(f"    {line}" for line in rest)


def batch(*items: Item, with_key: bool = False, **pictures: bytes) -> Batch:
    entries = tuple(Outgoing(item, question) for item in items for question in item.questions(0))
    return Batch("all", "Every type", entries, NOON, pictures, with_key=with_key)


def write(form: str, given: Batch) -> Written:
    writer = BY_NAME[form].write
    assert writer
    return writer(given)


def words(form: str, data: bytes) -> str:
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    else:
        text = " ".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)
    return " ".join(text.split())


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_paper_asks_every_kind_of_question_and_tells_no_answer(form: str) -> None:
    given = batch(*examples().items)
    text = words(form, write(form, given).data)

    for each in printed(given):
        assert " ".join(each.stem.split())[:30] in text
    assert "Key:" not in text
    for entry in given.entries:
        assert [reason.text for reason in entry.question.reasons if reason.text[:40] in text] == []


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_copy_with_the_key_gives_every_key_and_reason(form: str) -> None:
    given = batch(*examples().items, with_key=True)
    text = words(form, write(form, given).data).replace("- ", "")

    assert text.count("Key:") == len(given.entries)
    assert "Consent can be withdrawn at any moment" in text


def test_the_key_of_a_paper_is_the_letter_that_the_paper_shows() -> None:
    for item in examples().items:
        if item.type == "single_best":
            (each,) = printed(batch(item))
            (right,) = (option.text for option in item.options if option.correct)  # type: ignore[attr-defined]
            assert [line.text for line in each.lines if line.mark == each.right] == [right]


def test_a_pdf_is_tagged_and_the_same_each_time() -> None:
    given = batch(*examples().items)
    first, second = (write("pdf", given).data for _ in range(2))

    assert first == second
    root = PdfReader(BytesIO(first)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own kind of truth
    assert root["/Lang"] == "en"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_text_is_printed_as_it_is_and_never_run(form: str) -> None:
    stem = 'Type #eval("1+1") or $x$ \\ *now* <script> @ref [link] = Title'
    item = next(each for each in examples().items if each.type == "single_best").model_copy(update={"stem": stem})

    assert '#eval("1+1") or $x$' in words(form, write(form, batch(item)).data)


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_damaged_picture_is_described_in_words_and_named(form: str, data: bytes) -> None:
    image = {"file": "a.png", "alt": "A needle"}
    plain = next(each for each in examples().items if each.type == "single_best")
    item = type(plain).model_validate({**plain.model_dump(exclude_none=True), "image": image})
    written = write(form, batch(item, **{"a.png": data}))

    assert "Picture: A needle" in words(form, written.data)
    assert [loss.field for loss in written.losses] == ["image"]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_picture_has_its_text_alternative(form: str) -> None:
    plain = next(each for each in examples().items if each.type == "single_best")
    image = {"file": "a.png", "alt": "A needle"}
    item = type(plain).model_validate({**plain.model_dump(exclude_none=True), "image": image})
    written = write(form, batch(item, **{"a.png": PNG}))

    assert written.losses == ()
    assert "Picture: A needle" not in words(form, written.data)


def notes(data: bytes, folder: Path) -> list[tuple[str, str, str]]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        package.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as base:
        return list(base.execute("select guid, flds, tags from notes order by id"))


def test_an_anki_package_keeps_its_ids_when_an_item_is_edited(tmp_path: Path) -> None:
    first = examples().items[0]
    edited = first.model_copy(update={"stem": "Edited."})
    (old,), (new,) = (notes(write("anki", batch(each)).data, tmp_path) for each in (first, edited))

    assert old[0] == new[0]
    assert "Edited." in new[1]
    assert f" objective:{first.objective} " in new[2]


def test_every_type_has_a_card_with_its_answer_and_markup_is_only_text(tmp_path: Path) -> None:
    items = [item.model_copy(update={"stem": "<b>1 < 2</b>"}) for item in examples().items]
    given = batch(*items)
    found = notes(write("anki", given).data, tmp_path)

    assert len(found) == len(given.entries)
    assert all(fields.split("\x1f")[5] for _, fields, _ in found)
    assert "<b>1" not in found[0][1]
    assert json.dumps(found)
