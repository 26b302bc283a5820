"""The towns by their scores, the first first."""

from markupsafe import Markup

from kfly.locale import _
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.league import League, Place
from kfly.reports.league import write_score
from kfly.reports.papers.charts.bars import WIDTH, Bar, draw_bars


def draw_towns(league: League, plan: Plan, width: int = WIDTH) -> Markup:
    """Draw a bar a town, as long as its score; a town that owes nothing has none."""
    names = name_organisations(plan)
    bars = [_bar(place, names[place.town]) for place in league.places]
    told = _("; ").join(f"{bar.label} {bar.told}" for bar in bars)
    return draw_bars(_("Scores of the towns"), told, bars, "towns", width)


def _bar(place: Place, name: str) -> Bar:
    label = f"{place.rank}  {name}"
    if place.score is None:
        return Bar(label, "—", 0.0)
    return Bar(label, write_score(place), float(place.score))
