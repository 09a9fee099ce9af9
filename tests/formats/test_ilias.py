"""QTI 1.2 in the manner of ILIAS and of the programs that feed it."""

from tests.formats.test_looser_qti import lost
from tests.formats.test_qti_old import one
from training.formats.base import Draft


def field(label: str, entry: str) -> str:
    return f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>"


def words(text: str) -> str:
    return f'<material><mattext texttype="text/xhtml">{text}</mattext></material>'


def rule(ident: str, value: str, points: float, more: str = "") -> str:
    return (
        f'<respcondition continue="Yes"><conditionvar><varequal respident="{ident}"{more}>{value}</varequal>'
        f'</conditionvar><setvar action="Add">{points}</setvar></respcondition>'
    )


def options(*texts: str) -> str:
    labels = "".join(f'<response_label ident="{n}">{words(text)}</response_label>' for n, text in enumerate(texts))
    return f'<render_choice shuffle="Yes">{labels}</render_choice>'


def ilias(kind: str, body: str, rules: str, right: str = "", wrong: str = "") -> Draft:
    meta = "".join(map(field, ("ILIAS_VERSION", "QUESTIONTYPE", "AUTHOR", "thumb_size"), ("5.1.11", kind, "Ida", "")))
    said = "".join(
        f'<itemfeedback ident="response_{name}"><flow_mat>{words(text)}</flow_mat></itemfeedback>'
        for name, text in (("allcorrect", right), ("onenotcorrect", wrong))
    )
    return one(
        f'<questestinterop><item ident="undefined" title="Nerves"><itemmetadata><qtimetadata>{meta}</qtimetadata>'
        f"</itemmetadata><presentation><flow>{body}</flow></presentation><resprocessing><outcomes><decvar/></outcomes>"
        f"{rules}</resprocessing>{said}</item></questestinterop>".encode()
    )


def test_a_choice_keeps_its_key_though_rules_call_its_response_by_another_name() -> None:
    asked = f'{words("Which nerve?")}<response_lid ident="MCMR" rcardinality="Single">{options("ulnar", "median")}</response_lid>'
    draft = ilias("SINGLE CHOICE QUESTION", asked, rule("MCSR", "0", 0) + rule("MCSR", "1", 2), "Think.", "Think.")

    assert draft.fields["options"] == [{"text": "ulnar"}, {"text": "median", "why": "Think.", "correct": True}]
    assert (draft.name, draft.tags, lost(draft)) == ("", ("author:Ida",), {})


def test_blanks_of_three_kinds_in_a_text_become_a_case_in_their_order() -> None:
    typed = '<response_str ident="gap_0"><render_fib fibtype="String"/></response_str>'
    chosen = f'<response_str ident="gap_1">{options("deep", "flat")}</response_str>'
    number = '<response_num ident="gap_2"><render_fib fibtype="Decimal" minnumber="10" maxnumber="14"/></response_num>'
    rules = rule("gap_0", "lung", 1) + rule("gap_1", "deep", 1) + rule("gap_1", "flat", 0) + rule("gap_2", "12", 1)
    draft = ilias("CLOZE QUESTION", words("The ") + typed + words("is") + chosen + words("at") + number, rules)

    assert draft.fields["stem"] == "The (1) _____ is (2) _____ at (3) _____"
    assert draft.fields["parts"][0]["accepted"] == ["lung"]
    assert draft.fields["parts"][1]["options"] == [{"text": "deep", "correct": True}, {"text": "flat"}]
    assert (draft.fields["parts"][2]["answer"], draft.fields["parts"][2]["tolerance"]) == (12, 2)


def test_blanks_that_are_all_chosen_are_gaps() -> None:
    gaps = [f'<response_str ident="gap_{n}">{options("deep", "flat")}</response_str>' for n in (0, 1)]
    rules = rule("gap_0", "deep", 1) + rule("gap_1", "flat", 1)
    draft = ilias("CLOZE QUESTION", words("First") + gaps[0] + words("then") + gaps[1] + words("."), rules)

    assert draft.fields["text"] == "First {{1}} then {{2}} ."
    assert [[each.get("correct", False) for each in gap["options"]] for gap in draft.fields["gaps"]] == [
        [True, False], [False, True],
    ]  # fmt: skip
