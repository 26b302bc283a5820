"""Typer's usage errors as one line in the user's language."""

from typing import Any

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from kfly.errors import WrongUsageError, nearest
from kfly.locale import _


def explained(error: UsageError) -> WrongUsageError:
    """The error that a person is shown; asking for nothing shows the help, which has been printed."""
    if isinstance(error, NoArgsIsHelpError):
        return WrongUsageError()
    if isinstance(error, NoSuchOption):
        return WrongUsageError(_no_such_option(error))
    if isinstance(error, MissingParameter):
        name = _shown(error.param)
        return WrongUsageError(
            _("{name} is missing; see “{command} --help”.", name=name, command=_command(error))
        )
    if isinstance(error, BadParameter):
        value = _(
            "{name}: the value does not fit; see “{command} --help”.",
            name=_shown(error.param),
            command=_command(error),
        )
        return WrongUsageError(value)
    if isinstance(error, BadOptionUsage):
        message = _(
            "{name} is not used this way; see “{command} --help”.",
            name=error.option_name,
            command=_command(error),
        )
        return WrongUsageError(message)
    return WrongUsageError(_general(error))


def _command(error: UsageError) -> str:
    return error.ctx.command_path if error.ctx else "kfly"


def _shown(param: Any) -> str:
    if param is None:
        return "?"
    options = [name for name in param.opts if name.startswith("--")]
    return options[0] if options else str(param.metavar or param.name).upper()


def _no_such_option(error: NoSuchOption) -> str:
    ctx, name = error.ctx, error.option_name
    known = [option for param in ctx.command.get_params(ctx) for option in param.opts] if ctx else []
    if ctx and ctx.parent and name in ("--db", "--lang"):
        return _(
            "{name} stands before the command: kfly {name} … {command}", name=name, command=ctx.info_name
        )
    near = nearest(name, [option for option in known if option.startswith("-")])
    if near:
        return _("There is no option {name}; did you mean {near}?", name=name, near=near)
    return _("There is no option {name}; see “{command} --help”.", name=name, command=_command(error))


def _general(error: UsageError) -> str:
    if "unexpected extra argument" in error.message:
        extra = error.message.partition("(")[2].rstrip(")") or error.message
        return _(
            "There are words too many: {words}; see “{command} --help”.", words=extra, command=_command(error)
        )
    if error.message == "Missing command.":
        return _("A command is missing; “kfly --help” lists them.")
    return _("The command cannot be understood; see “{command} --help”.", command=_command(error))
