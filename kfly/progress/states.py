"""The states that tasks and their stages can be in."""

DONE, OVERDUE, OPEN = "done", "overdue", "open"
ONGOING = "ongoing"  # of a task without a due day; no stage is
STATES = (DONE, OVERDUE, OPEN, ONGOING)
