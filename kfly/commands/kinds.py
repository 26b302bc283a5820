"""``kinds``: what can be recorded, or what one kind takes."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, session_of
from kfly.locale import N_
from kfly.reports import kinds as report


def kinds(
    ctx: typer.Context,
    kind: Annotated[
        str | None, typer.Argument(metavar=N_("[KIND]"), help=N_("Show its fields, units and choices."))
    ] = None,
    as_known: AsKnown = None,
) -> Answer:
    """What can be recorded, or what one kind takes."""
    with session_of(ctx, as_known).reading() as desk:
        known = list(desk.registry.kinds.values())
        declared = desk.registry.kind(kind) if kind else None
    if declared:
        return Answer(partial(report.document, declared), partial(report.render_kind, declared, known))
    return Answer(lambda: [report.document(each) for each in known], partial(report.render_kinds, known))
