"""Texts and pages decoded: by their mark, their label, as UTF-8, and at last as GB18030."""

import codecs
import re
from contextlib import suppress
from pathlib import Path

from kfly.drafting.documents.blocks import DocumentRefusedError
from kfly.errors import explain_os_error
from kfly.locale import _
from kfly.registry.sheets import gb18030

MOST_BYTES = 32_000_000
_LABEL = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_LABELLED_IN = 4096  # bytes from the beginning
_CHINESE = ("gb2312", "gbk", "gb18030", "hz-gb-2312")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path, name: str) -> bytes:
    """Read a file that is small enough to be a document.

    Raises:
        DocumentRefusedError: it cannot be read, or is none.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DocumentRefusedError(name, _("is too large to read"))
        return path.read_bytes()
    except OSError as error:
        raise DocumentRefusedError(name, _("cannot be read: {why}", why=explain_os_error(error))) from None


def decode(content: bytes, name: str) -> str:
    """Decode a text or a page; what is labelled gb2312 is GB18030, as browsers read it.

    Raises:
        DocumentRefusedError: no encoding fits it whole.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            with suppress(UnicodeDecodeError):
                return content.decode(encoding)
    label = _LABEL.search(content[:_LABELLED_IN])
    named = label[1].decode("ascii").lower() if label else ""
    for encoding in (named, "utf-8", "gb18030"):
        with suppress(UnicodeDecodeError, LookupError):
            if encoding in _CHINESE:
                return gb18030.decode(content)
            if encoding and codecs.lookup(encoding)._is_text_encoding:
                return content.decode(encoding)
    raise DocumentRefusedError(name, _("is neither UTF-8 nor GB18030; save it as UTF-8"))
