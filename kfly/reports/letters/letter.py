"""One letter: what it is about, in the words of an office."""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import NamedTuple

from kfly.locale import N_, _
from kfly.mail.addresses import fit_for_header
from kfly.plan.mailings import LastLetter
from kfly.plan.model import Organisation, Plan
from kfly.progress.lights import YELLOW
from kfly.progress.supervision import Supervision
from kfly.reports.letters.bounds import keep_the_worst
from kfly.reports.supervision import (
    OF_TASKS,
    Reported,
    ReportedClass,
    Section,
    list_target_classes,
    make_sections,
)

# The name of each class, and how many there are of it, by what an earlier letter has called it.
_COUNTED = {
    "overdue": (N_("overdue"), N_("overdue {n}")),
    "behind": (N_("behind"), N_("behind {n}")),
    "soon": (N_("due soon"), N_("due soon {n}")),
    "red": (N_("red light"), N_("red targets {n}")),
    "yellow": (N_("yellow light"), N_("yellow targets {n}")),
}


class ClassCount(NamedTuple):
    """How many tasks there are of a class that was asked for, or how many targets."""

    light: str  # the class's, a code
    name: str
    told: str
    number: int


class Addressed(NamedTuple):
    """To whom a letter goes, and what they were told before."""

    organisation: Organisation | None = None  # the lead whose own tasks it holds; None: the coordinators
    scope: Organisation | None = None  # to whose tasks the report was narrowed
    last: LastLetter | None = None


TO_COORDINATORS = Addressed()


class Letter(NamedTuple):
    """What goes to the coordinators, or to one lead organisation, on a day."""

    plan: str
    day: date
    organisation: Organisation | None  # whose own tasks it holds; None: all of them
    scope: Organisation | None  # to whose tasks the report was narrowed
    counts: tuple[ClassCount, ...]  # of the tasks
    target_counts: tuple[ClassCount, ...]  # of the targets, only of what there is
    sections: tuple[Section, ...]
    last: LastLetter | None = None  # what the same readers were told before this day
    has_workbook: bool = True  # False: with what was attached, the letter was too large for the server
    paper: str | None = None  # the name of the paper that is attached beside the workbook
    unsent: tuple[str, ...] = ()  # returns that are missing, a line each

    @property
    def subject(self) -> str:
        """The subject, which says it all: 【督办】截至2022-12-01：逾期3项，滞后2项，临近4项."""
        counted = reduce(
            lambda first, second: _("{first}, {second}", first=first, second=second),
            (
                *(count.told for count in self.all_counts),
                *([_("returns missing {n}", n=len(self.unsent))] if self.unsent else []),
            ),
        )
        day = self.day.isoformat()
        if self.organisation is not None:
            subject = _(
                "[Supervision] {organisation}: as of {day} {counts} (“{plan}”)",
                organisation=_title(self.organisation),
                day=day,
                counts=counted,
                plan=fit_for_header(self.plan),
            )
        else:
            subject = _("[Supervision] As of {day}: {counts}", day=day, counts=counted)
        if self.scope is None:
            return subject
        return _("{subject} ({organisation})", subject=subject, organisation=_title(self.scope))

    @property
    def all_counts(self) -> tuple[ClassCount, ...]:
        """How many there are of what the reader is told: a lead of targets alone is not told of no tasks."""
        if self.organisation is not None and self.target_counts and not any(c.number for c in self.counts):
            return self.target_counts
        return self.counts + self.target_counts

    @property
    def opening(self) -> str:
        """The first sentence."""
        if self.organisation is None:
            if not self.sections:
                return self._nothing
            if self.scope is not None:
                message = N_("“{plan}”: the tasks that {organisation} leads or answers for stand as follows.")
                if self.target_counts:
                    message = N_(
                        "“{plan}”: the tasks and targets that {organisation} leads or answers for stand as"
                        " follows."
                    )
                return _(message, plan=self.plan, organisation=_title(self.scope))
            message = N_("“{plan}”: the tasks under supervision stand as follows.")
            if self.target_counts:
                message = N_("“{plan}”: the tasks and targets under supervision stand as follows.")
            return _(message, plan=self.plan)
        return _(self._request, organisation=_title(self.organisation), plan=self.plan)

    @property
    def _request(self) -> str:
        """What a lead is asked to do: about its tasks, its targets, or both."""
        if not self.target_counts:
            return N_(
                "To {organisation}: please see to the tasks below, which you lead under “{plan}”,"
                " and report how they stand."
            )
        if not any(count.number for count in self.counts):
            return N_(
                "To {organisation}: please see to the targets below, which you lead under “{plan}”,"
                " and report how they stand."
            )
        return N_(
            "To {organisation}: please see to the tasks and targets below, which you lead under “{plan}”,"
            " and report how they stand."
        )

    @property
    def _nothing(self) -> str:
        """That there is nothing of what was asked for; other classes may have tasks all the same.

        Who asks for what is behind, the yellow class, asks for targets too.
        """
        classes = reduce(
            lambda first, second: _("{first} or {second}", first=first, second=second),
            (count.name for count in self.counts),
        )
        told = {"plan": self.plan, "day": self.day.isoformat(), "classes": classes}
        asks_targets = any(count.light == YELLOW for count in self.counts)
        if self.scope is None:
            message = N_("“{plan}”: as of {day} no task is {classes}.")
            if asks_targets:
                message = N_("“{plan}”: as of {day} no task is {classes}, and no target is red or yellow.")
            return _(message, **told)
        message = N_("“{plan}”: as of {day} no task that {organisation} leads or answers for is {classes}.")
        if asks_targets:
            message = N_(
                "“{plan}”: as of {day} no task that {organisation} leads or answers for is {classes}, and no"
                " such target is red or yellow."
            )
        return _(message, **told, organisation=_title(self.scope))

    @property
    def news(self) -> str | None:
        """What is different from the last letter; None when there was none."""
        if self.last is None:
            return None
        marks = [self.mark(section, entry) for section in self.sections for entry in section.entries]
        listed = {entry.key for section in self.sections for entry in section.entries}
        return _(
            "Since the letter of {day}: {new} new, {moved} listed otherwise, {gone} no longer listed.",
            day=self.last.day.isoformat(),
            new=marks.count(_("newly listed")),
            moved=sum(mark not in ("", _("newly listed")) for mark in marks),
            gone=len(self.last.tasks.keys() - listed),
        )

    def mark(self, section: Section, entry: Reported) -> str:
        """Say that a task or target is new since the last letter, or what it was; empty without a change."""
        if self.last is None:
            return ""
        before = self.last.tasks.get(entry.key)
        if before is None:
            return _("newly listed")
        if before == section.kind.code:
            return ""
        was, _count = _COUNTED.get(before, (before, ""))
        return _("before: {name}", name=_(was))

    @property
    def shown(self) -> list[Section]:
        """The sections as the letter itself shows them: no more than anybody reads on a phone."""
        return keep_the_worst(self.sections)

    @property
    def rest(self) -> str | None:
        """Where the rest is that the letter itself does not show; None when it shows all."""
        left = sum(len(section.entries) for section in self.sections)
        left -= sum(len(section.entries) for section in self.shown)
        if not left:
            return None
        if self.has_workbook:
            return _("{n} more are in the attached workbook.", n=left)
        return _("{n} more are not shown; “kfly overdue” lists them all.", n=left)

    @property
    def closing(self) -> str:
        """The last sentences: where it comes from, and what is attached."""
        if not self.has_workbook:
            return self._left_out
        told = _("Sent by kfly. The same rows are attached as a workbook.")
        if not self.sections:
            told = _("Sent by kfly.")
        if self.paper is None:
            return told
        return _("{told} Also attached: {name}.", told=told, name=self.paper)

    @property
    def _left_out(self) -> str:
        """What is not attached, as the letter would have been too large."""
        if self.paper is None:
            return _(
                "Sent by kfly. The workbook with the same rows is not attached: with it, the mail server"
                " would not take the letter."
            )
        return _(
            "Sent by kfly. “{name}” and the workbook with the rows are not attached: with them, the mail"
            " server would not take the letter.",
            name=self.paper,
        )


def write_letter(
    found: Supervision,
    plan: Plan,
    day: date,
    addressed: Addressed = TO_COORDINATORS,
) -> Letter:
    """Make the letter about some tasks and targets.

    Args:
        found: the tasks and targets.
        plan: whose they are.
        day: the day that the report answers for.
        addressed: to whom it goes.
    """
    return Letter(
        plan=plan.name.spoken,
        day=day,
        organisation=addressed.organisation,
        scope=addressed.scope,
        last=addressed.last,
        counts=tuple(_count_tasks(found)),
        target_counts=tuple(_count_targets(found)),
        sections=tuple(make_sections(found, plan)),
    )


def _count_tasks(found: Supervision) -> Iterator[ClassCount]:
    for kind, rows in zip(OF_TASKS, found.classes, strict=True):
        if rows is not None:
            yield _count(kind, len(rows))


def _count_targets(found: Supervision) -> Iterator[ClassCount]:
    """Count the targets, of each light that there is: most days there is none, and no word of it."""
    yield from (_count(kind, len(rows)) for kind, rows in list_target_classes(found) if rows)


def _count(kind: ReportedClass, number: int) -> ClassCount:
    name, message = _COUNTED[kind.code]
    return ClassCount(kind.light, _(name), _(message, n=number), number)


def _title(organisation: Organisation) -> str:
    return fit_for_header(organisation.title.spoken)
