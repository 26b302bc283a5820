#!/usr/bin/env bash
# A workbook of Excel 97 was given a code page record that says 1252, as some programs write it. Texts of this
# dialect say themselves whether they are in Unicode ([MS-XLS] 2.5.294, XLUnicodeString), so the code page is nothing
# to them and one would expect the words that were written; xlrd gives them. python-calamine takes each byte of a
# text in Unicode for a sign of code page 1252, in cells and in the names of sheets.
# Seen on 2026-11-27 with python-calamine 0.9.1, xlrd 2.0.2 and xlwt 1.3.0.
# kfly meets it where towns send .xls: xlrd reads these, and what only python-calamine can read is refused if its
# code page is another than that of Unicode.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlrd==2.0.2 xlwt==1.3.0
"$work/venv/bin/python" - "$work/words.xls" <<'PY'
import struct, sys

import xlrd, xlwt
from python_calamine import CalamineWorkbook
from xlwt.CompoundDoc import XlsDoc

book = xlwt.Workbook()
book.add_sheet("楼宇").write(0, 0, "华士镇")
records, at = bytearray(book.get_biff_data()), 0
while at < len(records):
    number, length = struct.unpack_from("<HH", records, at)
    if number == 0x42:
        struct.pack_into("<H", records, at + 4, 1252)
    at += 4 + length
XlsDoc().save(sys.argv[1], bytes(records))
((other,),) = xlrd.open_workbook(sys.argv[1]).sheet_by_index(0).get_rows()
read = CalamineWorkbook.from_path(sys.argv[1])
((cell,),) = read.get_sheet_by_index(0).to_python()
print(f"written 华士镇 in the sheet 楼宇: xlrd reads {other.value}, python-calamine {cell!r} in {read.sheet_names[0]!r}")
sys.exit(not (other.value == "华士镇" and cell != "华士镇" and read.sheet_names[0] != "楼宇"))
PY
