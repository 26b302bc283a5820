"""What the parts of a package are, and how they are related, whoever wrote their names."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from kfly.registry.sheets.workbooks import formats
from kfly.registry.sheets.workbooks.relations import Related, find_related
from kfly.registry.sheets.workbooks.styles import Style, read_styles
from kfly.registry.sheets.workbooks.xlsb_records import read_small_number, read_text, walk_records

pytestmark = pytest.mark.usefixtures("measured_aside")

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(**parts: str) -> zipfile.ZipFile:
    """A package of these parts, in memory."""
    made = zipfile.ZipFile(BytesIO(), "w")
    for name, content in parts.items():
        made.writestr(name, content)
    return made


def related(target: str, *, part: str = "xl/worksheets/sheet1.xml") -> Related:
    """What the workbook is related to where it names this target."""
    relation = f'<Relation Id="rId1" Type="{OFFICE}/worksheet" Target="{target}"/>'
    made = package(**{"xl/_rels/workbook.xml.rels": f"<Relations>{relation}</Relations>", part: "<a/>"})
    return find_related(made, formats.list_parts(made), "xl/workbook.xml")


@pytest.mark.parametrize(
    "target",
    [
        "worksheets/sheet1.xml",
        "/xl/worksheets/sheet1.xml",
        "\\xl\\worksheets\\sheet1.xml",
        "./worksheets/sheet1.xml",
        "../xl/worksheets/sheet1.xml",
        "charts/../Worksheets/Sheet1.xml",
    ],
)
def test_a_relation_finds_its_part_by_every_way_of_naming_it(target: str) -> None:
    assert related(target) == {"worksheet": [("rId1", "xl/worksheets/sheet1.xml")]}


def test_a_relation_to_what_is_not_there_is_none() -> None:
    assert related("worksheets/sheet2.xml") == {}
    assert related("https://example.org/sheet1.xml") == {}


def test_a_part_without_relations_is_related_to_nothing() -> None:
    made = package(**{"xl/workbook.xml": "<workbook/>"})

    assert find_related(made, formats.list_parts(made), "xl/workbook.xml") == {}
    assert find_related(made, formats.list_parts(made)) == {}


def test_styles_are_of_interest_where_they_give_a_unit_or_cross_out() -> None:
    look = (
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0&quot;亩&quot;"/></numFmts>'
        "<fonts><font/><font><strike/></font></fonts><cellXfs>"
        '<xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="0" fontId="1"/>'
        '<xf numFmtId="9" fontId="7"/></cellXfs></styleSheet>'
    )
    made = package(**{"xl/styles.xml": look})

    assert read_styles(made, "xl/styles.xml") == {
        "1": Style('0"亩"', is_struck=False),
        "2": Style(None, is_struck=True),
        "3": Style("0%", is_struck=False),  # of a font that is not there
    }


def test_a_workbook_without_styles_or_with_bare_ones_has_none_of_interest() -> None:
    assert read_styles(package(), None) == {}
    assert read_styles(package(**{"xl/styles.xml": "<styleSheet/>"}), "xl/styles.xml") == {}


@pytest.mark.parametrize(
    ("part", "form"),
    [
        ("xl/workbook.xml", formats.XLSX),
        ("XL\\Workbook.xml", formats.XLSX),
        ("elsewhere/workbook.xml", formats.XLSX),
        ("workbook.xml", formats.XLSX),
        ("xl/workbook.bin", formats.XLSB),
        ("content.xml", formats.ODS),
        ("word/document.xml", None),
    ],
)
def test_a_package_is_told_by_the_part_that_lists_its_sheets(part: str, form: str | None) -> None:
    assert formats.tell_package(package(**{part: "<a/>"})) == form


def test_a_file_is_told_by_its_first_bytes_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "华士镇.xlsx"
    told = {
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": formats.XLS,
        b"\x09\x04\x06\x00": formats.XLS,
        b'\xef\xbb\xbf<a xmlns="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>': formats.ODS,
        b"<html/>": None,
        b"": None,
    }
    for content, form in told.items():
        path.write_bytes(content)
        assert formats.tell_format(path) == form
        assert formats.weigh(path) == len(content)


def test_records_of_a_binary_workbook_have_numbers_and_lengths_of_one_byte_or_more() -> None:
    long = bytes(300)
    stream = BytesIO(b"\x05\x02ab" + b"\x94\x01\x00" + b"\x06\xac\x02" + long)

    assert list(walk_records(stream)) == [(5, b"ab"), (148, b""), (6, long)]


def test_a_length_of_a_record_is_four_bytes_at_most() -> None:
    assert list(walk_records(BytesIO(b"\x05\x81\x80\x80\x80a"))) == [(5, b"a")]


@pytest.mark.parametrize(
    ("bits", "number"),
    [
        (5 << 2 | 2, 5),
        (-5 << 2 | 2, -5),
        (1234 << 2 | 3, 12.34),
        (0x3FF80000, 1.5),  # the front half of a double
        (0x40590000 | 1, 1.0),  # of 100, and a hundredth of it
    ],
)
def test_a_small_number_is_whole_or_the_front_of_another_or_a_hundredth(bits: int, number: float) -> None:
    assert read_small_number(bits.to_bytes(4, "little", signed=True), 0) == number


def test_a_text_of_a_binary_workbook_may_be_missing() -> None:
    wide = "甲楼".encode("utf-16-le")

    assert read_text(b"\xff\xff\xff\xff", 0) == ("", 4)
    assert read_text(b"x\x02\0\0\0" + wide + b"x", 1) == ("甲楼", 9)
