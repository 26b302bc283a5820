"""An overview whose texts tell nobody's number: what a paper may show outside the office."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kfly.plan.course import CourseEvent
from kfly.plan.kinds import Kind, Value
from kfly.plan.known_kinds import CARRIER, MEETING
from kfly.progress.budget import Budget
from kfly.progress.buildings import NAME, Building
from kfly.progress.corrections import Correction
from kfly.progress.evaluations import Evaluations
from kfly.progress.measures import DeliverableStanding, MeasureStanding
from kfly.progress.overview import Buildings, Overview
from kfly.progress.since import Meeting, Moment, Since, TaskChange, Turn
from kfly.progress.tasks import TaskStanding
from kfly.registry.registry import Registry
from kfly.registry.sheets.contents import Masked, is_personal

Mask = Callable[[str], str]


class _Redactor(NamedTuple):
    """Masks in the registry's own way: personal fields whole, in other texts numbers alone."""

    registry: Registry
    masked: Masked

    def field(self, kind: Kind, name: str) -> Mask:
        """Return what masks the values of a field."""
        field = kind.field(name)
        personal = field is not None and is_personal(self.registry, field)
        return self.whole if personal else self.within

    def title(self, kind: Kind) -> Mask:
        """Return what masks the titles of a kind's records, which are made of its key."""
        return self.whole if self.whole in [self.field(kind, name) for name in kind.key] else self.within

    def value(self, kind: Kind, name: str, value: Value) -> Value:
        """Mask a value of a field; a number that is not personal stays as it is."""
        mask = self.field(kind, name)
        is_masked = isinstance(value, str) or (value is not None and mask == self.whole)
        return mask(str(value)) if is_masked else value

    def whole(self, text: str) -> str:
        """Mask a text; where there is none, nothing is masked."""
        return str(self.masked.mask(text)) if text else text

    def within(self, text: str) -> str:
        """Mask the numbers of phones and identity cards in a text."""
        return str(self.masked.mask_within(text))


def redact_overview(overview: Overview, registry: Registry) -> Overview:
    """Mask what an overview tells of persons, as an export does with ``--redact``.

    Args:
        overview: what was read.
        registry: whose fields say what is personal.
    """
    redactor = _Redactor(registry, Masked())
    return overview._replace(
        tasks=tuple(_task(row, redactor) for row in overview.tasks),
        measures=tuple(_measure(row, redactor) for row in overview.measures),
        buildings=overview.buildings and _buildings(overview.buildings, redactor),
        budget=overview.budget and _budget(overview.budget, redactor),
        evaluations=overview.evaluations and _evaluations(overview.evaluations, redactor),
        since=overview.since and _since(overview.since, redactor),
    )


def redact_tasks(rows: Iterable[TaskStanding], registry: Registry, masked: Masked) -> list[TaskStanding]:
    """Mask the numbers of phones and identity cards in what was said of tasks, and count them."""
    redactor = _Redactor(registry, masked)
    return [_task(row, redactor) for row in rows]


def _task(row: TaskStanding, redactor: _Redactor) -> TaskStanding:
    note, sign_off, followed = row.note, row.sign_off, row.followed
    if note is not None:
        note = note._replace(text=redactor.within(note.text))
    if sign_off is not None and sign_off.note:
        sign_off = sign_off._replace(note=redactor.within(sign_off.note))
    if followed is not None and followed.events:
        followed = followed._replace(events=tuple(_decision(event, redactor) for event in followed.events))
    return row._replace(note=note, sign_off=sign_off, followed=followed)


def _decision(event: CourseEvent, redactor: _Redactor) -> CourseEvent:
    reason, who = event.reason, event.approved_by
    return event._replace(reason=reason and redactor.within(reason), approved_by=who and redactor.within(who))


def _measure(row: MeasureStanding, redactor: _Redactor) -> MeasureStanding:
    return row._replace(
        tasks=tuple(_task(each, redactor) for each in row.tasks),
        deliverables=tuple(_deliverable(each, redactor) for each in row.deliverables),
    )


def _deliverable(row: DeliverableStanding, redactor: _Redactor) -> DeliverableStanding:
    issue = row.issue
    if issue is not None:
        issue = issue._replace(title=redactor.within(issue.title))
    return row._replace(task=row.task and _task(row.task, redactor), issue=issue)


def _buildings(buildings: Buildings, redactor: _Redactor) -> Buildings:
    mask, found = redactor.field(buildings.kind, NAME), buildings.pipeline

    def masked(each: Building) -> Building:
        return each._replace(name=mask(each.name))

    return buildings._replace(
        pipeline=found._replace(
            overdue=tuple(map(masked, found.overdue)), lacking=tuple(map(masked, found.lacking))
        ),
        sites=tuple(site._replace(name=mask(site.name)) for site in buildings.sites),
    )


def _budget(budget: Budget, redactor: _Redactor) -> Budget:
    mask = redactor.title(redactor.registry.kind(budget.row.target.metric.kind))
    return budget._replace(
        largest=tuple(
            item._replace(title=mask(item.title), voucher=redactor.within(item.voucher))
            for item in budget.largest
        )
    )


def _evaluations(evaluations: Evaluations, redactor: _Redactor) -> Evaluations:
    mask, found = redactor.title(redactor.registry.kind(CARRIER)), evaluations.found
    told = {row.carrier.id for row in found.rows} | {each.id for each in found.not_evaluated}
    return evaluations._replace(titles={id_: mask(evaluations.titles[id_]) for id_ in told})


def _since(since: Since, redactor: _Redactor) -> Since:
    return since._replace(
        then=_moment(since.then, redactor),
        now=_moment(since.now, redactor),
        turned=tuple(_turn(turn, redactor) for turn in since.turned),
        tasks=tuple(_task_change(change, redactor) for change in since.tasks),
        corrections=tuple(_correction(each, redactor) for each in since.corrections),
        meeting=since.meeting and _meeting(since.meeting, redactor),
    )


def _moment(moment: Moment, redactor: _Redactor) -> Moment:
    return moment._replace(tasks=tuple(_task(row, redactor) for row in moment.tasks))


def _turn(turn: Turn, redactor: _Redactor) -> Turn:
    return turn._replace(row=_task(turn.row, redactor)) if isinstance(turn.row, TaskStanding) else turn


def _task_change(change: TaskChange, redactor: _Redactor) -> TaskChange:
    then, now = change.then, change.now
    return change._replace(then=then and _task(then, redactor), now=now and _task(now, redactor))


def _correction(correction: Correction, redactor: _Redactor) -> Correction:
    field, title = correction.field, redactor.title(correction.kind)(correction.title)
    if field is None:
        return correction._replace(title=title)
    before, after = (
        redactor.value(correction.kind, field.name, value) for value in (correction.before, correction.after)
    )
    return correction._replace(title=title, before=before, after=after)


def _meeting(meeting: Meeting, redactor: _Redactor) -> Meeting:
    return meeting._replace(title=redactor.title(redactor.registry.kind(MEETING))(meeting.title))
