"""Reading one county: by the same code as its own ``status``, in whatever process or machine it is done."""

import sqlite3
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from kfly import locale
from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.plan.counties import ZERO, County, Missing
from kfly.progress.rollup import list_rows
from kfly.services.damage import explain_failure
from kfly.services.rollup.sources import DOCUMENT, Source
from kfly.services.session import Session
from kfly.store.file.borrowing import borrowing
from kfly.store.file.identity import NotOursError

MOST = Fraction(10**18)  # of any figure: what is kept from day to day holds no larger whole number


class Job(NamedTuple):
    """What a worker needs to know to read a county.

    Attributes:
        patience: seconds to wait for whoever has its file locked.
        language: what names and reasons are said in.
        known: the moment, in UTC, whose knowledge is asked for instead of today's.
    """

    source: Source
    day: date
    patience: float
    language: str
    known: datetime | None = None


def read_county(job: Job) -> County | Missing:
    """Read a county; what keeps it from being read, or from being added, is its reason to be missing."""
    locale.speak(job.language)
    source = job.source
    try:
        county = _read_document(job) if source.path.suffix.lower() == DOCUMENT else _read_database(job)
    except NotOursError as error:
        return Missing(source.name, source.group, error.reason)
    except KflyError as error:
        return Missing(source.name, source.group, error.lines[0])
    except OSError as error:
        told = {"path": source.path, "why": explain_os_error(error)}
        return Missing(source.name, source.group, _("{path} cannot be read: {why}.", **told))
    except (sqlite3.Error, ValueError, ArithmeticError, LookupError, TypeError) as error:
        explained = explain_failure(error, source.path)
        return Missing(source.name, source.group, explained.lines[0] if explained else _name_fault(error))
    reason = _find_what_is_wrong(county, job)
    return Missing(source.name, source.group, *reason) if reason else county


def _find_what_is_wrong(county: County, job: Job) -> tuple[str, County | None] | None:
    """Find what keeps a county that was read from being added, and what of it is shown apart."""
    if _find_largest(county) > MOST:
        return _("{path} holds a figure larger than any plan has.", path=job.source.path), None
    if county.as_of != job.day:
        return _("late: its figures are as of {day}", day=county.as_of), county
    return None


def _find_largest(county: County) -> Fraction:
    """Return the largest of a county's figures, whatever their signs."""
    figures = [figure for row in county.rows for figure in (row.actual, row.goal, row.progress)]
    return max((abs(figure) for figure in (*figures, county.score) if figure is not None), default=ZERO)


def _name_fault(error: Exception) -> str:
    """Say that a county trips kfly itself: the others are rolled up all the same."""
    return _("it cannot be assessed ({what}); “kfly status” there says more", what=type(error).__name__)


def _read_document(job: Job) -> County:
    from kfly.services.rollup.documents import read_document  # what reads documents is loaded for them alone

    if job.known is not None:
        raise KflyError(_("a document says nothing of what was known earlier"))
    return read_document(job.source)


def _open(path: Path, job: Job) -> Session:
    """Return the session that reads a county, as it is now or as it was known."""
    session = Session(path, patience=job.patience)
    if job.known is None:
        return session
    from kfly.services.known import find_known  # and all that knows of the past

    return session._replace(known=find_known(session, job.known))


def _read_database(job: Job) -> County:
    """Read a database, and leave no trace beside it."""
    source = job.source
    with borrowing(source.path, job.patience) as path:
        try:
            with _open(path, job).reading() as desk:
                standing = desk.standing(job.day)
        except NotOursError:
            raise
        except KflyError as error:  # the copy's name says nothing to anybody
            raise KflyError(*(line.replace(str(path), str(source.path)) for line in error.lines)) from error
    rows = tuple(list_rows(standing.targets))
    return County(source.name, source.group, job.day, rows, standing.score)
