"""The app: one group whose commands are imported when they are asked for, in the user's language.

Completion runs through here at each press of a key; what only one branch needs is imported in it.
"""

import builtins
import gc
import os
import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

import typer
from typer import Abort

from kfly import __version__, locale
from kfly.cli.answer import Answer
from kfly.cli.catalogue import COMMANDS, COMMANDS_IN, FAMILY, RECORDING, CatalogueEntry
from kfly.cli.typer_private import (
    Command,
    CommandInfo,
    CompletionItem,
    Context,
    NoSuchOption,
    TyperArgument,
    TyperCommand,
    TyperGroup,
    TyperOption,
    UsageError,
    get_command_from_info,
    get_install_completion_arguments,
)
from kfly.console.pager import begin_with, leave_to_pager, switch_off
from kfly.errors import KflyError, ReaderGoneError, WrongUsageError, explain_os_error, find_nearest
from kfly.locale import N_, _
from kfly.plan.kinds import ADD, command_of

if TYPE_CHECKING:
    from kfly.plan.known import Known

DATABASE_VARIABLE = "KFLY_DB"
DEFAULT_DATABASE = "kfly.db"
COMPLETION_VARIABLE = "_KFLY_COMPLETE"  # set by a shell that asks for completion

AS_JSON = "_as_json"  # no field of a record can be called so
KNOWN = "kfly.known"  # where a command notes the moment whose knowledge it shows

_NEGATIVE = r"-\d+"
_ENTRIES = {entry.name: entry for entry in COMMANDS}


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


class KflyGroup(Localised, TyperGroup):
    """The group of all commands."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Choose the language first: whatever is said next, a usage error included, is said in it."""
        begin_with("")
        _choose_language(args, completing=ctx.resilient_parsing)
        if not ctx.resilient_parsing:
            _must_print_elsewhere(args)
        rest = super().parse_args(ctx, args)
        ctx.obj = [*ctx._protected_args, *rest]  # as the log shall know the command
        return rest

    def list_commands(self, ctx: Context) -> list[str]:
        """Name all commands, in the order of the catalogue; none about kinds that the plan leaves out."""
        kinds = list(_kind_names(ctx))
        return [*(entry.name for entry in _entries_about(kinds)), *map(command_of, kinds)]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return a command, imported now."""
        if entry := _ENTRIES.get(cmd_name):
            return _build(entry)
        if cmd_name.startswith(ADD):
            command: Command | None = import_module(FAMILY).find_command(ctx, cmd_name)
            return command
        return None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that the words mean; refuse others, naming the nearest."""
        if args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if command := self.get_command(ctx, args[0]):
            return args[0], command, args[1:]
        if args[0].startswith(ADD):
            import_module(FAMILY).refuse_left_out(ctx, args[0])
        near = find_nearest(args[0], self.list_commands(ctx))
        raise WrongUsageError(
            _("There is no command “{name}”; did you mean “{near}”?", name=args[0], near=near)
            if near
            else _("There is no command “{name}”; “kfly --help” lists them.", name=args[0])
        )

    def invoke(self, ctx: Context) -> Any:
        """Run the command; Ctrl-C while its output is read is the pager's own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if not leave_to_pager():
                raise
            return 0

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name, or an option before it."""
        from kfly.cli.completion import complete_command

        self.translate(ctx)
        items = complete_command(incomplete, lambda: _kind_names(ctx))
        return [*items, *Command.shell_complete(self, ctx, incomplete)]

    def format_help(self, ctx: Context, formatter: Any) -> None:
        """Print the list of commands, from the catalogue."""
        from kfly.cli.help import Listing, show_page

        panels: dict[str, list[tuple[str, str]]] = {}
        for entry in _entries_about(_kind_names(ctx)):
            panels.setdefault(_(entry.panel), []).append((entry.name, _(entry.help)))
        panels[_(RECORDING)] = list(import_module(FAMILY).list_commands(ctx))
        self.translate(ctx)
        show_page(self, ctx, (Listing(panel, commands) for panel, commands in panels.items()))


def _build(entry: CatalogueEntry) -> Command:
    """Import a command's module and make the command of its function.

    Both are named as the command, with a sign more where Python has that word already.
    """
    name = entry.name + "_" * (iskeyword(entry.name) or hasattr(builtins, entry.name))
    callback = getattr(import_module(f"{COMMANDS_IN}.{name}"), name)
    info = CommandInfo(name=entry.name, cls=KflyCommand, callback=callback, help=entry.help)
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    if callback.__annotations__.get("return") is Answer:
        command.params.append(json_option())
    _let_complete(command)
    return command


def _let_complete(command: Command) -> None:
    """Have the values of a command's parameters completed, where a shell asks for that."""
    if COMPLETION_VARIABLE in os.environ:
        from kfly.cli.completion import complete_values

        complete_values(command)


def _kind_names(ctx: Context) -> Iterable[str]:
    names: Iterable[str] = import_module(FAMILY).name_kinds(ctx)
    return names


def _entries_about(kinds: Iterable[str]) -> list[CatalogueEntry]:
    """List the commands but for those about other kinds than these."""
    recorded = {"", *kinds}
    return [entry for entry in COMMANDS if entry.kind in recorded]


def _choose_language(args: list[str], *, completing: bool) -> None:
    """Choose ``--lang``, else the environment, else the plan's, which a completion has no time to read.

    The plan's is read by whoever opens the database first, with the rest; or when the first word is said.
    """
    asked, database = _options_before_the_command(args)
    decided = asked if asked in locale.LANGUAGES else locale.read_environment()
    if decided is not None or completing or not database.is_file():
        locale.speak(decided or locale.FALLBACK)
    else:
        from kfly.services.session import Session

        locale.speak_later(lambda: Session(database).plan_language() or locale.FALLBACK)


def _must_print_elsewhere(args: list[str]) -> None:
    """Refuse to print into the database; a pipe or a terminal is none.

    Raises:
        KflyError: stdout or stderr is it, or lies beside it.
    """
    if any(_is_a_file(number) for number in (1, 2)):
        from kfly.services.outputs import must_print_elsewhere

        must_print_elsewhere(_options_before_the_command(args)[1])


def _is_a_file(number: int) -> bool:
    try:
        return S_ISREG(os.fstat(number).st_mode)
    except OSError:  # closed
        return False


def _options_before_the_command(args: list[str]) -> tuple[str | None, Path]:
    """Find the language and the database that the words before the command's name ask for."""
    asked: dict[str, str] = {}
    words = iter(args)
    for word in words:
        if not word.startswith("-"):
            break
        name, equals, value = word.partition("=")
        if name in ("--lang", "--db"):
            asked[name] = value if equals else next(words, "")
    database = asked.get("--db") or os.environ.get(DATABASE_VARIABLE) or DEFAULT_DATABASE
    return asked.get("--lang"), Path(database)


def _show_version(_ctx: Context, _param: Any, value: bool) -> None:
    if value:
        from kfly.console.screen import show

        show(f"kfly {__version__}")
        raise typer.Exit


def _choose_pager(_ctx: Context, _param: Any, value: bool) -> None:
    switch_off(off=value)


def _begin(lang: str | None, **_others: object) -> None:
    """Check what every command starts with."""
    if lang is not None and lang not in locale.LANGUAGES:
        raise WrongUsageError(_("--lang: “{value}” is neither zh nor en.", value=lang))


def make_kfly(words: Sequence[str] = ()) -> KflyGroup:
    """Make the whole command line, for these words to be read by it."""
    options = [
        TyperOption(
            param_decls=["--db"],
            type=Path,
            default=Path(DEFAULT_DATABASE),
            envvar=DATABASE_VARIABLE,
            metavar=N_("FILE"),
            help=N_("The database."),
        ),
        TyperOption(param_decls=["--lang"], metavar="zh|en", help=N_("The language of all that is shown.")),
        TyperOption(
            param_decls=["--no-pager"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_choose_pager,
            help=N_(
                "Show long output at once; otherwise a terminal shows it with $KFLY_PAGER, $PAGER or less."
            ),
        ),
        TyperOption(
            param_decls=["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=N_("Show the version."),
        ),
        *get_install_completion_arguments(),
    ]
    if COMPLETION_VARIABLE in os.environ or any("-completion" in word for word in words):
        from kfly.cli.shells import prepare  # --show-completion, --install-completion

        prepare()
    group = KflyGroup(
        name="kfly",
        params=options,
        callback=_begin,
        no_args_is_help=True,
        help=N_(
            "Keep an action plan honest: what was promised, what is done, what is late, and who owes it."
        ),
    )
    _let_complete(group)
    return group


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; only here does an error become a line on stderr."""
    words = sys.argv[1:] if args is None else args
    try:
        code = make_kfly(words).main(args, prog_name="kfly", standalone_mode=False)
    except UsageError as error:
        from kfly.cli.usage import explain_usage_error

        return _refuse(explain_usage_error(error))
    except Abort:
        return 1
    except OSError as error:  # of the machine itself: what belongs to a file was said where it is used
        return _refuse(KflyError(_("The system refused: {why}.", why=explain_os_error(error))))
    except ReaderGoneError:
        return 0  # as for every program that is piped into ``head``
    except SystemExit as leaving:  # shell completion ends so
        code = leaving.code
    except Exception as error:  # a refusal; else the file is damaged inside, or it is a fault of our own
        return _refuse(_name_damage(error, words))
    return code if isinstance(code, int) else 0


def _name_damage(error: Exception, words: Sequence[str]) -> KflyError:
    """Say what is damaged in the database, where that is why a command failed; else raise the error again."""
    if isinstance(error, KflyError) and error.__cause__ is None:
        return error
    from kfly.services.damage import explain_failure

    _language, database = _options_before_the_command(list(words))
    if explained := explain_failure(error, database):
        return explained
    if isinstance(error, KflyError):
        return error
    raise error


def _refuse(error: KflyError) -> int:
    from kfly.console.screen import complain

    complain(error.lines)
    return error.exit_code
