"""``rollup``: many databases as one."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, Force, read_day, read_whole_number
from kfly.console.progress_bar import watch_progress
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.progress.rollup import Rollup
from kfly.reports import rollup as report
from kfly.services.rollup import engine
from kfly.services.rollup.sources import MANIFEST, find_sources
from kfly.services.views.rollup import Answers, Asked, Reader, read_rollup, read_way

MISSED = 1  # the exit code where more are missing than may be
PATIENCE, LONGEST_PATIENCE = 2, 3600  # seconds
Writer = Callable[[Rollup, BinaryIO], None]


def rollup(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=N_("[SOURCE …]"),
            help=N_(
                "Databases, their folders, documents of “kfly document” or “status --json”, or a manifest;"
                " otherwise counties.yaml here."
            ),
        ),
    ] = None,
    rank: Annotated[
        str | None,
        typer.Option(
            "--rank", metavar=N_("KEY"), help=N_("Rank by this target; by score or lights otherwise.")
        ),
    ] = None,
    jobs: Annotated[
        str | None,
        typer.Option("--jobs", metavar="N", help=N_("So many processes; one a processor otherwise.")),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar=N_("ADDRESS"),
            help=N_("Read on the workers of this Dask scheduler: tcp://HOST:PORT."),
        ),
    ] = None,
    max_missing: Annotated[
        str | None,
        typer.Option("--max-missing", metavar="N", help=N_("Exit with 1 only if more counties are missing.")),
    ] = None,
    patience: Annotated[
        str | None,
        typer.Option(
            "--patience",
            metavar=N_("SECONDS"),
            help=N_("Wait so long for whoever has a file locked; 2 otherwise."),
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep", metavar=N_("FILE"), help=N_("Keep each county's figures of the day in this file.")
        ),
    ] = None,
    trend: Annotated[
        str | None,
        typer.Option("--trend", metavar=N_("KEY"), help=N_("Draw this target's way, out of --keep.")),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar=N_("FILE"), help=N_("Write a workbook (.xlsx) or a page (.html).")
        ),
    ] = None,
    force: Force = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """Take the figures of many counties' databases as one."""
    known = None if as_known is None else _read_known(as_known)
    day = known.astimezone().date() if known and as_of is None else read_day(as_of)
    if known is not None and keep is not None:
        raise WrongUsageError(_("--as-known and --keep do not go together: what is kept is known today."))
    if trend is not None and keep is None:
        raise WrongUsageError(_("--trend goes with --keep, which holds the days."))
    if trend is not None and output is not None:
        raise WrongUsageError(_("--trend and --output do not go together."))
    if cluster is not None and jobs is not None:
        raise WrongUsageError(_("--jobs and --cluster do not go together."))
    read, waiting = _choose_reader(_read_jobs(jobs), cluster), _read_patience(patience)
    may_miss = read_whole_number(max_missing, "--max-missing") or 0
    write = _check_output(output, force=force)
    if trend is not None and keep is not None and not sources and not Path(MANIFEST).exists():
        return _follow(keep, trend, day)
    asked = Asked(find_sources(sources or []), day, waiting, rank, keep, known)
    found = read_rollup(asked, read, _watch)
    answer = _answer(found, write, output, force=force)
    if trend is not None and keep is not None:
        answer = _follow(keep, trend, day)._replace(remarks=list(report.list_missing(found)))
    return answer._replace(exit_code=MISSED if len(found.missing) > may_miss else 0)


def _read_known(text: str) -> datetime:
    """Read the moment whose knowledge is asked for.

    Raises:
        WrongUsageError: it is none, or the number of a change, which each county counts for itself.
    """
    from kfly.cli.known import read_moment

    moment = read_moment(text)
    if isinstance(moment, int):
        raise WrongUsageError(_("--as-known: each county counts its own changes; name a day or a time."))
    return moment


def _read_jobs(text: str | None) -> int | None:
    """Read how many processes are asked for.

    Raises:
        WrongUsageError: it is not a whole number, or 0.
    """
    jobs = read_whole_number(text, "--jobs")
    if jobs == 0:
        raise WrongUsageError(_("--jobs: at least 1; leave it out for one a processor."))
    return jobs


def _read_patience(text: str | None) -> float:
    """Read how many seconds to wait.

    Raises:
        WrongUsageError: it is no number, or not from 0 to an hour.
    """
    if text is None:
        return PATIENCE
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= LONGEST_PATIENCE:  # nor is “nan” between them, for which one would wait for ever
        told = {"value": text, "most": LONGEST_PATIENCE}
        raise WrongUsageError(_("--patience: “{value}” is no number of seconds from 0 to {most}.", **told))
    return seconds


def _check_output(output: Path | None, *, force: bool) -> Writer | None:
    """Find what writes a file of this suffix, before any county is read.

    Raises:
        WrongUsageError: none does.
        KflyError: there is a file already.
    """
    if output is None:
        return None
    from kfly.registry.sheets.outfile import must_be_free

    writers = {".html": _write_page, ".xlsx": _write_workbook}
    write = writers.get(output.suffix.lower())
    if write is None:
        told = {"path": output, "suffixes": _(", ").join(writers)}
        raise WrongUsageError(_("“{path}” ends in none of {suffixes}.", **told))
    must_be_free(output, force=force)
    return write


def _choose_reader(jobs: int | None, cluster: str | None) -> Reader:
    if cluster is None:
        return partial(engine.read_all, workers=jobs or engine.count_processors())
    from kfly.services.rollup.cluster import must_be_an_address, read_all

    must_be_an_address(cluster)
    return partial(read_all, address=cluster)


def _watch(answers: Answers, total: int) -> Answers:
    """Show on a terminal how many counties have answered."""
    return watch_progress(answers, total, _("Counties"), stride=1)


def _answer(found: Rollup, write: Writer | None, output: Path | None, *, force: bool) -> Answer:
    document = partial(report.document, found)
    if write is None or output is None:
        return Answer(document, partial(report.render, found))
    from kfly.registry.sheets.outfile import replacing

    with replacing(output, force=force) as stream:
        write(found, stream)
    told = [report.write_heading(found), _("Wrote {path}.", path=output)]
    return Answer(document, partial(say, *told), done=True, remarks=list(report.list_missing(found)))


def _follow(keep: Path, key: str, day: date) -> Answer:
    from kfly.reports import rollup_trend

    way = read_way(keep, key, day)
    return Answer(partial(rollup_trend.document, way), partial(rollup_trend.render, way))


def _write_page(found: Rollup, stream: BinaryIO) -> None:
    from kfly.reports.papers.page.rollup import write_page

    write_page(found, stream)


def _write_workbook(found: Rollup, stream: BinaryIO) -> None:
    from kfly.registry.sheets.workbook_out import open_book
    from kfly.reports.papers.workbook.rollup import add_rollup

    with open_book(stream, row_by_row=True) as book:
        add_rollup(found, book)
