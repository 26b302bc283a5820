#!/usr/bin/env bash
# A workbook of Excel 97 was written whose own number formats are numbered from 50 on, as Gnumeric does it: number 50
# is `0000000`. The record of a format holds its number and its code ([MS-XLS] 2.4.126, Format), and so one would
# expect the code to say what the format is; xlrd reads the number 20463. python-calamine takes what is numbered 50
# to 58 for the days that Excel keeps there in East Asia, and gives back 1956-01-09.
# Seen on 2026-11-27 with python-calamine 0.9.1, xlrd 2.0.2 and xlwt 1.3.0.
# kfly meets it where areas and numbers of certificates come in .xls: xlrd reads these, and what only
# python-calamine can read is refused if it has formats with such numbers.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlrd==2.0.2 xlwt==1.3.0
"$work/venv/bin/python" - "$work/number.xls" <<'PY'
import sys
from datetime import date

import xlrd, xlwt, xlwt.Style
from python_calamine import CalamineWorkbook

xlwt.Style.FIRST_USER_DEFINED_NUM_FORMAT_IDX = 49
book = xlwt.Workbook()
book.add_sheet("a").write(0, 0, 20463, xlwt.easyxf(num_format_str="0000000"))
book.save(sys.argv[1])
((other,),) = xlrd.open_workbook(sys.argv[1]).sheet_by_index(0).get_rows()
((cell,),) = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(f"20463 in the format 0000000, numbered 50: xlrd reads {other.value!r}, python-calamine {cell!r}")
sys.exit(not (other.value == 20463 and other.ctype == xlrd.XL_CELL_NUMBER and cell == date(1956, 1, 9)))
PY
