"""The targets, as ``status`` shows them: a row each."""

from fractions import Fraction

from kfly.locale import _
from kfly.plan.metrics import Goal
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import Standing
from kfly.reports import words
from kfly.reports.figures import find_digits_beside, find_row_digits, find_unit
from kfly.reports.outlook import describe_outlook
from kfly.reports.papers.workbook.sheet import (
    DAY,
    MARK,
    NUMBER,
    SHARE,
    Cell,
    Column,
    Table,
    View,
    cut_to_percents,
    make_amount,
    make_promised,
    tint_lights,
)
from kfly.reports.status import name_target, write_tally
from kfly.reports.tasks import join_names

# The columns that charts and formulas of other sheets refer to.
NAME, MET, PROGRESS, EXPECTED_SHARE, LIGHT = 1, 6, 7, 9, 10
KEPT, BROKEN = "✓", "✗"


def make_targets(standing: Standing) -> View:
    """Make the sheet of the targets."""
    return View(
        name=_("Targets and goals"),
        title=_("Targets: actual against goal"),
        told=[write_tally(standing.tasks)],
        tables=[Table(_list_columns(), [_cells(row, standing.plan) for row in standing.targets])],
    )


def _list_columns() -> list[Column]:
    return [
        Column(_("Part of the plan"), widest=18),
        Column(_("Target"), widest=34),
        Column(_("Unit"), MARK),
        Column(_("Actual"), NUMBER),
        Column(_("Bound"), MARK),
        Column(_("Goal"), NUMBER),
        Column(_("Met"), MARK),
        Column(_("Progress"), SHARE),
        Column(_("Expected by today"), NUMBER),
        Column(_("Expected share"), SHARE),
        Column(_("Light"), MARK, tints=tint_lights()),
        Column(_("Due"), DAY),
        Column(_("Forecast"), widest=40),
        Column(_("Lead"), widest=24),
    ]


def _cells(row: TargetStanding, plan: Plan) -> list[Cell]:
    goal = row.goal
    return [
        row.target.section.spoken,
        name_target(row),
        find_unit(row),
        make_row_amount(row, row.actual),
        words.sign(goal.comparison) if goal else "",
        make_goal_amount(row, goal),
        (KEPT if row.met else BROKEN) if goal else "",
        share_reached(row),
        make_row_amount(row, row.expected),
        share_expected(row),
        words.light(row.light, starting=row.starting),
        row.due,
        "\n".join(describe_outlook(row)),
        name_leads(row, plan),
    ]


def make_row_amount(row: TargetStanding, figure: Fraction | None) -> Cell:
    """Make the cell of a figure of a target, as all views show it."""
    return None if figure is None else make_amount(figure, find_digits_beside(row, figure))


def make_goal_amount(row: TargetStanding, goal: Goal | None) -> Cell:
    """Make the cell of a goal of a target, as all views show it."""
    return None if goal is None else make_promised(goal.amount, find_row_digits(row))


def share_reached(row: TargetStanding) -> Fraction | None:
    """Return the share of the goal that is shown: whole percents, what is unmet never all of it."""
    return cut_to_percents(row.shown_share)


def share_expected(row: TargetStanding) -> Fraction | None:
    """Return what share of the goal is expected by the day, in whole percents."""
    return cut_to_percents(row.expected_share)


def name_leads(row: TargetStanding, plan: Plan) -> str:
    """Name who leads a target, or the line of work that it serves."""
    return join_names(row.lead, name_organisations(plan)) if row.lead else "—"
