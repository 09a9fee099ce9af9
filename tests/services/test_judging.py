"""Stories of setting a standard: three judges rate alone, talk, rate again, and an authority adopts the cut."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Cast
from tests.services.reviewers import ITEM, OLD, edit, on_own_content, version
from training.content.ruling import standard_findings
from training.core.blueprint import Programme, Standard
from training.core.refusal import Refusal
from training.core.study import Bounds, Phase
from training.documents.checking import shown_text
from training.services import excusing, judging, minuting
from training.services.app import App
from training.services.judging import Invitation

ITEMS = ("sa-withdrawn-consent", "sa-lymphoedema-arm", "sa-sharps-bin")
PANEL = tuple(Invitation(f"{name}@example.org", "Physiotherapist, ten years") for name in ("ann", "bo", "ida"))


def study(app: App, cast: Cast, panel: tuple[Invitation, ...] = PANEL) -> str:
    return judging.begin(app, cast.cy, "exam-sample", title="Cut 2026", candidate="Safe under supervision",
                         items=ITEMS, panel=panel)  # fmt: skip


def rate_all(app: App, cast: Cast, study_id: str, **values: tuple[float, ...]) -> None:
    for name, given in values.items():
        for item, value in zip(ITEMS, given, strict=True):
            judging.rate(app, getattr(cast, name), study_id, item, value)


def replace_standard(app: App, said: dict[str, Any]) -> Programme:
    return app.library.programmes["exam-sample"].model_copy(update={"standard": Standard.model_validate(said)})


ROUND_ONE = {"ann": (0.6, 0.8, 0.7), "bo": (0.5, 0.9, 0.7), "ida": (0.9, 0.9, 0.9)}


def test_the_whole_way_from_the_first_rating_to_an_adopted_cut(app: App, cast: Cast):
    study_id = study(app, cast)
    rate_all(app, cast, study_id, **ROUND_ONE)
    judging.close_round(app, cast.cy, study_id)
    rate_all(app, cast, study_id, ida=(0.7, 0.9, 0.8))
    judging.close_round(app, cast.cy, study_id)
    judging.adopt(app, cast.cy, study_id, authority="Board of examiners")

    found = judging.outcome(app, cast.cy, study_id)
    assert found.first is not None
    assert found.second is not None
    assert (round(found.first.cut, 2), round(found.second.cut, 2)) == (76.67, 73.33)
    written = yaml.safe_load(judging.proposal(app, cast.cy, study_id))["standard"]
    standard = Standard.model_validate(written)
    assert (standard.by, standard.judges, len(standard.ratings)) == ("Board of examiners", 3, 3)
    assert standard.ratings["sa-withdrawn-consent"] == 0.6


def test_the_panel_rates_the_item_as_it_was_when_the_study_began(app: App, cast: Cast, tmp_path: Path):
    """
    An edit meanwhile changes nothing for the judges; the lead is told, the file says which version was rated, and
    `check` warns where that is not the one that stands there.
    """
    own = on_own_content(app, tmp_path)
    study_id, before = study(own, cast), version(own)
    edit(own, OLD, "Two thirds through needling the calf")
    rate_all(own, cast, study_id, **ROUND_ONE)
    for _ in range(2):
        judging.close_round(own, cast.cy, study_id)
    judging.adopt(own, cast.cy, study_id, authority="Board")

    seen = judging.look(own, cast.ann, study_id)
    assert OLD in judging.questions(own, seen)[ITEM].stem
    assert judging.edited(own, seen) == [ITEM]
    said = yaml.safe_load(judging.proposal(own, cast.cy, study_id))["standard"]
    assert said["versions"][ITEM] == before[:12]
    programme = replace_standard(own, said)
    found = {each.path[-1]: each.code for each in standard_findings("p.yaml", programme, own.library)}
    assert found == {ITEM: "B144"}


def test_an_item_taken_out_during_a_study_is_still_rated(app: App, cast: Cast, tmp_path: Path):
    own = on_own_content(app, tmp_path)
    study_id = study(own, cast)
    edit(own, f"id: {ITEM}", "id: sa-renamed")

    seen = judging.look(own, cast.ann, study_id)

    assert OLD in judging.questions(own, seen)[ITEM].stem
    assert judging.edited(own, seen) == [ITEM]


def test_the_first_round_is_anonymous(app: App, cast: Cast):
    study_id = study(app, cast)
    rate_all(app, cast, study_id, **ROUND_ONE)

    assert {each.judge for each in judging.look(app, cast.bo, study_id).ratings} == {"bo"}
    with pytest.raises(Refusal, match="anonymous and still open"):
        judging.discussion(app, cast.ann, study_id)
    with pytest.raises(Refusal, match="both rounds are closed"):
        judging.outcome(app, cast.ann, study_id)


def test_the_discussion_begins_with_what_the_panel_disagrees_on_and_names_nobody(app: App, cast: Cast):
    study_id = study(app, cast)
    rate_all(app, cast, study_id, **ROUND_ONE)
    judging.close_round(app, cast.cy, study_id)

    rows = judging.discussion(app, cast.ann, study_id)

    assert rows[0].item == "sa-withdrawn-consent"
    assert (rows[0].lowest, rows[0].highest, rows[0].mine, rows[0].facility) == (0.5, 0.9, 0.6, None)


def test_a_round_is_not_closed_over_a_judge_who_has_not_finished(app: App, cast: Cast):
    study_id = study(app, cast)
    rate_all(app, cast, study_id, ann=ROUND_ONE["ann"])

    with pytest.raises(Refusal, match="2 of 3 judges"):
        judging.close_round(app, cast.cy, study_id)


def test_a_judge_who_leaves_half_way_is_excused_with_a_reason_and_the_others_go_on(app: App, cast: Cast):
    study_id = study(app, cast, (*PANEL, Invitation("ada@example.org", "Nurse")))
    rate_all(app, cast, study_id, **ROUND_ONE)
    judging.rate(app, cast.ada, study_id, ITEMS[0], 0.05)
    assert excusing.not_ready(app, cast.cy, study_id) == {"ada": "Ada"}
    with pytest.raises(Refusal, match="say why"):
        excusing.excuse(app, cast.cy, study_id, "ada", reason=" ")
    with pytest.raises(Refusal, match="her ratings count"):
        excusing.excuse(app, cast.cy, study_id, "ida", reason="too lenient")
    excusing.excuse(app, cast.cy, study_id, "ada", reason="fell ill")

    with pytest.raises(Refusal, match="Only members of the panel"):
        judging.rate(app, cast.ada, study_id, ITEMS[1], 0.5)
    with pytest.raises(Refusal, match="was excused"):
        judging.add_judge(app, cast.cy, study_id, Invitation("ada@example.org", "Nurse"))
    judging.close_round(app, cast.cy, study_id)
    first = judging.outcome(app, cast.cy, study_id).first
    assert first is not None
    assert round(first.cut, 2) == 76.67  # Ada's 5 % counts for nothing
    assert len(judging.discussion(app, cast.ann, study_id)) == 3
    with pytest.raises(Refusal, match="panel is settled"):
        excusing.excuse(app, cast.cy, study_id, "ann", reason="late")
    judging.close_round(app, cast.cy, study_id)
    said = shown_text(minuting.fetch(app, cast.cy, study_id).data)
    assert "judgeexcused:ada.fellill" in said


def test_a_lead_who_judges_sees_nobody_elses_ratings_in_the_first_round(app: App, cast: Cast):
    study_id = study(app, cast, (*PANEL, Invitation("cy@example.org", "Coordinator, physiotherapist")))
    rate_all(app, cast, study_id, **ROUND_ONE)

    with pytest.raises(Refusal, match="when both rounds are closed"):
        judging.outcome(app, cast.cy, study_id)


def test_a_panel_of_two_sets_no_standard(app: App, cast: Cast):
    study_id = study(app, cast, PANEL[:2])
    rate_all(app, cast, study_id, ann=ROUND_ONE["ann"], bo=ROUND_ONE["bo"])

    with pytest.raises(Refusal, match="3 judges at least"):
        judging.close_round(app, cast.cy, study_id)


def test_only_the_panel_rates_and_only_within_the_study(app: App, cast: Cast):
    study_id = study(app, cast)

    with pytest.raises(Refusal, match="members of the panel"):
        judging.rate(app, cast.cy, study_id, ITEMS[0], 0.5)
    with pytest.raises(Refusal, match="not part of the study"):
        judging.rate(app, cast.ann, study_id, "sa-red-flag", 0.5)
    with pytest.raises(Refusal, match="from 0 to 1"):
        judging.rate(app, cast.ann, study_id, ITEMS[0], 1.5)


def test_what_is_adopted_is_changed_by_nobody(app: App, cast: Cast):
    study_id = study(app, cast)
    rate_all(app, cast, study_id, **ROUND_ONE)
    for _ in range(2):
        judging.close_round(app, cast.cy, study_id)
    judging.adopt(app, cast.cy, study_id, authority="Board")

    assert judging.look(app, cast.cy, study_id).phase is Phase.ADOPTED
    with pytest.raises(Refusal, match="closed"):
        judging.rate(app, cast.ann, study_id, ITEMS[0], 0.1)
    with pytest.raises(Refusal, match="once"):
        judging.adopt(app, cast.cy, study_id, authority="Board")
    with pytest.raises(Refusal, match="adopted"):
        judging.give_bounds(app, cast.ann, study_id, Bounds("ann", 60, 80, 0, 30))


def test_setting_standards_is_the_coordinators_and_qualifications_are_recorded(app: App, cast: Cast):
    with pytest.raises(Refusal, match="may not set standards"):
        judging.begin(app, cast.ida, "exam-sample", title="T", candidate="C", items=ITEMS, panel=PANEL)
    with pytest.raises(Refusal, match="qualification"):
        study(app, cast, (Invitation("ann@example.org", " "),))
    with pytest.raises(Refusal, match="Nobody here"):
        study(app, cast, (Invitation("nobody@example.org", "PT"),))
