"""What the parts of the page are made of: lights, lines of words, charts, tables."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from kfly.locale import _
from kfly.progress.lights import LIGHTS, NONE
from kfly.reports import words

MOST_ROWS = 300  # of a list that grows with the registry; more would make the page heavy


class Lit(NamedTuple):
    """A light: its code for the colour, its sign, and its word, which says it to those who see no colour."""

    code: str
    sign: str
    word: str


class Chart(NamedTuple):
    """A chart, and the line below it."""

    drawn: Markup
    caption: str = ""


class Column(NamedTuple):
    """The heading of a table's column, and whether its cells are figures."""

    heading: str
    figures: bool = False


class Table(NamedTuple):
    """A table: its name, its columns, its cells, and what is said below it."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    below: str = ""


class Line(NamedTuple):
    """A line of words, and the code of the light that it is about; empty for none."""

    text: str
    light: str = ""


class Listing(NamedTuple):
    """Lines below a heading."""

    heading: str
    lines: Sequence[Line]


class Section(NamedTuple):
    """A part of the page below its heading: what is said, drawn, tabled and listed, in that order."""

    id: str
    heading: str
    said: Sequence[str] = ()
    charts: Sequence[Chart] = ()
    tables: Sequence[Table] = ()
    lists: Sequence[Listing] = ()


def lit(code: str, *, starting: bool = False) -> Lit:
    """Write a light for the page."""
    if starting:
        return Lit(code, "○", words.light(code, starting=True))
    return Lit(code, words.light_sign(code) or "—", words.light_word(code))


def cut_table(table: Table, command: str) -> Table:
    """Keep a table's first rows, and say below it where the others are."""
    left = len(table.rows) - MOST_ROWS
    if left <= 0:
        return table
    told = _("{n} more: “{command}” shows all.", n=left, command=command)
    return table._replace(rows=table.rows[:MOST_ROWS], below=told)


def count_lights(lights: Sequence[tuple[str, bool]]) -> list[tuple[Lit, int]]:
    """Count lights, the worst first, those of what is only starting last.

    Args:
        lights: the code of each, and whether it is unlit as its window has only begun.
    """
    order = [*((code, False) for code in LIGHTS), (NONE, True)]
    return [
        (lit(code, starting=new), lights.count((code, new))) for code, new in order if (code, new) in lights
    ]
