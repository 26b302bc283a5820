"""Makes OpenDocument files from their very XML, as any program might write it."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "drawing", "meta")
    )
    + ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
HEAD = ("楼宇名称", "所属镇街", "建筑面积", "闲置面积", "备注")


def text_style(name: str, properties: str) -> str:
    """A style of a part of a text."""
    inner = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="text">{inner}</style:style>'


def cell(content: str = "", **attributes: object) -> str:
    """A cell: ``value_type`` is office:value-type; what else is known belongs to the table."""
    office = ("value", "value_type", "date_value", "time_value", "boolean_value", "string_value", "currency")
    said = "".join(
        f" {'office' if name in office else 'table'}:{name.replace('_', '-')}={quoteattr(str(value))}"
        for name, value in attributes.items()
    )
    return f"<table:table-cell{said}>{content}</table:table-cell>"


def words(text: str, **attributes: object) -> str:
    """A cell of text, in one paragraph, which may hold elements."""
    return cell(f"<text:p>{text}</text:p>", value_type="string", **attributes)


def number(value: object, shown: str | None = None, **attributes: object) -> str:
    """A number, and what is shown of it; without words where that is None."""
    paragraph = "" if shown is None else f"<text:p>{escape(shown)}</text:p>"
    return cell(paragraph, **{"value_type": "float", "value": value, **attributes})


def row(*cells: str, **attributes: object) -> str:
    """A row; what does not begin with a tag is a text."""
    said = "".join(f" table:{name.replace('_', '-')}={quoteattr(str(v))}" for name, v in attributes.items())
    inner = "".join(
        each if each.startswith("<") else words(escape(each)) if each else cell() for each in cells
    )
    return f"<table:table-row{said}>{inner}</table:table-row>"


def table(*rows: str, name: str = "楼宇", **attributes: object) -> str:
    """A sheet."""
    said = "".join(f" table:{key.replace('_', '-')}={quoteattr(str(v))}" for key, v in attributes.items())
    return f"<table:table table:name={quoteattr(name)}{said}>{''.join(rows)}</table:table>"


def document(*tables: str, styles: str = "", root: str = "document-content") -> str:
    """The content of a file; ``document`` as root makes it a flat one."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {_SPACES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        f"</office:{root}>"
    )


def package(path: Path, content: str, named_styles: str = "", generator: str = "", **parts: str) -> Path:
    """A file of several parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
        if named_styles:
            file.writestr(
                "styles.xml",
                f"<office:document-styles {_SPACES}><office:styles>{named_styles}</office:styles>"
                "</office:document-styles>",
            )
        if generator:
            file.writestr(
                "meta.xml",
                f"<office:document-meta {_SPACES}><office:meta><meta:generator>{generator}</meta:generator>"
                "</office:meta></office:document-meta>",
            )
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def buildings(
    folder: Path, *rows: str, styles: str = "", named_styles: str = "", generator: str = ""
) -> Path:
    """A file with a sheet of buildings below their headings."""
    content = document(table(row(*HEAD), *rows), styles=styles)
    return package(folder / "华士镇.ods", content, named_styles, generator)
