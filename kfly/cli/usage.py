"""Typer's usage errors as one line in the user's language."""

import re
from typing import Any

from kfly.cli.typer_private import (
    BadOptionUsage,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from kfly.errors import WrongUsageError, find_nearest
from kfly.locale import _

_EXTRA = re.compile(r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", re.DOTALL)


def explain_usage_error(error: UsageError) -> WrongUsageError:
    """Return the error that a person is shown; an empty one where the help has been printed instead."""
    if isinstance(error, NoArgsIsHelpError):
        return WrongUsageError()
    if isinstance(error, NoSuchOption):
        return WrongUsageError(_no_such_option(error))
    if isinstance(error, MissingParameter):
        name = _shown(error.param)
        return WrongUsageError(
            _("{name} is missing; see “{command} --help”.", name=name, command=_command(error))
        )
    if isinstance(error, BadOptionUsage):
        return WrongUsageError(_bad_option(error))
    return WrongUsageError(_general(error))


def _command(error: UsageError) -> str:
    return error.ctx.command_path if error.ctx else "kfly"


def _shown(param: Any) -> str:
    if param is None:
        return "?"
    options = [name for name in param.opts if name.startswith("--")]
    return options[0] if options else (_(param.metavar) if param.metavar else str(param.name)).upper()


def _no_such_option(error: NoSuchOption) -> str:
    ctx, name = error.ctx, error.option_name
    known = [option for param in ctx.command.get_params(ctx) for option in param.opts] if ctx else []
    if ctx and ctx.parent and name in ("--db", "--lang", "--no-pager"):
        return _(
            "{name} stands before the command: kfly {name} … {command}", name=name, command=ctx.info_name
        )
    near = find_nearest(name, [option for option in known if option.startswith("-")])
    if near:
        return _("There is no option {name}; did you mean {near}?", name=name, near=near)
    return _("There is no option {name}; see “{command} --help”.", name=name, command=_command(error))


def _bad_option(error: BadOptionUsage) -> str:
    """Say that an option lacks its value, or that a switch was given one."""
    name, command = error.option_name, _command(error)
    if error.message.endswith("does not take a value."):
        return _("{name} takes no value; see “{command} --help”.", name=name, command=command)
    return _("{name} wants a value; see “{command} --help”.", name=name, command=command)


def _general(error: UsageError) -> str:
    extra = _EXTRA.fullmatch(error.message)
    if extra:
        return _(
            "Unexpected: {words}; see “{command} --help”.",
            words=extra["words"],
            command=_command(error),
        )
    if error.message == "Missing command.":
        return _("A command is missing; “kfly --help” lists them.")
    return _("The command cannot be understood; see “{command} --help”.", command=_command(error))
