"""Documents read, whatever their format."""

from pathlib import Path

from kfly.drafting.documents import office, sheets
from kfly.drafting.documents.blocks import Document, DocumentRefusedError
from kfly.drafting.documents.text import IsHeading
from kfly.errors import explain_os_error
from kfly.locale import _

WORD, PAGES, TEXTS = (".docx", ".docm"), (".html", ".htm", ".xhtml"), (".txt", ".text", ".md")
SUFFIXES = (*WORD, *sheets.SUFFIXES, *PAGES, *TEXTS, *office.INTO)
_ZIP = b"PK\x03\x04"
_PAGE = (b"<html", b"<!doctype html", b"<table")
_LOOKED_AT = 1024  # bytes, to tell what a file called .doc really is


def needs_xml(path: Path) -> bool:
    """Tell whether a file is read with lxml, which is not in the base install."""
    suffix = path.suffix.lower()
    return suffix in (*WORD, *PAGES) or office.INTO.get(suffix) in WORD


def read_document(path: Path, is_heading: IsHeading) -> Document:
    """Read a document of any format.

    Args:
        path: where it lies.
        is_heading: tells whether some words are the headings of a table.

    Raises:
        DocumentRefusedError: it cannot be read, or is none of the formats.
        SheetRefusedError: the same, of a sheet.
    """
    suffix, name = path.suffix.lower(), path.name
    _must_be_a_file(path, name)
    if suffix in office.INTO:
        return _read_other(path, name)
    if suffix in WORD:
        from kfly.drafting.documents import docx

        return docx.read(path, name)
    if suffix in PAGES:
        from kfly.drafting.documents import html

        return html.read(path, name)
    if suffix in sheets.SUFFIXES:
        return sheets.read(path, name)
    if suffix in TEXTS:
        from kfly.drafting.documents import text

        return text.read(path, name, is_heading)
    raise DocumentRefusedError(name, _("is none of {suffixes}", suffixes=_(", ").join(SUFFIXES)))


def _must_be_a_file(path: Path, name: str) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise DocumentRefusedError(name, _("cannot be read: {why}", why=explain_os_error(error))) from None


def _read_other(path: Path, name: str) -> Document:
    """Read what is called .doc: the old format through LibreOffice, another one by what it really is."""
    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT).lower()
    if any(mark in beginning for mark in _PAGE) and not beginning.startswith(b"{\\rtf"):
        from kfly.drafting.documents import html

        document = html.read(path, name)
        return _add_remark(document, _("is called {suffix}, but is a page", suffix=path.suffix))
    if beginning.startswith(_ZIP.lower()) and path.suffix.lower() in (".doc", ".wps"):
        from kfly.drafting.documents import docx

        document = docx.read(path, name)
        return _add_remark(document, _("is called {suffix}, but is a .docx", suffix=path.suffix))
    with office.converting(path, name) as made:
        document = read_document(made, lambda _words: False)
    remark = _("was read through LibreOffice, tracked changes as accepted")
    return _add_remark(document._replace(file=name), remark)


def _add_remark(document: Document, remark: str) -> Document:
    return document._replace(remarks=(remark, *document.remarks))
