"""A verdict changes: the instructor finds everything that rests on the claim."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import SAMPLE, Cast
from tests.services.classes import sit
from training.content.live import LiveLibrary
from training.core.refusal import NotFound, Refusal
from training.services import tracing
from training.services.app import App
from training.store.tables import outcomes

MODULE = "modules/consent-and-stopping/module.yaml"


@pytest.fixture
def resting_app(app: App, tmp_path: Path) -> App:
    """The product on a copy of the sample, in which a section names a claim."""
    root = tmp_path / "content"
    shutil.copytree(SAMPLE, root)
    module = root / MODULE
    module.write_text(
        module.read_text().replace("    file: 02-one-use.md\n", "    file: 02-one-use.md\n    claims:\n      - a53\n")
    )
    return replace(app, settings=replace(app.settings, content_dir=root), content=LiveLibrary(root, None))


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_an_instructor_traces_claims(app: App, cast: Cast, who: str):
    for ask in (
        lambda: tracing.claims(app, getattr(cast, who)),
        lambda: tracing.affected(app, getattr(cast, who), "a53"),
    ):
        with pytest.raises(Refusal):
            ask()


def test_a_section_that_names_the_claim_is_found(resting_app: App, cast: Cast):
    found = tracing.affected(resting_app, cast.ida, "a53").resting

    assert [(row.module.slug, row.section.id) for row in found.sections] == [("consent-and-stopping", "one-use")]
    assert [each.id for each in found.misconceptions] == ["m35"]


def test_nothing_rests_on_a_claim_that_nobody_names(resting_app: App, cast: Cast):
    found = tracing.affected(resting_app, cast.ida, "a03")

    assert (found.resting.items, found.resting.sections, found.resting.programmes, found.forms) == ((), (), (), {})


def test_an_unknown_claim_is_not_found(app: App, cast: Cast):
    with pytest.raises(NotFound, match="no claim 'a99'"):
        tracing.affected(app, cast.ida, "a99")


def test_items_that_name_the_claim_or_embody_its_misconception_are_found_with_the_forms_that_asked_them(
    resting_app: App, cast: Cast
):
    bank = resting_app.settings.content_dir / "question_banks/sample-safety.yaml"
    text = bank.read_text()
    item = next(each for each in resting_app.library.items() if each.drawable and each.type == "single_best")
    bank.write_text(text.replace(f"  - id: {item.id}\n", f"  - id: {item.id}\n    claims:\n      - a53\n"))
    app = replace(resting_app, content=LiveLibrary(resting_app.settings.content_dir, None))
    for _ in range(3):
        sit(app, cast.ann, "practice-sample", right=1)

    found = tracing.affected(app, cast.ida, "a53")

    assert [(row.item.id, row.named, row.beliefs) for row in found.resting.items] == [(item.id, True, ())]
    assert {"exam-sample", "practice-sample"} >= {each.slug for each in found.resting.programmes} > set()
    asked = app.database.read(
        lambda tx: len(set(tx.execute(outcomes.select().where(outcomes.c.item_id == item.id)).scalars()))
    )
    assert sum(found.forms.values()) == asked
