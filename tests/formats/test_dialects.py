"""Questions as Blackboard, Brightspace and Sakai export them."""

from io import BytesIO
from zipfile import ZipFile

from tests.formats import dialects as d
from tests.formats.test_gift import keyed
from training.formats import guess
from training.formats.drafting import Defaults, Read, items_of


def read(data: bytes, name: str = "pool.dat") -> list[Read]:
    form = guess(data, name)
    assert form.name == "qti12"
    assert form.read is not None
    return items_of(form.read(data, name), name, Defaults())


def only(item: str, *, brightspace: bool = False) -> Read:
    [found] = read((d.brightspace if brightspace else d.blackboard)(item))
    assert found.item is not None, found.problems
    return found


NERVE = d.bb_choice("Single", r="radial", u="ulnar", m="median")


def test_the_greatest_score_of_blackboard_marks_the_key_and_its_feedback_is_told_apart() -> None:
    said = d.told("correct", "It runs there.") + d.told("incorrect", "Look again.")
    found = only(d.bb_item("Multiple Choice", "MC-1", "Which nerve?", NERVE, d.bb_right(d.equal("m")) + said))

    assert found.item.stem == "Which nerve?"
    assert keyed(found.item) == [("radial", False), ("ulnar", False), ("median", True)]
    assert [option.why for option in found.item.options] == ["Look again.", "Look again.", "It runs there."]
    assert found.losses == ()


def test_several_right_choices_of_blackboard_are_those_its_rule_wants() -> None:
    rule = d.bb_right(f"<and>{d.equal('r')}<not>{d.equal('u')}</not>{d.equal('m')}</and>")
    found = only(d.bb_item("Multiple Answer", "MA-1", "Which two?", NERVE.replace("Single", "Multiple"), rule))

    assert keyed(found.item) == [("radial", True), ("ulnar", False), ("median", True)]


def test_rows_of_blackboard_take_the_words_that_stand_below_them() -> None:
    asked = d.bb_rows({"X": "radial", "Y": "femoral"}, ("the thigh", "the forearm", "the calf"))
    rules = d.bb_praised(d.equal("X-1", "X")) + d.bb_praised(d.equal("Y-0", "Y"))
    found = only(d.bb_item("Matching", "MT-1", "Where do they run?", asked, rules))

    assert found.item.stem == "Where do they run?"
    options = dict(zip("abc", (option.text for option in found.item.options), strict=True))
    assert list(options.values()) == ["the thigh", "the forearm", "the calf"]
    assert [(row.text, options[row.answer]) for row in found.item.rows] == [
        ("radial", "the forearm"), ("femoral", "the thigh"),
    ]  # fmt: skip


def test_what_blackboard_calls_correct_is_accepted_although_it_earns_no_points() -> None:
    rules = d.bb_praised(d.equal("pleura")) + d.bb_praised(d.equal("the pleura"))
    found = only(d.bb_item("Fill in the Blank", "FB-1", "What is pierced?", d.bb_typed("response"), rules))

    assert found.item.accepted == ("pleura", "the pleura")


def test_blanks_that_blackboard_names_in_brackets_become_questions_where_they_stand() -> None:
    rule = d.bb_right(
        f"<and><or>{d.equal('deep', 'a')}{d.equal('down', 'a')}</or><or>{d.equal('bone', 'b')}</or></and>"
    )
    found = only(d.bb_item("Fill in the Blank Plus", "FP-1", "Go [a] to the [b].", d.bb_typed("a", "b"), rule))

    assert found.item.stem == "Go (1) _____ to the (2) _____."
    assert [part.accepted for part in found.item.parts] == [("deep", "down"), ("bone",)]


def test_a_package_of_blackboard_is_read_and_what_else_is_in_it_is_passed_over() -> None:
    pool = d.blackboard(d.bb_item("Multiple Choice", "MC-1", "Which nerve?", NERVE, d.bb_right(d.equal("m"))))
    manifest = "<manifest><resources><resource type='assessment/x-bb-qti-pool'/></resources></manifest>"
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("imsmanifest.xml", manifest)
        package.writestr("res00001.dat", pool)
        package.writestr("res00002.dat", "<RIGHTS/>")
        package.writestr("csfiles/photo.dat", b"\xff\xd8\xff\xe0")

    [found] = read(out.getvalue(), "pool.zip")

    assert found.item is not None
    assert found.item.id == "mc-1"
    assert found.draft.name == "MC-1"


BOTH = d.d2l_choice("Multiple", a="radial", b="femoral", c="ulnar")


def test_wrong_choices_that_brightspace_counts_are_not_right() -> None:
    rules = (
        d.d2l_rule(d.equal("a", "LID"), "1", "D2L_Correct") + d.d2l_rule(d.equal("b", "LID"), "1", "D2L_Incorrect")
        + d.d2l_rule(d.equal("c", "LID"), "", "D2L_Correct") + d.SUMMED
    )  # fmt: skip
    found = only(d.d2l_item("Multi-Select", "Q1", d.text("Of the arm?") + BOTH, rules, way=1), brightspace=True)

    assert keyed(found.item) == [("radial", True), ("femoral", False), ("ulnar", True)]
    assert ("grading_type", "wrong choices take points away there") in [(x.field, x.what) for x in found.losses]


def test_feedback_that_bears_the_name_of_its_question_is_said_to_all() -> None:
    rules = d.d2l_rule(d.equal("a", "LID"), "100.000000000") + d.d2l_rule(d.equal("b", "LID"), "0.000000000")
    asked = d.text("Of the arm?") + d.d2l_choice("Single", a="radial", b="femoral")
    found = only(d.d2l_item("Multiple Choice", "Q1", asked, rules, "See chapter 3."), brightspace=True)

    assert [option.why for option in found.item.options] == ["See chapter 3.", "To be written."]
    assert found.losses == ()


def test_words_to_type_are_found_although_brightspace_calls_them_by_their_label() -> None:
    rules = "".join(
        d.d2l_rule(d.equal(word, "Q1_ANS"), points)
        for word, points in (("pleura", "100.0"), ("the pleura", "100.0"), ("lung", "50.0"))
    )
    found = only(d.d2l_item("Short Answer", "Q1", d.text("What?") + d.d2l_blank("Q1"), rules), brightspace=True)

    assert found.item.accepted == ("pleura", "the pleura")
    assert [slip.text for slip in found.item.mistakes] == ["lung"]


def test_blanks_of_brightspace_stand_between_the_pieces_of_its_text() -> None:
    asked = d.text("Go ") + d.d2l_blank("A") + d.text(" to the ") + d.d2l_blank("B")
    rules = d.d2l_rule(d.equal("down", "A_ANS"), "50.0") + d.d2l_rule(d.equal("bone", "B_ANS"), "50.0")
    found = only(d.d2l_item("Fill in the Blanks", "Q1", asked, rules), brightspace=True)

    assert [part.accepted for part in found.item.parts] == [("down",), ("bone",)]


def test_an_order_that_brightspace_gives_place_by_place_is_read() -> None:
    asked = d.text("Order") + d.d2l_choice("Ordered", "response_grp", "O", O1="needle", O2="consent", O3="removal")
    places = {"O1": "2", "O2": "1", "O3": "3"}
    rules = d.SUMMED + "".join(
        d.d2l_rule(d.equal(place, name), "1", "D2L_Correct")
        + d.d2l_rule(f"<not>{d.equal(place, name)}</not>", "1", "D2L_Incorrect")
        for name, place in places.items()
    )
    found = only(d.d2l_item("Ordering", "Q1", asked, rules), brightspace=True)

    assert [step.text for step in found.item.steps] == ["consent", "needle", "removal"]


def test_groups_of_brightspace_are_rows_to_match() -> None:
    lists = d.d2l_choice("Single", "response_grp", "{row}", one="the thigh", two="the forearm")
    rows = "".join(
        lists.format(row=row).replace("<render_choice>", f"{d.text(words)}<render_choice>")
        for row, words in (("L1", "femoral"), ("L2", "radial"))
    ).replace("ident='L", "respident='L")
    rules = "".join(
        d.d2l_rule(d.equal(name, row), "1", "D2L_Correct" if right == name else "D2L_Incorrect")
        for row, right in (("L1", "one"), ("L2", "two")) for name in ("one", "two")
    )  # fmt: skip
    found = only(d.d2l_item("Matching", "Q1", d.text("Where?") + rows, rules + d.SUMMED), brightspace=True)

    assert found.item.stem == "Where?"
    assert [(row.text, row.answer) for row in found.item.rows] == [("femoral", "a"), ("radial", "b")]


def test_points_that_a_rule_takes_away_mark_no_key() -> None:
    rules = "".join(
        f"<respcondition continue='Yes'><conditionvar>{d.equal(name)}</conditionvar>"
        f"<setvar action='{how}' varname='SCORE'>1.0</setvar></respcondition>"
        for name, how in (("r", "Subtract"), ("u", "Subtract"), ("m", "Add"))
    )
    asked = d.text("Which?") + d.d2l_choice("Multiple", name="response", r="radial", u="ulnar", m="median")
    found = only(d.d2l_item("Multiple Response", "Q1", asked, rules), brightspace=True)

    assert keyed(found.item) == [("radial", False), ("ulnar", False), ("median", True)]
    assert [loss.field for loss in found.losses] == ["options.0.weight", "options.1.weight"]


def test_a_phrase_that_may_stand_in_more_text_is_read_and_that_is_named() -> None:
    rule = (
        "<respcondition><conditionvar><varsubstring respident='response'>pleura</varsubstring></conditionvar>"
        "<setvar varname='SCORE'>1</setvar></respcondition>"
    )
    item = d.bb_item("", "PM-1", "What?", d.bb_typed("response"), rule)
    found = only(item.replace("<qmd_levelofdifficulty>School</qmd_levelofdifficulty>",
                              "<qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>"
                              "cc.pattern_match.v0p1</fieldentry></qtimetadatafield></qtimetadata>"))  # fmt: skip

    assert found.item.accepted == ("pleura",)
    assert [loss.field for loss in found.losses] == ["accepted"]


def test_an_essay_of_blackboard_is_refused_by_its_name() -> None:
    [found] = read(d.blackboard(d.bb_item("Essay", "E-1", "How?", d.bb_typed("response"), d.bb_right("<other/>"))))

    assert found.item is None
    assert "'Essay'" in found.problems[0].message
