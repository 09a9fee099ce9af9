"""The form of an item: it offers all that a type may say, and gives back what was filled in and nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from training.content.json_schema import bank_schema
from training.content.skeletons import empty_item
from training.content.source import read_source
from training.core.items import BY_TYPE
from training.ui.views.filled_form import Filled, Given, Step, filled
from training.ui.views.item_fields import Blank, Kind
from training.ui.views.item_form import Section, at, entries, sections, value_of
from training.ui.views.measured_picture import measured

SCHEMA = bank_schema()["definitions"]
CHOSEN_ELSEWHERE = {"type"}
"""A type is chosen with the item or the part that is new."""
OF_THE_WHOLE = {"id", "status", "references", "authors", "reviewers", "reviewed", "review_by", "reviews", "claims",
                "tags", "enemies"}  # fmt: skip
"""What a part of a case may not say, whatever its schema inherits."""


def example(kind: str) -> Mapping[str, Any]:
    source, _ = read_source("example.yaml", BY_TYPE[kind].EXAMPLE)
    assert source
    return source.data  # type: ignore[no-any-return] # an item's fields


def shown(written: Mapping[str, Any]) -> list[Given]:
    """What the fields hold before anybody fills them in."""
    return [
        Given(
            [value_of(at(written, part.where), blank) for blank in part.all_blanks],
            {rows.name: [[value_of(entry, blank) for blank in rows.all] for entry in entries(at(written, part.where), rows)]
             for rows in part.all_rows},
        )
        for part in sections(written)
    ]  # fmt: skip


def stepped(written: Mapping[str, Any], step: Step) -> Filled:
    return filled(written, sections(written), shown(written), step)


def inner(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "$ref" in said:
        yield SCHEMA[said["$ref"].rpartition("/")[2]]
    for each in (*said.get("anyOf", ()), *([said["items"]] if "items" in said else ())):
        yield from inner(each)


def paths(model: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """All that the schema lets an author say: the leaves by their path, entries of lists without a number."""
    for name, said in model["properties"].items():
        models = [each for each in inner(said) if "properties" in each]
        if not models and name != "parts":
            yield (*above, name)
        for each in models if name != "parts" else ():
            yield from paths(each, (*above, name))


def offered(parts: list[Section]) -> set[tuple[str, ...]]:
    found = set()
    for part in parts:
        within = tuple(str(step) for step in part.where if not isinstance(step, int) and step != "parts")
        found |= {(*within, *blank.path) for blank in part.all_blanks}
        found |= {(*within, rows.name, *blank.path) for rows in part.all_rows for blank in rows.all}
    return found


@pytest.mark.parametrize("kind", BY_TYPE)
def test_the_form_offers_all_that_a_type_lets_an_author_say(kind: str) -> None:
    model = next(each for each in SCHEMA.values() if each.get("properties", {}).get("type", {}).get("const") == kind
                 and each["title"] == BY_TYPE[kind].__name__)  # fmt: skip
    said = {path for path in paths(model) if path[-1] not in CHOSEN_ELSEWHERE}

    assert said == offered([part for part in sections(example(kind)) if "parts" not in part.where])


@pytest.mark.parametrize("kind", [kind for kind in BY_TYPE if kind != "case"])
def test_the_form_of_a_case_offers_all_that_a_part_lets_an_author_say(kind: str) -> None:
    model = SCHEMA[f"{BY_TYPE[kind].__name__}Part"]
    said = {path for path in paths(model) if path[-1] not in CHOSEN_ELSEWHERE and path[0] not in OF_THE_WHOLE}
    case = {**example("case"), "parts": [example(kind)]}

    assert said == offered([part for part in sections(case) if part.where])


@pytest.mark.parametrize("kind", BY_TYPE)
def test_nothing_filled_in_changes_nothing(kind: str) -> None:
    for written in (example(kind), empty_item(kind, "new-item", "Ida")):
        assert filled(written, sections(written), shown(written), None) == Filled({}, ())


@pytest.mark.parametrize("kind", BY_TYPE)
def test_what_is_still_to_be_written_stands_empty(kind: str) -> None:
    written = empty_item(kind, "new-item", "Ida")
    BY_TYPE[kind].model_validate(written)
    texts = [(given.values, given.rows) for given in shown(written)]

    assert "To be written." not in str(texts)
    assert "to-be-sourced" not in str(texts)


def test_a_part_of_a_case_moves_and_goes() -> None:
    written = example("case")
    first, second = written["parts"]

    assert stepped(written, Step(("parts",), 0, 1)) == Filled({"parts": [second, first]}, ((("parts",), (1, 0)),))
    assert stepped(written, Step(("parts",), 0)) == Filled({"parts": [second]}, ((("parts",), (1,)),))
    assert stepped(written, Step(("parts",), 0, -1)).fields == {}


def test_the_answers_of_rows_follow_their_options_when_these_move_or_go() -> None:
    written = example("matching")
    assert [row["answer"] for row in written["rows"]] == ["b", "a", "c"]

    moved = stepped(written, Step(("options",), 1, -1)).fields
    gone = stepped(written, Step(("options",), 0)).fields

    assert [row["answer"] for row in moved["rows"]] == ["a", "b", "c"]
    assert [row.get("answer") for row in gone["rows"]] == ["a", None, "b"]


def test_a_new_option_that_a_row_was_given_keeps_it_while_another_goes() -> None:
    written = example("matching")
    given = shown(written)
    given[0].rows["options"].append(["Jump sign", "", "", False, ""])  # type: ignore[attr-defined] # a list
    given[0].rows["rows"][1][1] = "e"  # type: ignore[index] # lists
    made = filled(written, sections(written), given, Step(("options",), 3)).fields

    assert [each["text"] for each in made["options"]][-1] == "Jump sign"
    assert [row["answer"] for row in made["rows"]] == ["b", "d", "c"]


def test_a_gap_that_goes_leaves_its_right_option_in_the_text() -> None:
    written = example("cloze")
    assert written["text"].count("{{") == 2

    made = stepped(written, Step(("gaps",), 0)).fields

    right = next(each["text"] for each in written["gaps"][0]["options"] if each.get("correct"))
    assert right in made["text"]
    assert "{{1}}" in made["text"]
    assert "{{2}}" not in made["text"]
    assert made["gaps"] == [written["gaps"][1]]
    BY_TYPE["cloze"].model_validate({**written, **made})


def test_an_entry_whose_first_field_is_emptied_goes_and_a_picture_that_is_emptied_too() -> None:
    written = {**example("single_best"), "image": {"file": "a.svg", "alt": "An arm."}}
    given = shown(written)
    given[0].rows["options"][1][0] = ""  # type: ignore[index] # lists
    blanks = sections(written)[0].all_blanks
    values = ["" if blank.path[0] == "image" else value for blank, value in zip(blanks, given[0].values, strict=True)]
    made = filled(written, sections(written), [Given(values, given[0].rows)], None)

    assert made.fields["image"] is None
    assert made.orders == ((("options",), (0, 2)),)
    assert [each["text"] for each in made.fields["options"]] == [written["options"][n]["text"] for n in (0, 2)]


def test_a_list_that_is_written_otherwise_is_left_alone() -> None:
    written = {**example("single_best"), "options": "none"}

    assert filled(written, sections(written), [Given(shown(written)[0].values)], None).fields == {}


def test_one_text_where_a_list_may_stand_is_shown_as_its_only_line() -> None:
    assert value_of({"checked": "the key"}, Blank(("checked",), "Checked", Kind.LINES)) == ["the key"]


def test_the_picture_of_a_hotspot_is_measured_with_what_can_be_read_of_its_places() -> None:
    written = example("hotspot")
    view = measured(written)

    assert view
    assert (view["src"], view["width"], view["height"]) == (f"/assets/{written['image']['file']}", 640, 560)
    assert [(each["letter"], each["shape"]) for each in view["spots"]] == [
        ("a", "rectangle"), ("b", "polygon"), ("c", "circle"),
    ]  # fmt: skip
    broken = measured({"image": {"file": "a.svg"}, "regions": ["x", {"circle": "1 2"}, {"rectangle": "1 2 3 four"}]})
    assert broken
    assert (broken["width"], broken["spots"]) == (0, [])
    assert measured({"image": "a.svg"}) is None
