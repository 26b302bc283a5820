"""What changed since the last meeting in sentences, as a brief tells it; no figure twice.

What the brief's own table and lists tell already, such as where a target stands now, is left to them.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

from kfly.locale import N_, _
from kfly.plan.course import CANCELLED, EXTENDED, RESUMED, SUSPENDED
from kfly.progress.lights import LIGHTS, NONE
from kfly.progress.since import ADDED, DUE, LATE, REMOVED, REOPENED, Since, TargetChange, Turn
from kfly.progress.states import CARRIED, DONE, OVERDUE
from kfly.progress.targets import TargetStanding
from kfly.reports import words
from kfly.reports.figures import find_difference_unit, find_digits_of_difference
from kfly.reports.papers.amounts import write_amount, write_day_near
from kfly.reports.since_sections import number_task, tell_correction
from kfly.reports.status import name_target

MOST = 3  # corrections that are told one by one
_TASKS = {
    DONE: N_("newly done, {n}: {names}"),
    OVERDUE: N_("newly overdue, {n}: {names}"),
    EXTENDED: N_("extended, {n}: {names}"),
    SUSPENDED: N_("suspended, {n}: {names}"),
    RESUMED: N_("resumed, {n}: {names}"),
    CANCELLED: N_("cancelled, {n}: {names}"),
    CARRIED: N_("carried on by a later table, {n}: {names}"),
    REOPENED: N_("no longer done, {n}: {names}"),
    ADDED: N_("new, {n}: {names}"),
    REMOVED: N_("gone, {n}: {names}"),
}


def describe_since(since: Since) -> Iterator[str]:
    """Yield what changed; the first sentence says since when."""
    opening, first = _open(since), True
    for told in filter(None, (tell(since) for tell in _SENTENCES)):
        yield _("{opening}: {told}", opening=opening, told=told) if first else told
        first = False


def _open(since: Since) -> str:
    day = write_then(since)
    return _("Since the meeting of {day}", day=day) if since.meeting else _("Since {day}", day=day)


def write_then(since: Since) -> str:
    """Write the day since which is told, its year where that is not the year of now."""
    return write_day_near(since.then.standing.as_of, since.now.standing.as_of)


def _tell_figures(since: Since) -> str:
    """Tell which targets moved by how much, and how many did not."""
    if not since.targets:
        return ""
    moved = [_tell_change(pair.row, pair.change) for pair in since.targets if pair.change]
    parts = [_(", ").join(moved)] if moved else []
    for message, belongs in _OTHERWISE:
        if names := [name_target(pair.row) for pair in since.targets if belongs(pair)]:
            parts.append(_(message, names=_(", ").join(names)))
    unmoved = sum(pair.change == 0 for pair in since.targets)
    if unmoved == len(since.targets):
        parts.append(_("no target's figure changed"))
    elif unmoved:
        parts.append(_("{n} other targets did not change", n=unmoved))
    return _("{told}.", told=_("; ").join(parts))


def _tell_change(row: TargetStanding, change: Fraction) -> str:
    message = N_("{name} grew by {amount}") if change > 0 else N_("{name} fell by {amount}")
    digits = find_digits_of_difference(row, change)
    amount = write_amount(abs(change), find_difference_unit(row), digits)
    return _(message, name=name_target(row), amount=amount)


def _begins_anew(pair: TargetChange) -> bool:
    """Tell whether a target's figure cannot be set against that of then, such as in a new year."""
    return pair.then is not None and pair.now is not None and pair.change is None


_OTHERWISE: tuple[tuple[str, Callable[[TargetChange], bool]], ...] = (
    (N_("counted anew: {names}"), _begins_anew),
    (N_("new targets: {names}"), lambda pair: pair.then is None),
    (N_("targets dropped: {names}"), lambda pair: pair.now is None),
)


def _tell_lights(since: Since) -> str:
    """Tell of which targets the light turned, the worst first; what tasks are overdue is told of them."""
    parts = []
    turned = [turn for turn in since.turned if isinstance(turn.row, TargetStanding)]
    worse = [turn for turn in turned if LIGHTS.index(turn.now) < LIGHTS.index(turn.then)]
    better = [turn for turn in turned if turn not in worse]
    for message, turns in ((N_("lights that turned worse: {told}"), worse), (N_("better: {told}"), better)):
        if turns:
            parts.append(_(message, told=_(", ").join(map(_tell_turn, turns))))
    return _("Targets: {told}.", told=_("; ").join(parts)) if parts else ""


def _tell_turn(turn: Turn) -> str:
    assert isinstance(turn.row, TargetStanding)  # noqa: S101  (tasks are told otherwise)
    message = N_("{name} from {then} to {now}") if turn.then != NONE else N_("{name} to {now}")
    then, now = words.light_word(turn.then), words.light_word(turn.now)
    return _(message, name=name_target(turn.row), then=then, now=now)


def _tell_tasks(since: Since) -> str:
    """Tell what became of the tasks, and how many fell due."""
    due = sum(DUE in task.what for task in since.tasks)
    parts = [_("fell due, {n}", n=due)] if due else []
    parts += filter(None, (_tell_tasks_of(what, since) for what in _TASKS))
    return _("Tasks: {told}.", told=_("; ").join(parts)) if parts else ""


def _tell_tasks_of(what: str, since: Since) -> str:
    its = [task for task in since.tasks if what in task.what]
    if not its:
        return ""
    names = (
        _("task {number}, {title}", number=number_task(task.row, since), title=task.row.task.title.spoken)
        for task in its
    )
    told = _(_TASKS[what], n=len(its), names=_(", ").join(names))
    late = sum(LATE in task.what for task in its) if what == DONE else 0
    return _("{told} ({n} of them late)", told=told, n=late) if late else told


def _tell_added(since: Since) -> str:
    """Tell of which kinds records were added; those that a target counts are in its figure."""
    plan = since.now.standing.plan
    counted = {target.metric.kind for target in plan.targets if not target.metric.field}
    told = [
        _("{kind} {n}", kind=addition.kind.label.spoken, n=f"{addition.total:,}")
        for addition in since.added
        if addition.kind.name not in counted
    ]
    return _("Records added beyond these: {told}.", told=_(", ").join(told)) if told else ""


def _tell_corrections(since: Since) -> str:
    """Tell how much of the past was corrected, as the changes above hold that too."""
    if not since.corrected:
        return ""
    told = _("; ").join(map(tell_correction, since.corrections[:MOST]))
    if since.corrected > MOST:
        told = _("{told} and others", told=told)
    message = N_("Corrections of the past, which the changes above hold too, {n}: {told}.")
    return _(message, n=f"{since.corrected:,}", told=told)


def _tell_knowledge(since: Since) -> str:
    """Say that the figures of then are as known now, where they are."""
    if since.known_at is not None:
        return ""
    return _("The figures of {day} are as known now.", day=write_then(since))


_SENTENCES = (_tell_figures, _tell_lights, _tell_tasks, _tell_added, _tell_corrections, _tell_knowledge)
