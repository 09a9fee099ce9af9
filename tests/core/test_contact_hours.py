"""Contact hours by each accreditor's rule, with the derivation printed."""

from datetime import date
from pathlib import Path

import pytest

from training.content.libraries import load_library
from training.core.contact_hours import HoursRule, Rounding, Workload, contact_hours, prose, words_of
from training.core.jurisdiction import CertificateField, lacking
from training.core.library import Library

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ours() -> Library:
    return load_library(ROOT)[0]


def test_the_worked_example_of_the_formula(ours: Library) -> None:
    """3,774 words, 16 questions, difficulty 2.5: 61.9 minutes, one hour to the nearest quarter."""
    found = contact_hours(ours.hours["boc-home-study"], Workload(words=3774, questions=16, difficulty=2.5))

    assert round(found.minutes, 1) == 61.9
    assert (found.hours, found.said) == (1.0, "1 contact hour")
    assert found.steps[0] == (
        "Text: 0.9 × (-22.3 + 0.00209 × 3774 words + 2.78 × 16 questions + 15.5 × difficulty 2.5) = 61.9 minutes."
    )


def test_the_same_text_rounded_down_and_as_units(ours: Library) -> None:
    work = Workload(words=9000, questions=40, difficulty=3)

    assert contact_hours(ours.hours["aorn-independent-study"], work).hours == 2.25  # 138.8 minutes
    assert contact_hours(ours.hours["iacet-ceu"], Workload(media_minutes=600)).said == "1 CEU"


def test_a_rule_without_a_formula_says_why_reading_counts_for_nothing(ours: Library) -> None:
    found = contact_hours(ours.hours["iacet-ceu"], Workload(words=9000, questions=40))

    assert found.credits == 0
    assert found.steps[0] == "This rule counts timed activity only, and the programme states no media_minutes."


def test_an_hour_of_fifty_minutes(ours: Library) -> None:
    assert contact_hours(ours.hours["alabama-pt"], Workload(media_minutes=100)).hours == 2


@pytest.mark.parametrize(("minutes", "nearest", "down"), [(67.4, 1.0, 1.0), (67.5, 1.25, 1.0), (74.9, 1.25, 1.0)])
def test_half_a_quarter_is_rounded_up_only_where_the_rule_rounds_to_the_nearest(
    minutes: float, nearest: float, down: float
) -> None:
    for rounding, hours in ((Rounding.NEAREST, nearest), (Rounding.DOWN, down)):
        rule = HoursRule(id="abc", title="T", source="S", checked=date(2026, 1, 1), minutes=60,
                         rounding=rounding, unit="hour")  # fmt: skip

        assert contact_hours(rule, Workload(media_minutes=minutes)).hours == hours


def test_a_short_text_never_counts_below_nothing(ours: Library) -> None:
    assert contact_hours(ours.hours["boc-home-study"], Workload(words=1, difficulty=-9)).minutes == 0


def test_what_a_certificate_lacks_is_named_in_words(ours: Library) -> None:
    present = set(CertificateField) - {CertificateField.LICENCE_NUMBER, CertificateField.APPROVAL_NUMBER}

    assert lacking(ours.jurisdictions["texas"], present) == (
        "the learner's licence number", "the provider's approval number"
    )  # fmt: skip
    assert lacking(ours.jurisdictions["general"], present) == ()


def test_words_are_counted_without_titles_references_addresses_and_marks() -> None:
    text = """\
## A title of five words

Two words [@wheway-2012; @who-2009]. <!-- for authors -->

| left | right |
| --- | --- |
> quoted
1. first
![a picture](figures/depth.svg "A caption")
"""

    assert prose(text).split() == ["Two", "words.", "left", "right", "quoted", "first", "a", "picture"]
    assert words_of([text, "three more words"]) == 11
