"""The practical: agreement as published, and what examiners who agree or do not lead to."""

import pytest

from training.core.certification import Criterion, Practical
from training.core.practical import Outcome, judge
from training.core.refusal import Refusal
from training.core.upload import LARGEST, media_type
from training.measurement.agreement import cohens_kappa, least_kappa

LINES = tuple(Criterion(id=f"line-{n}", text=f"Line {n}", critical=n == 1) for n in range(1, 6))
PRACTICAL = Practical(checklist=LINES, pass_percent=80, agreement=0.4)


def marks(*missed: int) -> dict[str, bool]:
    return {f"line-{n}": n not in missed for n in range(1, 6)}


def test_kappa_of_the_textbook_table_is_0_4() -> None:
    """Both yes 20, first only 5, second only 10, neither 15: observed 0.7, expected 0.5."""
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15

    assert cohens_kappa(first, second) == pytest.approx(0.4)
    assert cohens_kappa(second, first) == pytest.approx(0.4)


def test_kappa_at_its_ends() -> None:
    assert cohens_kappa([1, 2, 3], [1, 2, 3]) == 1
    assert cohens_kappa([True, False], [False, True]) == -1
    assert cohens_kappa([True, True], [True, True]) == 1
    assert least_kappa([[1, 2], [1, 2], [2, 1]]) == -1
    with pytest.raises(ValueError, match="the same things"):
        cohens_kappa([1], [])


def test_who_agrees_passes_or_fails_by_the_percent_and_by_critical_errors() -> None:
    assert judge(PRACTICAL, [marks(), marks()], 1).outcome is Outcome.PASSED
    assert judge(PRACTICAL, [marks(5), marks(5)], 1).outcome is Outcome.PASSED
    assert judge(PRACTICAL, [marks(4, 5), marks(4, 5)], 1).outcome is Outcome.FAILED
    failed = judge(PRACTICAL, [marks(1), marks(1)], 1)
    assert failed.outcome is Outcome.FAILED
    assert failed.reasons == ("Critical error: Line 1", "80 % of the checklist was met; 80 % are needed.")


def test_who_disagrees_looks_again() -> None:
    little = judge(PRACTICAL, [marks(2), marks(3)], -0.25)
    assert little.outcome is Outcome.LOOK_AGAIN
    assert "-0.25 (kappa); 0.4 is needed" in little.reasons[0]
    critical = judge(PRACTICAL, [marks(1, 2), marks(2)], 0.55)
    assert critical.outcome is Outcome.LOOK_AGAIN
    assert critical.reasons[0] == "The examiners disagree on a critical line: Line 1"


def test_a_checklist_changed_in_between_is_no_ground_for_a_verdict() -> None:
    assert judge(PRACTICAL, [marks(), {"line-1": True}], 1).outcome is Outcome.LOOK_AGAIN


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 20 + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "kind"), [(PDF, "application/pdf"), (PNG, "image/png"), (b"\xff\xd8\xff\xe0x\xff\xd9", "image/jpeg")]
)
def test_a_file_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert media_type(data) == kind
    with pytest.raises(Refusal, match="whole PDF"):
        media_type(data[:-10])


@pytest.mark.parametrize(
    "data", [b"", b"<html><script>", b"MZ\x90", b"GIF89a;", b"PK\x03\x04", b"<svg/>%PDF-1.7 %%EOF"]
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="whole PDF"):
        media_type(data)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Refusal, match="10 MB"):
        media_type(PDF + b" " * LARGEST)
