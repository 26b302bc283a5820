#!/usr/bin/env bash
# A template was filled in with autoescape=True: a paragraph and the document's title both hold {{ name }}, and the name
# is `R&D {_{x}_}`. Both should say just that. docxtpl makes braces of `{_{` and `}_}` in what was filled in, not only in
# the template, where they stand for braces; and it escapes the title for XML although python-docx escapes it again.
# Seen on 2026-11-28 with docxtpl 0.20.2 and python-docx 1.2.0.
# kfly writes the underline of such a name as a character reference, and sets the title itself.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check docxtpl==0.20.2 python-docx==1.2.0
"$work/venv/bin/python" - "$work/paper.docx" <<'PY'
import sys

from docx import Document
from docxtpl import DocxTemplate

name = "R&D {_{x}_}"
template = Document()
template.add_paragraph("{{ name }}")
template.core_properties.title = "{{ name }}"
template.save(sys.argv[1])
filled = DocxTemplate(sys.argv[1])
filled.render({"name": name}, autoescape=True)
filled.save(sys.argv[1])
paper = Document(sys.argv[1])
text, title = paper.paragraphs[0].text, paper.core_properties.title
print(f"filled in {name!r}; the paragraph says {text!r}, the title {title!r}")
sys.exit(not (text == "R&D {{x}}" and title == "R&amp;D {_{x}_}"))
PY
