"""Which row of a sheet is its heading, and which column is which field."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kfly.errors import nearest
from kfly.locale import _, language
from kfly.plan.kinds import NOTE, YUAN, Field, Kind
from kfly.registry import quantities
from kfly.registry.sheets.grid import Merge, Row, text_of

MOST_ABOVE = 40  # rows among which the heading is looked for

_BRACKETS = re.compile(r"\(([^()]*)\)$")
_ROUND = str.maketrans("[]【】〔〕〖〗", "()()()()")
_REQUIRED = re.compile(r"[*∗﹡※]|[(](?:必填|required)[)]")
_STATED = re.compile(r"单位\s*:\s*([^\s()]+)")
_BETWEEN = re.compile(r"[,;、/]")
_SEPARATORS = "/:、,-_—"


class Heading(NamedTuple):
    """What a heading says of its column."""

    field: Field
    unit: str | None = None  # in which its bare numbers are, where that is not the field's own


class UnfitUnitError(ValueError):
    """A heading gives its column a unit in which the field is not measured; the message names it."""

    def __init__(self, field: Field, unit: str) -> None:
        super().__init__(unit)
        self.field = field


class Headings:
    """The headings by which the fields of a kind are known."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.fields = (*kind.fields, NOTE)
        self.words: dict[str, Field] = {}
        for field in self.fields:
            for word in (field.name, *field.label, *field.aliases):
                self.words.setdefault(plain(word), field)

    def read(self, text: str, parent: str = "") -> Heading | None:
        """The field that a heading means, alone or under the ``parent`` above it; None for none.

        Raises:
            UnfitUnitError: it means one, in a unit that does not fit.
        """
        word = plain(text)
        return (self._meant(plain(parent) + word) if parent and word else None) or self._meant(word)

    def _meant(self, word: str) -> Heading | None:
        """建筑面积, then 建筑面积(平方米), then 建筑面积/平方米."""
        if word in self.words:
            return Heading(self.words[word])
        if match := _BRACKETS.search(word):
            inner = self._meant(word[: match.start()])
            if inner is not None:
                return Heading(inner.field, _unit(inner.field, match[1]) or inner.unit)
        known = [w for w in self.words if w and word.startswith(w)]
        for begun in sorted(known, key=len, reverse=True):
            rest = word[len(begun) :].lstrip(_SEPARATORS)
            field = self.words[begun]
            if field.type in ("number", "integer") and _fits(field, rest):
                return Heading(field, rest)
        return None

    def unknown(self, text: str) -> tuple[str, Field | None]:
        """What to say of a heading that means no field, and which field it was probably meant to be."""
        label = self.kind.label.in_(language())
        known = [word for field in self.fields for word in (field.name, *field.label, *field.aliases)]
        near = nearest(plain(text), known)
        if near:
            field = self.words.get(plain(near))
            return _("is no field of {kind}; did you mean “{near}”?", kind=label, near=near), field
        message = _("is no field of {kind}; “kfly kinds {name}” lists them", kind=label, name=self.kind.name)
        return message, None

    def named(self, texts: Iterable[str], parents: Iterable[str]) -> set[str]:
        """The fields that a row names."""
        read = (self._field(text, parent) for text, parent in zip(texts, parents, strict=True))
        return {field.name for field in read if field}

    def _field(self, text: str, parent: str) -> Field | None:
        try:
            heading = self.read(text, parent)
        except UnfitUnitError as error:
            return error.field
        return heading and heading.field


def heading_of(kind: Kind, field: Field) -> str:
    """A field's heading in sheets of kfly's own: label and unit, or its name where they mean another."""
    label = field.label.in_(language())
    heading = _("{label} ({unit})", label=label, unit=field.unit) if field.unit else label
    try:
        read = Headings(kind).read(heading)
    except UnfitUnitError:
        return field.name
    return heading if read is not None and read.field.name == field.name else field.name


def plain(text: str) -> str:
    """A heading without blanks, line breaks, signs of being required; in plain small letters."""
    solid = "".join(unicodedata.normalize("NFKC", text).translate(_ROUND).split()).casefold()
    return _REQUIRED.sub("", solid).replace("\ufeff", "").replace("\u200b", "").replace("-", "_").rstrip(":")


def find(rows: list[Row], headings: Headings, merges: Sequence[Merge]) -> tuple[int, set[str]] | None:
    """Which of the first rows is the heading, and the fields it names.

    It is the row that names the most, the upper of two alike.
    """
    above: list[Row | None] = [None, *rows]
    named = [
        headings.named(map(text_of, row.cells), parents(row, before, merges))
        for row, before in zip(rows, above, strict=False)
    ]
    best = max(named, key=len, default=set())
    return (named.index(best), best) if best else None


def parents(row: Row, above: Row | None, merges: Iterable[Merge]) -> Iterator[str]:
    """The heading that spans each column in the row above: 土地 over 面积 and 性质."""
    spans = [merge for merge in merges if merge.bottom == row.number - 1 and merge.right > merge.left]
    for column in range(len(row.cells)):
        over = next((span for span in spans if span.left <= column <= span.right), None)
        inside = above is not None and over is not None and over.left < len(above.cells)
        yield text_of(above.cells[over.left]) if above and over and inside else ""


def stated_unit(field: Field, above: Iterable[str]) -> str | None:
    """The unit that a line above the heading gives to all amounts of a sort: 单位：万元、平方米."""
    if field.type != "number" or not field.unit:
        return None
    stated = (match[1] for line in above for match in _STATED.finditer(quantities.normal(line)))
    return next((unit for words in stated for unit in _pieces(words) if _fits(field, unit)), None)


def _unit(field: Field, remark: str) -> str | None:
    """The unit that stands in brackets behind a heading; None when there is only a remark."""
    if field.type not in ("number", "integer"):
        return None
    pieces = [piece for piece in _pieces(remark) if piece]
    fitting = next((piece for piece in pieces if _fits(field, piece)), None)
    unfit = next((piece for piece in pieces if _is_a_unit(piece)), None)
    if fitting is None and unfit is not None:
        raise UnfitUnitError(field, unfit)
    return fitting


def _pieces(remark: str) -> list[str]:
    return _BETWEEN.split(remark.removeprefix("单位:"))


def _fits(field: Field, unit: str) -> bool:
    try:
        quantities.parse(f"1{unit}", field.unit)
    except quantities.NotAnAmountError:
        return False
    return bool(unit) and not unit[0].isdigit()


def _is_a_unit(word: str) -> bool:
    measures = ("m²", *YUAN)
    return any(_fits(Field("", "number", NOTE.label, unit=unit), word) for unit in measures) or (
        word.startswith(("万", "亿", "百万", "千万")) and len(word) > 1
    )
