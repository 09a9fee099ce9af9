"""A content folder with the example of every item type, and how each is answered by the keyboard alone."""

import shutil
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

from tests.browser import keyboard
from tests.browser.serving import ROOT
from tests.conftest import SAMPLE
from training.core.form import Slot
from training.core.interaction import (
    ChooseMany,
    ChooseOne,
    EnterNumber,
    EnterText,
    FillGaps,
    Interaction,
    MatchEach,
    PickRegion,
    PutInOrder,
    Value,
)
from training.core.items import ITEM_TYPES
from training.core.items.hotspot import Hotspot

PROGRAMME = """\
programme: every-kind
title: Every kind
summary: The example of every item type.
order: 4
banks:
  - every-kind
policy:
  mode: practice
  confidence: true
blueprint:
  sections:
    - title: Every kind
      quotas:
        - count: {count}
"""


def every_kind(folder: Path) -> Path:
    """Put the example of every type into one bank, with the product's own sources, objectives and pictures."""
    shutil.copytree(SAMPLE, folder)
    banks = folder / "question_banks"
    for name in ("references", "objectives", "claims", "misconceptions"):
        shutil.copy(ROOT / "question_banks" / f"{name}.yaml", banks)
    items = [*(yaml.load(each.EXAMPLE, Loader=yaml.BaseLoader) for each in ITEM_TYPES), two_places()]
    for file in {item["image"]["file"] for item in items if "image" in item}:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, folder / file)
    bank = {"bank": "every-kind", "title": "Every kind", "items": items}
    (banks / "every-kind.yaml").write_text(yaml.safe_dump(bank, sort_keys=False, width=110), encoding="utf-8")
    asked = sum(len(item.get("parts", [item])) for item in items)
    (folder / "programmes" / "every-kind.yaml").write_text(PROGRAMME.format(count=asked), encoding="utf-8")
    return folder


def two_places() -> dict[str, Any]:
    """The example of a hotspot as one that asks for two places."""
    item = yaml.load(Hotspot.EXAMPLE, Loader=yaml.BaseLoader)
    regions = [{**each, "correct": str(number > 0).lower()} for number, each in enumerate(item["regions"])]
    stem = "Which two places does a needle that has gone too deep lie in or pass below the skin layer?"
    return item | {"id": "example-two-places", "choose": "2", "stem": stem, "regions": regions}


def answer(page: Page, slot: Slot, value: Value) -> None:
    """Give this answer without a mouse."""
    main = page.get_by_test_id("stMain")
    asked = slot.question.interaction
    match asked:
        case ChooseOne():
            _choose_one(page, main, slot, value)
        case ChooseMany():
            for name in value or ():
                keyboard.tab_to(page, main.get_by_role("checkbox").nth(slot.order.index(name)))
                page.keyboard.press("Space")
        case EnterNumber() | EnterText():
            keyboard.tab_to(page, main.get_by_role("textbox"))
            page.keyboard.type(str(value))
            page.keyboard.press("Enter")
        case _:
            _arrange(page, main, asked, value)


def _arrange(page: Page, main: Locator, asked: Interaction, value: Value) -> None:
    match asked:
        case PickRegion():
            for name in [value] if isinstance(value, str) else value or ():
                _point_at(page, main, _text(asked, name))
        case PutInOrder():
            _order(page, main, asked, tuple(value or ()))
        case MatchEach() | FillGaps():
            for number, name in enumerate(value or ()):
                _select(page, main.get_by_role("combobox").nth(number), name)


def _choose_one(page: Page, main: Locator, slot: Slot, value: Value) -> None:
    keyboard.tab_to(page, main.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(slot.order.index(str(value))):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(50)


def _point_at(page: Page, main: Locator, text: str) -> None:
    """Tab into the picture, then go on by arrow keys."""
    places = main.locator("g[role=button]")
    wanted = main.get_by_role("button", name=text)
    keyboard.tab_to(page, places.first)
    for _ in range(places.count()):
        if wanted.evaluate(keyboard.HAS_FOCUS):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(wanted).to_have_attribute("aria-pressed", "true")


def _order(page: Page, main: Locator, asked: PutInOrder, value: tuple[str, ...]) -> None:
    """Bring one step after the other to the end; the last move is done by a button."""
    for name in value:
        text = _text(asked, name)
        grip = main.get_by_role("button", name=f"{text}: place")
        keyboard.tab_to(page, grip)
        page.keyboard.press("End")
        expect(grip).to_have_accessible_name(f"{text}: place {len(value)} of {len(value)}. Move it with the arrow keys")
    assert grip.evaluate(keyboard.HAS_FOCUS)
    keyboard.tab_to(page, main.get_by_role("button", name=f"Move up: {text}"))
    page.keyboard.press("Enter")
    expect(main.get_by_text(f"{text}: now place {len(value) - 1} of {len(value)}.")).to_be_attached()
    keyboard.tab_to(page, main.get_by_role("button", name=f"Move down: {text}"))
    page.keyboard.press("Enter")


def _select(page: Page, box: Locator, name: str) -> None:
    keyboard.tab_to(page, box)
    wanted = box.locator("option").evaluate_all("(options, name) => options.findIndex(o => o.value === name)", name)
    skipped = box.locator("option").evaluate_all(
        "(options, to) => options.slice(1, to).filter(o => o.disabled).length", wanted
    )
    for _ in range(wanted - skipped):
        page.keyboard.press("ArrowDown")
    expect(box).to_have_value(name)


def shown(page: Page, asked: Interaction) -> Value:
    """Read from the page what is answered."""
    main = page.get_by_test_id("stMain")
    match asked:
        case EnterNumber() | EnterText():
            return main.get_by_role("textbox").input_value()
        case PickRegion(regions=regions):
            texts = [
                region.id for region in regions if main.get_by_role("button", name=region.text, pressed=True).count()
            ]
            return texts[0] if asked.choose == 1 else tuple(texts)
        case PutInOrder(options=options):
            by_text = {option.text: option.id for option in options}
            return tuple(by_text[text] for text in main.locator("li .text").all_inner_texts())
        case MatchEach() | FillGaps():
            return tuple(main.get_by_role("combobox").evaluate_all("boxes => boxes.map(box => box.value)"))
    return None


def _text(asked: PutInOrder | PickRegion, name: str) -> str:
    options = asked.options if isinstance(asked, PutInOrder) else asked.regions
    return next(option.text for option in options if option.id == name)
