"""Typer's own words on a help page, in the language in use and at the width of the screen."""

from typing import Any

from typer import rich_utils
from typer._click.formatting import HelpFormatter

from kfly.locale import N_, _
from kfly.reports.screen import width

# Typer reads these when its module is imported, before anyone knows the language.
_WORDS = {
    "DEPRECATED_STRING": N_("(deprecated) "),
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[env var: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
}


def localise(ctx: Any) -> None:
    """Set Typer's words and width for the page that is about to be printed."""
    for name, message in _WORDS.items():
        setattr(rich_utils, name, _(message))
    rich_utils.MAX_WIDTH = width()
    ctx.formatter_class = _Formatter


class _Formatter(HelpFormatter):
    """Writes the usage line."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Usage: "))
