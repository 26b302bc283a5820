"""The one clock: ``--as-of`` replaces its answer, and nothing else in kfly asks for the date."""

from datetime import UTC, date, datetime


def today() -> date:
    """Return the current day where the program runs."""
    return date.today()


def now() -> str:
    """Return the present moment as the database keeps it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
