"""What changed since the last meeting, on the page: figures then and now, and a list each of all else."""

from kfly.progress.since import Since
from kfly.reports.papers.page.parts import Column, Line, Listing, Section, Table
from kfly.reports.since_sections import SinceSections, make_sections

CHANGE = 3  # the column of figures; then and now are told with goals and units


def tell_since(since: Since) -> Section:
    """Tell what changed; what there is nothing of has no list."""
    sections = make_sections(since)
    return Section(
        id="since",
        heading=sections.title,
        said=sections.notes,
        tables=[_list_figures(sections)] if sections.figures else (),
        lists=[
            Listing(one.heading, [Line(line.text, line.light) for line in one.lines])
            for one in sections.lists
        ],
    )


def _list_figures(sections: SinceSections) -> Table:
    columns = [Column(heading, figures=at == CHANGE) for at, heading in enumerate(sections.headings)]
    return Table(sections.heading, columns, [row.cells for row in sections.figures])
