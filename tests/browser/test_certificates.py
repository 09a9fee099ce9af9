"""From the exam to the certificate in the hand, and to whoever checks it, with no network at all."""

import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Enter
from tests.browser.person import at_question, saved, settled
from tests.browser.serving import Server, attempts_of
from tests.conftest import SAMPLE
from tests.documents.certificates import ANN, KEYS, NEW_PUBLIC, OLD, OLD_PUBLIC, PLACE, Made, list_of, made
from tests.documents.tampered import cases
from tests.services.certified import CERTIFIED, QUIZ, read_all
from training.core.form import Slot
from training.core.key import correct_value
from training.core.permission import Actor
from training.documents.certificate import certificate_pdf
from training.documents.offline_page import offline_page
from training.services import taking

FLIPS = 1_000


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Server]:
    """The product with the sample content and a programme that certifies."""
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    (content / "programmes" / f"{QUIZ}.yaml").write_text(CERTIFIED, "utf-8")
    with Server(tmp_path / "data", content) as served:
        yield served


def choose(page: Page, slot: Slot) -> None:
    """Give the right answer to the question that is shown."""
    right, main = correct_value(slot.question.key), page.get_by_test_id("stMain")
    if not slot.options():
        main.get_by_role("textbox").fill(str(right))
        main.get_by_role("textbox").press("Enter")
        return
    wanted = {right} if isinstance(right, str) else set(right)
    for option in slot.options():
        if option.id in wanted:
            main.locator("label").filter(has_text=option.text).first.click()


def sit(page: Page, school: Server, who: Actor) -> None:
    """Take the exam on the page and choose what is right."""
    page.get_by_role("button", name="Start now").click()
    at_question(page, 1)
    attempt = taking.look(school.app, who, attempts_of(school, who)[0])
    for number, slot in enumerate(attempt.form.slots, 1):
        at_question(page, number)
        settled(page)
        choose(page, slot)
        saved(page)
        settled(page)
        page.get_by_role("button", name="Next" if number < len(attempt.form.slots) else "To the summary").click()
    settled(page)
    page.get_by_role("button", name="Hand in now").click()
    expect(page.get_by_role("heading", name=re.compile("100 %"))).to_be_visible()


def test_from_the_exam_to_a_certificate_that_verifies_with_no_network(
    school: Server, enter: Enter, browser: Browser, tmp_path: Path
) -> None:
    her = enter(school, f"/quiz?quiz={QUIZ}")
    read_all(school.app, her.actor)
    sit(her.page, school, her.actor)

    page = her.window("/my-certificates")
    page.get_by_role("button", name="Get the certificate").click()
    expect(page.get_by_text("Your certificate is issued")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF, A4").click()
    download.value.save_as(tmp_path / "mine.pdf")
    number = re.findall(r"Number (\S+)", page.inner_text("[data-testid=stMain]"))[0]

    with her.context.new_page() as visitor:
        visitor.goto(f"{school.url}/verify/{number}")
        expect(visitor.get_by_text("This certificate is valid.")).to_be_visible()
        with visitor.expect_download() as saved_page:
            visitor.evaluate("location.href = '/verify/offline?download'")
        saved_page.value.save_as(tmp_path / "verify.html")

    with browser.new_context(offline=True) as nowhere:
        alone = nowhere.new_page()
        alone.goto((tmp_path / "verify.html").as_uri())
        alone.get_by_label("The certificate's file").set_input_files(tmp_path / "mine.pdf")
        expect(alone.get_by_role("heading", name="Valid", exact=True)).to_be_visible()
        expect(alone.get_by_text("theory of safe practice")).to_be_visible()


@pytest.fixture(scope="module")
def anns() -> Made:
    return made()


@pytest.fixture
def alone(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The offline page from a file, in a browser with no network."""
    (tmp_path / "verify.html").write_text(
        offline_page([OLD_PUBLIC, NEW_PUBLIC], [list_of("revocation"), list_of("suspension")], "2026-03-02"), "utf-8"
    )
    with browser.new_context(offline=True) as nowhere:
        page = nowhere.new_page()
        page.goto((tmp_path / "verify.html").as_uri())
        yield page


FLIP = """async ([data, places, bits]) => {
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0)), passed = [];
  for (let n = 0; n < places.length; n++) {
    bytes[places[n]] ^= bits[n];
    try { await needlewise.check(bytes, known.keys, own, new Date("2026-03-03")); passed.push(places[n]); }
    catch (error) { if (!(error instanceof needlewise.NotProven)) throw error; }
    bytes[places[n]] ^= bits[n];
  }
  return passed;
}"""


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_the_page_refuses_any_flipped_byte(alone: Page, anns: Made, kind: str) -> None:
    data, dice = anns.json if kind == "json" else anns.pdfs["a4"], Random(3)
    places = [dice.randrange(len(data)) for _ in range(FLIPS)]
    bits = [1 << dice.randrange(8) for _ in places]

    assert alone.evaluate(FLIP, [b64encode(data).decode(), places, bits]) == []


SAID = """async (cases) => {
  const read = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0)), said = {};
  for (const { name, data, lists, trusted } of cases) {
    try {
      const found = await needlewise.check(read(data), [trusted], lists.map(read), new Date("2026-03-02T09:00:00Z"));
      said[name] = found.trusted ? found.state : "of another issuer";
    } catch (error) {
      said[name] = error instanceof needlewise.NotAList ? "a list cannot be used"
        : error instanceof needlewise.NotProven ? "not genuine" : `crash: ${error}`;
    }
  }
  return said;
}"""


def test_the_page_says_of_every_tampered_file_what_the_shell_says(alone: Page, anns: Made) -> None:
    given = [
        {"name": case.name, "data": b64encode(case.data).decode(), "trusted": case.trusted,
         "lists": [b64encode(each).decode() for each in case.lists]}
        for case in cases(anns)
    ]  # fmt: skip

    assert alone.evaluate(SAID, given) == {case.name: case.said for case in cases(anns)}


def tampered(anns: Made) -> dict[str, tuple[bytes, str]]:
    """Ann's certificate with something changed, each as a file's name, its bytes and what the page must say of it."""
    verify_at = anns.signed["certificate"]["verifyAt"]
    another = certificate_pdf(replace(ANN, name="Bo Forger"), paper="a4", verify_at=verify_at, attached=anns.json)
    longer = replace(ANN, expires=date(2035, 1, 1))
    one_byte = bytearray(anns.pdfs["a4"])
    drawn = PdfReader(BytesIO(anns.pdfs["a4"])).pages[0].raw_get("/Contents").idnum  # the object with the page's text
    place = one_byte.index(b"\n%d 0 obj\n" % drawn)
    one_byte[one_byte.index(b"stream\n", place) + 100] ^= 1
    return {
        "another-name.pdf": (another, "shows was changed"),
        "another-expiry.pdf": (
            certificate_pdf(longer, paper="a4", verify_at=verify_at, attached=anns.json), "shows was changed",
        ),
        "one-byte.pdf": (bytes(one_byte), "shows was changed"),
        "one-character.json": (anns.json.replace(b"Brz\xc4\x99czysz", b"Brz\xc4\x99czysx", 1), "not the text that was signed"),
        "more-hours.json": (anns.json.replace(b"1 contact hour", b"9 contact hour", 1), "not the text that was signed"),
    }  # fmt: skip


def test_a_changed_file_given_to_the_page_is_called_not_genuine(alone: Page, anns: Made, tmp_path: Path) -> None:
    for name, (data, why) in tampered(anns).items():
        assert data not in (anns.json, anns.pdfs["a4"])
        (tmp_path / name).write_bytes(data)
        alone.get_by_label("The certificate's file").set_input_files(tmp_path / name)
        expect(alone.get_by_text(re.compile(f"^{re.escape(name)}: .*{why}"))).to_be_visible()
        expect(alone.get_by_role("heading", name="Not genuine")).to_be_visible()


def test_the_page_tells_of_a_revocation_and_of_a_stranger(
    alone: Page, anns: Made, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "ann.json").write_bytes(anns.json)
    for name, keys, lists, heading in (
        ("revoked", [OLD_PUBLIC], [list_of("revocation", PLACE)], "Genuine, but revoked"),
        ("suspended", [OLD_PUBLIC], [list_of("suspension", PLACE)], "Genuine, but suspended"),
        ("stranger", ["z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"], [], "Signed by somebody else"),
    ):
        (tmp_path / f"{name}.html").write_text(offline_page(keys, lists, "2026-03-02"), "utf-8")
        alone.goto((tmp_path / f"{name}.html").as_uri())
        alone.get_by_label("The certificate's file").set_input_files(tmp_path / "ann.json")
        expect(alone.get_by_role("heading", name=heading)).to_be_visible()


def test_newer_lists_given_to_the_page_tell_of_old_keys_and_of_what_was_withdrawn(alone: Page, tmp_path: Path) -> None:
    """A page that knows today's key alone learns from a list of today that the key of long ago was the issuer's."""
    (tmp_path / "old.json").write_bytes(made(key=OLD, keys=KEYS[:1]).json)
    (tmp_path / "page.html").write_text(offline_page([NEW_PUBLIC], [], "2026-03-02"), "utf-8")
    alone.goto((tmp_path / "page.html").as_uri())
    alone.get_by_label("The certificate's file").set_input_files(tmp_path / "old.json")
    expect(alone.get_by_role("heading", name="Signed by somebody else")).to_be_visible()
    expect(alone.get_by_text("Whether it was revoked or suspended since cannot be known here.")).to_be_visible()

    alone.get_by_text("Use newer lists").click()
    for name, data, heading in (
        ("today.json", list_of("revocation"), "Valid"),
        ("later.json", list_of("revocation", PLACE), "Genuine, but revoked"),
        ("none.json", b"{}", "Not checked"),
    ):
        (tmp_path / name).write_bytes(data)
        alone.get_by_label("Status lists").set_input_files(tmp_path / name)
        expect(alone.get_by_role("heading", name=heading, exact=True)).to_be_visible()
