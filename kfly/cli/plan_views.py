"""Views of the plan's own lines of work, and of its money."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, day_asked, whole_number
from kfly.cli.session import Desk, Session
from kfly.console.screen import show_json
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.plan.kinds import Kind
from kfly.plan.model import Target
from kfly.progress import measures as lines_of_work
from kfly.progress import targets
from kfly.progress.budget import CATEGORY, Item
from kfly.progress.measures import Issue
from kfly.store import records as rows
from kfly.store import spans

DELIVERABLE = "deliverable"  # what a field names whose values are keys of deliverables
DOCUMENT_NUMBER, VOUCHER = "document_number", "voucher_number"


def measures(
    ctx: typer.Context,
    number: Annotated[
        str | None, typer.Argument(metavar="[N]", help=N_("One line of work, with all that it has promised."))
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The plan's lines of work: tasks and deliverables done, the lights of the targets they serve."""
    from kfly.reports import measures as report

    day, asked = day_asked(as_of), whole_number(number, "N")
    with Session.of(ctx).reading() as desk:
        plan = desk.plan
        read = spans.read(desk.db, dict.fromkeys(target.metric for target in plan.targets))
        standing = [targets.stand(target, read[target.metric], plan, day) for target in plan.targets]
        tasks = desk.stand(plan.tasks_in_view(day), day)
        found = lines_of_work.of_plan(plan, tasks, standing, _issues(desk, day))
    if asked is None:
        if as_json:
            show_json(report.document(found, plan))
        else:
            report.render(found, plan, day)
        return
    row = next((row for row in found if row.measure and row.measure.number == asked), None)
    if row is None:
        numbers = _(", ").join(str(measure.number) for measure in plan.measures) or "—"
        raise KflyError(
            _("There is no line of work {number}; there are: {numbers}.", number=asked, numbers=numbers)
        )
    if as_json:
        show_json(report.one_document(row, plan))
    else:
        report.render_one(row, plan, day)


def _issues(desk: Desk, day: date) -> Iterator[Issue]:
    """The records until a day that name a deliverable, of whatever kind."""
    for kind in desk.registry.kinds.values():
        field = next((field for field in kind.fields if field.names == DELIVERABLE), None)
        if field is None or kind.counts_on is None:
            continue
        asked = (field.name, kind.counts_on, kind.key[0], DOCUMENT_NUMBER)
        for record in rows.some(desk.db, kind, asked):
            key, on, number = record[field.name], record[kind.counts_on], record.get(DOCUMENT_NUMBER)
            if key and on and str(on) <= day.isoformat():
                title = str(record[kind.key[0]] or "")
                yield Issue(str(key), date.fromisoformat(str(on)), title, str(number) if number else None)


def budget(ctx: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The special fund: spent by category and year, what is left, and whether it keeps pace."""
    from kfly.progress import budget as money
    from kfly.reports import budget as report

    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        plan = desk.plan
        target = money.target_of(plan)
        if target is None:
            raise KflyError(_("The plan sets no ceiling on money: no target of it is “at_most” a sum."))
        kind = desk.registry.kind(target.metric.kind)
        field = kind.field(money.CATEGORY)
        parts = {word: money.of_category(target.metric, word) for word in (field.choices if field else ())}
        read = spans.read(desk.db, [target.metric, *parts.values()])
        row = targets.stand(target, read[target.metric], plan, day)
        by_category = {word: read[metric] for word, metric in parts.items()} or {"—": read[target.metric]}
        found = money.budget(row, plan, day, by_category, _items(desk, kind, target))
    if as_json:
        show_json(report.document(found, day))
    else:
        report.render(found, day)


def _items(desk: Desk, kind: Kind, target: Target) -> Iterator[Item]:
    """The payments, where no condition of the target leaves any out."""
    field, on = target.metric.field or "", target.metric.dated or kind.counts_on or ""
    if target.metric.where:
        return
    for record in rows.some(desk.db, kind, (kind.key[0], CATEGORY, field, on, VOUCHER)):
        if record[field] is not None and record[on]:
            yield Item(
                id=int(str(record["id"])),
                title=str(record[kind.key[0]]),
                category=str(record.get(CATEGORY) or ""),
                amount=Fraction(str(record[field])),
                on=date.fromisoformat(str(record[on])),
                voucher=str(record.get(VOUCHER) or ""),
            )
