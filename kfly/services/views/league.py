"""The towns' league, read for a day."""

from datetime import date

from kfly.plan.model import Target
from kfly.progress import league
from kfly.progress.league import League
from kfly.progress.seasons import find_season
from kfly.services.session import Desk
from kfly.store import spans


def read_league(desk: Desk, day: date, by: Target | None = None) -> League:
    """Rank the towns and zones on a day by how far they keep what they owe, or by one target."""
    plan = desk.plan
    by_town = spans.read(desk.db, league.list_metrics(plan), by_town=True, days=league.list_days(plan, day))
    places = league.league(plan, by_town, day, by.key if by else None)
    return League(places, {each.key: find_season(each, plan, day) for each in plan.targets})
