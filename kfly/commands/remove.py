"""``remove KIND WHICH``: take one record out of the registry."""

import typer

from kfly.cli.options import KindName, Reason, Which, read_reason, session_of
from kfly.console.screen import say
from kfly.locale import _


def remove(
    ctx: typer.Context,
    kind: KindName,
    which: Which,
    reason: Reason,
) -> None:
    """Take one record out; its contents and the reason are kept."""
    why = read_reason(reason)
    with session_of(ctx).writing() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        title = registry.remove(declared, registry.which(declared, which), why)
    say(_("Removed {title}.", title=title))
