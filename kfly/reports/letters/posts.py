"""Who gets which letter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from kfly.errors import KflyError
from kfly.locale import _, language
from kfly.mail.addresses import Mailbox, make_mailbox
from kfly.mail.message import Content
from kfly.mail.post import Post
from kfly.plan.mailings import LastLetter
from kfly.plan.model import Organisation, Plan
from kfly.plan.organisations import find_related
from kfly.progress.supervision import Supervision, find_first_news_day, supervise
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports.letters.letter import Addressed, Letter, write_letter
from kfly.reports.letters.page import make_page
from kfly.reports.letters.plain import write_plain
from kfly.reports.letters.workbook import make_workbook
from kfly.reports.supervision import OF_TASKS, list_target_classes


class ReportedClasses(NamedTuple):
    """Which classes the report takes in; what is behind takes in targets."""

    behind: bool
    within: int | None  # days


class PlanOnDay(NamedTuple):
    """A plan and how its tasks and targets stand on a day."""

    plan: Plan
    rows: tuple[TaskStanding, ...]
    day: date
    targets: tuple[TargetStanding, ...] = ()  # where they are reported
    scope: Organisation | None = None  # the report is about what it leads or answers for; None: about all
    paper: str | None = None  # the name of the paper that goes with each letter
    unsent: Mapping[str | None, tuple[str, ...]] = {}  # returns that are missing, by sender; None: all
    last_letters: Mapping[tuple[str | None, str | None], LastLetter] = {}  # by lead (None: all) and scope

    def found(self, asked: ReportedClasses, lead: Organisation | None = None) -> Supervision:
        """Find what to report; of a ``lead``, what it leads itself, in a group, or through members."""
        rows: Iterable[TaskStanding] = self.rows
        targets: Iterable[TargetStanding] = self.targets
        if lead is not None:
            concerned = find_related(lead, self.plan)
            rows = [row for row in rows if concerned.intersection(row.leads)]
            targets = [row for row in targets if concerned.intersection(row.lead)]
        news = find_first_news_day(self.day)
        return supervise(rows, behind=asked.behind, within=asked.within, targets=targets, news=news)


def write_to_coordinators(
    office: PlanOnDay, asked: ReportedClasses, to: Sequence[Mailbox], *, always: bool
) -> Iterator[Post]:
    """Yield the letter with everything; none when there is nothing to report, unless ``always``."""
    found = office.found(asked)
    if to and (found.has_any or office.unsent or always):
        yield _post(office, found, None, tuple(_each_once(to)))


def write_to_leads(office: PlanOnDay, asked: ReportedClasses) -> tuple[list[Post], list[str]]:
    """Write to each organisation that has an address and leads a task or target of the report: its own.

    Return with the letters what is wrong with addresses that are none, a line each.
    """
    posts, faults = [], []
    for organisation in office.plan.organisations:
        if organisation.email and (found := office.found(asked, organisation)).has_any:
            name = organisation.title.spoken
            to, wrong = _boxes(name, organisation.email)
            cc, also_wrong = _boxes("", organisation.cc)
            faults += [_("{name}: {fault}", name=name, fault=fault) for fault in (*wrong, *also_wrong)]
            if to:
                everybody = tuple(_each_once((*to, *cc)))
                copies = tuple(box for box in everybody if box not in to)
                posts.append(_post(office, found, organisation, tuple(_each_once(to)), copies))
    return posts, faults


def _boxes(name: str, addresses: Iterable[str]) -> tuple[list[Mailbox], list[str]]:
    """Read addresses; return with them what is wrong with those that another program has written."""
    boxes, faults = [], []
    for address in addresses:
        try:
            boxes.append(make_mailbox(name, address))
        except KflyError as error:
            faults.append(str(error))
    return boxes, faults


def list_without_address(office: PlanOnDay, asked: ReportedClasses) -> list[Organisation]:
    """List who leads some of the report and gets no letter; of a group without an address, its members."""
    known = {organisation.name: organisation for organisation in office.plan.organisations}
    found = office.found(asked)
    leads = {name for row in found.rows for name in row.leads}
    leads |= {name for row in found.targets or () for name in row.lead}
    for name in sorted(leads):
        if not known[name].email:
            leads |= set(known[name].members)
    return [o for o in known.values() if o.name in leads and not o.email and not o.members]


def _post(
    office: PlanOnDay,
    found: Supervision,
    lead: Organisation | None,
    to: tuple[Mailbox, ...],
    cc: tuple[Mailbox, ...] = (),
) -> Post:
    whom = lead and lead.name, office.scope and office.scope.name
    last = office.last_letters.get(whom)
    written = write_letter(found, office.plan, office.day, Addressed(lead, office.scope, last))
    written = written._replace(paper=office.paper, unsent=office.unsent.get(whom[0], ()))
    return Post(
        content=_content(written),
        organisation=whom[0],
        scope=whom[1],
        tasks=tuple(_told(found)),
        recipients=to,
        pending=(*to, *cc),
        cc=cc,
        follows=last.follows if last else (),
        make_smaller=partial(_content, written._replace(has_workbook=False))
        if written.sections or written.paper
        else None,
    )


def _content(written: Letter) -> Content:
    day = written.day.isoformat()
    return Content(
        subject=written.subject,
        text=write_plain(written),
        html=make_page(written),
        workbook=make_workbook(written) if written.sections and written.has_workbook else None,
        workbook_name=_("supervision-{day}.xlsx", day=day),
        language=language(),
        ascii_name=f"supervision-{day}.xlsx",
    )


def _each_once(boxes: Iterable[Mailbox]) -> Iterator[Mailbox]:
    """Yield each mailbox once; capital and small letters of an address make no difference."""
    known: set[str] = set()
    for box in boxes:
        if (address := box.address.casefold()) not in known:
            known.add(address)
            yield box


def _told(found: Supervision) -> Iterator[tuple[str, str]]:
    """Yield what is told and the class it is reported in: tasks by year/number, targets by their key."""
    for kind, rows in zip(OF_TASKS, found.classes, strict=True):
        yield from ((f"{row.task.year}/{row.task.number}", kind.code) for row in rows or ())
    for kind, targets in list_target_classes(found):
        yield from ((row.target.key, kind.code) for row in targets)
