"""The course of tasks: what was recorded of them since they were written into their tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from kfly.plan.model import SignOff
from kfly.plan.numbers import TaskKey, TaskNumber

StageKey = tuple[int, TaskNumber, int]  # year and number of a task, and the number of its stage
SignOffs = Mapping[TaskKey, SignOff]


class Course(NamedTuple):
    """What was recorded of tasks, whatever the day: who asks for one leaves out what came later.

    Attributes:
        sign_offs: those in force of whole tasks.
        stages: those in force of single stages.
        reports: the days on which progress was reported, of the tasks that are asked for reports.
    """

    sign_offs: SignOffs
    stages: Mapping[StageKey, SignOff] = MappingProxyType({})
    reports: Mapping[TaskKey, Sequence[date]] = MappingProxyType({})
