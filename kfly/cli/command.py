"""A command whose help, and whose errors of usage, speak the language in use."""

import re
from typing import Any

from typer._click import Command, Context
from typer._click.exceptions import NoSuchOption, UsageError
from typer.core import TyperArgument, TyperCommand, TyperOption

from kfly.locale import _

_NEGATIVE = re.compile(r"-\d+", re.ASCII)


class Localised(Command):
    """Help in the language in use; the texts of Typer's own are settled at its import otherwise."""

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Print the help page."""
        from kfly.cli.help import show_page

        show_page(self, ctx)

    def get_help_option(self, ctx: Context) -> Any:
        """The option that shows the page."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this page.")
        return option

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words; what is wrong with them is told to be this command's."""
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class KflyCommand(Localised, TyperCommand):
    """A command."""

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


def translate(command: Command) -> None:
    """Say a command's help, and its parameters', in the language in use."""
    command.help = _(command.help) if command.help else None
    for param in command.params:
        if isinstance(param, TyperOption | TyperArgument) and param.help:
            param.help = _(param.help)
        if param.metavar:
            param.metavar = _(param.metavar)
