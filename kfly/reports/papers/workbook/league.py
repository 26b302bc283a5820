"""The towns in their order, as ``league`` shows them: what each owes, and what it has contributed beside."""

from collections.abc import Sequence
from fractions import Fraction

from kfly.locale import _
from kfly.plan.model import Plan, Target
from kfly.plan.organisations import name_organisations
from kfly.progress.league import League, Place
from kfly.reports.figures import find_town_digits
from kfly.reports.league import NEARLY_ALL
from kfly.reports.papers.workbook.sheet import (
    NUMBER,
    PART,
    YEAR,
    Cell,
    Column,
    Table,
    View,
    make_amount,
    make_promised,
    with_unit,
)

# The columns that a chart of the summary refers to.
TOWN, SCORE = 2, 3
TENTHS = 1000


def make_league(found: League, plan: Plan) -> View:
    """Make the sheet of the towns."""
    owed = [t for t in plan.targets if any(g.target == t for place in found.places for g in place.goals)]
    beside = [t for t in plan.targets if t not in owed and any(p.figures[t.key] for p in found.places)]
    names = name_organisations(plan)
    columns = [
        Column(_("Rank"), YEAR),
        Column(_("In 30 days"), NUMBER),
        Column(_("Town"), widest=20),
        Column(_("Score"), PART),
        *(column for target in owed for column in _list_owed_columns(target)),
        *(Column(with_unit(target.name.spoken, target.unit.spoken), NUMBER, widest=14) for target in beside),
    ]
    return View(
        name=_("League"),
        title=_("Towns by how far they keep what they owe"),
        told=[
            _(
                "Score: the mean, over what a town owes, of the share reached;"
                " a town that owes nothing has none."
            )
        ],
        tables=[Table(columns, [_cells(place, names, owed, beside) for place in found.places])],
    )


def _list_owed_columns(target: Target) -> list[Column]:
    name, unit = target.name.spoken, target.unit.spoken
    return [
        Column(with_unit(name, unit), NUMBER, widest=16),
        Column(with_unit(_("{name}: owed", name=name), unit), NUMBER, widest=16),
    ]


def _cells(
    place: Place, names: dict[str, str], owed: Sequence[Target], beside: Sequence[Target]
) -> list[Cell]:
    goals = {goal.target.key: goal for goal in place.goals}
    pairs: list[Cell] = []
    for target in owed:
        goal = goals.get(target.key)
        figure, digits = place.figures[target.key], find_town_digits(target)
        if goal is None:
            pairs += [make_amount(figure, digits), None]
            continue
        if goal.actual is not None:
            digits = digits.beside(goal.actual, goal.goal)
        pairs += [make_amount(goal.actual, digits), make_promised(goal.goal.amount, digits)]
    given = [make_amount(place.figures[target.key], find_town_digits(target)) for target in beside]
    return [place.rank, place.change, names[place.town], find_score(place), *pairs, *given]


def find_score(place: Place) -> Fraction | None:
    """Return the score as it is shown: to a tenth of a percent, rounded down; 99.9 is not yet all."""
    if place.score is None:
        return None
    score = place.score if all(goal.met for goal in place.counted) else min(place.score, NEARLY_ALL)
    return Fraction(int(score * TENTHS), TENTHS)
