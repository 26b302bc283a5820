"""The app: the options before a command, and the one place where an error becomes a line on stderr.

Completion runs through here at each press of a key; what only one branch needs is imported in it.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from typer import Abort

from kfly import __version__, locale
from kfly.cli.group import (
    COMPLETION_VARIABLE,
    DATABASE_VARIABLE,
    DEFAULT_DATABASE,
    KflyGroup,
    find_options_before_the_command,
    let_complete,
)
from kfly.cli.typer_private import Context, TyperOption, UsageError, get_install_completion_arguments
from kfly.console.pager import switch_off
from kfly.errors import KflyError, ReaderGoneError, WrongUsageError, explain_os_error
from kfly.locale import N_, _


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
    let_complete(group)
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

    _language, database = find_options_before_the_command(list(words))
    if explained := explain_failure(error, database):
        return explained
    if isinstance(error, KflyError):
        return error
    raise error


def _refuse(error: KflyError) -> int:
    from kfly.console.screen import complain

    complain(error.lines)
    return error.exit_code
