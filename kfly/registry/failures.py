"""What spreadsheets leave in place of a value: failed formulas, pictures, columns too narrow to show it."""

import re

from kfly.locale import N_

BEGINNINGS = "#=Ee错"  # of all of them: one look at the first sign rules out nearly every value

# What spreadsheets show where a formula has failed, or is still waiting for something.
FAILED = frozenset(
    (
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!"),
        *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#PYTHON!"),
        *("#EXTERNAL!", "#TIMEOUT!"),
    )
)
_NUMBERED = re.compile(r"(?:Err|错误)\s*[:：]\s*\d{3}", re.ASCII | re.IGNORECASE)  # of LibreOffice
_PICTURE = re.compile(r"=\s*(?:_xlfn\.|_xlws\.)*(?:DISPIMG|IMAGE)\s*[(（]", re.IGNORECASE)
_NARROW = 3  # signs from which on a row of # is no name

IS_FAILED = N_("is a formula that has failed; put its value there")
IS_PICTURE = N_("is a picture in a cell; only text can be kept")
IS_NARROW = N_("is shown where a column is too narrow for its value; enter the value")


def explain_failure(text: str) -> str | None:
    """Return what is wrong with a text that stands for no value; None for any other text."""
    if _PICTURE.match(text):
        return IS_PICTURE
    if text.upper() in FAILED or _NUMBERED.fullmatch(text):
        return IS_FAILED
    if len(text) >= _NARROW and not text.strip("#"):
        return IS_NARROW
    return None
