"""``demo``: a look at kfly without a plan's files or records of one's own."""

from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from kfly import stopping
from kfly.cli.answer import Answer
from kfly.cli.options import read_day
from kfly.locale import N_, _
from kfly.registry import invented
from kfly.reports import status as report
from kfly.services.init import TABLES, TARGETS, bundled, create
from kfly.services.session import Session
from kfly.store.plan import sign_offs

Day = Annotated[
    str | None,
    typer.Option("--as-of", metavar=N_("DATE"), help=N_("Answer for this day; 2022-11-30 otherwise.")),
]


def demo(ctx: typer.Context, as_of: Day = None) -> Answer:
    """A throwaway database with invented records, and its status."""
    del ctx  # --db names a database to keep; this one is thrown away
    day = read_day(as_of) if as_of else invented.AS_OF
    with stopping.postponed():
        folder = Path(mkdtemp(prefix="kfly-demo-"))
        stopping.note_unfinished(folder)
    path = folder / "kfly.db"
    session = _filled(path)
    stopping.note_finished(folder)
    with session.reading() as desk:
        standing = desk.standing(day)
    hint = _(
        "All records are invented. To look further: export KFLY_DB={path}; kfly tasks --as-of {day}",
        path=path,
        day=day,
    )
    return Answer(partial(report.document, standing), partial(report.render, standing), remarks=[hint])


def _filled(path: Path) -> Session:
    folder = bundled()
    session = Session(path, ("demo",))
    create(path, folder / TARGETS, sorted(folder.glob(TABLES)), command=session.command)
    with session.writing() as desk:
        invented.record_all(desk.registry)
        for sign_off in invented.invent_sign_offs(desk.plan.starts.year):
            sign_offs.record(desk.db, sign_off, ())
    return session
