"""Automatic numbering of Word: what stands before a paragraph without being its text."""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from kfly.drafting.documents.docx_package import Element, attribute, child, local_name, number_of, value_of

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")
_NO_LABEL = ("bullet", "none")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LETTERS = 26
_MOST_STYLES = 20  # that a style rests on


class _Level(NamedTuple):
    """A level of a list."""

    start: int
    form: str
    text: str


class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}
        self.lists: dict[
            str, tuple[str, dict[int, int]]
        ] = {}  # of each number: its list, where it begins anew
        self.counts: dict[str, dict[int, int]] = {}
        self.begun = set[str]()
        self.styles: dict[str, tuple[str, Element | None]] = {}
        for style in styles if styles is not None else ():
            if local_name(style) == "style":
                rests_on = value_of(style, "basedOn") or ""
                self.styles[attribute(style, "styleId")] = rests_on, child(style, "pPr", "numPr")
        self._read(numbering)

    def _read(self, numbering: Element | None) -> None:
        for part in numbering if numbering is not None else ():
            if local_name(part) == "abstractNum":
                levels = (level for level in part if local_name(level) == "lvl")
                self.levels[attribute(part, "abstractNumId")] = dict(map(_read_level, levels))
            elif local_name(part) == "num":
                anew = {
                    number_of(attribute(over, "ilvl")): number_of(value_of(over, "startOverride"), 1)
                    for over in part
                    if local_name(over) == "lvlOverride" and child(over, "startOverride") is not None
                }
                self.lists[attribute(part, "numId")] = value_of(part, "abstractNumId") or "", anew

    def label(self, paragraph: Element) -> str:
        """Count a paragraph, and return its number as it is shown; the empty text where it has none."""
        properties = child(paragraph, "pPr")
        number, level = self._find(properties)
        known, anew = self.lists.get(number, ("", {}))
        levels = self.levels.get(known)
        if not levels or level not in levels:
            return ""
        counts = self.counts.setdefault(known, {})
        if number not in self.begun:
            self.begun.add(number)
            for begun, start in anew.items():
                counts[begun] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _spell(levels, level, counts)

    def _find(self, properties: Element | None) -> tuple[str, int]:
        """Find the list and the level of a paragraph: its own, or that of its style."""
        own = child(properties, "numPr")
        number, level = value_of(own, "numId"), value_of(own, "ilvl")
        style = value_of(properties, "pStyle") or ""
        for _step in range(_MOST_STYLES):
            if number is not None or style not in self.styles:
                break
            style, theirs = self.styles[style]
            number, level = value_of(theirs, "numId"), level or value_of(theirs, "ilvl")
        return number or "", number_of(level)


def _read_level(level: Element) -> tuple[int, _Level]:
    start = number_of(value_of(level, "start"), 1)
    form = value_of(level, "numFmt") or "decimal"
    return number_of(attribute(level, "ilvl")), _Level(start, form, value_of(level, "lvlText") or "")


def _spell(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    if levels[level].form in _NO_LABEL:
        return ""

    def fill(match: re.Match[str]) -> str:
        asked = int(match[1]) - 1
        own = levels.get(asked, levels[level])
        return write_number(counts.get(asked, own.start), own.form)

    return _PLACE.sub(fill, levels[level].text).strip()


def write_number(number: int, form: str) -> str:
    """Write a number in one of Word's forms; in plain digits where the form is not known."""
    write = next((write for begins, write in _FORMS if form.startswith(begins)), None)
    written = write(number) if write and number > 0 else ""
    return (written.upper() if form.startswith("upper") else written) or str(number)


def _write_letter(number: int) -> str:
    """Write a, b … z, aa, bb …."""
    times, letter = divmod(number - 1, _LETTERS)
    return chr(ord("a") + letter) * (times + 1)


def _write_sign(number: int, signs: str) -> str:
    return signs[number - 1] if number <= len(signs) else ""


def _write_chinese(number: int, digits: str, powers: str) -> str:
    """Write a number below 1000 in Chinese; a larger one, which no list has, digit by digit."""
    ten, hundred = powers[0], powers[1]
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds >= len(digits):
        return "".join(digits[int(digit)] for digit in str(number))
    text = f"{digits[hundreds]}{hundred}" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + ten
    elif hundreds and ones:
        text += digits[0]
    return text + (digits[ones] if ones else "")


def _write_roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


_FORMS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("ideographLegal", partial(_write_chinese, digits=_LEGAL, powers="拾佰")),
    ("chineseLegal", partial(_write_chinese, digits=_LEGAL, powers="拾佰")),
    *(
        (form, partial(_write_chinese, digits=_DIGITS, powers="十百"))
        for form in ("chinese", "taiwanese", "japanese", "ideographDigital")
    ),
    ("ideographTraditional", partial(_write_sign, signs=_STEMS)),
    ("ideographZodiac", partial(_write_sign, signs=_BRANCHES)),
    ("decimalEnclosedCircle", partial(_write_sign, signs=_CIRCLED)),
    ("decimalZero", "{:02d}".format),
    ("upperLetter", _write_letter),
    ("lowerLetter", _write_letter),
    ("upperRoman", _write_roman),
    ("lowerRoman", _write_roman),
)
