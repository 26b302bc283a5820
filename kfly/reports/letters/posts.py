"""Who gets which letter."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kfly.errors import KflyError
from kfly.locale import _, language
from kfly.mail.addresses import Mailbox, make_mailbox
from kfly.mail.message import Content
from kfly.mail.post import Post
from kfly.plan.model import Organisation, Plan
from kfly.plan.organisations import find_related
from kfly.progress.supervision import Supervision, supervise
from kfly.progress.tasks import TaskStanding
from kfly.reports.letters.letter import write_letter
from kfly.reports.letters.page import make_page
from kfly.reports.letters.plain import write_plain
from kfly.reports.letters.workbook import make_workbook

CLASSES = ("overdue", "behind", "soon")


class ReportedClasses(NamedTuple):
    """Which classes of tasks the report takes in."""

    behind: bool
    within: int | None  # days


class TasksOnDay(NamedTuple):
    """A plan and how its tasks stand on a day."""

    plan: Plan
    rows: tuple[TaskStanding, ...]
    day: date
    scope: Organisation | None = None  # the report is about what it leads or answers for; None: about all

    def found(self, asked: ReportedClasses, lead: Organisation | None = None) -> Supervision:
        """Find the tasks to report; of a ``lead``, what it leads itself, in a group, or through members."""
        rows: Iterable[TaskStanding] = self.rows
        if lead is not None:
            concerned = find_related(lead, self.plan)
            rows = [row for row in rows if concerned.intersection(row.task.lead)]
        return supervise(rows, behind=asked.behind, within=asked.within)


def write_to_coordinators(
    office: TasksOnDay, asked: ReportedClasses, to: Sequence[Mailbox], *, always: bool
) -> Iterator[Post]:
    """Yield the letter with everything; none when there is nothing to report, unless ``always``."""
    found = office.found(asked)
    if to and (found.rows or always):
        yield _post(office, found, None, to)


def write_to_leads(office: TasksOnDay, asked: ReportedClasses) -> tuple[list[Post], list[str]]:
    """Write to each organisation that has an address and leads a task of the report: its own tasks.

    Return with the letters what is wrong with addresses that are none, a line each.
    """
    posts, faults = [], []
    for organisation in office.plan.organisations:
        if organisation.email and (found := office.found(asked, organisation)).rows:
            name = organisation.title.spoken
            try:
                posts.append(_post(office, found, organisation, [make_mailbox(name, organisation.email)]))
            except KflyError as error:
                faults.append(_("{name}: {fault}", name=name, fault=error))
    return posts, faults


def list_without_address(office: TasksOnDay, asked: ReportedClasses) -> list[Organisation]:
    """List who leads a task of the report and gets no letter; of a group without an address, its members."""
    known = {organisation.name: organisation for organisation in office.plan.organisations}
    leads = {name for row in office.found(asked).rows for name in row.task.lead}
    for name in sorted(leads):
        if not known[name].email:
            leads |= set(known[name].members)
    return [o for o in known.values() if o.name in leads and not o.email and not o.members]


def _post(office: TasksOnDay, found: Supervision, lead: Organisation | None, to: Sequence[Mailbox]) -> Post:
    written = write_letter(found, plan=office.plan, day=office.day, organisation=lead, scope=office.scope)
    content = Content(
        subject=written.subject,
        text=write_plain(written),
        html=make_page(written),
        workbook=make_workbook(written) if found.rows else None,
        workbook_name=_("supervision-{day}.xlsx", day=office.day.isoformat()),
        language=language(),
    )
    recipients = tuple(_each_once(to))
    scope = office.scope and office.scope.name
    return Post(
        content=content,
        organisation=lead and lead.name,
        scope=scope,
        tasks=tuple(_told(found)),
        recipients=recipients,
        pending=recipients,
    )


def _each_once(boxes: Iterable[Mailbox]) -> Iterator[Mailbox]:
    """Yield each mailbox once; capital and small letters of an address make no difference."""
    known: set[str] = set()
    for box in boxes:
        if (address := box.address.casefold()) not in known:
            known.add(address)
            yield box


def _told(found: Supervision) -> Iterator[tuple[str, str]]:
    for name, rows in zip(CLASSES, found, strict=True):
        yield from ((f"{row.task.year}/{row.task.number}", name) for row in rows or ())
