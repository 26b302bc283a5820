"""The headings of sheets: which row they are in, and which field each of them means."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kfly.errors import find_nearest
from kfly.locale import _
from kfly.plan.kinds import NOTE, YUAN, Field, Kind
from kfly.plan.signs import normalise, take_out_unseen
from kfly.registry import quantities
from kfly.registry.sheets.form_answers import leave_groups, list_without_groups
from kfly.registry.sheets.grid import Merge, SheetRow, text_of

MOST_ABOVE = 40  # rows among which the heading is looked for

_BRACKETS = re.compile(r"\(([^()]*)\)$")
_ROUND = str.maketrans("[]【】〔〕〖〗", "()()()()")
_REQUIRED = re.compile(r"[*∗﹡※]|[(](?:必填|required)[)]")
_STATED = re.compile(r"单位\s*[:(\s]\s*([^\s()]+)")
_BETWEEN = re.compile(r"[,;、]")
_ABOUT_UNITS = re.compile(
    r"^(?:以|按)|(?:货币|计量|金额|面积)?单位:?|人民币:?|rmb|cny|[￥¥]|(?<=[元米亩顷])计$"
)
# What may stand in brackets behind the heading of a field with a unit, and changes nothing.
_REMARK = re.compile(
    r"(?:不?含|包括|必填|选填|可选|预计|预估|实际|合同|产权|不动产|证载|精确|保留|小数|整数|数字|填|如|例|按|以|截至|注|见"
    r"|总|合计|约|估算|上报|\d{4}).*"
)
_NO_MULTIPLE = re.compile(
    r"(?!(?:十|百|千|万|亿)(?!分)|[%‰]).*"
)  # of a field without one: 百分制, but not 千人
_GENERAL = re.compile(r"(?:情况|信息|概况|方式|进度|安排|计划|时间|内容|表)(?:\(.*\))?$")  # says nothing more
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

    def __init__(self, kind: Kind, units: Iterable[str] = (), *, of_a_form: bool = False) -> None:
        """Learn them.

        Args:
            kind: whose fields they are.
            units: those that an amount without one of its own may be in: of figures, their targets'.
            of_a_form: they are those of a form's answers, whose questions stand in groups.
        """
        self.kind, self.of_a_form = kind, of_a_form
        self.units = tuple(units)
        self.fields = (*kind.fields, NOTE)
        self.words: dict[str, Field] = {}
        for field in self.fields:
            for word in (field.name, *field.label, *field.aliases):
                self.words.setdefault(fold_heading(word), field)
        self.by_first: dict[str, list[str]] = {}  # their first sign: a sheet may have thousands of columns
        for word in filter(None, self.words):
            self.by_first.setdefault(word[0], []).append(word)

    def read(self, text: str, parent: str = "") -> Heading | None:
        """Find the field that a heading means, alone or under the ``parent`` above it; None for none.

        Raises:
            UnfitUnitError: it means one, in a unit that does not fit.
        """
        if self.of_a_form and (field := self.words.get(leave_groups(text))) and field.name in text:
            return Heading(field)
        word, over = fold_heading(text), fold_heading(parent)
        if not (word and over):
            return self._meant(word) or (self._find_in_groups(text) if self.of_a_form else None)
        bracket = _BRACKETS.search(over)
        whole = over[: bracket.start()] + word + bracket[0] if bracket else over + word
        return self._meant(whole) or (self._meant(word) if self._says_enough(word, over) else None)

    def _find_in_groups(self, text: str) -> Heading | None:
        """Find the field whose name or label, with its unit, stands behind the names of groups."""
        for rest in map(fold_heading, list_without_groups(text)):
            found = self._meant(rest)
            if found and rest.startswith(tuple(map(fold_heading, (found.field.name, *found.field.label)))):
                return found
        return None

    def _says_enough(self, word: str, parent: str) -> bool:
        """Tell whether a heading means its field whatever stands above: 面积 under 绿化 does not."""
        field = self.words.get(_BRACKETS.sub("", word))
        return (
            field is None
            or word in map(fold_heading, (field.name, *field.label))
            or bool(_GENERAL.search(parent))
        )

    def _meant(self, word: str) -> Heading | None:
        """Find a field for a word: 建筑面积, then 建筑面积(平方米), then 建筑面积/平方米."""
        if word in self.words:
            return Heading(self.words[word])
        if match := _BRACKETS.search(word):
            inner = self._meant(word[: match.start()])
            if inner is not None:
                return Heading(inner.field, _find_unit(inner.field, match[1], self.units) or inner.unit)
        known = [w for w in self.by_first.get(word[:1], ()) if word.startswith(w)]
        for begun in sorted(known, key=len, reverse=True):
            rest = word[len(begun) :].lstrip(_SEPARATORS)
            field = self.words[begun]
            if field.is_amount and rest and _fits(rest, field, self.units):
                return Heading(field, rest)
        return None

    def unknown(self, text: str) -> tuple[str, Field | None]:
        """Say that a heading means no field, and return the field it was probably meant to be."""
        label = self.kind.label.spoken
        known = [word for field in self.fields for word in (field.name, *field.label, *field.aliases)]
        near = find_nearest(fold_heading(text), known)
        if near:
            field = self.words.get(fold_heading(near))
            return _("is no field of {kind}; did you mean “{near}”?", kind=label, near=near), field
        message = _("is no field of {kind}; “kfly kinds {name}” lists them", kind=label, name=self.kind.name)
        return message, None

    def named(self, texts: Iterable[str], parents: Iterable[str]) -> set[str]:
        """Return the names of the fields that a row of headings means."""
        read = (self._field(text, parent) for text, parent in zip(texts, parents, strict=True))
        return {field.name for field in read if field}

    def _field(self, text: str, parent: str) -> Field | None:
        try:
            heading = self.read(text, parent)
        except UnfitUnitError as error:
            return error.field
        return heading and heading.field


def heading_of(kind: Kind, field: Field) -> str:
    """Return a field's heading in kfly's own sheets: label and unit, or its name where they mean another."""
    label = field.label.spoken
    heading = _("{label} ({unit})", label=label, unit=field.unit) if field.unit else label
    try:
        read = Headings(kind).read(heading)
    except UnfitUnitError:
        return field.name
    return heading if read is not None and read.field.name == field.name else field.name


def fold_heading(text: str) -> str:
    """Return a heading in plain small letters, without blanks, line breaks and signs of being required."""
    solid = "".join(unicodedata.normalize("NFKC", text).translate(_ROUND).split()).casefold()
    return take_out_unseen(_REQUIRED.sub("", solid)).replace("-", "_").rstrip(":")


def find_heading(
    rows: list[SheetRow], headings: Headings, merges: Sequence[Merge]
) -> tuple[int, set[str]] | None:
    """Find which of the first rows is the heading, and the fields it names.

    It is the row that names the most, the upper of two alike.
    """
    above: list[SheetRow | None] = [None, *rows]
    named = [
        headings.named(map(text_of, row.cells), find_parents(row, before, merges))
        for row, before in zip(rows, above, strict=False)
    ]
    best = max(named, key=len, default=set())
    return (named.index(best), best) if best else None


def find_parents(row: SheetRow, above: SheetRow | None, merges: Iterable[Merge]) -> Iterator[str]:
    """Yield the heading that spans each column in the row above: 土地 over 面积 and 性质."""
    spans = [merge for merge in merges if merge.bottom == row.number - 1 and merge.right > merge.left]
    for column in range(len(row.cells)):
        over = next((span for span in spans if span.left <= column <= span.right), None)
        inside = above is not None and over is not None and over.left < len(above.cells)
        yield text_of(above.cells[over.left]) if above and over and inside else ""


def find_stated_unit(field: Field, above: Iterable[str], units: Iterable[str] = ()) -> str | None:
    """Find the unit that a line above the heading gives to all amounts of a sort: 单位：万元、平方米.

    Args:
        field: an amount.
        above: the lines.
        units: those that one without a unit of its own may be in.

    Raises:
        UnfitUnitError: it gives a unit of the field's sort that is not known: 单位：美元.
    """
    units = [field.unit] if field.unit else [*units]
    if field.type != "number" or not units:
        return None
    signs = "" if not field.unit else "元￥" if field.unit in YUAN else "米亩顷㎡"
    for line in above:
        for match in _STATED.finditer(normalise(line)):
            pieces = _units(match[1])
            for unit in pieces:
                if _fits(unit, field, units):
                    return unit
            if unfit := next((unit for unit in pieces if set(unit) & set(signs)), None):
                raise UnfitUnitError(field, unfit)
    return None


def _fits(typed: str, field: Field, units: Iterable[str]) -> bool:
    """Tell whether a field may be in a unit, or, where it has none of its own, in one that its rows have."""
    own: list[str | None] = [field.unit] if field.unit else [*units] or [None]
    return any(quantities.unit_fits(typed, unit) for unit in own)


def _is_unit(word: str) -> bool:
    """Tell whether a word is a unit of money or area, and no remark."""
    return any(quantities.unit_fits(word, unit) for unit in ("元", "m²"))


def _find_unit(field: Field, remark: str, units: Iterable[str]) -> str | None:
    """Find the unit that stands in brackets behind a heading; None when there is only a remark.

    Raises:
        UnfitUnitError: what stands there is neither; to take it for a remark could be wrong by thousands.
    """
    if not field.is_amount:
        return None
    pieces = _units(remark)
    for unit in pieces:
        if _fits(unit, field, units):
            return unit
    remarks = _REMARK if field.unit else _NO_MULTIPLE
    for piece in pieces:
        if not remarks.fullmatch(piece) or (units and not field.unit and _is_unit(piece)):
            raise UnfitUnitError(field, piece)
    return None


def _units(remark: str) -> list[str]:
    """Split a remark into its pieces, each as a bare unit: 单位：人民币万元 as 万元."""
    pieces = (_ABOUT_UNITS.sub("", piece) or ("元" if piece else "") for piece in _BETWEEN.split(remark))
    return [piece for piece in pieces if piece]
