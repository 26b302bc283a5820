"""A Word file's parts: found by their relations, parsed without entities, within bounds."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

from kfly.drafting.documents.blocks import DocumentRefusedError
from kfly.errors import explain_os_error
from kfly.locale import _

MOST_BYTES = 64_000_000  # of one unpacked part
_MAIN, _NUMBERING, _STYLES = "officeDocument", "numbering", "styles"
_WORD = "wordprocessingml"
_OLD = b"\xd0\xcf\x11\xe0"  # how a file of Word 97 begins, and one with a password

_LONGEST = 8  # digits of a count

Element = Any  # lxml carries no types


class Package:
    """The parts of a Word file that hold its text; elements are known by their local names.

    The strict dialect of Open XML has other namespaces, and other programs use other prefixes.

    Raises:
        DocumentRefusedError: it is no Word file, or holds what no reader shows.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        try:
            with zipfile.ZipFile(path) as parts:
                self._read(parts)
        except zipfile.BadZipFile:
            raise DocumentRefusedError(name, _explain_no_zip(path)) from None
        except (etree.XMLSyntaxError, KeyError, RuntimeError, NotImplementedError, EOFError) as error:
            raise DocumentRefusedError(name, _("is damaged: {why}", why=error)) from None
        except OSError as error:
            why = _("cannot be read: {why}", why=explain_os_error(error))
            raise DocumentRefusedError(name, why) from None

    def _read(self, parts: zipfile.ZipFile) -> None:
        main = next(self._find_related(parts, "", _MAIN), "word/document.xml")
        self.body = self._parse(parts, main)
        if _WORD not in etree.QName(self.body).namespace or local_name(self.body) != "document":
            raise DocumentRefusedError(self.name, _("is no Word document"))
        self.numbering = self._parse_related(parts, main, _NUMBERING)
        self.styles = self._parse_related(parts, main, _STYLES)

    def _parse_related(self, parts: zipfile.ZipFile, main: str, kind: str) -> Element | None:
        found = next(self._find_related(parts, main, kind), None)
        return None if found is None else self._parse(parts, found)

    def _find_related(self, parts: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
        """Yield the parts of a kind to which one part leads; the package itself is the empty name."""
        at = PurePosixPath(part)
        relations = str(at.parent / "_rels" / f"{at.name}.rels") if part else "_rels/.rels"
        known = set(parts.namelist())
        if relations not in known:
            return
        for relation in self._parse(parts, relations):
            if attribute(relation, "Type").rpartition("/")[2] == kind:
                target = attribute(relation, "Target")
                joined = target.lstrip("/") if target.startswith("/") else str(at.parent / target)
                if joined in known:
                    yield joined

    def _parse(self, parts: zipfile.ZipFile, part: str) -> Element:
        if parts.getinfo(part).file_size > MOST_BYTES:
            raise DocumentRefusedError(self.name, _("is too large to read"))
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(parts.read(part), parser)
        if root.getroottree().docinfo.doctype:
            raise DocumentRefusedError(self.name, _("declares entities, which no Word document does"))
        return root


def _explain_no_zip(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(len(_OLD)) == _OLD:
            return _("is an old Word file, or has a password; open it in Word or WPS and save it as .docx")
    return _("is no Word document; open it in Word or WPS and save it as .docx")


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; the empty text for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name; the empty text where there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """Find the first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local_name(inner) == name), None)
    return element


def value_of(element: Element | None, *path: str) -> str | None:
    """Return the ``val`` of a descendant; None where it is not there."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def is_on(element: Element | None, *path: str) -> bool:
    """Tell whether a property is there and is not switched off."""
    return value_of(element, *path) not in (None, "0", "false", "off")


def number_of(text: str | None, otherwise: int = 0, most: int = 1000) -> int:
    """Read a count out of an attribute; what is none, or unheard of, is ``otherwise``."""
    digits = (text or "").strip()
    found = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST else otherwise
    return found if found <= most else otherwise
