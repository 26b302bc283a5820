"""The group of all commands: each is imported when it is asked for, the language chosen before that."""

import builtins
import os
from collections.abc import Iterable
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from stat import S_ISREG
from typing import Any

from kfly import locale
from kfly.cli.answer import Answer
from kfly.cli.catalogue import COMMANDS, COMMANDS_IN, FAMILY, RECORDING, CatalogueEntry
from kfly.cli.command import KflyCommand, Localised, json_option
from kfly.cli.typer_private import (
    Command,
    CommandInfo,
    CompletionItem,
    Context,
    TyperGroup,
    TyperPath,
    get_command_from_info,
)
from kfly.console.pager import begin_with, leave_to_pager
from kfly.errors import WrongUsageError, find_nearest
from kfly.locale import _
from kfly.plan.kinds import ADD, command_of

DATABASE_VARIABLE = "KFLY_DB"
DEFAULT_DATABASE = "kfly.db"
COMPLETION_VARIABLE = "_KFLY_COMPLETE"  # set by a shell that asks for completion

_ENTRIES = {entry.name: entry for entry in COMMANDS}


class KflyGroup(Localised, TyperGroup):
    """The group of all commands."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Choose the language first: whatever is said next, a usage error included, is said in it."""
        begin_with("")
        _choose_language(args, completing=ctx.resilient_parsing)
        if not ctx.resilient_parsing:
            _must_print_elsewhere(args)
        rest = super().parse_args(ctx, args)
        ctx.obj = [*ctx._protected_args, *rest]  # as the log shall know the command
        return rest

    def list_commands(self, ctx: Context) -> list[str]:
        """Name all commands, in the order of the catalogue; none about kinds that the plan leaves out."""
        kinds = list(_kind_names(ctx))
        return [*(entry.name for entry in _entries_about(kinds)), *map(command_of, kinds)]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return a command, imported now."""
        if entry := _ENTRIES.get(cmd_name):
            return _build(entry)
        if cmd_name.startswith(ADD):
            command: Command | None = import_module(FAMILY).find_command(ctx, cmd_name)
            return command
        return None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that the words mean; refuse others, naming the nearest."""
        if args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if command := self.get_command(ctx, args[0]):
            return args[0], command, args[1:]
        if args[0].startswith(ADD):
            import_module(FAMILY).refuse_left_out(ctx, args[0])
        near = find_nearest(args[0], self.list_commands(ctx))
        raise WrongUsageError(
            _("There is no command “{name}”; did you mean “{near}”?", name=args[0], near=near)
            if near
            else _("There is no command “{name}”; “kfly --help” lists them.", name=args[0])
        )

    def invoke(self, ctx: Context) -> Any:
        """Run the command; Ctrl-C while its output is read is the pager's own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if not leave_to_pager():
                raise
            return 0

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name, or an option before it."""
        from kfly.cli.completion import complete_command

        self.translate(ctx)
        items = complete_command(incomplete, lambda: _kind_names(ctx))
        return [*items, *Command.shell_complete(self, ctx, incomplete)]

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Print the list of commands, from the catalogue."""
        from kfly.cli.help import Listing, show_page

        panels: dict[str, list[tuple[str, str]]] = {}
        for entry in _entries_about(_kind_names(ctx)):
            panels.setdefault(_(entry.panel), []).append((entry.name, _(entry.help)))
        panels[_(RECORDING)] = list(import_module(FAMILY).list_commands(ctx))
        self.translate(ctx)
        show_page(self, ctx, (Listing(panel, commands) for panel, commands in panels.items()))


def _build(entry: CatalogueEntry) -> Command:
    """Import a command's module and make the command of its function.

    Both are named as the command, with a sign more where Python has that word already.
    """
    name = entry.name + "_" * (iskeyword(entry.name) or hasattr(builtins, entry.name))
    callback = getattr(import_module(f"{COMMANDS_IN}.{name}"), name)
    info = CommandInfo(name=entry.name, cls=KflyCommand, callback=callback, help=entry.help)
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    if callback.__annotations__.get("return") is Answer:
        command.params.append(json_option())
    _leave_files_alone(command)
    let_complete(command)
    return command


def _leave_files_alone(command: Command) -> None:
    """Keep Typer from looking at files: who reads one says what keeps him from it, or does without."""
    for param in command.params:
        if isinstance(param.type, TyperPath):
            param.type.readable = False


def let_complete(command: Command) -> None:
    """Have the values of a command's parameters completed, where a shell asks for that."""
    if COMPLETION_VARIABLE in os.environ:
        from kfly.cli.completion import complete_values

        complete_values(command)


def _kind_names(ctx: Context) -> Iterable[str]:
    names: Iterable[str] = import_module(FAMILY).name_kinds(ctx)
    return names


def _entries_about(kinds: Iterable[str]) -> list[CatalogueEntry]:
    """List the commands but for those about other kinds than these."""
    recorded = {"", *kinds}
    return [entry for entry in COMMANDS if entry.kind in recorded]


def _choose_language(args: list[str], *, completing: bool) -> None:
    """Choose ``--lang``, else the environment, else the plan's, which a completion has no time to read.

    The plan's is read by whoever opens the database first, with the rest; or when the first word is said.
    """
    asked, database = find_options_before_the_command(args)
    decided = asked if asked in locale.LANGUAGES else locale.read_environment()
    if decided is not None or completing or not database.is_file():
        locale.speak(decided or locale.FALLBACK)
    else:
        from kfly.services.session import Session

        locale.speak_later(lambda: Session(database).plan_language() or locale.FALLBACK)


def _must_print_elsewhere(args: list[str]) -> None:
    """Refuse to print into the database; a pipe or a terminal is none.

    Raises:
        KflyError: stdout or stderr is it, or lies beside it.
    """
    if any(_is_a_file(number) for number in (1, 2)):
        from kfly.services.outputs import must_print_elsewhere

        must_print_elsewhere(find_options_before_the_command(args)[1])


def _is_a_file(number: int) -> bool:
    try:
        return S_ISREG(os.fstat(number).st_mode)
    except OSError:  # closed
        return False


def find_options_before_the_command(args: list[str]) -> tuple[str | None, Path]:
    """Find the language and the database that the words before the command's name ask for."""
    asked: dict[str, str] = {}
    words = iter(args)
    for word in words:
        if not word.startswith("-"):
            break
        name, equals, value = word.partition("=")
        if name in ("--lang", "--db"):
            asked[name] = value if equals else next(words, "")
    database = asked.get("--db") or os.environ.get(DATABASE_VARIABLE) or DEFAULT_DATABASE
    return asked.get("--lang"), Path(database)
