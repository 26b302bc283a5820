#!/usr/bin/env bash
# A chart was given the title `A!B1`, a text. XlsxWriter's documentation of `set_title()` says that a name may also be a
# formula “such as =Sheet1!$A$1”; one without `=` was expected to stay a text. It becomes a reference to cell B1 of a
# sheet `A` that does not exist, and the title is not in the file.
# Seen on 2026-11-28 with XlsxWriter 3.3.1.
# kfly meets it in the workbook for a meeting, where a target may be called anything: charts are titled by the cell that
# holds the name, with what stands there handed over beside it.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check XlsxWriter==3.3.1
"$work/venv/bin/python" - "$work/chart.xlsx" <<'PY'
import sys
from zipfile import ZipFile

import xlsxwriter

book = xlsxwriter.Workbook(sys.argv[1])
sheet, chart = book.add_worksheet("Data"), book.add_chart({"type": "line"})
sheet.write_number(0, 0, 1)
chart.add_series({"values": ["Data", 0, 0, 0, 0]})
chart.set_title({"name": "A!B1"})
sheet.insert_chart(2, 2, chart)
book.close()
drawn = ZipFile(sys.argv[1]).read("xl/charts/chart1.xml").decode()
as_text, as_reference = "<a:t>A!B1</a:t>" in drawn, "<c:f>A!B1</c:f>" in drawn
print(f"the title A!B1 is a text: {as_text}; a reference: {as_reference}")
sys.exit(not (as_reference and not as_text))
PY
