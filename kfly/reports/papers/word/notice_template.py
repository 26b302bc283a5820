"""The standard template of a supervision notice (督办单), in official form."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from kfly.locale import _, language
from kfly.reports.papers.word.form import FIGURE, RIGHT, TABLE, TABLE_HEAD, add_paragraph, make_document
from kfly.reports.papers.word.tables import Column, add_row, add_table, keep_whole, make_table, write_cell

_WIDTH = 156  # millimetres
_STRIPE = 8  # millimetres of the colour itself
_ANSWER = 18  # millimetres, the height of a field to be written in


def make_notice_template() -> WordDocument:
    """Make the template in the language in use."""
    document = make_document(language())
    add_paragraph(document, _("Supervision notice"), "Title")
    add_paragraph(document, "", TABLE)
    _add_band(document)
    add_paragraph(document, "", TABLE)
    whom = add_paragraph(document, _("{organisation}:", organisation="{{ organisation }}"), RIGHT)
    whom.alignment = WD_ALIGN_PARAGRAPH.LEFT
    add_paragraph(document, "{{ opening }}", "Normal")
    _add_sentences(document, "rates")
    add_paragraph(document, "", TABLE)
    columns = (
        Column(_("Task or target"), 42, ["{{ row.called }}"]),
        Column(_("Responsible"), 30, ["{{ row.responsible }}"]),
        Column(_("Due"), 34, ["{{ row.due }}", "{{ row.days }}"], FIGURE),
        Column(_("Colour"), 18, ["{% cellbg row.fill %}{{ row.light }}"], FIGURE),
        Column(_("Missing"), 32, ["{{ row.missing }}"]),
    )
    add_table(document, columns, ["row in tasks"], "fill")
    _add_sentences(document, "raised")
    add_paragraph(document, "{{ day }}", RIGHT)
    add_paragraph(document, "", TABLE)
    _add_answer(document)
    return document


def _add_sentences(document: WordDocument, name: str) -> None:
    """Add a paragraph for each of some sentences."""
    add_paragraph(document, f"{{%p for sentence in {name} %}}", "Normal")
    add_paragraph(document, "{{ sentence }}", "Normal")
    add_paragraph(document, "{%p endfor %}", "Normal")


def _add_band(document: WordDocument) -> None:
    """Add the band that tells colour and number at first sight."""
    row = add_row(make_table(document, (_STRIPE, *[(_WIDTH - _STRIPE) / 2] * 2)))
    stripe, left, right = row.cells
    write_cell(stripe, ["{% cellbg strong %}"], TABLE)
    write_cell(left, ["{% cellbg fill %}{{ light }}"], "Subtitle")
    write_cell(right, ["{% cellbg fill %}{{ number }}"], "Subtitle")


def _add_answer(document: WordDocument) -> None:
    """Add the fields for the answer (反馈意见)."""
    table = make_table(document, (36, _WIDTH - 36))
    head = add_row(table)
    merged = head.cells[0].merge(head.cells[1])
    write_cell(merged, [_("Reply, due on {day}", day="{{ reply_by }}")], TABLE_HEAD)
    for label, height in (
        (_("How it stands"), _ANSWER),
        (_("What is in the way"), _ANSWER),
        (_("What comes next"), _ANSWER),
        (_("Signature, date"), 12),
    ):
        row = add_row(table)
        row.height = Mm(height)
        keep_whole(row)
        write_cell(row.cells[0], [label], TABLE_HEAD)
        write_cell(row.cells[1], [""], TABLE)
    for row in table.rows[:-1]:  # they stay on one page
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
