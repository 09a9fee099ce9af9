"""The certificate as a sheet of paper: one page for what is usual, two for what is long, and nothing lost on either."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from pypdf import PdfReader

from tests.documents.certificates import ANN, BASE
from tests.documents.one_letter import font_of_one_letter
from training.core.credential import Credential
from training.core.refusal import Refusal
from training.documents.certificate import PAPERS, Emblem, Look, Paper, certificate_pdf, visible
from training.documents.checking import shown_text

AT = f"{BASE}/verify/{ANN.number}"
SHORT = replace(ANN, objectives=(), derivation=(), hours="", licence="", score="", expires=None)
LONG = replace(
    ANN,
    name="Nguyễn Thị Phương-Thảo Wiśniewska-Brzęczyszczykiewicz von Hohenlohe-Schillingsfürst",
    title="Dry needling of the thorax, neck and shoulder girdle: contraindications, anatomy, safe technique, aftercare",
    provider="Institute of Continuing Professional Education in Physiotherapy and Manual Medicine of the Two Provinces",
    objectives=tuple(
        f"Objective {n}: say what to do before, during and after needling near the pleura" for n in range(24)
    ),
    statement="Whoever holds this has shown what she knows. " * 12,
    signatories=ANN.signatories * 2,
    renews=ANN.number,
)
CASES = [("short", SHORT, 1), ("usual", ANN, 1), ("long", LONG, 2)]


def reader(credential: Credential, paper: Paper) -> tuple[bytes, PdfReader]:
    data = certificate_pdf(credential, paper=paper, verify_at=AT)
    return data, PdfReader(BytesIO(data))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("name", "credential", "pages"), CASES, ids=[name for name, _, _ in CASES])
def test_everything_stands_on_as_few_pages_as_can_be(name: str, credential: Credential, pages: int, paper: Paper):
    data, pdf = reader(credential, paper)
    first = "".join(pdf.pages[0].extract_text().split()).casefold()

    assert len(pdf.pages) == pages
    assert [each for each in visible(credential, AT) if "".join(each.split()).casefold() not in shown_text(data)] == []
    for field in (credential.name, credential.title, credential.number, credential.theory_only, AT):
        assert "".join(field.split()).casefold() in first  # what matters is on the first page, whatever its length


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_sheet_has_the_size_it_says(paper: Paper, size: tuple[int, int]):
    box = reader(ANN, paper)[1].pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


def test_it_is_tagged_archivable_and_says_its_language():
    data, pdf = reader(ANN, "a4")
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"<pdfaid:part>3</pdfaid:part>" in data
    assert pdf.attachments["credential.json"] == [b"{}"]


def test_every_font_is_embedded():
    _, pdf = reader(LONG, "a4")
    fonts = [
        descendant.get_object()["/FontDescriptor"]
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
        for descendant in font.get_object()["/DescendantFonts"]
    ]

    assert fonts
    assert all("/FontFile3" in each or "/FontFile2" in each for each in fonts)


def test_an_emblem_stands_at_the_head():
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="red"/></svg>'
    )
    plain = certificate_pdf(ANN, paper="a4", verify_at=AT)
    with_emblem = certificate_pdf(ANN, paper="a4", verify_at=AT, look=Look(Emblem(drawing, ".svg")))

    assert with_emblem != plain
    assert len(PdfReader(BytesIO(with_emblem)).pages) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_word_too_wide_for_the_sheet_is_set_smaller(paper: Paper):
    """A name is centred: one that ran over would begin left of the margin."""
    begun: list[float] = []

    def look(told: str, matrix: list[float], *_: object) -> None:
        if told.strip().startswith("WWW"):
            begun.append(matrix[4])

    reader(replace(ANN, name="W" * 60), paper)[1].pages[0].extract_text(visitor_text=look)

    assert [round(each) for each in begun] == [round(24 / 25.4 * 72)]


def test_a_letter_that_no_font_has_is_refused_by_name():
    with pytest.raises(Refusal, match="cannot show '王'"):
        certificate_pdf(replace(ANN, name="王小明"), paper="a4", verify_at=AT)


def test_letters_that_would_stand_unjoined_are_refused_too():
    """New Computer Modern, which typst brings, has Devanagari, but sets a vowel that stands before its consonant after."""
    with pytest.raises(Refusal, match="cannot show"):
        certificate_pdf(replace(ANN, name="प्रिया शर्मा"), paper="a4", verify_at=AT)


def test_a_font_of_the_issuer_shows_what_ours_cannot(tmp_path: Path):
    """The font in the test has one letter, the first of Wang."""
    (tmp_path / "wang.ttf").write_bytes(font_of_one_letter())
    data = certificate_pdf(replace(ANN, name="Wang 王"), paper="a4", verify_at=AT, look=Look(fonts=tmp_path))

    assert "wang王" in shown_text(data)


def test_it_is_set_in_well_under_a_second():
    certificate_pdf(ANN, paper="a4", verify_at=AT)  # the first one loads the fonts
    times = []
    for _ in range(5):
        start = process_time()
        certificate_pdf(LONG, paper="a4", verify_at=AT)
        times.append(process_time() - start)

    assert min(times) < 0.5
