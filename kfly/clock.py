"""The one clock. ``--as-of`` replaces its answer; nothing else in kfly asks for the date."""

from datetime import date


def today() -> date:
    """The current day where the program runs."""
    return date.today()
