"""Organisations found by a name, and those that share their tasks through a group."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from kfly.errors import KflyError, find_nearest
from kfly.locale import _
from kfly.plan.model import Organisation, Plan

Thing = TypeVar("Thing")
Asked = tuple[str | None, str | None]
FindNames = Callable[[Thing], Iterable[str]]


def match_organisation(text: str, organisations: tuple[Organisation, ...]) -> Organisation | None:
    """Find the organisation of this name, alias or English name; None if there is none."""
    wanted = text.strip()
    for organisation in organisations:
        if wanted == organisation.name or wanted in organisation.aliases:
            return organisation
    folded = wanted.casefold()
    return next((o for o in organisations if o.en.casefold() == folded), None)


def find_organisation(text: str, organisations: tuple[Organisation, ...]) -> Organisation:
    """Find an organisation as :func:`match_organisation` does, but refuse an unknown name.

    Raises:
        KflyError: nobody is called that; the nearest name is offered.
    """
    found = match_organisation(text, organisations)
    if found is None:
        near = find_nearest(text, [name for o in organisations for name in (o.name, o.en, *o.aliases)])
        raise KflyError(
            _("No organisation is called “{name}”; did you mean “{near}”?", name=text, near=near)
            if near
            else _("No organisation is called “{name}”; the plan's list names them all.", name=text)
        )
    return found


def find_related(organisation: Organisation, plan: Plan) -> frozenset[str]:
    """Return the names of an organisation, the groups it belongs to and, if it is a group, its members.

    A task that any of them leads or answers for concerns this organisation: the plan document says 各镇街园区
    where it means each of them.
    """
    groups = {o.name for o in plan.organisations if organisation.name in o.members}
    return frozenset({organisation.name, *groups, *organisation.members})


def open_up(names: Iterable[str], organisations: Iterable[Organisation]) -> list[Organisation]:
    """List the organisations of some names, groups opened up to their members, each once."""
    known = {organisation.name: organisation for organisation in organisations}
    opened = [member for name in names for member in known[name].members or (name,)]
    return [known[name] for name in dict.fromkeys(opened) if name in known]


def keep_concerning(
    plan: Plan,
    things: Iterable[Thing],
    asked: Asked,
    find_lead: FindNames[Thing],
    find_others: FindNames[Thing],
) -> tuple[Thing, ...]:
    """Keep what an organisation leads or answers for, and what another leads; groups open up both ways.

    Args:
        plan: its organisations.
        things: tasks, targets.
        asked: who leads or answers for it; who leads it. None asks for nobody.
        find_lead: says who leads a thing.
        find_others: says who answers for it.

    Raises:
        KflyError: nobody is called so.
    """
    kept = tuple(things)
    for name, lead_only in zip(asked, (False, True), strict=True):
        if name is not None:
            concerned = find_related(find_organisation(name, plan.organisations), plan)
            kept = tuple(
                thing
                for thing in kept
                if concerned.intersection((*find_lead(thing), *(() if lead_only else find_others(thing))))
            )
    return kept


def name_organisations(plan: Plan) -> dict[str, str]:
    """Return what each organisation is called in the language in use, by the plan's own name for it."""
    return {o.name: o.title.spoken for o in plan.organisations}
