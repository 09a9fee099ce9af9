"""The minutes of a study: all that a panel did stands in them, and they stay the file that they were."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.conftest import Cast, Clock
from tests.services.test_judging import ITEMS, ROUND_ONE, rate_all, study
from training.core.refusal import Refusal
from training.core.study import Bounds
from training.services import judging, minuting
from training.services.app import App
from training.services.minutes_words import letters


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def rated_twice(app: App, cast: Cast) -> str:
    study_id = study(app, cast)
    rate_all(app, cast, study_id, **ROUND_ONE)
    judging.close_round(app, cast.cy, study_id)
    rate_all(app, cast, study_id, ida=(0.7, 0.9, 0.8))
    judging.give_bounds(app, cast.ann, study_id, Bounds("ann", 62, 81, 4, 33))
    judging.close_round(app, cast.cy, study_id)
    return study_id


def test_the_minutes_say_who_set_which_cut_how_and_who_adopted_it(app: App, cast: Cast):
    study_id = rated_twice(app, cast)
    judging.adopt(app, cast.cy, study_id, authority="Board of examiners")
    said = text_of(minuting.fetch(app, cast.cy, study_id).data)

    for words in (
        "73.3 %", "2.2 of 3 items right, set by 3 judges, with a standard error of 3.33 points",
        "Adopted by Board of examiners on 2 March 2026; recorded by Cy.",
        "A Ann Physiotherapist, ten years", "Safe under supervision", "Angoff's method in two rounds",
        "First 76.67 11.55 6.67 70.00 90.00", "Second 73.33 5.77 3.33 70.00 80.00",
        "C Ida 90.00 +13.33 – 80.00 +6.67",  # she never varied in the first round, so nothing correlates
        "Ann 62 81 4 33", "there are no scores to check against",
        "66.7 20.8 50–90 60.0 10.0 50–70",  # the first item, both rounds
        "Second round closed Cy",
    ):  # fmt: skip
        assert words in said
    assert all(item in said.replace(" ", "") for item in ITEMS)
    versions = judging.look(app, cast.cy, study_id).versions
    assert all(versions[item][:8] in said for item in ITEMS)


def test_a_draft_can_be_had_when_the_rounds_are_closed_and_not_before(app: App, cast: Cast):
    study_id = study(app, cast)
    with pytest.raises(Refusal, match="both rounds are closed"):
        minuting.fetch(app, cast.cy, study_id)
    rate_all(app, cast, study_id, **ROUND_ONE)
    for _ in range(2):
        judging.close_round(app, cast.cy, study_id)

    draft = minuting.fetch(app, cast.cy, study_id)

    assert draft.name.startswith("draft-minutes-exam-sample")
    assert "Not adopted yet" in text_of(draft.data)
    with pytest.raises(Refusal, match="once the cut is adopted"):
        minuting.keep(app, cast.cy, study_id)


def test_what_comes_later_changes_nothing_in_them(app: App, cast: Cast, clock: Clock):
    """
    Her name in them is the one under which a judge sat.
    """
    study_id = rated_twice(app, cast)
    judging.adopt(app, cast.cy, study_id, authority="Board")
    before = minuting.fetch(app, cast.cy, study_id)
    clock.advance(minutes=60 * 24 * 365)
    app.database.write(lambda tx: tx.execute(text("UPDATE people SET name = 'Ida Other' WHERE id = 'ida'")))

    assert minuting.fetch(app, cast.cy, study_id) == before
    assert minuting.keep(app, cast.cy, study_id) == before.data


def test_minutes_name_judges_so_the_panel_does_not_get_them(app: App, cast: Cast):
    study_id = rated_twice(app, cast)

    for actor in (cast.ann, cast.ida, cast.ada):
        with pytest.raises(Refusal, match="may not set standards"):
            minuting.fetch(app, actor, study_id)


def test_a_panel_of_thirty_has_letters_enough():
    assert letters(30)[:2] + letters(30)[24:] == ("A", "B", "Y", "Z", "AA", "AB", "AC", "AD")
