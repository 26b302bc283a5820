"""How much of what is decided came on time, in sentences: by the due days in force, and by the first ones."""

from collections.abc import Iterator

from kfly.locale import _, format_share
from kfly.progress.departments import DepartmentTally


def describe_rates(tally: DepartmentTally) -> Iterator[str]:
    """Yield the on-time rate, both where extensions make a difference, and the missing reports of progress.

    What there is nothing of is not told.
    """
    rate, first = tally.on_time_rate, tally.on_time_rate_original
    if rate != first:
        yield _(
            "On-time rate: {rate}; by the dates before any extension: {first}.",
            rate=format_share(rate),
            first=format_share(first),
        )
    elif rate is not None:
        yield _("On-time rate: {rate}.", rate=format_share(rate))
    if tally.unreported:
        yield _("Reports of progress missing: {n}.", n=tally.unreported)
