"""A command whose help speaks the language in use."""

from typing import Any

from typer._click import Command, Context
from typer.core import TyperCommand

from kfly.locale import _


class Localised:
    """Help in the language in use; the texts of Typer's own are settled at its import otherwise."""

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Print the help page."""
        from kfly.cli.help import localise

        localise(ctx)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_help_option(self, ctx: Context) -> Any:
        """The option that shows the page."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this page.")
        return option

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """The words behind the command's name in its usage line."""
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [_(piece) if piece.startswith("[") or " " in piece else piece for piece in pieces]


class KflyCommand(Localised, TyperCommand):
    """A command."""


def translate(command: Command) -> None:
    """Say a command's help, and its parameters', in the language in use."""
    command.help = _(command.help) if command.help else None
    for param in command.params:
        help_text = getattr(param, "help", None)
        if help_text:
            param.help = _(help_text)  # type: ignore[attr-defined]
        if param.metavar:
            param.metavar = _(param.metavar)
