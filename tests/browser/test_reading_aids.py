"""What goes with the modules: a revision sheet on one sheet of paper, and an atlas that is entered by the body."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import Enter
from tests.browser.person import settled, visit
from tests.browser.serving import ROOT, Server
from training.content.libraries import load_library
from training.ui.views.atlas import REGIONS

MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")


@pytest.fixture(scope="module")
def curriculum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with its real content and nobody in it yet."""
    with Server(tmp_path_factory.mktemp("curriculum") / "data", ROOT) as served:
        yield served


def test_every_revision_sheet_prints_on_one_page_of_the_shorter_paper(curriculum: Server, enter: Enter) -> None:
    page = enter(curriculum).page
    pages = {}
    for slug, module in load_library(ROOT)[0].modules.items():
        visit(page, f"{curriculum.url}/revision?module={slug}")
        expect(page.get_by_role("heading", name=module.title)).to_be_visible()
        settled(page)
        paper = PdfReader(BytesIO(page.pdf(format="Letter", margin=MARGIN)))  # type: ignore[arg-type] # a dict of its keys
        pages[slug] = len(paper.pages)
        assert "Sign out" not in paper.pages[0].extract_text()

    assert set(pages.values()) == {1}, pages


def test_tables_of_long_words_fit_a_telephone(curriculum: Server, enter: Enter) -> None:
    page = enter(curriculum, width=360).page
    for section in ("trigger-point-anatomy&section=referral-and-supply", "evidence-appraisal&section=conditions"):
        visit(page, f"{curriculum.url}/module?module={section}")
        settled(page)
        tables = page.get_by_test_id("stMain").locator("table")
        expect(tables.first).to_be_visible()
        ends = tables.evaluate_all("tables => tables.map(each => each.getBoundingClientRect().right)")

        assert max(ends) <= 360, section


def test_each_region_opens_from_the_front_and_from_the_back_of_the_body(curriculum: Server, enter: Enter) -> None:
    page = enter(curriculum, "/atlas").page
    for name in REGIONS.values():
        for side in (0, 1):
            visit(page, f"{curriculum.url}/atlas")
            shape = page.get_by_role("button", name=name, exact=True).nth(side).locator("path, ellipse, rect").first
            box = shape.bounding_box()
            assert box
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.4)
            expect(page.get_by_text(f"of the region {name.lower()}")).to_be_visible()
