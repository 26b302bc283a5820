"""Reminders of returns: a letter to each town and zone that has not sent what it owes for the last period."""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, StrictUndefined

from kfly.console.screen import make_printable
from kfly.errors import KflyError
from kfly.locale import _, language
from kfly.mail.addresses import Mailbox, fit_for_header, make_mailbox
from kfly.mail.message import Content
from kfly.mail.post import Post
from kfly.plan.kinds import Kind
from kfly.plan.model import Organisation, Plan
from kfly.progress.returns import ReturnStanding, list_missing
from kfly.reports.returns import write_reminders

SCOPE = "returns"  # by which mailings tell these letters from those about tasks; no organisation is named so


class Reminders(NamedTuple):
    """What is missing on a day, and may still come within the days that the plan calls soon."""

    plan: Plan
    kinds: Mapping[str, Kind]
    rows: tuple[ReturnStanding, ...]
    day: date

    @property
    def missing(self) -> list[ReturnStanding]:
        """What people are to be reminded of."""
        return list_missing(self.rows, self.plan.lights.due_soon_days, self.day)


def write_posts(asked: Reminders) -> tuple[list[Post], list[str]]:
    """Write to each that owes something and has an address; return what is wrong with addresses, too."""
    posts, faults = [], []
    for organisation in asked.plan.organisations:
        own = [row for row in asked.missing if row.organisation == organisation.name]
        if own and organisation.email:
            to, wrong = _read_boxes(organisation, organisation.email)
            cc, also_wrong = _read_boxes(organisation, organisation.cc)
            faults += [*wrong, *also_wrong]
            if to:
                posts.append(_make_post(asked, organisation, own, to, cc))
    return posts, faults


def list_without_address(asked: Reminders) -> list[Organisation]:
    """List who owes something and gets no letter, having no address."""
    owing = {row.organisation for row in asked.missing}
    return [o for o in asked.plan.organisations if o.name in owing and not o.email]


def _read_boxes(organisation: Organisation, addresses: Sequence[str]) -> tuple[list[Mailbox], list[str]]:
    boxes, faults = [], []
    for address in addresses:
        try:
            boxes.append(make_mailbox(organisation.title.spoken, address))
        except KflyError as error:
            faults.append(_("{name}: {fault}", name=organisation.title.spoken, fault=error))
    return boxes, faults


def _make_post(
    asked: Reminders,
    organisation: Organisation,
    own: Sequence[ReturnStanding],
    to: Sequence[Mailbox],
    cc: Sequence[Mailbox],
) -> Post:
    return Post(
        content=_write(asked, organisation, own),
        organisation=organisation.name,
        scope=SCOPE,
        tasks=tuple((f"{row.asked.kind}/{row.period.label}", row.state) for row in own),
        recipients=tuple(to),
        pending=(*to, *cc),
        cc=tuple(cc),
    )


def _write(asked: Reminders, organisation: Organisation, own: Sequence[ReturnStanding]) -> Content:
    name = fit_for_header(organisation.title.spoken)
    subject = _("[Returns] {organisation}: {n} still to be sent", organisation=name, n=len(own))
    opening = _(
        "To {organisation}: as of {day} the following has not come yet under “{plan}”. Please send it, or"
        " report that there is nothing to send.",
        organisation=organisation.title.spoken,
        day=asked.day.isoformat(),
        plan=asked.plan.name.spoken,
    )
    lines = write_reminders(own, asked.plan, asked.kinds)
    closing = _("Sent by kfly.")
    text = [subject, "", opening, "", *(f"- {line}" for line in lines), "", "-- ", closing]
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = made.from_string(files(__package__).joinpath("reminder.html").read_text(encoding="utf-8"))
    page = template.render(
        language={"zh": "zh-CN"}.get(language(), language()),
        subject=subject,
        opening=opening,
        lines=lines,
        closing=closing,
        shown=make_printable,
    )
    return Content(
        subject=subject,
        text="\n".join(map(make_printable, text)) + "\n",
        html=page,
        workbook=None,
        workbook_name="",
        language=language(),
    )
