"""Foreign XML: what is hostile or broken gets a clear word, what is merely odd is read."""

import pytest

from training.formats.foreign_xml import MOST_DEPTH, all_text, parse_xml
from training.formats.unreadable import Unreadable

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "document",
    [
        f'<!DOCTYPE q [<!ENTITY l0 "ha">{LAUGHS}]><q>&l9;</q>',
        '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><q>&x;</q>',
        '<!DOCTYPE q [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]><q a="&y;">1</q>',
        '<?xml version="1.0"?><!-- a --><!DOCTYPE q PUBLIC "-//x" "x.dtd" [<!ENTITY x "]>">]><q>&x;</q>',
    ],
    ids=["billion laughs", "external entity", "parameter entity", "bracket in an entity"],
)
def test_entities_of_its_own_are_never_expanded(document: str) -> None:
    with pytest.raises(Unreadable, match="entit"):
        parse_xml(document.encode())


def test_a_document_type_that_is_only_named_does_no_harm() -> None:
    root = parse_xml(b'<?xml version="1.0"?>\n<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd">\n<q>\n<a/></q>')

    assert (root.tag, root[0].sourceline) == ("q", 4)


def test_named_characters_of_html_and_bare_ampersands_are_read() -> None:
    assert all_text(parse_xml(b"<q>5&nbsp;&micro;g R&D &lt;3 <![CDATA[&nbsp;]]></q>")) == "5\xa0µg R&D <3 &nbsp;"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_used(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    data = f'<?xml version="1.0" encoding="{name}"?><q>Zürich</q>'.encode(encoding)

    assert all_text(parse_xml(data)) == "Zürich"


def test_a_wrong_encoding_is_named_with_its_line() -> None:
    with pytest.raises(Unreadable, match="utf-8") as told:
        parse_xml('<?xml version="1.0" encoding="utf-8"?>\n<q>\nZürich</q>'.encode("latin-1"))

    assert told.value.line == 3


def test_an_encoding_that_is_a_program_is_refused() -> None:
    with pytest.raises(Unreadable, match="encoding"):
        parse_xml(b'<?xml version="1.0" encoding="idna"?><q/>')


@pytest.mark.parametrize(
    "document", [b"", b"hello", b"<q>", b"<q></p>", b"\x00\x01\x02", b"<q a='1' a='2'/>", b"<?xml?>"]
)
def test_what_is_no_xml_is_refused_in_words(document: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_xml(document)


def test_a_deep_nest_is_refused() -> None:
    depth = MOST_DEPTH + 1
    with pytest.raises(Unreadable, match="deep"):
        parse_xml(b"<q>" * depth + b"</q>" * depth)


def test_control_characters_are_left_out() -> None:
    assert all_text(parse_xml(b"<q>a\x0bb\x00</q>")) == "ab"
