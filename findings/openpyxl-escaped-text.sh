#!/usr/bin/env bash
# Two texts were written with XlsxWriter: one that looks like an escape of Open XML (`_x005F_`), one with a vertical
# tab. ECMA-376 (ST_Xstring) has the writer escape both and the reader take the escape off again, once; so the texts
# should come back as they were. python-calamine gives them back. openpyxl takes the escape off twice from the first,
# and not at all from the second.
# Seen on 2026-11-27 with openpyxl 3.1.5, XlsxWriter 3.3.1 and python-calamine 0.9.1.
# kfly meets it where a workbook that it wrote passes through a program built on openpyxl; it reads with
# python-calamine itself, and shows control characters instead of printing them.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    openpyxl==3.1.5 XlsxWriter==3.3.1 python-calamine==0.9.1
"$work/venv/bin/python" - "$work/texts.xlsx" <<'PY'
import sys

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

texts = ["_x005F_", "a\x0bb"]
book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
for row, text in enumerate(texts):
    sheet.write_string(row, 0, text)
book.close()
calamine = [row[0] for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()]
other = [row[0].value for row in openpyxl.load_workbook(sys.argv[1]).active.iter_rows()]
print(f"written {texts}; python-calamine reads {calamine}; openpyxl reads {other}")
sys.exit(not (calamine == texts and other == ["_", "a_x000B_b"]))
PY
