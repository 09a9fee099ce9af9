"""Our own banks hold what the blueprint asks for; what waits for others is named."""

from pathlib import Path

from training.content.libraries import load_library
from training.core.coverage import covered, stock, wants

LIBRARY, _ = load_library(Path(__file__).parents[2])


def test_every_objective_and_every_type_has_its_items() -> None:
    assert wants(covered(LIBRARY), stock(LIBRARY)) == []


def test_what_evidence_does_not_bear_yet_waits_and_is_not_asked() -> None:
    assert [row.objective.id for row in covered(LIBRARY) if row.held_back] == ["3.8"]


def test_no_exam_asks_what_only_programs_voted_on() -> None:
    voted = [item for item in LIBRARY.items() if item.type == "script_concordance"]

    assert len(voted) >= 12
    assert not any(item.scorable for item in voted)
