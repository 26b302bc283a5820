"""``rollup -o FILE.html``: many counties as one page: the whole, and the lights of every county."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from kfly.locale import _
from kfly.plan.counties import CountyRow
from kfly.progress.lights import LIGHTS
from kfly.progress.rollup import CountyPlace, Rollup, count_reds
from kfly.reports.papers.page.headline import Tile
from kfly.reports.papers.page.page import HERE, make_document, read_own
from kfly.reports.papers.page.parts import Column, Lit, Section, Table, lit
from kfly.reports.papers.templates import open_templates
from kfly.reports.rollup import (
    WITHIN,
    count_lights,
    explain,
    name_line,
    name_target,
    write_heading,
    write_last,
    write_light,
    write_met,
    write_ranking_heading,
    write_row,
    write_score,
    write_share,
    write_total,
)


class Square(NamedTuple):
    """A light in the table of counties and targets.

    Attributes:
        order: that of its light, the worst first, by which rows are sorted.
        told: the county's figure, for who points at it or does not see it.
    """

    light: Lit
    order: int
    told: str


class CountyLine(NamedTuple):
    """A county in that table; a square is None where it has no such target."""

    place: CountyPlace
    group: str
    score: str
    reds: int
    share: str
    squares: list[Square | None]


def write_page(found: Rollup, stream: BinaryIO) -> None:
    """Write the page into a stream."""
    body = (
        open_templates(HERE)
        .get_template("rollup.html")
        .render(
            heading=write_heading(found),
            tiles=_list_tiles(found),
            sections=list(_list_sections(found)),
            ranked=write_ranking_heading(found),
            scored=any(place.county.score is not None for place in found.ranking),
            targets=list(_list_targets(found).values()),
            counties=list(_list_counties(found)),
            _=_,
        )
    )
    page = make_document(write_heading(found), body, script=read_own("rollup.js"))
    stream.write(page.encode("utf-8"))


def _list_tiles(found: Rollup) -> list[Tile]:
    counted = count_lights(found.lines)
    return [Tile(lit(light), counted[light], lit(light).word) for light in LIGHTS if counted[light]]


def _list_sections(found: Rollup) -> Iterator[Section]:
    """Yield what stands as plain tables: the whole, the groups, who is missing."""
    columns = [
        Column(_("Target")),
        Column(_("Total / goal"), figures=True),
        Column(_("Met"), figures=True),
        Column(_("Lights of the counties")),
    ]
    rows = [
        [name_line(line), write_total(line), write_met(line), _write_lights(line.lights)]
        for line in found.lines
    ]
    whole = Table(_("All counties as one"), columns, rows)
    yield Section("whole", _("The targets"), list(explain(found)), tables=[whole])
    if found.groups:
        columns = [
            Column(_("Group")),
            Column(_("Counties"), figures=True),
            Column(_("Lights of their targets")),
        ]
        rows = [
            [
                WITHIN.join(group.group),
                f"{group.read}/{group.read + group.missing}",
                _write_lights(count_lights(group.lines)),
            ]
            for group in found.groups
        ]
        yield Section("groups", _("Groups"), tables=[Table(_("How each group stands"), columns, rows)])
    if found.missing:
        columns = [Column(_("County")), Column(_("Why")), Column(_("Its last figures"))]
        rows = [[one.name, one.reason, write_last(one.last)] for one in found.missing]
        table = Table(_("Counties whose figures are not added"), columns, rows)
        yield Section("missing", _("Not added"), tables=[table])


def _write_lights(lights: dict[str, int]) -> str:
    return "  ".join(write_light(light, count) for light, count in lights.items() if count)


def _list_targets(found: Rollup) -> dict[str, str]:
    """List the targets that any county has: their keys and names."""
    names: dict[str, str] = {}
    for line in found.lines:
        names.setdefault(line.key, name_target(line))
    return names


def _list_counties(found: Rollup) -> Iterator[CountyLine]:
    keys = list(_list_targets(found))
    for place in found.ranking:
        rows = {row.key: row for row in place.county.rows}
        squares = [_make_square(rows[key]) if key in rows else None for key in keys]
        group = WITHIN.join(place.county.group)
        county = place.county
        yield CountyLine(place, group, write_score(county), count_reds(county), write_share(place), squares)


def _make_square(row: CountyRow) -> Square:
    return Square(lit(row.light), LIGHTS.index(row.light), write_row(row))
