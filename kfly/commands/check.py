"""``check``: look whether all is well, and say what is not; accept what is right as it is."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, database_is_named, read_day, read_reason, session_of
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.reports import check as report
from kfly.reports.check import FindingLine
from kfly.reports.tasks import write_need
from kfly.services.check import acceptance
from kfly.services.check.everything import find_all
from kfly.services.check.findings import ERROR, Finding
from kfly.services.check.typed import type_out

FOUND_ERRORS = 1


def check(
    ctx: typer.Context,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=N_("Print nothing where all is well, or was accepted."))
    ] = False,
    accept: Annotated[
        str | None,
        typer.Option("--accept", metavar=N_("ID"), help=N_("Accept the finding of this ID; wants --reason.")),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why it is accepted; it is kept."))
    ] = None,
    as_of: AsOf = None,
) -> Answer:
    """Whether the file is sound, the records are right, and the sign-offs still hold."""
    day, session = read_day(as_of), session_of(ctx)
    spell = partial(type_out, path=session.path, named=database_is_named(ctx))
    if accept is not None:
        why = _read_why(reason)
        with session.writing() as desk:
            done = acceptance.accept(desk, find_all(desk, day, write_need), accept, why)
        return Answer(
            lambda: done.document(spell(done.command), why),
            partial(report.render_accepted, done.where, done.message, why),
            done=True,
        )
    if reason is not None:
        raise WrongUsageError(_("--reason goes with --accept, and there is none."))
    with session.reading(damaged=True) as desk:
        found = find_all(desk, day, write_need)
        accepted = acceptance.read_reasons(desk)
    errors, warnings = _list_open(found, accepted, spell)
    count = len(found) - len(errors) - len(warnings)
    return Answer(
        lambda: [one.document(spell(one.command), accepted.get(one.finding)) for one in found],
        partial(report.render, errors, warnings, count, quiet=quiet),
        FOUND_ERRORS if errors else 0,
    )


def _list_open(
    found: Sequence[Finding], accepted: Mapping[str, str], spell: Any
) -> tuple[list[FindingLine], list[FindingLine]]:
    """List the errors and the warnings that nobody has accepted."""
    errors: list[FindingLine] = []
    warnings: list[FindingLine] = []
    for one in found:
        if one.finding not in accepted:
            line = FindingLine(one.where, one.message, spell(one.command), one.finding)
            (errors if one.severity == ERROR else warnings).append(line)
    return errors, warnings


def _read_why(reason: str | None) -> str:
    """Read why a finding is accepted.

    Raises:
        WrongUsageError: it is not said.
    """
    if reason is None:
        raise WrongUsageError(_("--accept wants --reason, which is kept."))
    return read_reason(reason)
