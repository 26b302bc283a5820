#!/usr/bin/env bash
# A form for phones was written as a workbook: a question of type `date` whose default is a day, typed into a cell
# as the day that it is. XLSForm wants the default of a date as 2022-11-30, and so one would expect pyxform to write
# it; it writes `2022-11-30 00:00:00`, a time of day and no xsd:date.
# Seen on 2026-11-27 with pyxform 4.5.0 and openpyxl 3.1.5.
# kfly meets it where survey forms for phones are written: a default or a choice that is a day must be text there.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyxform==4.5.0 openpyxl==3.1.5
"$work/venv/bin/python" - "$work/form.xlsx" <<'PY'
import datetime, re, sys

import openpyxl
from pyxform.xls2xform import convert

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "survey"
sheet.append(["type", "name", "label", "default"])
sheet.append(["date", "surveyed_on", "Surveyed on", datetime.date(2022, 11, 30)])
book.save(sys.argv[1])
(seen,) = re.findall(r"<surveyed_on>(.*?)</surveyed_on>", convert(sys.argv[1]).xform)
print(f"default of a date question, from a cell that is a day: {seen}")
sys.exit(seen != "2022-11-30 00:00:00")
PY
