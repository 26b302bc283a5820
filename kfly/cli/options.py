"""Options that several commands share, and how their values are read."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from unicodedata import normalize

import typer

from kfly.cli.app import DEFAULT_DATABASE
from kfly.cli.typer_private import ParameterSource
from kfly.clock import today
from kfly.console.screen import complain
from kfly.errors import KflyError, WrongUsageError, find_nearest, is_utf8
from kfly.locale import N_, _
from kfly.plan.dates import parse_day
from kfly.services.session import Session

MOST_DIGITS = 6

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar=N_("DATE"), help=N_("Answer for this day instead of today."))
]
# For commands that print while they are at work; the others return an answer, and get the option with it.
AsJson = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
KindName = Annotated[
    str,
    typer.Argument(
        metavar=N_("KIND"), help=N_("A kind of record: building, talent …; “kfly kinds” lists them.")
    ),
]
Year = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("Only the table of this year."))
]


YearShown = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("Show this year; otherwise the latest."))
]
TaskNumber = Annotated[str, typer.Argument(metavar="N", help=N_("The task: 11, or 2022/11."))]
EvidenceFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence", metavar=N_("FILE"), help=N_("A file that proves it, kept in the database. Repeatable.")
    ),
]
Force = Annotated[bool, typer.Option("--force", help=N_("Replace a file that is there already."))]
Which = Annotated[
    str, typer.Argument(metavar=N_("WHICH"), help=N_("The record: its name, town/name, or id."))
]


def session_of(ctx: Any) -> Session:
    """Return the session of a command, from the options before its name."""
    root = ctx.find_root()
    path = Path(root.params.get("db") or DEFAULT_DATABASE)
    return Session(path, root.obj or (), tell=lambda line: complain([line]))


def database_is_named(ctx: Any) -> bool:
    """Tell whether the command line names the database with ``--db``."""
    return bool(ctx.find_root().get_parameter_source("db") is ParameterSource.COMMANDLINE)


def read_day(text: str | None, option: str = "--as-of") -> date:
    """Read the day that an option names; today when it is not given.

    Raises:
        WrongUsageError: it is not a day.
    """
    if text is None:
        return today()
    try:
        return parse_day(text.strip())
    except ValueError:
        raise WrongUsageError(
            _("{option}: “{value}” is not a day; write it as 2022-11-30.", option=option, value=text)
        ) from None


def read_past_day(text: str | None) -> date:
    """Read the day that ``--on`` names.

    Raises:
        KflyError: it has not come yet.
    """
    day = read_day(text, "--on")
    if day > today():
        raise KflyError(_("--on: {day} has not come yet.", day=day.isoformat()))
    return day


def read_whole_number(text: str | None, option: str) -> int | None:
    """Read a number of days, or a year: digits, and nothing else.

    Raises:
        WrongUsageError: it is not.
    """
    if text is None:
        return None
    plain = normalize("NFKC", text.strip())
    if not (plain.isascii() and plain.isdigit() and len(plain) <= MOST_DIGITS):
        raise WrongUsageError(_("{option}: “{value}” is not a whole number.", option=option, value=text))
    return int(plain)


def check_text(text: str | None, option: str) -> str | None:
    """Check that a remark or a reason can be kept, and return it.

    Raises:
        WrongUsageError: it is not UTF-8; the shell hands such bytes on as they are.
    """
    if text is not None and not is_utf8(text):
        raise WrongUsageError(_("{option}: “{value}” is not valid UTF-8 text.", option=option, value=text))
    return text


def read_reason(text: str) -> str:
    """Read what ``--reason`` says.

    Raises:
        WrongUsageError: it says nothing, or is not UTF-8.
    """
    reason = (check_text(text, "--reason") or "").strip()
    if not reason:
        raise WrongUsageError(_("--reason must not be empty."))
    return reason


def check_choice(text: str | None, known: Iterable[str], option: str) -> str | None:
    """Check that a word is one of a fixed list, and return it.

    Raises:
        WrongUsageError: it is another word.
    """
    words = list(known)
    if text is None or text in words:
        return text
    near = find_nearest(text, words)
    raise WrongUsageError(
        _(
            "{option}: “{value}” is none of {words}; did you mean “{near}”?",
            option=option,
            value=text,
            words=", ".join(words),
            near=near,
        )
        if near
        else _("{option}: “{value}” is none of {words}.", option=option, value=text, words=", ".join(words))
    )


def must_not_be_the_database(database: Path, output: Path, option: str = "--output") -> None:
    """Refuse to write an output over the database: it takes only a slip of the fingers.

    Raises:
        KflyError: the output is the database, also under another name.
    """
    same = output.resolve() == database.resolve()
    with suppress(OSError):  # one of the two is not there
        same = same or output.samefile(database)
    if same:
        raise KflyError(_("{option}: {path} is the database itself.", option=option, path=output))
