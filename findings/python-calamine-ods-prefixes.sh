#!/usr/bin/env bash
# The names of an .ods file have another prefix than usual, t instead of table, declared for the same namespace. A
# prefix is a mere stand-in (Namespaces in XML 1.0, 4). python-calamine finds no sheet in the file.
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

from python_calamine import CalamineWorkbook, WorksheetNotFound

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


xml = content(f"<table:table-row>{cell('<text:p>甲楼</text:p>')}</table:table-row>")
for usual, other in (("<table:", "<t:"), ("</table:", "</t:"), (" table:", " t:"), ("xmlns:table=", "xmlns:t=")):
    xml = xml.replace(usual, other)
try:
    rows = read(xml)
except WorksheetNotFound as error:
    print(f"the prefix t instead of table: {error}")
else:
    sys.exit(f"the prefix t instead of table: {rows}")
PY
