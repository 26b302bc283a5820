"""``set KIND WHICH field=value``: change some fields of one record."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import KindName, Which, session_of
from kfly.locale import N_
from kfly.registry.kinds import parse_assignments
from kfly.reports import records as report
from kfly.services.ceilings import watching_ceilings


def set_(
    ctx: typer.Context,
    kind: KindName,
    which: Which,
    changes: Annotated[
        list[str], typer.Argument(metavar=N_("FIELD=VALUE…"), help=N_("What to change; “field=” clears it."))
    ],
) -> Answer:
    """Change some fields of one record."""
    exceeded: list[str] = []
    with session_of(ctx).writing() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        record = registry.which(declared, which)
        with watching_ceilings(desk, declared, exceeded):
            made = registry.change(declared, record, parse_assignments(changes, declared))
        after, title = registry.show(declared, record), registry.titles.of(declared.name)[record]
    return Answer(
        lambda: after, partial(report.render_changes, declared, title, made), done=True, remarks=exceeded
    )
