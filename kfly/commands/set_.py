"""``set KIND WHICH field=value``: change fields of one record, or, with ``--where``, of many at once."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple

import typer

from kfly.cli.answer import Answer
from kfly.cli.consent import ask_for_consent, can_ask
from kfly.cli.options import KindName, session_of
from kfly.clock import today
from kfly.console.screen import complain
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _
from kfly.plan.kinds import Kind
from kfly.registry.kinds import parse_assignments
from kfly.reports import records as report
from kfly.reports import set_ as report_of_many
from kfly.services.ceilings import watching_ceilings
from kfly.services.session import Desk, Session
from kfly.services.set_many import MassChange, set_many


def set_(
    ctx: typer.Context,
    kind: KindName,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[WHICH] FIELD=VALUE…"),
            help=N_(
                "The record: its name, town/name, or id; none with --where. Then what to change; “field=”"
                " clears it."
            ),
        ),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar=N_("'FIELD>=VALUE'"),
            help=N_(
                "Change all records of which this holds, as in “kfly list”; what will change is shown first."
                " Repeatable: all must hold."
            ),
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=N_("With --where: do not ask."))] = False,
) -> Answer:
    """Change some fields of one record, or of many at once."""
    session, given = session_of(ctx), words or []
    if where:
        _must_be_given(ctx, _("FIELD=VALUE…"), given)
        if (named := given[0]) and "=" not in named:
            raise WrongUsageError(
                _("--where chooses the records; leave out “{which}”, or leave out --where.", which=named)
            )
        return _change_many(_MassOrder(session, kind, where, given), yes=yes)
    if yes:
        raise WrongUsageError(_("--yes goes with --where, which chooses many records."))
    _must_be_given(ctx, _("WHICH"), given)
    _must_be_given(ctx, _("FIELD=VALUE…"), given[1:])
    return _change_one(session, kind, given[0], given[1:])


def _must_be_given(ctx: Any, name: str, words: Sequence[str]) -> None:
    if not words:
        raise WrongUsageError(
            _("{name} is missing; see “{command} --help”.", name=name, command=ctx.command_path)
        )


def _change_one(session: Session, kind: str, which: str, changes: list[str]) -> Answer:
    exceeded: list[str] = []
    with session.writing() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        record = registry.which(declared, which)
        with watching_ceilings(desk, declared, exceeded):
            made = registry.change(declared, record, parse_assignments(changes, declared))
        after, title = registry.show(declared, record), registry.title(declared, record)
    return Answer(
        lambda: after, partial(report.render_changes, declared, title, made), done=True, remarks=exceeded
    )


class _MassOrder(NamedTuple):
    """What is to be done to which records, as typed."""

    session: Session
    kind: str
    where: Sequence[str]
    changes: Sequence[str]

    def carry_out(self, desk: Desk) -> MassChange:
        """Do it, within the transaction that is open."""
        return set_many(desk, desk.registry.kind(self.kind), self.where, self.changes, today())


def _change_many(order: _MassOrder, *, yes: bool) -> Answer:
    """Change many records; without ``--yes`` they are shown first, and a person is asked."""
    previewed = None if yes else _preview(order)
    with order.session.writing() as desk:
        made = order.carry_out(desk)
        if previewed is not None and previewed != made:
            raise KflyError(_("The records have changed meanwhile; nothing was changed. Look again."))
        after = [desk.registry.show(made.kind, record) for record in made.found]
    return Answer(
        lambda: after,
        partial(report_of_many.render, *_told(made), shown=previewed is not None),
        done=True,
        remarks=made.exceeded,
    )


def _preview(order: _MassOrder) -> MassChange:
    """Show what would change, on stderr, where it does not mix with the answer; and ask.

    Raises:
        KflyError: it is declined, or there is nobody to ask.
    """
    with order.session.rehearsing() as open_desk, open_desk() as desk:
        made = order.carry_out(desk)
    if not made.changes:
        return made
    lines = report_of_many.tell_preview(*_told(made))
    if not can_ask():
        raise KflyError(*lines, _("Nothing was changed; give --yes to change them."))
    complain(lines)
    if not ask_for_consent(_("Change them? [y/N]")):
        raise KflyError(_("Nothing was changed."))
    return made


def _told(made: MassChange) -> tuple[Kind, int, report_of_many.Changed]:
    """Return what the report tells of a change."""
    return made.kind, len(made.found), [(change.title, change.fields) for change in made.changes]
