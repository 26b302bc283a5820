"""A group of the log in words: when it was made, by whom, and with which command."""

from datetime import datetime

from kfly.locale import _
from kfly.plan.changes import ChangeGroup


def summarise_group(group: ChangeGroup) -> str:
    """Say when a group was made, by whom, and with which command."""
    return f"{to_local_time(group.made_at).strftime('%Y-%m-%d %H:%M:%S')} · {name_author(group)}"


def name_author(group: ChangeGroup) -> str:
    """Say who made a group, and with which command."""
    if group.command is None:
        return _("another program")
    return f"{group.user}@{group.host} · {f'kfly {group.command}'.strip()}"


def to_local_time(made_at: str) -> datetime:
    """Convert a moment of the log, which keeps UTC, to the time where the program runs."""
    return datetime.fromisoformat(made_at).astimezone()
