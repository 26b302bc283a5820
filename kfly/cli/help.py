"""A help page: usage, meaning, and panels of arguments, options and commands, drawn as the reports are.

Typer's own pages speak one language, read ``[required]`` as markup and cut what is too long for its line.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from rich.text import Text

from kfly.console.screen import paged, show, text
from kfly.console.tables import TableRow, make_panel
from kfly.locale import _


class Listing(NamedTuple):
    """The commands of one panel, each with what it does."""

    make_panel: str
    commands: list[tuple[str, str]]


def show_page(command: Any, ctx: Any, listings: Iterable[Listing] = ()) -> None:
    """Print the help page of a command, or of the group with the commands it lists."""
    with paged():
        _show_page(command, ctx, listings)


def _show_page(command: Any, ctx: Any, listings: Iterable[Listing]) -> None:
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    usage = _("Usage: {usage}", usage=" ".join([ctx.command_path, *_usage(command, ctx, arguments)]))
    show("", text(usage, "bold"), "", command.help or "", "")
    if arguments:
        show(make_panel(_("Arguments"), [_argument_row(param, ctx) for param in arguments]))
    show(make_panel(_("Options"), [_option_row(param) for param in options]))
    for name, commands in listings:
        show(make_panel(name, [(text(command, "bold cyan"), meaning) for command, meaning in commands]))


def _usage(command: Any, ctx: Any, arguments: list[Any]) -> Iterable[str]:
    """Yield the words behind the command's name."""
    yield _("[OPTIONS]")
    for param in arguments:
        name = param.make_metavar(ctx)
        yield name if param.required or name.startswith("[") else f"[{name}]"
    if hasattr(command, "list_commands"):
        yield _("COMMAND …")


def _argument_row(param: Any, ctx: Any) -> TableRow:
    return (text(param.make_metavar(ctx), "bold cyan"), _meaning(param))


def _option_row(param: Any) -> TableRow:
    takes = "" if param.is_flag else param.metavar or ""
    return (text(", ".join(param.opts), "bold cyan"), text(takes, "yellow"), _meaning(param))


def _meaning(param: Any) -> Text:
    """Return the help, and what is to be known beside it: default, variable, whether it is required."""
    notes = [param.help or ""]
    if isinstance(param.default, str | Path):
        notes.append(_("[default: {value}]", value=param.default))
    if param.envvar:
        notes.append(_("[variable: {name}]", name=param.envvar))
    if param.required:
        notes.append(_("[required]"))
    return text(" ".join(note for note in notes if note))
