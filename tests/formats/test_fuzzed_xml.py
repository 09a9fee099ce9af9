"""Readers of XML and packages on spoiled files: whatever comes, they answer in words and soon."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.there_and_back import batch, every_kind
from training.core.bank import Bank
from training.formats import BY_NAME
from training.formats.base import Code, Format, Imported

READERS = [each for name, each in BY_NAME.items() if name in ("moodle-xml", "qti12", "qti21", "qti30")]
PIECES = (
    b"<", b">", b"&", b"\0", b"]]>", b"<![CDATA[", b"<answer fraction='1e999'>", b"<!DOCTYPE x [", b"&#x0;", b"&#1114112;",
    b"\xff\xfe", b"</question>", b'fraction="NaN"', b"{1:MULTICHOICE:=a~b}", b"PK\x05\x06", b"<text>", b"-1", b"9" * 60,
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn, written: bytes) -> bytes:
    """A file with a few places cut out, doubled or overwritten."""
    data = written
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        match draw(st.sampled_from(["cut", "short cut", "double", "insert", "end"])):
            case "cut":
                data = data[:start] + data[end:]
            case "short cut":
                data = data[:start] + data[start + 3 :]
            case "double":
                data = data[:end] + data[start:end][:2000] + data[end:]
            case "insert":
                data = data[:start] + draw(st.sampled_from(PIECES)) + data[start:]
            case "end":
                data = data[:start]
    return data


def sound(imported: Imported) -> bool:
    """Every question is either there or explained, and a file without any is explained."""
    explained = all(draft.fields is not None or draft.problems for draft in imported.drafts)
    return explained and bool(imported.drafts or imported.problems)


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
@pytest.mark.parametrize(
    "data", [b"<quiz/>", b"<questestinterop/>", b"<questestinterop><assessment/></questestinterop>"]
)
def test_a_file_without_questions_says_so(form: Format, data: bytes) -> None:
    assert form.read is not None

    assert form.read(data, "empty").problems


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
@settings(max_examples=80, deadline=timedelta(seconds=30))
@given(data=st.data())
def test_a_spoiled_file_is_answered_in_words(form: Format, data: st.DataObject) -> None:
    bank: Bank = data.draw(every_kind)
    writer = form.write or BY_NAME["moodle-xml"].write
    assert writer is not None
    assert form.read is not None

    assert sound(form.read(data.draw(spoiled(writer(batch(*bank.items)).data)), "spoiled"))


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
@settings(max_examples=60, deadline=timedelta(seconds=30))
@given(noise=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"<quiz>{text}</quiz>".encode()))
def test_noise_is_answered_in_words(form: Format, noise: bytes) -> None:
    assert form.read is not None

    assert sound(form.read(noise, "noise"))


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
def test_a_file_of_another_kind_is_refused_in_words(form: Format) -> None:
    for data in (b"", b"<html/>", b"\x89PNG", b"PK\x03\x04 and then nothing", b"a" * 100_000):
        imported = form.read(data, "other") if form.read else None

        assert imported is not None
        assert [problem.code for problem in imported.problems] == [Code.UNREADABLE]
