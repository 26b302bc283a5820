"""The states that tasks and their stages can be in."""

from kfly.plan.course import CANCELLED, SUSPENDED

DONE, OVERDUE, OPEN = "done", "overdue", "open"
ONGOING = "ongoing"  # of a task without a due day; no stage is
CARRIED = "carried"  # a task of a later table goes on with it (结转)
RESTING = (SUSPENDED, CANCELLED, CARRIED)  # neither open nor overdue, and outside all rates
STATES = (DONE, OVERDUE, OPEN, ONGOING, *RESTING)
