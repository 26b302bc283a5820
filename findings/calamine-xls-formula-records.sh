#!/usr/bin/env bash
# A workbook of Excel 97 was written whose formula stands in a record numbered 0x0406, that of Excel 4, as Apple
# Numbers exports it; Excel opens such files and shows the result. One would expect the result that is kept in the
# record, and xlrd reads it. python-calamine leaves the cell empty, without a word.
# Seen on 2026-11-27 with python-calamine 0.9.1, xlrd 2.0.2 and xlwt 1.3.0.
# kfly meets it where sheets were made on a Mac: xlrd reads these, and what only python-calamine can read is refused
# if it has such records.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlrd==2.0.2 xlwt==1.3.0
"$work/venv/bin/python" - "$work/formula.xls" <<'PY'
import struct, sys

import xlrd, xlwt
from python_calamine import CalamineWorkbook
from xlwt.CompoundDoc import XlsDoc

book = xlwt.Workbook()
sheet = book.add_sheet("a")
sheet.write(0, 0, 500)
sheet.write(0, 1, xlwt.Formula("A1*2"))
records, at = bytearray(book.get_biff_data()), 0
while at < len(records):
    number, length = struct.unpack_from("<HH", records, at)
    if number == 0x0006:
        struct.pack_into("<H", records, at, 0x0406)
        struct.pack_into("<d", records, at + 10, 1000.0)
    at += 4 + length
XlsDoc().save(sys.argv[1], bytes(records))
other = xlrd.open_workbook(sys.argv[1]).sheet_by_index(0).row_values(0)
((*cells,),) = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(f"500 and a formula that gave 1000: xlrd reads {other}, python-calamine {cells}")
sys.exit(not (other == [500, 1000] and cells in ([500, ""], [500])))
PY
