"""The headline of the page: whose plan, which day, how many lights of which colour."""

from typing import NamedTuple

from kfly.locale import _
from kfly.plan.course import CANCELLED, SUSPENDED
from kfly.progress.departments import tally_together
from kfly.progress.lights import BLUE, GREEN, NONE, RED, YELLOW
from kfly.progress.overview import Overview
from kfly.progress.states import ONGOING
from kfly.progress.tally import TaskTally
from kfly.reports import words
from kfly.reports.papers.page.parts import Lit, count_lights, lit
from kfly.reports.rates import describe_rates
from kfly.reports.status import write_tally


class Tile(NamedTuple):
    """A number in large type, under its light."""

    light: Lit
    number: int
    told: str


class Headline(NamedTuple):
    """What stands at the top.

    Attributes:
        plan: its name.
        scope: the organisation whose part it is; empty for the whole plan.
        targets: how many targets are under which light.
        tasks: how many tasks are in which state.
        tally: the tasks in one line.
        rates: how much of what is decided came on time.
    """

    plan: str
    scope: str
    targets: list[Tile]
    tasks: list[Tile]
    tally: str
    rates: list[str]


def make_headline(overview: Overview) -> Headline:
    """Count what stands at the top of the page."""
    counted = count_lights([(row.light, row.starting) for row in overview.standing.targets])
    return Headline(
        plan=overview.plan.name.spoken,
        scope=overview.scope.title.spoken if overview.scope else "",
        targets=[Tile(light, number, light.word) for light, number in counted],
        tasks=_list_task_tiles(overview.standing.tasks),
        tally=write_tally(overview.standing.tasks),
        rates=list(describe_rates(tally_together(overview.tasks))),
    )


def _list_task_tiles(tally: TaskTally) -> list[Tile]:
    """List the tasks by what is to be done about them, the most pressing first."""
    rest = tally.open - tally.behind - tally.due_soon - tally.staged
    done = _("done, {n} unsigned", n=tally.unsigned) if tally.unsigned else _("done")
    beside = ((ONGOING, tally.ongoing), (SUSPENDED, tally.suspended), (CANCELLED, tally.cancelled))
    return [
        Tile(lit(RED), tally.overdue, _("overdue")),
        *([Tile(lit(RED), tally.staged, _("with an overdue stage"))] if tally.staged else []),
        Tile(lit(YELLOW), tally.behind, _("behind")),
        Tile(lit(BLUE), tally.due_soon, _("due soon")),
        Tile(lit(GREEN), tally.done, done),
        Tile(lit(NONE), rest, _("open, in time")),
        *(Tile(lit(NONE), number, words.state(state)) for state, number in beside if number),
    ]
