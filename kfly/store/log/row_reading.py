"""Reading rows as the log has kept them, also those that hold what is no number, or are no rows any more."""

import json
from typing import TYPE_CHECKING

from kfly.plan.changes import UNREADABLE, LoggedRow

if TYPE_CHECKING:
    import re

# What no REAL column may hold, as SQLite and JSON both read it; before schema 5 the log called it “Inf”,
# which no reader of JSON knows.
INFINITE = "9e999"
_TEXT_OR_INFINITE = r'"(?:[^"\\]|\\.)*"|-?\bInf\b'


def read_row(text: str | None) -> LoggedRow | None:
    """Read a row as it stands in a line of the log; ``UNREADABLE`` for what is no row at all."""
    if text is None:
        return None
    try:
        row = json.loads(text)
    except ValueError:
        row = _read_infinite(text)
    return row if isinstance(row, dict) else UNREADABLE


def _read_infinite(text: str) -> object:
    """Read a row of before schema 5 that holds an infinite number."""
    import re

    try:
        return json.loads(re.sub(_TEXT_OR_INFINITE, _spell, text))
    except ValueError:
        return None


def _spell(found: "re.Match[str]") -> str:
    return found[0] if found[0].startswith('"') else found[0].replace("Inf", INFINITE)
