"""Looking through a template before it is filled in: each faulty placeholder is named with its paragraph.

All placeholders of a part are tried by themselves, a line a paragraph, with the values that they will get:
so the line in which Jinja stumbles is the paragraph.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from jinja2 import Environment, TemplateSyntaxError

from kfly.errors import KflyError
from kfly.locale import N_, _

_TAG = re.compile(
    r"\{(?P<sign>[{%#])(?P<home>tr|tc|p|r)?(?P<dash>[-+])?(?(home)(?=\s))(?P<inside>.*?)[-+]?(?P<end>[}%#])\}"
)
_LEFT_OVER = re.compile(r"\{[{%]|[%}]\}")
_CLOSES = {"endfor": "for", "endif": "if"}
_BETWEEN = ("else", "elif")
# What docxtpl knows beside Jinja's own words: they paint, widen and merge cells.
_OF_CELLS = re.compile(r"\s*(cellbg|colspan)\s+(?P<value>.*)", re.DOTALL)
_MERGE = re.compile(r"\s*[vh]m\s*")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # what Word makes of quotation marks, and docxtpl takes back
SHOWN = 60  # signs of a paragraph that is quoted
_FILE = "<template>"  # what Jinja calls a template without a name
# The homes of tags, by their prefix: what has to hold both the tag that opens and the one that closes.
_ASIDE = {
    RELATIONSHIP_TYPE.HEADER: N_("paragraph of a header"),
    RELATIONSHIP_TYPE.FOOTER: N_("paragraph of a footer"),
}
_HOMES = {"p": None, "tr": "w:tbl", "tc": "w:tr"}


class TemplateParagraph(NamedTuple):
    """A paragraph of a template, and its number among those of its part."""

    number: int
    element: Any
    text: str


class _Part(NamedTuple):
    """The body of a template, or a header or footer."""

    file: str
    where: str  # what a paragraph of it is called
    paragraphs: Sequence[TemplateParagraph]

    def fault(self, number: int, why: str) -> KflyError:
        """Return the error for a paragraph of this number."""
        text = self.paragraphs[number - 1].text
        shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
        message = N_("{file}: {where} {number}, “{text}”: {why}.")
        values = {"file": self.file, "where": _(self.where), "number": number, "text": shown}
        return KflyError(_(message, **values, why=why.rstrip(".")))


class _Opened(NamedTuple):
    """A tag that is still to be closed."""

    word: str
    home: Any  # what has to hold the closing one too
    paragraph: int


def check_placeholders(
    document: WordDocument, name: str, environment: Environment, values: Mapping[str, Any]
) -> None:
    """Try all placeholders of a template.

    Args:
        document: the template.
        name: what its file is called.
        environment: what will fill it in.
        values: what it will be filled with, pictures as texts.

    Raises:
        KflyError: a placeholder is faulty; the paragraph is named.
    """
    for where, element in _list_parts(document):
        part = _Part(name, where, list(_list_paragraphs(element)))
        lines, opened = [], list[_Opened]()
        for paragraph in part.paragraphs:
            try:
                lines.append("".join(_read_tags(paragraph, opened)).replace("\n", " "))
            except ValueError as error:
                raise part.fault(paragraph.number, str(error)) from None
        if opened:
            why = _("“{word}” is opened and never closed", word=opened[-1].word)
            raise part.fault(opened[-1].paragraph, why)
        _try(part, lines, environment, values)


def _try(part: _Part, lines: Sequence[str], environment: Environment, values: Mapping[str, Any]) -> None:
    try:
        environment.from_string("\n".join(lines)).render(values)
    except TemplateSyntaxError as error:
        raise part.fault(error.lineno, _explain(error)) from None
    except Exception as error:  # whatever an expression does: it is the template's fault
        raise part.fault(_find_line(error.__traceback__), _explain(error)) from None


def _explain(error: Exception) -> str:
    return str(error) or type(error).__name__


def _find_line(trace: TracebackType | None) -> int:
    """Find the innermost line of the template in a traceback."""
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _list_parts(document: WordDocument) -> Iterator[tuple[str, Any]]:
    """Yield the body, and the headers and footers that are there, with what a paragraph of them is called."""
    yield N_("paragraph"), document.element.body
    for relation in document.part.rels.values():
        if where := _ASIDE.get(relation.reltype):
            yield where, relation.target_part.element


def _list_paragraphs(part: Any) -> Iterator[TemplateParagraph]:
    for number, element in enumerate(part.iter(qn("w:p")), 1):
        yield TemplateParagraph(number, element, "".join(_read_texts(element)))


def _read_texts(element: Any) -> Iterator[str]:
    """Yield the texts of a paragraph, without those of paragraphs in a text box of it."""
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag != qn("w:p"):
            yield from _read_texts(child)


def _read_tags(paragraph: TemplateParagraph, opened: list[_Opened]) -> Iterator[str]:
    """Yield the tags of a paragraph as Jinja reads them, and keep account of what is opened and closed.

    Raises:
        ValueError: a tag is not whole, or is closed elsewhere than it may be.
    """
    for found in _TAG.finditer(paragraph.text):
        sign, inside = found["sign"], found["inside"].translate(_STRAIGHT)
        if sign == "#":
            continue
        own_end = {"{": "}", "%": "%"}[sign]
        if found["end"] != own_end:
            raise ValueError(_("“{tag}” ends otherwise than it begins", tag=found[0]))
        if sign == "%":
            if _MERGE.fullmatch(inside):
                continue
            if cell := _OF_CELLS.fullmatch(inside):
                yield f"{{{{ {cell['value']} }}}}"
                continue
            home = _find_home(paragraph.element, found["home"], found[0])
            _account(_Opened("".join(inside.split()[:1]), home, paragraph.number), opened)
        elif found["home"] in ("tr", "tc"):
            raise ValueError(_("“{tag}” cannot stand in a row or a cell", tag=found[0]))
        yield f"{{{sign}{inside}{own_end}}}"
    if left := _LEFT_OVER.search(_TAG.sub("", paragraph.text)):
        raise ValueError(_("“{sign}” has no counterpart in this paragraph", sign=left[0]))


def _find_home(element: Any, prefix: str | None, tag: str) -> Any:
    """Find what has to hold both tags of a pair: the paragraph, its surroundings, the table, the row."""
    if prefix is None or prefix == "r":
        return element
    if prefix == "p":
        return element.getparent()
    home = next(element.iterancestors(qn(_HOMES[prefix] or "")), None)
    if home is None:
        raise ValueError(_("“{tag}” stands in no table", tag=tag))
    return home


def _account(tag: _Opened, opened: list[_Opened]) -> None:
    if tag.word in _CLOSES.values():
        opened.append(tag)
    elif tag.word in _CLOSES or tag.word in _BETWEEN:
        if not opened or (tag.word in _CLOSES and opened[-1].word != _CLOSES[tag.word]):
            raise ValueError(_("“{word}” closes nothing that is open", word=tag.word))
        if opened[-1].home is not tag.home:
            raise ValueError(_("“{word}” stands elsewhere than what it closes", word=tag.word))
        if tag.word in _CLOSES:
            opened.pop()
