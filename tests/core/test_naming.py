"""A name in a file is a person's whatever its order, marks, titles; initials only where no one else may be meant."""

import pytest

from training.core.naming import doubtful, names

COLLEAGUES = ("Bo Berg", "Ivo Meyer")


def hers(written: str, name: str = "Ida Meier", colleagues: tuple[str, ...] = COLLEAGUES) -> bool:
    return names([written], name=name, email="ida@example.org", colleagues=colleagues)


@pytest.mark.parametrize(
    "written",
    [
        "Ida Meier", "Meier, Ida", "MEIER Ida", "Dr. med. Ida Meier, PT (Bern)", "Meier, Ida, PT", "Meier, Dr. Ida",
        "Ida M. Meier", "Ida Maria Meier", "I. Meier", "Meier, I.", "Meier I", "Bo Berg and Ida Meier",
        "Bo Berg; Meier, Ida", "Ìda Meïer", "the editors <ida@example.org>",
    ],
)  # fmt: skip
def test_a_name_is_recognised_however_it_is_written(written: str) -> None:
    assert hers(written)


@pytest.mark.parametrize(
    "written",
    [
        "Ida",
        "Meier",
        "Meier, Iris",
        "Ida Meyer",
        "Ivo Meyer",
        "B. Meier",
        "I. M.",
        "Needlewise editors",
        "",
        "Dr.",
        "PT",
    ],
)
def test_another_name_is_not_taken_for_hers(written: str) -> None:
    assert not hers(written)


@pytest.mark.parametrize(
    ("name", "written"), [("Anne-Marie O'Neil", "ONeil, Anne Marie"), ("Jörg Weiß", "Weiss, Jorg")]
)
def test_marks_and_accents_make_nobody_another_person(name: str, written: str) -> None:
    assert hers(written, name)


def test_initials_that_fit_two_colleagues_name_neither_and_are_doubtful() -> None:
    two = ("Iris Meier",)

    assert not hers("I. Meier", colleagues=two)
    assert doubtful(["Bo Berg", "I. Meier"], name="Ida Meier", colleagues=two) == "I. Meier"
    assert doubtful(["Ida Meier"], name="Ida Meier", colleagues=two) == ""
    assert doubtful(["I. Meier"], name="Bo Berg", colleagues=("Ida Meier", "Iris Meier")) == ""
    assert hers("Meier, Ida", colleagues=two)
