"""Typer's private parts that kfly needs, in one place: a new release of Typer is checked against this file.

Typer carries a Click of its own (``typer._click``); nothing of the real Click fits its classes.
"""

from typer._click import Command, Context  # what commands are made of, and the run that they are asked in
from typer._click.core import ParameterSource  # tells an option that was typed from its variable or default
from typer._click.exceptions import (  # usage errors, which Typer would box, in English, over several lines
    BadOptionUsage,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer._click.shell_completion import CompletionItem  # the group completes from the catalogue alone
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption  # our classes refine them
from typer.main import (  # a command is built when it is asked for, which Typer's app cannot do
    get_command_from_info,
    get_install_completion_arguments,
)
from typer.models import CommandInfo  # what a command is built from

__all__ = [
    "BadOptionUsage",
    "Command",
    "CommandInfo",
    "CompletionItem",
    "Context",
    "MissingParameter",
    "NoArgsIsHelpError",
    "NoSuchOption",
    "ParameterSource",
    "TyperArgument",
    "TyperCommand",
    "TyperGroup",
    "TyperOption",
    "UsageError",
    "get_command_from_info",
    "get_install_completion_arguments",
]
