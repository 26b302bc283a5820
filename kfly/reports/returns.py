"""``returns``: who has sent what, period by period."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _
from kfly.plan.kinds import Kind
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.returns import LATE, MISSING, ON_TIME, OPEN, ReturnStanding

NARROWEST, BESIDE = 12, 24  # columns: of a period, and of what stands left of all
_MARKS = {
    ON_TIME: ("green", N_("✓ {day}")),
    LATE: ("yellow", N_("late {day}")),
    MISSING: ("red", N_("✗ missing")),
    OPEN: ("dim", N_("until {day}")),
}
Kinds = Mapping[str, Kind]


def document(rows: Iterable[ReturnStanding], plan: Plan) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on."""
    names = name_organisations(plan)
    return [
        {
            "kind": row.asked.kind,
            "organisation": names[row.organisation],
            "every": row.asked.every,
            "period": row.period.label,
            "due": row.due.isoformat(),
            "state": row.state,
            "returned_on": row.entry and row.entry.on.isoformat(),
            "nil": row.entry is not None and row.entry.is_nil,
        }
        for row in rows
    ]


def render(rows: Sequence[ReturnStanding], plan: Plan, kinds: Kinds, day: date) -> None:
    """Print a table for each kind: who, and the latest periods for which there is room."""
    if not rows:
        show(_("The plan asks nobody to send anything; “returns:” in targets.yaml says who has to."))
        return
    show(text(_("Returns as of {day}", day=day.isoformat()), "bold"))
    for asked in dict.fromkeys(row.asked for row in rows):
        own = [row for row in rows if row.asked == asked]
        periods = list(dict.fromkeys(row.period.label for row in own))
        shown = periods[-max(1, (measure_width() - BESIDE) // NARROWEST) :]
        show("", text(_title(own, kinds), "bold"), make_table(_columns(shown), _lines(own, shown, plan)))
        if len(shown) < len(periods):
            left = len(periods) - len(shown)
            show(text(_("Earlier periods, which --json lists: {n}", n=left), "dim"))


def _columns(periods: Iterable[str]) -> list[Column]:
    return [Column(_("Sender"), narrowest=8), *(Column(period, narrowest=10) for period in periods)]


def _lines(rows: Iterable[ReturnStanding], shown: Sequence[str], plan: Plan) -> list[list[str | Text]]:
    names, lines = name_organisations(plan), dict[str, dict[str, ReturnStanding]]()
    for row in rows:
        lines.setdefault(row.organisation, {})[row.period.label] = row
    return [[names[who], *(_cell(by_period[label]) for label in shown)] for who, by_period in lines.items()]


def _cell(row: ReturnStanding) -> Text:
    colour, words = _MARKS[row.state]
    told = _(words, day=f"{row.entry.on if row.entry else row.due:%m-%d}")
    if row.entry is not None and row.entry.is_nil:
        told = _("{told} (nil)", told=told)
    return text(told, colour)


def _title(rows: Sequence[ReturnStanding], kinds: Kinds) -> str:
    """Write of which kind, and how many of those that were due have come on time."""
    due = [row for row in rows if row.state != OPEN]
    kind = kinds.get(rows[0].asked.kind)
    return _(
        "{kind}: {n} of {all} on time, {late} late, {missing} missing",
        kind=kind.label.spoken if kind else rows[0].asked.kind,
        n=sum(row.state == ON_TIME for row in due),
        all=len(due),
        late=sum(row.state == LATE for row in due),
        missing=sum(row.state == MISSING for row in due),
    )


def write_reminders(missing: Iterable[ReturnStanding], plan: Plan, kinds: Kinds) -> list[str]:
    """Write what is missing, a line for each kind and period, with all that owe it."""
    names, owed = name_organisations(plan), dict[tuple[str, str, date, str], list[str]]()
    for row in missing:
        key = (row.asked.kind, row.period.label, row.due, row.state)
        owed.setdefault(key, []).append(names[row.organisation])
    return [
        _(
            words,
            kind=kinds[kind].label.spoken if kind in kinds else kind,
            period=period,
            day=due.isoformat(),
            names=_(", ").join(who),
        )
        for (kind, period, due, state), who in owed.items()
        for words in [_OWED[state]]
    ]


_OWED = {
    MISSING: N_("{kind} of {period}, due on {day}, missing from: {names}"),
    OPEN: N_("{kind} of {period}, due on {day}, not yet sent by: {names}"),
}
