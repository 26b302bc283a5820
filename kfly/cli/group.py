"""The command group: commands on demand, ``add-…`` commands from the kinds, help in the user's language."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer._click import Command, Context
from typer._click.exceptions import UsageError
from typer._click.shell_completion import CompletionItem
from typer.core import TyperGroup, TyperOption
from typer.main import get_command_from_info, get_install_completion_arguments
from typer.models import CommandInfo

from kfly import __version__, locale
from kfly.cli.command import KflyCommand, Localised, translate
from kfly.cli.session import DATABASE_VARIABLE, DEFAULT_DATABASE, Session
from kfly.cli.table import COMMANDS, RECORDING, Entry
from kfly.errors import WrongUsageError, nearest
from kfly.locale import N_, _
from kfly.plan.kinds import ADD, command_of

__all__ = ["UsageError", "kfly"]

_SPECIAL = frozenset(" \t\r\n\"'\\`$&|;<>()[]{}*?!#~")  # to a shell
_ENTRIES = {entry.name: entry for entry in COMMANDS}


class KflyGroup(Localised, TyperGroup):
    """The group of all commands."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Choose the language first: whatever is said next, a usage error included, is said in it."""
        locale.speak(_language(args, completing=ctx.resilient_parsing))
        translate(self)
        rest = super().parse_args(ctx, args)
        ctx.obj = spelled([*ctx._protected_args, *rest])
        return rest

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        return [*_ENTRIES, *map(command_of, _kind_names(ctx))]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """A command, imported now."""
        if entry := _ENTRIES.get(cmd_name):
            return _built(entry)
        if cmd_name.startswith(ADD):
            from kfly.cli.adding import command_for

            command: Command | None = command_for(ctx, cmd_name)
            return command
        return None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that the words mean, or the nearest that they may have meant."""
        if args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if command := self.get_command(ctx, args[0]):
            return args[0], command, args[1:]
        near = nearest(args[0], self.list_commands(ctx))
        raise WrongUsageError(
            _("There is no command “{name}”; did you mean “{near}”?", name=args[0], near=near)
            if near
            else _("There is no command “{name}”; “kfly --help” lists them.", name=args[0])
        )

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Command names from the table; no command's module is imported, and kinds are read if asked for."""
        items = [CompletionItem(e.name, help=_(e.help)) for e in COMMANDS if e.name.startswith(incomplete)]
        if ADD.startswith(incomplete) or incomplete.startswith(ADD):
            names = map(command_of, _kind_names(ctx))
            items += [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return items + Command.shell_complete(self, ctx, incomplete)

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """The list of commands, from the table."""
        from kfly.cli.adding import listed
        from kfly.cli.help import Listing, show_page

        panels: dict[str, list[tuple[str, str]]] = {}
        for entry in COMMANDS:
            panels.setdefault(_(entry.panel), []).append((entry.name, _(entry.help)))
        panels[_(RECORDING)] = list(listed(ctx))
        show_page(self, ctx, (Listing(panel, commands) for panel, commands in panels.items()))


def _built(entry: Entry) -> Command:
    callback = getattr(import_module(entry.module), entry.function)
    info = CommandInfo(name=entry.name, cls=KflyCommand, callback=callback, help=entry.help)
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    translate(command)
    return command


def _kind_names(ctx: Context) -> Iterator[str]:
    from kfly.cli.adding import kind_names

    yield from kind_names(Session.of(ctx))


def _language(args: list[str], *, completing: bool) -> str:
    """``--lang``, else the environment, else the plan's own language, for which a completion has no time."""
    asked, database = _options_before_the_command(args)
    if asked in locale.LANGUAGES:
        return asked
    decided = locale.of_environment()
    if decided is None and not completing:
        decided = Session(database).plan_language()
    return decided or locale.FALLBACK


def _options_before_the_command(args: list[str]) -> tuple[str | None, Path]:
    """The language and the database that the words before the command's name ask for."""
    import os

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


def spelled(words: list[str]) -> str:
    """A command as the log keeps it: as it could be typed again; bytes that are not UTF-8 are spelled out."""
    import shlex

    # Not shlex.join: it puts quotes around every word that is not English.
    quoted = (shlex.quote(word) if not word or _SPECIAL.intersection(word) else word for word in words)
    return " ".join(quoted).encode(errors="backslashreplace").decode()


def _show_version(_ctx: Context, _param: Any, value: bool) -> None:
    if value:
        from kfly.console.screen import show

        show(f"kfly {__version__}")
        raise typer.Exit


def _begin(lang: str | None, **_others: object) -> None:
    """What every command starts with."""
    if lang is not None and lang not in locale.LANGUAGES:
        raise WrongUsageError(_("--lang: “{value}” is neither zh nor en.", value=lang))


# Typer's own words, named here for the translators' tools.
_COMPLETION = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)


def kfly() -> KflyGroup:
    """The whole command line."""
    options = [
        TyperOption(
            param_decls=["--db"],
            type=Path,
            default=Path(DEFAULT_DATABASE),
            envvar=DATABASE_VARIABLE,
            metavar=N_("FILE"),
            help=N_("The database."),
        ),
        TyperOption(param_decls=["--lang"], metavar="zh|en", help=N_("The language of all that is shown.")),
        TyperOption(
            param_decls=["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=N_("Show the version."),
        ),
        *get_install_completion_arguments(),
    ]
    return KflyGroup(
        name="kfly",
        params=options,
        callback=_begin,
        no_args_is_help=True,
        help=N_(
            "Keep an action plan honest: what was promised, what is done, what is late, and who owes it."
        ),
    )
