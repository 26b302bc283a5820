#!/usr/bin/env bash
# A cell of an .ods file holds 甲楼 with a reading (ruby) over its first sign, with a footnote, or with a drawing beside
# it. Readings, notes and drawings are no part of the text (OpenDocument 1.3, part 3, 6.3 and 6.4): LibreOffice shows
# 甲楼. python-calamine glues all of them to the name.
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


RUBY = "<text:ruby><text:ruby-base>甲</text:ruby-base><text:ruby-text>jia</text:ruby-text></text:ruby>楼"
NOTE = (
    "甲楼<text:note><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>foot</text:p></text:note-body></text:note>"
)
DRAWN = "<drawing:frame><drawing:text-box><text:p>drawn</text:p></drawing:text-box></drawing:frame>"
cells = (cell(f"<text:p>{RUBY}</text:p>"), cell(f"<text:p>{NOTE}</text:p>"), cell(f"<text:p>甲楼</text:p>{DRAWN}"))
(row,) = read(content(f"<table:table-row>{''.join(cells)}</table:table-row>"))
print(f"three cells that show 甲楼: python-calamine reads {row}")
sys.exit(row != ["甲jia楼", "甲楼1\nfoot", "甲楼\ndrawn"])
PY
