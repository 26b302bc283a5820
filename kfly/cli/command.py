"""A command: its help in the language in use, its words read, and its answer printed."""

import gc
import re
from typing import TYPE_CHECKING, Any

from kfly.cli.answer import Answer
from kfly.cli.typer_private import (
    Command,
    CompletionItem,
    Context,
    NoSuchOption,
    TyperArgument,
    TyperCommand,
    TyperOption,
    UsageError,
)
from kfly.locale import N_, _

if TYPE_CHECKING:
    from kfly.plan.known import Known

AS_JSON = "_as_json"  # no field of a record can be called so
KNOWN = "kfly.known"  # where a command notes the moment whose knowledge it shows

_NEGATIVE = r"-\d+"


class Localised(Command):
    """A command with help in the language in use; Typer settles its own texts when it is imported."""

    is_shown = False  # its help; before that no word of it is looked up

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Print the help page."""
        from kfly.cli.help import show_page

        self.translate(ctx)
        show_page(self, ctx)

    def get_help_option(self, ctx: Context) -> Any:
        """Return the option that shows the page."""
        option = super().get_help_option(ctx)
        if option is not None:
            meaning = N_("Show this page.")
            option.help = _(meaning) if self.is_shown else meaning
        return option

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Complete an option, with its help."""
        self.translate(ctx)
        return super().shell_complete(ctx, incomplete)

    def translate(self, ctx: Context) -> None:
        """Put the help, and that of the parameters, into the language in use: only where it is shown."""
        self.is_shown = True
        self.help = _(self.help) if self.help else None
        for param in self.get_params(ctx):
            if isinstance(param, TyperOption | TyperArgument) and param.help:
                param.help = _(param.help)
            if param.metavar and not param.metavar.islower():  # small letters are values, to be typed so
                param.metavar = _(param.metavar)

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
            negative = [word for word in words if re.fullmatch(_NEGATIVE, word, re.ASCII)]
            if not negative or "--" in words:
                raise
            others = [word for word in words if word not in negative]
            return super().parse_args(ctx, [*others, "--", *negative])

    def invoke(self, ctx: Context) -> Any:
        """Run the command, print its answer, and return the exit code."""
        _collect_from_now_on()
        as_json = ctx.params.pop(AS_JSON, False)
        answer = self.ask(ctx)
        if not isinstance(answer, Answer):
            return answer
        from kfly.console.screen import complain, paged, show_json

        if as_json:
            show_json(_mark(answer.document(), ctx.meta.get(KNOWN)), done=answer.done)
        elif answer.done:
            answer.render()
        else:
            with paged():
                answer.render()
        if answer.remarks:
            complain(answer.remarks)
        return answer.exit_code

    def ask(self, ctx: Context) -> Any:
        """Do what the command is for; return an :class:`Answer`, or nothing if it printed for itself."""
        return super().invoke(ctx)


def _collect_from_now_on() -> None:
    """Have rubbish collected again, which it was not while the program started; what stays is left alone."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _mark(document: Any, known: "Known | None") -> Any:
    """Have a document say as known when it is."""
    if known is None:
        return document
    from kfly.cli.known import mark

    return mark(document, known)


def json_option(meaning: str = N_("Print one JSON document.")) -> TyperOption:
    """Make the option ``--json`` of a command that answers."""
    return TyperOption(param_decls=[AS_JSON, "--json"], is_flag=True, help=meaning)
