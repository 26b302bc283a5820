"""Options that several commands share, and how their values are read."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kfly.cli.command import KNOWN
from kfly.cli.group import DEFAULT_DATABASE
from kfly.cli.typer_private import ParameterSource
from kfly.clock import today
from kfly.errors import KflyError, WrongUsageError, find_nearest, is_utf8
from kfly.locale import N_, _, language
from kfly.services.session import PATIENCE, Session

if TYPE_CHECKING:
    from kfly.plan.known import Known

MOST_DIGITS = 6
STDOUT = "-"  # the file that is none: what is written is printed

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=N_("DATE"),
        help=N_("Answer for this day instead of today: 2022-11-30, yesterday, 2022-11 for its last day …"),
    ),
]
AsKnown = Annotated[
    str | None,
    typer.Option(
        "--as-known",
        metavar=N_("TIME"),
        help=N_(
            "Answer from what the database held then: 2022-11-30 (its end), '2022-11-30 09:00', or '#17', the"
            " end of that change of the log."
        ),
    ),
]
# For commands that print while they are at work; the others return an answer, and get the option with it.
AsJson = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
KindName = Annotated[
    str,
    typer.Argument(metavar=N_("KIND"), help=N_("A kind of record; “kfly kinds” lists them.")),
]
Org = Annotated[
    str | None,
    typer.Option("--org", metavar=N_("NAME"), help=N_("Only what this organisation leads or answers for.")),
]
Lead = Annotated[
    str | None, typer.Option("--lead", metavar=N_("NAME"), help=N_("Only what this organisation leads."))
]
Redact = Annotated[
    bool,
    typer.Option("--redact", help=N_("Mask what is personal, phone and identity numbers in any text too.")),
]
Year = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("Only the table of this year."))
]


YearShown = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("Show this year; otherwise the latest."))
]
TaskNumber = Annotated[str, typer.Argument(metavar="N", help=N_("The task: 11, or 2022/11."))]
StageNumber = Annotated[
    str | None, typer.Option("--stage", metavar=N_("NUMBER"), help=N_("Only this stage of it: 1, 2 …"))
]
HeldOn = Annotated[
    str | None,
    typer.Option("--on", metavar=N_("DATE"), help=N_("The day from which it holds; today otherwise.")),
]
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it is kept."))]
OptionalReason = Annotated[
    str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it is kept."))
]
EvidenceFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence", metavar=N_("FILE"), help=N_("A file that proves it, kept in the database. Repeatable.")
    ),
]
# Of what mails.
MailRehearsed = Annotated[bool, typer.Option("--dry-run", help=N_("Show the messages, and send nothing."))]
MailedAgain = Annotated[bool, typer.Option("--again", help=N_("Also to those who have had it for this day."))]
MailedQuietly = Annotated[
    bool, typer.Option("--quiet", help=N_("Print nothing when there is nothing to report, or all is sent."))
]
Force = Annotated[bool, typer.Option("--force", help=N_("Replace a file that is there already."))]
Which = Annotated[
    str, typer.Argument(metavar=N_("WHICH"), help=N_("The record: its name, town/name, or id."))
]


def session_of(ctx: Any, as_known: str | None = None) -> Session:
    """Return the session of a command, from the options before its name and from ``--as-known``.

    Raises:
        WrongUsageError: what ``--as-known`` says is no moment.
        KflyError: the database cannot say what was known then.
    """
    root = ctx.find_root()
    path = Path(root.params.get("db") or DEFAULT_DATABASE)
    # A word that is being completed is not worth waiting for.
    patience = PATIENCE if ctx.resilient_parsing else None
    session = Session(path, root.obj or (), tell=_tell, patience=patience)
    if as_known is None:
        return session
    from kfly.cli.known import go_back  # and all that knows of the past

    session = go_back(session, as_known)
    ctx.meta[KNOWN] = session.known
    return session


def _tell(line: str) -> None:
    from kfly.console.screen import complain  # which a completion, at each press of a key, does without

    complain([line])


def database_is_named(ctx: Any) -> bool:
    """Tell whether the command line names the database with ``--db``."""
    return bool(ctx.find_root().get_parameter_source("db") is ParameterSource.COMMANDLINE)


def read_day(text: str | None, option: str = "--as-of", known: "Known | None" = None) -> date:
    """Read the day that an option asks about; when it is not given, today, or the day of what is known.

    Beside a whole day it may be a word (今天, 昨天, 上月末, today, yesterday, end of last month), or a month
    or a year (2022-11, 2022年11月, 2022, 2022年), which mean their last day.

    Raises:
        WrongUsageError: it is none of these.
    """
    if text is None:
        return known.day if known else today()
    try:
        return find_day(text)
    except ValueError:
        raise WrongUsageError(
            _(
                "{option}: “{value}” is not a day; write it as 2022-11-30, as 2022-11 or 2022 for the last"
                " day, or as today, yesterday, end of last month.",
                option=option,
                value=text,
            )
        ) from None


def find_day(text: str, *, whole: bool = False) -> date:
    """Find the day that is written or meant, for a month or a year its last; these are no ``whole`` days.

    Raises:
        ValueError: it is none.
    """
    if told := find_told_day(text):
        return told
    from kfly.plan.dates import parse_day, parse_deadline

    plain = _make_plain(text)
    if whole:
        return parse_day(plain)
    return parse_deadline(f"{plain}年" if re.fullmatch(r"\d{4}", plain, re.ASCII) else plain)


def find_told_day(text: str) -> date | None:
    """Find the day that a word tells from today (今天, 昨天, 上月末); None where it is no such word."""
    word = _DAY_WORDS.get(_make_plain(text))
    return word and word(today())


def _make_plain(text: str) -> str:
    from kfly.plan.signs import normalise  # most commands are asked about today

    return " ".join(normalise(text).casefold().split())


_DAY_WORDS: dict[str, Callable[[date], date]] = {
    **dict.fromkeys(("今天", "今日", "today"), lambda day: day),
    **dict.fromkeys(("昨天", "昨日", "yesterday"), lambda day: day - timedelta(days=1)),
    **dict.fromkeys(
        ("上月末", "上月底", "上个月末", "上个月底", "end of last month"),
        lambda day: day.replace(day=1) - timedelta(days=1),
    ),
}


def read_past_day(text: str | None) -> date:
    """Read the day that ``--on`` names, a whole one written out, since it is kept; today when not given.

    Raises:
        WrongUsageError: it is not one.
        KflyError: it has not come yet.
    """
    if text is None:
        return today()
    from kfly.plan.dates import parse_day

    try:
        day = parse_day(text.strip())
    except ValueError:
        raise WrongUsageError(
            _("{option}: “{value}” is not a day; write it as 2022-11-30.", option="--on", value=text)
        ) from None
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
    from kfly.plan.signs import normalise

    plain = normalise(text)
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
    raise _none_of(text, words, option, find_nearest(text, words))


def _none_of(text: str, words: Iterable[str], option: str, near: str | None) -> WrongUsageError:
    listed = _(", ").join(words)
    return WrongUsageError(
        _(
            "{option}: “{value}” is none of {words}; did you mean “{near}”?",
            option=option,
            value=text,
            words=listed,
            near=near,
        )
        if near
        else _("{option}: “{value}” is none of {words}.", option=option, value=text, words=listed)
    )


def read_code(text: str | None, known: Mapping[str, Iterable[str]], option: str) -> str | None:
    """Read a code (``red``) or a word that people see or say for it (红, 红灯, red light).

    Raises:
        WrongUsageError: it is another word.
    """
    if text is None:
        return None
    from kfly.plan.signs import normalise

    wanted = normalise(text).casefold()
    for code, typed in known.items():
        if wanted in (code, *typed):
            return code
    listed = [code if language() == "en" else next(iter(typed)) for code, typed in known.items()]
    near = find_nearest(wanted, [word for code, typed in known.items() for word in (code, *typed)])
    raise _none_of(text, listed, option, near)


def split_names(words: Iterable[str] | None) -> list[str]:
    """Split what is given repeatedly, or as a list with commas, into its names."""
    names = (name.strip() for word in words or () for name in re.split(_COMMA, word))
    return [name for name in names if name]


_COMMA = "[,，、]"


def read_limit(text: str | None) -> int | None:
    """Read what ``--limit`` says: how many at most.

    Raises:
        WrongUsageError: it is not a whole number, or 0.
    """
    limit = read_whole_number(text, "--limit")
    if limit == 0:
        raise WrongUsageError(_("--limit: at least 1; leave it out for all."))
    return limit
