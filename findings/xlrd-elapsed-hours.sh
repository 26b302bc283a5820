#!/usr/bin/env bash
# A length of time, 1.5 days, was given the format `[h]`: whole hours, 36. Letters in brackets count the hours that
# have passed (ECMA-376, 18.8.31), so one would expect a cell of the sort that days and times are. xlrd throws away
# what stands in brackets before it looks at a format, and gives a plain number; python-calamine gives 36 hours.
# Seen on 2026-11-27 with xlrd 2.0.2, xlwt 1.3.0 and python-calamine 0.9.1.
# kfly meets it where it reads .xls with xlrd: it looks for the brackets itself.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlrd==2.0.2 xlwt==1.3.0
"$work/venv/bin/python" - "$work/hours.xls" <<'PY'
import sys
from datetime import timedelta

import xlrd, xlwt
from python_calamine import CalamineWorkbook

book = xlwt.Workbook()
book.add_sheet("a").write(0, 0, 1.5, xlwt.easyxf(num_format_str="[h]"))
book.save(sys.argv[1])
((other,),) = xlrd.open_workbook(sys.argv[1], formatting_info=True).sheet_by_index(0).get_rows()
((cell,),) = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(f"1.5 days in the format [h]: xlrd reads {other}, python-calamine {cell!r}")
sys.exit(not (other.ctype == xlrd.XL_CELL_NUMBER and cell == timedelta(days=1.5)))
PY
