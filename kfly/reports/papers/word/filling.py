"""Filling in a Word template: every value is text that only shows itself, whatever it says."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from kfly.clock import today
from kfly.console.screen import make_printable
from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.reports.letters.page import COLOURS
from kfly.reports.papers.word.placeholders import check_placeholders

MOST_BYTES = 64 << 20  # of a template, unpacked: letterheads are small, and nobody unpacks a bomb
_NOT_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff", ord("\n"): " "}
# docxtpl makes braces of these in what is filled in; a name is to show what it is.
_UNDERLINED = re.compile(r"(?<=\{)_(?=[{%])|(?<=[}%])_(?=\})")
# The order in which the schema wants the properties of a cell; docxtpl puts its own first and last.
_OF_CELL = ("tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign")


class Template(NamedTuple):
    """A template, and what it is called."""

    name: str
    contents: bytes


class Picture(NamedTuple):
    """A picture to be filled in."""

    png: bytes
    width: float  # millimetres


MakeValues = Callable[[Callable[[Picture], Any]], Mapping[str, Any]]


def find_fill(light: str) -> str:
    """Return the pale colour behind what has a light, as Word writes it."""
    return COLOURS[light][1].removeprefix("#")


def read_template(path: Path) -> Template:
    """Read an office's own template.

    Raises:
        KflyError: it cannot be read, or is no Word document.
    """
    try:
        contents = path.read_bytes()
        with ZipFile(BytesIO(contents)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except OSError as error:
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=explain_os_error(error))) from None
    except BadZipFile:
        raise _no_document(str(path)) from None
    if size > MOST_BYTES:
        raise KflyError(_("{path} is too large for a template.", path=path))
    return Template(str(path), contents)


def pack(document: WordDocument) -> bytes:
    """Return the bytes of a document's file."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def fill(template: Template, make_values: MakeValues, title: str, stream: BinaryIO) -> None:
    """Fill in a template and write the document.

    Args:
        template: the template.
        make_values: makes the values for the placeholders, with what makes a picture one.
        title: of the document, for who searches for it.
        stream: takes the file.

    Raises:
        KflyError: the template is no Word document, or a placeholder of it is faulty.
    """
    environment = _make_environment()
    check_placeholders(_open(template), template.name, environment, make_values(lambda _picture: ""))
    form = _Form(BytesIO(template.contents), template.name)

    def place(picture: Picture) -> InlineImage:
        return InlineImage(form, BytesIO(picture.png), width=Mm(picture.width))

    form.render(make_values(place), environment, autoescape=True)
    _order_cells(form.docx)
    properties = form.docx.core_properties
    properties.title = make_printable(title).translate(_NOT_XML)[:255]
    properties.created = properties.modified = datetime.combine(today(), time())
    form.save(stream)


def _open(template: Template) -> WordDocument:
    try:
        return Document(BytesIO(template.contents))
    except (KeyError, ValueError, etree.XMLSyntaxError, OSError, NotImplementedError, RuntimeError):
        raise _no_document(template.name) from None


def _no_document(name: str) -> KflyError:
    return KflyError(_("{path} is no Word document (.docx).", path=name))


def _make_environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_show_plainly)


def _show_plainly(value: Any) -> Any:
    """Make a text one that only shows itself, whatever a template does with it; pictures stay pictures."""
    if not isinstance(value, str):
        return value
    shown = escape(make_printable(str(value)).translate(_NOT_XML))
    return Markup(_UNDERLINED.sub("&#95;", shown))  # noqa: S704  (it is escaped)


class _Form(DocxTemplate):  # type: ignore[misc]
    """A template that refuses to make a document of which a part would be lost."""

    def __init__(self, contents: BinaryIO, name: str) -> None:
        super().__init__(contents)
        self._name = name

    def render_xml_part(self, *args: Any, **kwargs: Any) -> str:
        """Fill in a part.

        Raises:
            KflyError: what came of it is no XML: docxtpl would go on with what it can read of it.
        """
        try:
            made: str = super().render_xml_part(*args, **kwargs)
            etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False))
        except Exception as error:
            raise KflyError(
                _("{path}: the placeholders cannot be filled in: {why}.", path=self._name, why=error)
            ) from None
        return made


def _order_cells(document: WordDocument) -> None:
    """Put the properties of cells into the order of the schema."""
    order = {qn(f"w:{name}"): at for at, name in enumerate(_OF_CELL)}
    for properties in document.element.body.iter(qn("w:tcPr")):
        properties[:] = sorted(properties, key=lambda child: order.get(child.tag, len(order)))
