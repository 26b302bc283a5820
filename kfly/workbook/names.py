"""The names of sheets, as Excel takes them."""

import re

LONGEST_TITLE = 31  # of a sheet, says Excel
_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_title(wanted: str) -> str:
    """Return a name as Excel takes it for a sheet."""
    return _UNFIT.sub("_", wanted)[:LONGEST_TITLE].strip("'") or "_"
