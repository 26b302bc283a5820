"""Word documents made of their own XML, with what python-docx cannot write."""

import zipfile
from pathlib import Path

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:r="{_OFFICE}"'
)
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
HEADINGS = ("序号", "内容", "牵头部门", "责任部门", "完成时限")
TITLE = "2022年重点工作分解表"


def paragraph(text: str = "", properties: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"
        if text
        else f"<w:p><w:pPr>{properties}</w:pPr></w:p>"
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str = "", properties: str = "") -> str:
    """A cell of a text, or of paragraphs that are XML already."""
    inside = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    made = "".join(one if one.startswith("<w:") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def headings() -> str:
    return row(*HEADINGS)


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


MERGE_BEGINS, MERGED = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def numbered(number: int = 1, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def a_list(form: str = "decimal", text: str = "%1", number: int = 1) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )


def write_word(
    path: Path, *body: str, title: str = TITLE, lists: str = "", strict: bool = False, doctype: str = ""
) -> Path:
    """Write a document of a title and what is in its body."""
    space, office = (STRICT, _STRICT_OFFICE) if strict else (TRANSITIONAL, _OFFICE)
    content = (paragraph(title) if title else "") + "".join(body)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations((f"{office}/officeDocument", "word/document.xml")),
        "word/document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document xmlns:w="{space}" {_SPACES}>'
            f"<w:body>{content}</w:body></w:document>"
        ),
    }
    if lists:
        parts["word/_rels/document.xml.rels"] = _relations((f"{office}/numbering", "numbering.xml"))
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{space}">{lists}</w:numbering>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def _relations(*found: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(found)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'
