"""The ``add-…`` commands, made from the kinds in force."""

from collections.abc import Iterable, Iterator
from typing import Any

from kfly.cli.session import Session
from kfly.errors import KflyError
from kfly.locale import language
from kfly.plan.kinds import Kind


def kind_names(session: Session) -> list[str]:
    """The names of the kinds: the database's, or the package's own where there is none."""
    from kfly.store.plan import kinds as kind_rows

    try:
        with session.reading() as desk:
            return kind_rows.names(desk.db)
    except KflyError:
        return [kind.name for kind in _kinds(session)]


def listed(ctx: Any) -> Iterator[tuple[str, str]]:
    """Each ``add-…`` command with what it records."""
    for kind in _kinds(Session.of(ctx)):
        yield kind.command, kind.label.in_(language())


def command_for(ctx: Any, name: str) -> Any:
    """The command of this name, if a kind has it."""
    kind = next((kind for kind in _kinds(Session.of(ctx)) if kind.command == name), None)
    if kind is None:
        return None
    from kfly.cli.add_command import AddCommand

    return AddCommand(kind)


def _kinds(session: Session) -> Iterable[Kind]:
    from kfly.registry.kinds import standing
    from kfly.store.plan import kinds as kind_rows

    if not session.path.exists():
        return standing()
    try:
        with session.reading() as desk:
            return kind_rows.read_kinds(desk.db)
    except KflyError:
        return standing()
