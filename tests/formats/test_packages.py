"""Zip packages: an honest one opens, and one built to do harm is refused before anything is unpacked."""

import stat
import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from training.formats.packages import open_package
from training.formats.unreadable import Unreadable


def zipped(*files: tuple[str | ZipInfo, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return target.getvalue()


def link(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_files_are_found_as_documents_name_them() -> None:
    package = open_package(zipped(("items/q1.xml", b"<q/>"), ("items/images/A rib.png", b"1"), ("top.png", b"2")))

    assert package.find("images/a%20rib.PNG", beside="items/q1.xml") == "items/images/A rib.png"
    assert package.find("../top.png", beside="items/q1.xml") == "top.png"
    assert package.find("nowhere.png", beside="items/q1.xml") is None
    assert package.read("top.png") == b"2"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a/../../b", "C:\\evil.xml", "..\\evil.xml", "a\nb"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(Unreadable, match="unsafe path"):
        open_package(zipped((name, b"x")))


def test_a_symbolic_link_is_refused() -> None:
    with pytest.raises(Unreadable, match="symbolic link"):
        open_package(zipped((link("a"), b"/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(Unreadable, match="two files"):
        open_package(zipped(("a.xml", b"1"), ("a.xml", b"2")))


def test_a_bomb_is_refused_by_what_it_would_unpack_to() -> None:
    with pytest.raises(Unreadable, match="unpack to"):
        open_package(zipped(("a.xml", b"\0" * 30_000_000)))


def test_many_files_are_refused() -> None:
    with pytest.raises(Unreadable, match="files"):
        open_package(zipped(*((f"{number}", b"") for number in range(20_001))))


def test_a_package_inside_stays_closed_and_is_named() -> None:
    assert open_package(zipped(("inner.zip", zipped(("a", b"b"))))).left[0][0] == "inner.zip"


def test_a_claim_smaller_than_the_truth_is_found_out() -> None:
    data = bytearray(zipped(("a.xml", b"x" * 5000)))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)

    with pytest.raises(Unreadable):
        open_package(bytes(data)).read("a.xml")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_package_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="zip"):
        open_package(data)


def test_a_damaged_file_is_named() -> None:
    data = bytearray(zipped(("a.xml", bytes(range(256)) * 20)))
    data[60:90] = b"\xff" * 30

    with pytest.raises(Unreadable, match=r"a\.xml"):
        open_package(bytes(data)).read("a.xml")
