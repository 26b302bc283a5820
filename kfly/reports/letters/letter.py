"""One letter: what it is about, in the words of an office."""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import NamedTuple

from kfly.locale import N_, _
from kfly.mail.addresses import fit_for_header
from kfly.plan.model import Organisation, Plan
from kfly.progress.supervision import Supervision
from kfly.progress.targets import BLUE, RED, YELLOW
from kfly.reports.supervision import Section, make_sections

_COUNTED = (
    (RED, N_("overdue"), N_("overdue {n}")),
    (YELLOW, N_("behind"), N_("behind {n}")),
    (BLUE, N_("due soon"), N_("due soon {n}")),
)


class ClassCount(NamedTuple):
    """How many tasks there are of a class that was asked for."""

    light: str  # the class's, a code
    name: str
    told: str
    number: int


class Letter(NamedTuple):
    """What goes to the coordinators, or to one lead organisation, on a day."""

    plan: str
    day: date
    organisation: Organisation | None  # whose own tasks it holds; None: all of them
    scope: Organisation | None  # to whose tasks the report was narrowed
    counts: tuple[ClassCount, ...]
    sections: tuple[Section, ...]

    @property
    def subject(self) -> str:
        """The subject, which says it all: 【督办】截至2022-12-01：逾期3项，滞后2项，临近4项."""
        counted = reduce(
            lambda first, second: _("{first}, {second}", first=first, second=second),
            (count.told for count in self.counts),
        )
        subject = _("[Supervision] As of {day}: {counts}", day=self.day.isoformat(), counts=counted)
        if self.scope is None:
            return subject
        return _("{subject} ({organisation})", subject=subject, organisation=_title(self.scope))

    @property
    def opening(self) -> str:
        """The first sentence."""
        if self.organisation is None:
            if not self.sections:
                return self._nothing
            if self.scope is not None:
                return _(
                    "“{plan}”: the tasks that {organisation} leads or answers for stand as follows.",
                    plan=self.plan,
                    organisation=_title(self.scope),
                )
            return _("“{plan}”: the tasks under supervision stand as follows.", plan=self.plan)
        return _(
            "To {organisation}: please see to the tasks below, which you lead under “{plan}”,"
            " and report how they stand.",
            organisation=_title(self.organisation),
            plan=self.plan,
        )

    @property
    def _nothing(self) -> str:
        """That there is nothing of what was asked for; other classes may have tasks all the same."""
        classes = reduce(
            lambda first, second: _("{first} or {second}", first=first, second=second),
            (count.name for count in self.counts),
        )
        day = self.day.isoformat()
        if self.scope is None:
            return _("“{plan}”: as of {day} no task is {classes}.", plan=self.plan, day=day, classes=classes)
        return _(
            "“{plan}”: as of {day} no task that {organisation} leads or answers for is {classes}.",
            plan=self.plan,
            day=day,
            organisation=_title(self.scope),
            classes=classes,
        )

    @property
    def closing(self) -> str:
        """The last sentence: where it comes from."""
        if not self.sections:
            return _("Sent by kfly.")
        return _("Sent by kfly. The same rows are attached as a workbook.")


def write_letter(
    found: Supervision,
    plan: Plan,
    day: date,
    organisation: Organisation | None = None,
    scope: Organisation | None = None,
) -> Letter:
    """Make the letter about some tasks.

    Args:
        found: the tasks.
        plan: whose tasks they are.
        day: the day that the report answers for.
        organisation: the lead to whom it goes; None for the coordinators.
        scope: the report holds only what this organisation leads or answers for.
    """
    return Letter(
        plan=plan.name.spoken,
        day=day,
        organisation=organisation,
        scope=scope,
        counts=tuple(_counts(found)),
        sections=tuple(make_sections(found, plan)),
    )


def _counts(found: Supervision) -> Iterator[ClassCount]:
    for (light, name, message), rows in zip(_COUNTED, found, strict=True):
        if rows is not None:
            yield ClassCount(light, _(name), _(message, n=len(rows)), len(rows))


def _title(organisation: Organisation) -> str:
    return fit_for_header(organisation.title.spoken)
