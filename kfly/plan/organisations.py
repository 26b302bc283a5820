"""Who is meant by a name, and whom a group opens up to."""

from kfly.errors import KflyError, nearest
from kfly.locale import _
from kfly.plan.model import Organisation, Plan


def named(text: str, organisations: tuple[Organisation, ...]) -> Organisation | None:
    """The organisation of this name, alias or English name."""
    wanted = text.strip()
    for organisation in organisations:
        if wanted == organisation.name or wanted in organisation.aliases:
            return organisation
    folded = wanted.casefold()
    return next((o for o in organisations if o.en.casefold() == folded), None)


def find(text: str, organisations: tuple[Organisation, ...]) -> Organisation:
    """As :func:`named`.

    Raises:
        KflyError: nobody is called that; the nearest name is offered.
    """
    found = named(text, organisations)
    if found is None:
        near = nearest(text, [name for o in organisations for name in (o.name, o.en, *o.aliases)])
        raise KflyError(
            _("No organisation is called “{name}”; did you mean “{near}”?", name=text, near=near)
            if near
            else _("No organisation is called “{name}”; the plan's list names them all.", name=text)
        )
    return found


def circle(organisation: Organisation, plan: Plan) -> frozenset[str]:
    """The organisation, the groups it belongs to and, when it is a group, its members.

    A task that any of them leads or answers for concerns this organisation: the plan document says 各镇街园区
    where it means each of them.
    """
    groups = {o.name for o in plan.organisations if organisation.name in o.members}
    return frozenset({organisation.name, *groups, *organisation.members})


def called(plan: Plan) -> dict[str, str]:
    """What each organisation is called in the language in use, by the name the plan knows it by."""
    return {o.name: o.title.spoken for o in plan.organisations}
