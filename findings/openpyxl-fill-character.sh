#!/usr/bin/env bash
# A number was given the number format `0*d`. In a number format `*` says that the character behind it fills the rest
# of the cell (ECMA-376, 18.8.31), so the cell is a number all the same. openpyxl takes the `d` for a day and gives
# the number back as a date; python-calamine gives the number.
# Seen on 2026-11-27 with openpyxl 3.1.5, XlsxWriter 3.3.1 and python-calamine 0.9.1.
# kfly meets it where two readers of a sheet disagree whether a cell is a day: the one that reads the format wins.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    openpyxl==3.1.5 XlsxWriter==3.3.1 python-calamine==0.9.1
"$work/venv/bin/python" - "$work/number.xlsx" <<'PY'
import sys
from datetime import datetime

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

book = xlsxwriter.Workbook(sys.argv[1])
book.add_worksheet().write_number(0, 0, 44895.5, book.add_format({"num_format": "0*d"}))
book.close()
((calamine,),) = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
other = openpyxl.load_workbook(sys.argv[1]).active["A1"].value
print(f"44895.5 in the format 0*d: python-calamine reads {calamine!r}, openpyxl {other!r}")
sys.exit(not (calamine == 44895.5 and other == datetime(2022, 11, 30, 12)))
PY
