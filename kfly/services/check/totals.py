"""The check of the totals that are kept against the records that they are of."""

import sqlite3
from collections.abc import Iterator

from kfly.locale import _
from kfly.services.check.findings import ERROR, KFLY, TO_FILL_IN, Finding
from kfly.store import spans


def check_totals(db: sqlite3.Connection) -> Iterator[Finding]:
    """Find whether the totals that views show are what counting all records gives."""
    if wrong := spans.find_wrong_totals(db):
        kinds = sorted({metric.kind for metric in wrong})
        yield Finding(
            severity=ERROR,
            code="wrong_totals",
            kind=None,
            id=None,
            title="",
            message=_("the totals kept of {kinds} are not those of the records", kinds=_(", ").join(kinds)),
            command=(KFLY, "load", TO_FILL_IN),
            about=tuple(kinds),
        )
