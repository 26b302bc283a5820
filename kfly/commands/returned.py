"""``returned KIND``: record that somebody had nothing to send (零报告)."""

from datetime import date
from typing import Annotated

import typer

from kfly.cli.options import KindName, read_past_day, session_of
from kfly.console.screen import say
from kfly.errors import KflyError, find_nearest
from kfly.locale import N_, _
from kfly.plan.model import Organisation, Plan
from kfly.plan.organisations import find_organisation, open_up
from kfly.plan.returns import NilReturn, Return
from kfly.registry.registry import Registry
from kfly.services.views.returns import record_nil_return


def returned(
    ctx: typer.Context,
    kind: KindName,
    sender: Annotated[
        str, typer.Option("--from", metavar=N_("NAME"), help=N_("The town or zone that reports it."))
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=N_("DATE"), help=N_("The day of the report; today otherwise.")),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar=N_("PERIOD"),
            help=N_("The period it is for: 2022, 2022H1, 2022Q3, 2022-07; by its day otherwise."),
        ),
    ] = None,
) -> None:
    """Record that somebody had nothing to send, or has sent it by another way."""
    day = read_past_day(on)
    with session_of(ctx).writing() as desk:
        asked = _find_asked(desk.plan, desk.registry, kind)
        organisation = find_organisation(sender, desk.plan.organisations)
        _must_owe(organisation, asked, desk.plan)
        label = _read_period(period, asked, desk.plan, day)
        title = desk.registry.kind(asked.kind).label.spoken
        served = record_nil_return(desk, NilReturn(asked.kind, organisation.name, day, label))
        if served is None:
            raise KflyError(_say_what_has_come(organisation, asked, day, label))
    say(
        _(
            "Recorded the nil return of {organisation} on {day} for {period}: {kind}.",
            organisation=organisation.title.spoken,
            day=day.isoformat(),
            period=served.label,
            kind=title,
        )
    )


def _say_what_has_come(organisation: Organisation, asked: Return, day: date, label: str | None) -> str:
    shown = {"organisation": organisation.title.spoken, "kind": asked.kind, "day": day.isoformat()}
    if label:
        return _(
            "{organisation} has sent it for {period} already: “kfly returns {kind} --as-of {day}” shows"
            " when.",
            period=label,
            **shown,
        )
    return _(
        "{organisation} owes nothing that this could be on {day}: “kfly returns {kind} --as-of {day}” shows"
        " what has come. A period that is missing still is named by --for.",
        **shown,
    )


def _find_asked(plan: Plan, registry: Registry, text: str) -> Return:
    kind = registry.kind(text)
    if not plan.returns:
        raise KflyError(
            _("The plan asks nobody to send anything; “returns:” in targets.yaml says who has to.")
        )
    found = next((asked for asked in plan.returns if asked.kind == kind.name), None)
    if found is None:
        listed = _(", ").join(asked.kind for asked in plan.returns)
        raise KflyError(
            _(
                "Nobody has to send {kind}; “returns:” in the plan names: {listed}.",
                kind=kind.label.spoken,
                listed=listed,
            )
        )
    return found


def _must_owe(organisation: Organisation, asked: Return, plan: Plan) -> None:
    names = [each.name for each in open_up(asked.organisations, plan.organisations)]
    if organisation.name not in names:
        raise KflyError(
            _(
                "{organisation} does not have to send this; those who have to: {names}.",
                organisation=organisation.title.spoken,
                names=_(", ").join(names),
            )
        )


def _read_period(text: str | None, asked: Return, plan: Plan, day: date) -> str | None:
    """Read the period it is for: one of those for which it is to be sent, and that has begun by its day."""
    if text is None:
        return None
    found = plan.calendar.read_period(text.strip())
    if found is not None and found.every == asked.every:
        if found.first > day:
            raise KflyError(
                _("--for: {period} has not begun on {day} yet.", period=found.label, day=day.isoformat())
            )
        return found.label
    labels = [period.label for period in plan.calendar.list_periods(asked.every)]
    near = find_nearest(text, labels)
    raise KflyError(
        _("--for: “{value}” is no period of it; did you mean “{near}”?", value=text, near=near)
        if near
        else _(
            "--for: “{value}” is no period of it; they are {first} to {last}.",
            value=text,
            first=labels[0],
            last=labels[-1],
        )
    )
