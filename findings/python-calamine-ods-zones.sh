#!/usr/bin/env bash
# A cell of an .ods file holds the day 2022-03-01Z, or the moment 2022-03-01T10:00:00Z; office:date-value takes both
# (OpenDocument 1.3, part 3, 18.3.14, after XML Schema part 2, 3.2.7 and 3.2.9). python-calamine gives the day without
# Z as a date, and those with it as texts.
# Seen on 2026-11-27 with python-calamine 0.9.1.
# kfly met it in sheets that towns send as .ods; it now reads OpenDocument by itself, with the parser of the standard
# library, and asks python-calamine for none of them.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1
"$work/venv/bin/python" - "$work/sheet.ods" <<'PY'
import sys
import zipfile

from python_calamine import CalamineWorkbook

SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
NAMES = ("office", "table", "text", "drawing")


def content(rows):
    spaces = " ".join(f'xmlns:{name}="{SPACE.format(name)}"' for name in NAMES)
    return (
        f'<office:document-content {spaces} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def read(xml):
    with zipfile.ZipFile(sys.argv[1], "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", xml)
    return CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()


def cell(inside):
    return f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'


days = ("2022-03-01", "2022-03-01Z", "2022-03-01T10:00:00Z")
cells = "".join(f'<table:table-cell office:value-type="date" office:date-value="{day}"/>' for day in days)
(row,) = read(content(f"<table:table-row>{cells}</table:table-row>"))
print(f"{', '.join(days)}: python-calamine reads {row}")
sys.exit([type(value).__name__ for value in row] != ["date", "str", "str"])
PY
