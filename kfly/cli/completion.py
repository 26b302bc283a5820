"""Completion: names of commands from the catalogue, without their modules; the words behind them by a table.

What a parameter takes is told by its name, which means the same in every command, or by the choices that its
metavar lists. So a command needs to do nothing for its words to be completed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kfly.cli.catalogue import COMMANDS
from kfly.cli.typer_private import Command, CompletionItem, Context
from kfly.locale import N_, _
from kfly.plan.kinds import ADD, TASKS, command_of

if TYPE_CHECKING:
    from kfly.services.suggestions import Named, Suggestions


# Typer's own words about completion, named here for the translators' tools.
TYPERS_WORDS = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)

_CHOICES = re.compile(r"[a-z_]+(\|[a-z_]+)*(\|[A-Z]+)?")
_COURSE = ("extend", "suspend", "resume", "cancel")  # commands that decide something of a task
_TASK = "task"  # what stands before the number of one in “kfly log task 11”

Source = Callable[["Suggestions", Context], "Iterable[Named]"]


def complete_command(incomplete: str, kind_names: Callable[[], Iterable[str]]) -> Iterator[CompletionItem]:
    """Yield the command names that begin so; kinds are read only if an ``add-…`` command may be meant."""
    for entry in COMMANDS:
        if entry.name.startswith(incomplete):
            yield CompletionItem(entry.name, help=_(entry.help))
    if ADD.startswith(incomplete) or incomplete.startswith(ADD):
        for name in map(command_of, kind_names()):
            if name.startswith(incomplete):
                yield CompletionItem(name)


def _kind(ctx: Context) -> str:
    """Return the kind that the words before name."""
    for name in ("kind", "words", "subject"):
        if said := ctx.params.get(name):
            return said if isinstance(said, str) else str(said[0])
    return ""


def _to_set(offered: "Suggestions", ctx: Context) -> "Iterable[Named]":
    """Offer a record, then what it is given; the latter at once if ``--where`` names the records."""
    if ctx.params.get("where") or ctx.params.get("words"):
        return offered.assignments(_kind(ctx))
    return offered.records(_kind(ctx))


def _subject(offered: "Suggestions", ctx: Context) -> "Iterable[Named]":
    said = ctx.params.get("subject") or ()
    if not said:
        return [*offered.kinds(), *offered.beginning([(_TASK, "")])]
    if len(said) > 1:
        return ()
    return offered.tasks() if said[0] == _TASK else offered.records(said[0])


def _sheets(offered: "Suggestions", ctx: Context) -> "Iterable[Named]":
    """Offer kinds for the first word; the files behind it are the shell's to complete."""
    return () if ctx.params.get("words") else offered.kinds()


def _with_tasks(offered: "Suggestions", _ctx: Context) -> "Iterable[Named]":
    """Offer the kinds, and beside them the table of tasks."""
    return [*offered.kinds(), *offered.beginning([(TASKS, "")])]


# By the name of the parameter; by that of its command as well, where it means something of its own there.
_SOURCES: dict[str, Source] = {
    "kind": lambda offered, _ctx: offered.kinds(),
    "kinds": lambda offered, _ctx: offered.kinds(),
    "export kinds": _with_tasks,
    "template kind": _with_tasks,
    "which": lambda offered, ctx: offered.records(_kind(ctx)),
    "set words": _to_set,
    "subject": _subject,
    "import words": _sheets,
    "where": lambda offered, ctx: offered.assignments(_kind(ctx)),
    "given": lambda offered, ctx: offered.assignments(_kind(ctx)),
    "columns": lambda offered, ctx: offered.listed_fields(_kind(ctx)),
    "sort": lambda offered, ctx: offered.fields(_kind(ctx)),
    "sum": lambda offered, ctx: offered.fields(_kind(ctx)),
    "sum_": lambda offered, ctx: offered.fields(_kind(ctx)),
    "org": lambda offered, _ctx: offered.organisations(),
    "lead": lambda offered, _ctx: offered.organisations(),
    "leader": lambda offered, _ctx: offered.leaders(),
    "stage": lambda offered, ctx: offered.stages(str(ctx.params.get("number") or "")),
    "progress by": lambda offered, _ctx: offered.organisations(),
    "town": lambda offered, _ctx: offered.towns(),
    **{
        f"{command} number": lambda offered, _ctx: offered.tasks()
        for command in ("task", "done", "reopen", "progress", "evidence", *_COURSE)
    },
    "measures number": lambda offered, _ctx: offered.measures(),
    "key": lambda offered, _ctx: offered.targets(),
    "league by": lambda offered, _ctx: [*offered.beginning([("score", "")]), *offered.targets()],
}


def complete_values(command: Command) -> None:
    """Let the shell complete what the parameters of a command take; before its help is translated."""
    for param in command.params:
        source = _SOURCES.get(f"{command.name} {param.name}") or _SOURCES.get(str(param.name))
        words = _CHOICES.fullmatch(param.metavar or "")
        if source is None and words:
            source = _choices((param.metavar or "").split("|"))
        if source is not None:
            complete_with(param, source)


def _choices(words: list[str]) -> Source:
    known = [(word, "") for word in words if word.islower()]
    return lambda offered, _ctx: offered.beginning(known)


def complete_with(param: Any, source: Source) -> None:
    """Let the shell complete what one parameter takes; from a file that cannot be asked comes nothing."""

    def offer(ctx: Context, _param: Any, incomplete: str) -> list[CompletionItem]:
        from kfly.services.suggestions import NOTHING_TO_OFFER, Suggestions

        try:
            found = list(source(Suggestions(_database(ctx), incomplete), ctx))
        except NOTHING_TO_OFFER:
            return []
        return [CompletionItem(word, help=meaning or None) for word, meaning in found]

    param._custom_shell_complete = offer


def _database(ctx: Context) -> Path:
    return Path(ctx.find_root().params["db"])
