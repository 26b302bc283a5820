"""``show KIND WHICH``: one record, every field."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, KindName, Which, read_day, session_of


def show(
    ctx: typer.Context, kind: KindName, which: Which, as_of: AsOf = None, as_known: AsKnown = None
) -> Answer:
    """One record, every field."""
    # To complete a record's name, at each press of a key, the words above are enough.
    from kfly.registry.derived import show_with_derived
    from kfly.reports import show as report
    from kfly.services.counting import count_records

    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        values = registry.get(declared, registry.which(declared, which))
        record = show_with_derived(registry, declared, values, day)
        (found,) = count_records(desk, declared, [values], day)
        plan = desk.plan
    return Answer(
        partial(report.document, declared, record, found),
        partial(report.render, report.ShownRecord(declared, plan, record, found), day),
    )
