"""What is wrong with an item of a newer type is said in the author's words and at the line where it stands."""

import pytest

from training.content.banks import load_bank
from training.core.items import BY_TYPE

HEAD = "bank: airway\ntitle: Airway\nitems:\n"


def found(kind: str, written: str, instead: str) -> list[tuple[str, str]]:
    """Spoil the type's own example, and give every problem with the line of the bank that it points to."""
    example = BY_TYPE[kind].EXAMPLE
    assert written in example
    lines = example.replace(written, instead, 1).splitlines(keepends=True)
    text = HEAD + "".join(("  - " if number == 0 else "    ") + line for number, line in enumerate(lines))
    bank, problems = load_bank("airway.yaml", text)
    assert bank.items == ()
    return [(problem.message, text.splitlines()[problem.line - 1].strip()) for problem in problems]


@pytest.mark.parametrize(
    ("kind", "written", "instead", "message", "line"),
    [
        ("case", "stem: Which question to the patient comes first?", "stm: Which?", "unknown field 'stm'", "stm: Which?"),
        ("case", "type: true_false", "type: true_fals", "unknown item type 'true_fals' in a case", "type: true_fals"),
        ("case", "    answer: true", "    answer: perhaps", "'answer' is 'perhaps'; it must be true or false", "answer: perhaps"),
        ("case", "why: That can wait.", "wy: That can wait.", "missing field 'why'", "- text: Did you sleep well last night?"),
        ("parameterised", "retained < reports / 3", "retained > 999", "no values of 1,000 tried meet", "- retained > 999"),
        ("parameterised", "answer: 100 * share", "answer: 100 * (share", "a ')' is missing in", "answer: 100 * (share"),
        ("parameterised", "    step: 25", "    step: none", "'step' is 'none'; it must be a number", "step: none"),
        ("hotspot", "circle: 541 243 60", "circle: 541 243", "a circle is x y radius", "- text: The muscle"),
        ("hotspot", "circle: 541 243 60", "circle: 3 2 big", "write numbers with spaces between", "circle: 3 2 big"),
        ("hotspot", "circle: 541 243 60", "circle: 900 243 60", "region 3 lies outside the picture", "- id: example-where-the-twitch-is-made"),
        ("cloze", "{{2}}", "{{3}}", "the gap '{{3}}' stands in the text, but the gaps are 1, 2", "- id: example-withdrawing-consent"),
        ("cloze", "{{2}}", "then", "the text has no '{{2}}' for the gap '2'", "- id: example-withdrawing-consent"),
        ("matching", "answer: b", "answer: f", "row 1 has the answer 'f', but the options are a, b, c, d", "- id: example-kinds-of-trigger-points"),
        ("matching", "answer: b", "answer: a", "option 'a' is the answer of two rows", "- id: example-kinds-of-trigger-points"),
        ("ordering", "Ask for consent", "Screen for contraindications", "two steps have the same text", "- id: example-before-needling"),
        ("short_text", "- text: referred pain", "- text: Taut Bands", "the mistake 'Taut Bands' counts as accepted", "- id: example-taut-band"),
        ("numeric", "answer: 3.25", "answer: 30.6", "the mistake 30.6 counts as right", "- id: example-retained-needles"),
        ("script_concordance", "votes: 6", "votes: -6", "'votes' is -6; it must be at least 0", "- votes: -6"),
        ("extended_matching", "theme: Adverse events", "", "missing field 'theme'", "- id: example-after-the-needle"),
    ],
)  # fmt: skip
def test_the_author_is_told_what_and_where(kind: str, written: str, instead: str, message: str, line: str) -> None:
    told = found(kind, written, instead)

    assert [place for said, place in told if message in said] == [line]


def test_reviews_claims_and_misconceptions_are_read() -> None:
    extra = """\
reviews:
  - date: 2026-02-01
    by: Ida
    kind: expert
    checked: key and reasons
  - date: 2026-02-03
    by: Bo
    kind: editorial
    checked:
      - spelling
      - length of the options
    note: Shortened the stem.
claims:
  - consent-can-be-withdrawn
"""
    example = BY_TYPE["single_best"].EXAMPLE.replace(
        "    why: Unsafe. A refusal", "    misconception: consent-once-given-holds\n    why: Unsafe. A refusal"
    )
    lines = (example + extra).splitlines(keepends=True)
    text = HEAD + "".join(("  - " if number == 0 else "    ") + line for number, line in enumerate(lines))
    bank, problems = load_bank("airway.yaml", text)

    assert problems == []
    item = bank.items[0]
    assert [review.checked for review in item.reviews] == [("key and reasons",), ("spelling", "length of the options")]
    assert item.claims == ("consent-can-be-withdrawn",)
    assert [reason.misconception for reason in item.question(0).reasons] == ["", "", "consent-once-given-holds"]
