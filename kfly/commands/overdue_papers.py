"""``overdue --email --attach FILE``: the page, the workbook or the brief of that day, beside each letter.

It is made as ``report`` makes it, in memory, what is personal masked: a letter is passed on. A lead gets its
own part; the registry's own sheets stay at home.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from kfly.commands.report import Writer, find_writer
from kfly.mail.message import Attachment
from kfly.mail.post import Post
from kfly.progress.overview import Overview
from kfly.reports.letters.posts import PlanOnDay
from kfly.reports.papers.paper import Paper
from kfly.services.mailing import WrittenPosts
from kfly.services.session import Session
from kfly.services.views.overview import read_overview
from kfly.services.views.redaction import redact_overview
from kfly.services.views.since import compare_with_past, read_past


def name_paper(attach: str) -> str:
    """Return the name of a paper as letters tell it: without folders, and without what is no sign."""
    return Path(attach).name.encode(errors="replace").decode()


def attach_papers(
    session: Session, office: PlanOnDay, attach: str, write: Callable[[], WrittenPosts]
) -> Callable[[], WrittenPosts]:
    """Return what writes the letters, with the paper at each that anybody has not had yet.

    Raises:
        WrongUsageError: no paper has this suffix.
        KflyError: what such a paper needs is not installed.
    """
    write_paper = find_writer(Path(attach))

    def write_all() -> WrittenPosts:
        posts, faults = write()
        readers = dict.fromkeys(_find_reader(post) for post in posts if post.pending)
        papers = {
            reader: Attachment(name_paper(attach), _make_paper(overview, write_paper))
            for reader, overview in _read_overviews(session, office.day, readers).items()
        }
        return [_attach(post, papers) if post.pending else post for post in posts], faults

    return write_all


def _find_reader(post: Post) -> str | None:
    """Return whose part a letter is about; None for the whole plan."""
    return post.organisation or post.scope


def _read_overviews(session: Session, day: date, readers: Iterable[str | None]) -> dict[str | None, Overview]:
    """Read each reader's part, all of one moment, what is personal masked."""
    past = read_past(session, None, day)
    with session.reading() as desk:
        since = past and compare_with_past(desk, past, day)
        known = {each.name: each for each in desk.plan.organisations}
        parts = ((reader, known.get(reader or "")) for reader in readers)
        return {
            reader: redact_overview(read_overview(desk, day, scope, since), desk.registry)
            for reader, scope in parts
        }


def _make_paper(overview: Overview, write: Writer) -> bytes:
    made = BytesIO()
    write(Paper(overview, redacted=True), made)
    return made.getvalue()


def _attach(post: Post, papers: Mapping[str | None, Attachment]) -> Post:
    return post._replace(content=post.content._replace(papers=(papers[_find_reader(post)],)))
