"""Two edits of one text brought together."""

from hypothesis import given
from hypothesis import strategies as st

from training.core.merge import stretches, text_of

TEXT = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "\n"]), max_size=12).map("".join)


def test_edits_of_different_lines_merge_by_themselves() -> None:
    parts = stretches("one\ntwo\nthree\nfour\n", "ONE\ntwo\nthree\nfour\n", "one\ntwo\nthree\nFOUR\nfive\n")

    assert not any(part.clash for part in parts)
    assert text_of(parts) == "ONE\ntwo\nthree\nFOUR\nfive\n"


def test_edits_of_the_same_line_clash_and_either_can_be_taken() -> None:
    parts = stretches("one\ntwo\n", "one\nTWO\n", "one\nzwei\n")

    (clash,) = [number for number, part in enumerate(parts) if part.clash]
    assert text_of(parts) == "one\nTWO\n"
    assert text_of(parts, mine=[clash]) == "one\nzwei\n"


def test_the_same_edit_on_both_sides_is_no_clash() -> None:
    parts = stretches("one\n", "two\n", "two\n")

    assert not any(part.clash for part in parts)
    assert text_of(parts) == "two\n"


@given(TEXT, TEXT, TEXT)
def test_the_stretches_hold_all_of_every_version(base: str, theirs: str, mine: str) -> None:
    parts = stretches(base, theirs, mine)

    assert "".join("".join(part.base) for part in parts) == base
    assert "".join("".join(part.theirs) for part in parts) == theirs
    assert "".join("".join(part.mine) for part in parts) == mine


@given(TEXT, TEXT)
def test_where_only_one_side_changed_anything_that_side_is_the_merge(base: str, edited: str) -> None:
    assert text_of(stretches(base, edited, base)) == edited
    assert text_of(stretches(base, base, edited)) == edited
