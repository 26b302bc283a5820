"""Makes Open XML workbooks sign by sign, in the dialects that programs write."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from xlsxwriter.utility import xl_col_to_name

FORMAT = "http://schemas.openxmlformats.org"
STRICT = "http://purl.oclc.org/ooxml"
PACKAGE = f"{FORMAT}/package/2006"
HEADINGS = ["楼宇名称", "所属镇街", "建筑面积", "闲置面积", "摸排日期", "联系电话", "备注"]


class Raw(NamedTuple):
    """A cell as it stands in the file."""

    inside: str  # <v>5.2</v>
    sort: str = ""  # e, str, d …
    style: int = 0  # 1 for the first of the formats


class Dialect(NamedTuple):
    """How a program writes what all of them mean."""

    strict: bool = False
    prefix: str = ""
    backslashes: bool = False
    capitals: bool = False
    indented: bool = False


DIALECTS = {
    "Excel": Dialect(),
    "strict": Dialect(strict=True),
    "prefixed": Dialect(prefix="x:"),
    "backslashes": Dialect(backslashes=True),
    "capitals": Dialect(capitals=True),
    "indented": Dialect(indented=True),
}


class Styles(NamedTuple):
    """The look of cells by number: the formats from 1 on, and then one that is crossed out."""

    formats: Sequence[str] = ()

    @property
    def struck(self) -> int:
        return len(self.formats) + 1


def open_xml(  # noqa: PLR0913  (each is one thing that a file may have)
    path: Path,
    rows: Sequence[Sequence[str | float | Raw | None]],
    dialect: Dialect = DIALECTS["Excel"],
    *,
    styles: Styles = Styles(),  # noqa: B008
    texts: Sequence[str] = (),  # <si>…</si>
    book: str = "",
    behind: str = "",  # what follows the rows of the sheet
) -> Path:
    """A workbook of one sheet, 楼宇."""
    main = f"{STRICT}/spreadsheetml/main" if dialect.strict else f"{FORMAT}/spreadsheetml/2006/main"
    relation = (
        f"{STRICT}/officeDocument/relationships"
        if dialect.strict
        else f"{FORMAT}/officeDocument/2006/relationships"
    )
    names = {
        "book": "xl/workbook.xml",
        "sheet": "xl/worksheets/sheet1.xml",
        "styles": "xl/styles.xml",
        "texts": "xl/sharedStrings.xml",
    }
    parts = {
        "_rels/.rels": _relations([(f"{relation}/officeDocument", names["book"])]),
        names["book"]: f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="楼宇" sheetId="1"'
        f' r:id="rId1"/></sheets>{book}</workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [
                (f"{relation}/worksheet", "worksheets/sheet1.xml"),
                (f"{relation}/styles", "styles.xml"),
                (f"{relation}/sharedStrings", "sharedStrings.xml"),
            ]
        ),
        names["styles"]: _styles(styles, main),
        names["texts"]: f'<sst xmlns="{main}">{"".join(texts)}</sst>',
        names["sheet"]: _sheet(rows, main, dialect, behind),
        "[Content_Types].xml": _types({names["book"]: "sheet.main", names["sheet"]: "worksheet"}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            own = name.replace("/", "\\") if dialect.backslashes else name
            own = own.replace("workbook.xml", "Workbook.xml") if dialect.capitals else own
            own = own.replace("worksheets", "Worksheets") if dialect.capitals else own
            # Python's own zip module turns backslashes into slashes where the system has others.
            package.writestr(zipfile.ZipInfo(own) if dialect.backslashes else own, content)
    return path


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{sort}" Target="{target}"/>'
        for number, (sort, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _types(overrides: dict[str, str]) -> str:
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="{spreadsheet}.{sort}+xml"/>'
        for part, sort in overrides.items()
    )
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{listed}</Types>'


def _styles(styles: Styles, main: str) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'
        for number, code in enumerate(styles.formats, start=180)
    )
    looks = "".join(f'<xf numFmtId="{180 + at}" fontId="0"/>' for at in range(len(styles.formats)))
    return (
        f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts>'
        f"<fonts><font/><font><strike/></font></fonts>"
        f'<cellXfs><xf numFmtId="0" fontId="0"/>{looks}<xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
    )


def _sheet(
    rows: Sequence[Sequence[str | float | Raw | None]], main: str, dialect: Dialect, behind: str
) -> str:
    tag, between = dialect.prefix, "\n    " if dialect.indented else ""
    drawn = ""
    for number, cells in enumerate(rows, start=1):
        inside = "".join(
            between + _cell(cell, f"{xl_col_to_name(column)}{number}")
            for column, cell in enumerate(cells)
            if cell is not None
        )
        drawn += f'{between}<row r="{number}">{inside}{between}</row>'
    if dialect.indented:
        drawn = drawn.replace("><", ">\n      <")
    content = f'<worksheet xmlns="{main}"><sheetData>{drawn}</sheetData>{behind}</worksheet>'
    if tag:
        content = content.replace("</", "\0").replace("<", f"<{tag}").replace("\0", f"</{tag}")
        content = content.replace(" xmlns=", f" xmlns:{tag.rstrip(':')}=")
    return content


def _cell(cell: str | float | Raw, place: str) -> str:
    if isinstance(cell, str):
        cell = Raw(f"<is><t>{escape(cell)}</t></is>", "inlineStr")
    elif isinstance(cell, int | float):
        cell = Raw(f"<v>{cell}</v>")
    sort = f' t="{cell.sort}"' if cell.sort else ""
    style = f' s="{cell.style}"' if cell.style else ""
    return f'<c r="{place}"{sort}{style}>{cell.inside}</c>'
