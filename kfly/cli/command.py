"""The command class: help, usage errors and the answer are in the language in use."""

import re
from typing import Any

from kfly.cli.answer import Answer, print_answer
from kfly.cli.typer_private import (
    Command,
    Context,
    NoSuchOption,
    TyperArgument,
    TyperCommand,
    TyperOption,
    UsageError,
)
from kfly.locale import N_, _

AS_JSON = "_as_json"  # no field of a record can be called so

_NEGATIVE = re.compile(r"-\d+", re.ASCII)


class Localised(Command):
    """A command with help in the language in use; Typer settles its own texts when it is imported."""

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Print the help page."""
        from kfly.cli.help import show_page

        show_page(self, ctx)

    def get_help_option(self, ctx: Context) -> Any:
        """Return the option that shows the page."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this page.")
        return option

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words; a usage error that names no command is given this one."""
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class KflyCommand(Localised, TyperCommand):
    """A command; if it returns an :class:`Answer`, that is printed here and nowhere else."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words; ``-1`` is a number that its argument may refuse, and no option."""
        words = list(args)
        try:
            return super().parse_args(ctx, args)
        except NoSuchOption:
            negative = [word for word in words if _NEGATIVE.fullmatch(word)]
            if not negative or "--" in words:
                raise
            others = [word for word in words if word not in negative]
            return super().parse_args(ctx, [*others, "--", *negative])

    def invoke(self, ctx: Context) -> Any:
        """Run the command, print its answer, and return the exit code."""
        as_json = ctx.params.pop(AS_JSON, False)
        answer = self.ask(ctx)
        return print_answer(answer, as_json=as_json) if isinstance(answer, Answer) else answer

    def ask(self, ctx: Context) -> Any:
        """Do what the command is for; return an :class:`Answer`, or nothing if it printed for itself."""
        return super().invoke(ctx)


def json_option(meaning: str = N_("Print one JSON document.")) -> TyperOption:
    """Make the option ``--json`` of a command that answers."""
    return TyperOption(param_decls=[AS_JSON, "--json"], is_flag=True, help=meaning)


def translate(command: Command) -> None:
    """Put the help of a command, and of its parameters, into the language in use."""
    command.help = _(command.help) if command.help else None
    for param in command.params:
        if isinstance(param, TyperOption | TyperArgument) and param.help:
            param.help = _(param.help)
        if param.metavar:
            param.metavar = _(param.metavar)
