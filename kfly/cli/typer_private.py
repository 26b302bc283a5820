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
from typer._click.shell_completion import (  # the group completes from the catalogue alone
    CompletionItem,
    ShellComplete,
    _resolve_context,  # what was typed before is parsed, and by what the word being typed is completed
    _resolve_incomplete,
    add_completion_class,  # our classes take the place of Typer's, whose words are not quoted
)
from typer._click.shell_completion import split_arg_string as split_words
from typer._completion_classes import BashComplete, FishComplete, ZshComplete
from typer._completion_shared import _completion_scripts as completion_scripts
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption  # our classes refine them
from typer.main import (  # a command is built when it is asked for, which Typer's app cannot do
    get_command_from_info,
    get_install_completion_arguments,
)
from typer.models import CommandInfo, TyperPath  # what a command is built from; a word that names a file

resolve_context, resolve_incomplete = _resolve_context, _resolve_incomplete

__all__ = [
    "BadOptionUsage",
    "BashComplete",
    "Command",
    "CommandInfo",
    "CompletionItem",
    "Context",
    "FishComplete",
    "MissingParameter",
    "NoArgsIsHelpError",
    "NoSuchOption",
    "ParameterSource",
    "ShellComplete",
    "TyperArgument",
    "TyperCommand",
    "TyperGroup",
    "TyperOption",
    "TyperPath",
    "UsageError",
    "ZshComplete",
    "add_completion_class",
    "completion_scripts",
    "get_command_from_info",
    "get_install_completion_arguments",
    "resolve_context",
    "resolve_incomplete",
    "split_words",
]
