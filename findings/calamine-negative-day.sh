#!/usr/bin/env bash
# A cell that holds -3 was given the format of a day, as happens when one formats a whole column. A spreadsheet shows
# ##### there and keeps the number; one would expect the number. python-calamine reads midnight (00:00:00): the
# number is gone.
# Seen on 2026-11-27 with python-calamine 0.9.1 and XlsxWriter 3.3.1.
# kfly meets it where a wrong day should be refused with what was typed; in .xls it keeps the number.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check XlsxWriter==3.3.1 python-calamine==0.9.1
"$work/venv/bin/python" - "$work/day.xlsx" <<'PY'
import sys
from datetime import time

import xlsxwriter
from python_calamine import CalamineWorkbook

book = xlsxwriter.Workbook(sys.argv[1])
book.add_worksheet().write_number(0, 0, -3, book.add_format({"num_format": "yyyy-mm-dd"}))
book.close()
((cell,),) = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(f"-3 in the format yyyy-mm-dd: python-calamine reads {cell!r}")
sys.exit(cell != time(0, 0))
PY
