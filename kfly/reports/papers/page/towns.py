"""The towns on the page: their scores, and what each owes."""

from datetime import date

from kfly.locale import _
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.league import League, Place
from kfly.reports.league import explain_score, list_owed, tell_seasons, write_change, write_goal, write_score
from kfly.reports.papers.charts import draw_towns
from kfly.reports.papers.page.parts import Chart, Column, Section, Table


def tell_towns(league: League, plan: Plan, day: date) -> Section:
    """Tell how the towns stand against each other on a day."""
    names = name_organisations(plan)
    columns = [
        Column(_("Rank"), figures=True),
        Column(_("In 30 days")),
        Column(_("Town")),
        Column(_("Score"), figures=True),
        Column(_("What it owes")),
    ]
    seasons = tell_seasons(list_owed(league.places), league.seasons, scored=True)
    return Section(
        id="towns",
        heading=_("Towns and zones"),
        said=[explain_score(league.places), *seasons],
        charts=[Chart(draw_towns(league, plan))],
        tables=[Table(_("Rank of the towns"), columns, [_cells(each, names) for each in league.places])],
    )


def _cells(place: Place, names: dict[str, str]) -> list[str]:
    return [
        str(place.rank),
        write_change(place.change).plain,
        names[place.town],
        "—" if place.score is None else write_score(place),
        "\n".join(map(write_goal, place.goals)) or "—",
    ]
