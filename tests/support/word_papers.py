"""Word documents as tests read them: what is told, and how it is set."""

import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def open_paper(path: Path | str) -> WordDocument:
    """A document."""
    return Document(str(path))


def list_lines(document: WordDocument) -> list[str]:
    """What is told, a line a paragraph or a row; cells are parted by bars."""
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
    return [line for line in lines if line]


def list_told(path: Path | str) -> list[str]:
    """What a file tells."""
    return list_lines(open_paper(path))


def find_tables(document: WordDocument, heading: str) -> list[Table]:
    """The tables whose first heading is this."""
    return [table for table in document.tables if table.cell(0, 0).text == heading]


def headings(path: Path | str, level: int = 1) -> list[str]:
    """The headings of a level."""
    return [p.text for p in open_paper(path).paragraphs if p.style and p.style.name == f"Heading {level}"]


def attribute(element: Any, path: str, name: str) -> str | None:
    """An attribute of the first element on a path of Word's own names; None where there is none."""
    found = element.find("/".join(f"w:{part}" for part in path.split("/")), element.nsmap)
    value = None if found is None else found.get(qn(f"w:{name}"))
    return None if value is None else str(value)


def figures(text: str) -> list[str]:
    """The numbers of a text, as they stand there."""
    return re.findall(r"\d[\d,]*(?:\.\d+)?", text)
