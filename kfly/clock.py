"""The one clock: ``--as-of`` replaces its answer, and nothing else in kfly asks for the date."""

from datetime import date


def today() -> date:
    """Return the current day where the program runs."""
    return date.today()
