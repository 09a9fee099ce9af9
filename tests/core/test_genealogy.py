"""What changed between two versions of an item, and whether their statistics may be pooled."""

import pytest
from yaml import BaseLoader, load

from training.core.genealogy import Part, Verdict, changes, declarable, verdict
from training.core.items import BY_TYPE, ITEM_TYPES, Item
from training.core.naming import names
from training.core.version import body, restored, version_of, written

EXAMPLE = load(BY_TYPE["single_best"].EXAMPLE, Loader=BaseLoader)
NUMBER = load(BY_TYPE["numeric"].EXAMPLE, Loader=BaseLoader)


def edited(example: dict, **fields: object) -> dict:
    """The content of an example with some fields written otherwise."""
    item = BY_TYPE[example["type"]].model_validate(example | fields)
    return dict(written(body(item)))


def option(number: int, **fields: object) -> list:
    return [each | (fields if place == number else {}) for place, each in enumerate(EXAMPLE["options"])]


def compare(example: dict, **fields: object) -> tuple[list[Part], Verdict, bool]:
    found = changes(edited(example), edited(example, **fields))
    return sorted({each.part for each in found}), verdict(found), declarable(found)


@pytest.mark.parametrize("item_type", ITEM_TYPES, ids=lambda each: each.TYPE)
def test_a_version_is_named_by_its_content_and_can_be_made_an_item_again(item_type: type[Item]):
    item = item_type.model_validate(load(item_type.EXAMPLE, Loader=BaseLoader))

    assert restored(body(item), item) == item
    assert version_of(item) == version_of(item.model_copy(update={"status": "retired", "note": "Seen again."}))
    assert version_of(item) != version_of(item.model_copy(update={"stem": item.stem + " Really?"}))


def test_what_says_how_an_item_stands_comes_from_the_item_as_it_is_now():
    then = BY_TYPE["single_best"].model_validate(EXAMPLE | {"stem": "Then?", "status": "draft"})
    now = BY_TYPE["single_best"].model_validate(EXAMPLE | {"stem": "Now?", "status": "approved", "enemies": ["other"]})

    again = restored(body(then), now)

    assert (again.stem, again.status, again.enemies) == ("Then?", "approved", ("other",))


@pytest.mark.parametrize(
    ("fields", "parts", "reach"),
    [
        ({}, [], Verdict.SAME),
        ({"tags": ["consent"]}, [Part.TAGS], Verdict.BESIDE),
        ({"level": "recall"}, [Part.PLACE], Verdict.BESIDE),
        ({"options": option(1, why="Unsafe. It is an assault.")}, [Part.REASON], Verdict.BESIDE),
        ({"stem": EXAMPLE["stem"].replace("calf,", "calf")}, [Part.STEM], Verdict.TYPOGRAPHICAL),
        ({"stem": EXAMPLE["stem"].replace("patient", "Patient")}, [Part.STEM], Verdict.TYPOGRAPHICAL),
        ({"stem": EXAMPLE["stem"].replace("calf", "thigh")}, [Part.STEM], Verdict.MEANING),
        ({"options": option(2, text="Ask the patient")}, [Part.OPTION], Verdict.MEANING),
        ({"options": [*EXAMPLE["options"], {"text": "Wait", "why": "No."}]}, [Part.OPTION], Verdict.MEANING),
        ({"options": EXAMPLE["options"][:2]}, [Part.OPTION], Verdict.MEANING),
        ({"options": EXAMPLE["options"][::-1]}, [Part.OPTION], Verdict.MEANING),
    ],
)
def test_a_change_reaches_as_far_as_the_part_it_is_in(fields: dict, parts: list[Part], reach: Verdict):
    assert compare(EXAMPLE, **fields)[:2] == (parts, reach)
    assert reach.pools is (reach is not Verdict.MEANING)


def test_moving_the_key_is_told_for_both_options_and_pools_nothing():
    other = [each | {"correct": place == 1} for place, each in enumerate(EXAMPLE["options"])]
    found = changes(edited(EXAMPLE), edited(EXAMPLE, options=other))

    assert [(each.where, each.before, each.after) for each in found if each.part is Part.KEY] == [
        ("option A", "right", "wrong"), ("option B", "wrong", "right"),
    ]  # fmt: skip
    assert verdict(found) is Verdict.MEANING
    assert not declarable(found)


@pytest.mark.parametrize("fields", [{"answer": 32}, {"tolerance": 1}, {"unit": "per cent"}])
def test_a_number_its_tolerance_and_its_unit_are_the_key(fields: dict):
    assert compare(NUMBER, **fields) == ([Part.KEY], Verdict.MEANING, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [("10 mg", "10 Mg"), ("0.5 ml", "05 ml"), ("-5 degrees", "5 degrees"), ("is safe", "is not safe")],
)
def test_what_looks_like_a_slip_but_changes_the_meaning_is_no_slip(before: str, after: str):
    found = changes(
        edited(EXAMPLE, stem=f"Which is right: {before}?"), edited(EXAMPLE, stem=f"Which is right: {after}?")
    )

    assert verdict(found) is Verdict.MEANING


def test_wording_may_be_declared_typographical_but_no_number_key_or_option():
    assert compare(EXAMPLE, stem=EXAMPLE["stem"].replace("patient", "pateint"))[2]
    assert not compare(NUMBER, stem=NUMBER["stem"].replace("325", "352"))[2]
    assert not compare(EXAMPLE, options=EXAMPLE["options"][:2])[2]
    assert not compare(EXAMPLE, tags=["consent"])[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [("is safe", "is not safe"), ("is safe", "isn't safe"), ("the left arm", "the right arm"), ("All", "No")],
)
def test_a_word_that_turns_the_question_round_is_not_declared_typographical(before: str, after: str):
    assert not declarable(changes(edited(EXAMPLE, stem=f"{before}?"), edited(EXAMPLE, stem=f"{after}?")))
    assert declarable(changes(edited(EXAMPLE, stem=f"{before}, isnt it?"), edited(EXAMPLE, stem=f"{before}, is it?")))


@pytest.mark.parametrize(
    ("authors", "hers"),
    [
        (["Ida"], True), (["  ida "], True), (["Ida Berg <ida@example.org>"], True), (["Needlewise editors"], False),
        (["Idaline"], False), ([], False),
    ],
)  # fmt: skip
def test_an_author_is_known_by_name_or_address(authors: list[str], hers: bool):
    assert names(authors, name="Ida", email="ida@example.org") is hers


def with_entry(kind: str, name: str, number: int, **fields: object) -> tuple[dict, dict]:
    """The example of a type, and the same with one entry of a list written otherwise."""
    example = load(BY_TYPE[kind].EXAMPLE, Loader=BaseLoader)
    entries = [each | (fields if place == number else {}) for place, each in enumerate(example[name])]
    return edited(example), edited(example, **{name: entries})


@pytest.mark.parametrize(
    ("kind", "name", "fields", "part", "where", "reach"),
    [
        ("matching", "rows", {"why": "It is so."}, Part.REASON, "row 2, why", Verdict.BESIDE),
        ("matching", "rows", {"answer": "d"}, Part.KEY, "row 2, answer", Verdict.MEANING),
        ("matching", "rows", {"text": "It hurts only if pressed"}, Part.OPTION, "row 2, text", Verdict.MEANING),
        ("ordering", "steps", {"why": "It is so."}, Part.REASON, "step 2, why", Verdict.BESIDE),
        ("extended_matching", "vignettes", {"text": "She faints."}, Part.STEM, "vignette 2, text", Verdict.MEANING),
        ("hotspot", "regions", {"polygon": "0 0 1 1 0 1"}, Part.KEY, "place 2, polygon", Verdict.MEANING),
        ("hotspot", "regions", {"why": "It is so."}, Part.REASON, "place 2, why", Verdict.BESIDE),
        ("script_concordance", "panel", {"votes": "2"}, Part.KEY, "answer of the panel 2, votes", Verdict.MEANING),
        ("script_concordance", "panel", {"why": "So."}, Part.REASON, "answer of the panel 2, why", Verdict.BESIDE),
        ("parameterised", "variables", {"to": "160"}, Part.OTHER, "variable 2, to", Verdict.MEANING),
        ("case", "parts", {"reveal": "She coughs."}, Part.STEM, "part 2, reveal", Verdict.MEANING),
        ("case", "parts", {"level": "apply"}, Part.PLACE, "part 2, level", Verdict.BESIDE),
    ],
)
def test_an_entry_of_a_list_is_compared_by_itself(
    kind: str, name: str, fields: dict, part: Part, where: str, reach: Verdict
):
    found = changes(*with_entry(kind, name, 1, **fields))

    assert [(each.part, each.where) for each in found] == [(part, where)]
    assert verdict(found) is reach


def test_an_option_of_a_gap_and_of_a_part_is_named_with_its_place():
    gap = [{"text": "at any moment", "correct": "true", "why": "Yes."}, {"text": "before it", "why": "No."}]
    (first, *_) = changes(*with_entry("cloze", "gaps", 0, options=gap))
    parts = load(BY_TYPE["case"].EXAMPLE, Loader=BaseLoader)["parts"]
    options = [each | ({"why": "It may wait."} if n == 1 else {}) for n, each in enumerate(parts[0]["options"])]

    assert first.where == "gap 1, option B"
    assert [(each.part, each.where) for each in changes(*with_entry("case", "parts", 0, options=options))] == [
        (Part.REASON, "part 1, option B")
    ]


def test_an_entry_more_or_less_changes_the_whole_list():
    example = load(BY_TYPE["ordering"].EXAMPLE, Loader=BaseLoader)
    found = changes(edited(example), edited(example, steps=example["steps"][:3]))

    assert [each.where for each in found] == ["steps"]
    assert verdict(found) is Verdict.MEANING


def test_a_claim_that_an_item_rests_on_makes_no_other_question():
    assert compare(EXAMPLE, claims=["a10"]) == ([Part.SOURCES], Verdict.BESIDE, False)
