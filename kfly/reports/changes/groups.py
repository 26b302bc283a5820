"""A group of the log in words: when it was made, by whom, and with which command."""

from datetime import UTC, datetime

from kfly.locale import _
from kfly.plan.changes import ChangeGroup

UNKNOWN = datetime.fromtimestamp(0, UTC).astimezone()  # long before any log


def summarise_group(group: ChangeGroup) -> str:
    """Say when a group was made, by whom, and with which command."""
    moment = to_local_time(group.made_at)
    shown = group.made_at if moment == UNKNOWN else moment.strftime("%Y-%m-%d %H:%M:%S")
    return f"{shown} · {name_author(group)}"


def name_author(group: ChangeGroup) -> str:
    """Say who made a group, and with which command."""
    if group.command is None:
        return _("another program")
    return f"{group.user}@{group.host} · {f'kfly {group.command}'.strip()}"


def to_local_time(made_at: str) -> datetime:
    """Convert a moment of the log, which keeps UTC, to the time where the program runs.

    Returns:
        the moment; ``UNKNOWN`` for a text of another program's that is none.
    """
    try:
        return datetime.fromisoformat(made_at).astimezone()
    except (ValueError, OverflowError):
        return UNKNOWN
