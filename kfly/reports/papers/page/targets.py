"""The targets as cards: the light, the figures, the burn-up, where the pace leads, the towns."""

from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from kfly.locale import _
from kfly.plan.organisations import name_organisations
from kfly.progress.overview import Overview
from kfly.progress.supervision import is_supervised
from kfly.progress.targets import TargetStanding
from kfly.reports import words
from kfly.reports.earlier_periods import write_earlier_periods
from kfly.reports.figures import write_figure, write_town_figures
from kfly.reports.outlook import describe_outlook
from kfly.reports.papers.charts import draw_burn_up
from kfly.reports.papers.page.parts import Lit, lit
from kfly.reports.status import name_target, write_figures
from kfly.reports.tasks import join_names


class Town(NamedTuple):
    """Where a town stands in a target that each of them owes."""

    name: str
    figures: str
    met: bool


class Card(NamedTuple):
    """One target."""

    name: str
    light: Lit
    figures: str
    share: str
    lines: list[str]
    chart: Markup
    towns: list[Town]


def list_cards(overview: Overview) -> list[tuple[str, list[Card]]]:
    """List the targets under the sections that the plan has for them."""
    names = name_organisations(overview.plan)
    by_section = groupby(overview.standing.targets, key=lambda row: row.target.section)
    return [(name.spoken, [_card(row, overview, names) for row in rows]) for name, rows in by_section]


def _card(row: TargetStanding, overview: Overview, names: dict[str, str]) -> Card:
    due = _("due {day}", day=row.due.isoformat())
    expected = (
        [_("expected {amount}", amount=write_figure(row, row.expected))] if row.expected is not None else []
    )
    return Card(
        name=name_target(row),
        light=lit(row.light, starting=row.starting),
        figures=write_figures(row),
        share=words.share(row) if row.goal else "",
        lines=[
            _("; ").join([*expected, due]),
            *describe_outlook(row),
            *write_earlier_periods(row),
            *_lead(row, names),
        ],
        chart=draw_burn_up(row, overview.day),
        towns=_list_towns(row, names),
    )


def _lead(row: TargetStanding, names: dict[str, str]) -> list[str]:
    """Name who leads a target that is supervised."""
    return [_("Lead: {names}", names=join_names(row.lead, names))] if is_supervised(row) and row.lead else []


def _list_towns(row: TargetStanding, names: dict[str, str]) -> list[Town]:
    return [
        Town(
            names[one.town],
            "/".join(filter(None, write_town_figures(row.target, one))),
            one.met,
        )
        for one in row.each
    ]
