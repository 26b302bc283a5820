"""``overdue --email --attach FILE``: the page, the workbook or the brief of that day, beside each letter.

It is made as ``report`` makes it, in memory, what is personal masked: a letter is passed on. A lead gets its
own part; the registry's own sheets stay at home.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from kfly.commands.report import find_writer
from kfly.mail.message import Attachment
from kfly.mail.post import Post
from kfly.reports.letters.posts import TasksOnDay
from kfly.reports.papers.paper import Paper
from kfly.services.mailing import WrittenPosts
from kfly.services.session import Session
from kfly.services.views.overview import read_overview
from kfly.services.views.redaction import redact_overview

MakePaper = Callable[[str | None], Attachment]


def _find_maker(session: Session, office: TasksOnDay, attach: str) -> MakePaper:
    """Return what makes the paper about an organisation's part, or the whole plan, each once.

    Raises:
        WrongUsageError: no paper has this suffix.
        KflyError: what such a paper needs is not installed.
    """
    write = find_writer(Path(attach))

    @cache
    def make(organisation: str | None) -> Attachment:
        made = BytesIO()
        with session.reading() as desk:
            known = {each.name: each for each in desk.plan.organisations}
            overview = read_overview(desk, office.day, known.get(organisation or ""))
            write(Paper(redact_overview(overview, desk.registry), redacted=True), made)
        return Attachment(name_paper(attach), made.getvalue())

    return make


def name_paper(attach: str) -> str:
    """Return the name of a paper as letters tell it: without folders, and without what is no sign."""
    return Path(attach).name.encode(errors="replace").decode()


def attach_papers(
    session: Session, office: TasksOnDay, attach: str, write: Callable[[], WrittenPosts]
) -> Callable[[], WrittenPosts]:
    """Return what writes the letters, with the paper at each that anybody has not had yet."""
    make = _find_maker(session, office, attach)

    def write_all() -> WrittenPosts:
        posts, faults = write()
        return [_attach(post, make) if post.pending else post for post in posts], faults

    return write_all


def _attach(post: Post, make: MakePaper) -> Post:
    paper = make(post.organisation or post.scope)
    return post._replace(content=post.content._replace(papers=(paper,)))
