"""Completion of command names: from the catalogue, no command's module imported."""

from collections.abc import Callable, Iterable, Iterator

from kfly.cli.catalogue import COMMANDS
from kfly.cli.typer_private import CompletionItem
from kfly.locale import N_, _
from kfly.plan.kinds import ADD, command_of

# Typer's own words about completion, named here for the translators' tools.
TYPERS_WORDS = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)


def complete_command(incomplete: str, kind_names: Callable[[], Iterable[str]]) -> Iterator[CompletionItem]:
    """Yield the command names that begin so; kinds are read only if an ``add-…`` command may be meant."""
    for entry in COMMANDS:
        if entry.name.startswith(incomplete):
            yield CompletionItem(entry.name, help=_(entry.help))
    if ADD.startswith(incomplete) or incomplete.startswith(ADD):
        for name in map(command_of, kind_names()):
            if name.startswith(incomplete):
                yield CompletionItem(name)
