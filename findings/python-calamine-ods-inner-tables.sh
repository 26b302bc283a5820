#!/usr/bin/env bash
# A cell of an .ods file holds a table of its own, of two cells (OpenDocument 1.3, part 3, 9.1.4), and a second cell
# stands beside it. python-calamine spreads the inner cells over the row of the outer table, where the second cell is
# lost.
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


inner = "".join(cell(f"<text:p>{text}</text:p>") for text in ("甲", "乙"))
inner = cell(f"<table:table><table:table-row>{inner}</table:table-row></table:table>")
rows = read(content(f"<table:table-row>{inner}{cell('<text:p>丙</text:p>')}</table:table-row>"))
print(f"a cell with a table of 甲 and 乙, and a cell with 丙: python-calamine reads {rows}")
sys.exit(rows != [["甲", "乙"]])
PY
