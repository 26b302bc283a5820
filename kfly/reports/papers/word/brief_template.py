"""The standard template of the brief, placeholders in the form of an official paper."""

from docx.document import Document as WordDocument

from kfly.locale import _, language
from kfly.reports.papers.word.form import FIGURE, PICTURE, TABLE, TABLE_HEAD, add_paragraph, make_document
from kfly.reports.papers.word.tables import Column, add_row, add_table, keep_whole, make_table, write_cell

_HALF = 78  # millimetres: two charts beside each other


def make_brief_template() -> WordDocument:
    """Make the template in the language in use."""
    document = make_document(language())
    add_paragraph(document, _("“{title}”", title="{{ plan }}"), "Title")
    add_paragraph(document, _("Progress brief"), "Title")
    as_of = _("(As of {day})", day="{{ day }}")
    part = _("({organisation}'s part, as of {day})", organisation="{{ scope }}", day="{{ day }}")
    add_paragraph(document, f"{{% if scope %}}{part}{{% else %}}{as_of}{{% endif %}}", "Subtitle")
    for line in ("{%p if known %}", "{{ known }}", "{%p endif %}", ""):
        add_paragraph(document, line, "Subtitle")
    _add_section(document, "state", _("The state"))
    _add_section(document, "since", _("What changed"))
    _add_targets(document)
    _add_supervision(document)
    _add_section(document, "deadlines", _("Next deadlines"))
    return document


def _add_section(document: WordDocument, name: str, heading: str) -> None:
    """Add a section that is sentences alone."""
    _open_section(document, name, heading)
    _add_sentences(document, f"{name}.sentences")
    add_paragraph(document, "{%p endif %}", "Normal")


def _open_section(document: WordDocument, name: str, heading: str) -> None:
    add_paragraph(document, f"{{%p if {name} %}}", "Normal")
    number = f"{{{{ {name}.number }}}}"
    add_paragraph(document, _("{number}. {heading}", number=number, heading=heading), "Heading 1")


def _add_sentences(document: WordDocument, expression: str) -> None:
    add_paragraph(document, f"{{%p for sentence in {expression} %}}", "Normal")
    add_paragraph(document, "{{ sentence }}", "Normal")
    add_paragraph(document, "{%p endfor %}", "Normal")


def _add_targets(document: WordDocument) -> None:
    _open_section(document, "targets", _("How the targets stand"))
    _add_sentences(document, "targets.sentences")
    columns = (
        Column(_("Target"), 46, ["{{ row.name }}"]),
        Column(_("Reached"), 26, ["{{ row.actual }}"], FIGURE),
        Column(_("Goal"), 28, ["{{ row.goal }}"], FIGURE),
        Column(_("Share of goal"), 17, ["{{ row.share }}"], FIGURE),
        Column(_("Expected by now"), 21, ["{{ row.expected }}"], FIGURE),
        Column(_("Light"), 18, ["{% cellbg row.fill %}{{ row.light }}"], TABLE_HEAD),
    )
    add_paragraph(document, "", TABLE)
    add_table(document, columns, ["row in targets.rows"])
    _add_charts(document)
    add_paragraph(document, "{%p endif %}", "Normal")


def _add_charts(document: WordDocument) -> None:
    """Add the charts, two beside each other."""
    add_paragraph(document, "{%p if targets.charts %}", "Normal")
    add_paragraph(document, "", TABLE)
    table = make_table(document, (_HALF, _HALF), ruled=False)
    write_cell(add_row(table).cells[0], ["{%tr for pair in targets.charts %}"], TABLE)
    row = add_row(table)
    for cell, chart in zip(row.cells, ("pair[0]", "pair[1]"), strict=True):
        write_cell(cell, [f"{{{{ {chart}.picture }}}}"], PICTURE)
        cell.add_paragraph(f"{{{{ {chart}.caption }}}}", style="Caption")
    keep_whole(row)
    write_cell(add_row(table).cells[0], ["{%tr endfor %}"], TABLE)
    add_paragraph(document, "{%p endif %}", "Normal")


def _add_supervision(document: WordDocument) -> None:
    _open_section(document, "supervision", _("Tasks and targets under supervision"))
    add_paragraph(document, "{%p for list in supervision.lists %}", "Normal")
    add_paragraph(document, "{{ list.number }}{{ list.title }}", "Heading 2")
    columns = (
        Column(_("Lead"), 28, ["{{ group.lead }}"]),
        Column(_("Task or target"), 46, ["{{ row.called }}"]),
        Column(_("Due"), 36, ["{{ row.due }}", "{{ row.days }}"], FIGURE),
        Column(_("Missing"), 46, ["{{ row.missing }}"]),
    )
    add_table(document, columns, ["group in list.groups", "row in group.rows"], "list.fill")
    add_paragraph(document, "{%p endfor %}", "Normal")
    add_paragraph(document, "{%p endif %}", "Normal")
