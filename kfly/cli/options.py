"""Options that several commands share, and how their values are read."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

import typer

from kfly.clock import today
from kfly.errors import WrongUsageError, nearest
from kfly.locale import N_, _

if TYPE_CHECKING:
    from kfly.plan.kinds import Kind

MOST_DIGITS = 6

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar=N_("DATE"), help=N_("Answer for this day instead of today."))
]
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


def day_asked(text: str | None, option: str = "--as-of") -> date:
    """The day that an option names; today when it is not given.

    Raises:
        WrongUsageError: it is not a day.
    """
    if text is None:
        return today()
    from kfly.plan.dates import parse_day

    try:
        return parse_day(text.strip())
    except ValueError:
        raise WrongUsageError(
            _("{option}: “{value}” is not a day; write it as 2022-11-30.", option=option, value=text)
        ) from None


def whole_number(text: str | None, option: str) -> int | None:
    """A number of days, a year: digits, and nothing else.

    Raises:
        WrongUsageError: it is not.
    """
    if text is None:
        return None
    plain = normalize("NFKC", text.strip())
    if not (plain.isascii() and plain.isdigit() and len(plain) <= MOST_DIGITS):
        raise WrongUsageError(_("{option}: “{value}” is not a whole number.", option=option, value=text))
    return int(plain)


def said(text: str | None, option: str) -> str | None:
    """A remark or a reason, as it can be kept.

    Raises:
        WrongUsageError: it is not UTF-8; the shell hands such bytes on as they are.
    """
    from kfly.registry.values import is_utf8

    if text is not None and not is_utf8(text):
        raise WrongUsageError(_("{option}: “{value}” is not valid UTF-8 text.", option=option, value=text))
    return text


def reason_given(text: str) -> str:
    """What ``--reason`` says.

    Raises:
        WrongUsageError: it says nothing, or is not UTF-8.
    """
    reason = (said(text, "--reason") or "").strip()
    if not reason:
        raise WrongUsageError(_("--reason must not be empty."))
    return reason


def one_of(text: str | None, known: Iterable[str], option: str) -> str | None:
    """A word of a fixed list.

    Raises:
        WrongUsageError: it is another word.
    """
    words = list(known)
    if text is None or text in words:
        return text
    near = nearest(text, words)
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


def assignments(words: list[str], kind: "Kind") -> dict[str, str]:
    """``field=value`` words, by the name of the field.

    Raises:
        KflyError: a word has no =, a field is not known, or is named twice.
    """
    from kfly.registry.kinds import find_field

    texts: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise WrongUsageError(_("“{word}” is not of the form field=value.", word=word))
        field = find_field(name, kind).name
        if field in texts:
            raise WrongUsageError(_("{field} is given twice.", field=field))
        texts[field] = value
    return texts
