"""What ODK Central and Kobo export for a form: which of its columns are technical, which stand in groups."""

import re
from collections.abc import Iterable, Iterator

GEOPOINT = "location"  # the question that asks where a record is; its parts stand in columns of their own
LATITUDE, LONGITUDE = "latitude", "longitude"  # the fields that are worked out of it

# Columns that no sheet of people's has: one of them tells that a sheet holds a form's answers.
_MARKS = frozenset(
    ("meta-instanceid", "meta/instanceid", "instanceid", "submissiondate", "_uuid", "_submission_time")
)
_TECHNICAL = frozenset(
    (
        *_MARKS,
        *("key", "parent_key", "submitterid", "submittername", "attachmentspresent", "attachmentsexpected"),
        *("status", "reviewstate", "deviceid", "edits", "formversion", "instancename"),
        *("meta-instancename", "meta/instancename", "meta/rootuuid", "meta-rootuuid", "meta-entity"),
        *("start", "end", "today", "username", "phonenumber", "simserial", "subscriberid", "email", "audit"),
        *("formhub/uuid", "_id", "_validation_status", "_notes", "_status", "_submitted_by", "__version__"),
        *("_version_", "_tags", "_index", "_parent_index", "_parent_table_name", "_geolocation"),
        *("_attachments", "_xform_id_string", "meta/deprecatedid", "meta-deprecatedid"),
    )
)
_PART = re.compile(rf"(?:.*[-_/])?{GEOPOINT}(?:[-_/](?:latitude|longitude|altitude|accuracy|precision))?")
# Kobo calls the parts of a point by its question, which may be its label: _所在位置_latitude beside 所在位置.
_PART_OF = re.compile(
    r"(?P<groups>(?:.*/)?)_(?P<point>.+)_(?:latitude|longitude|altitude|precision)", re.DOTALL
)
_GROUPS = re.compile(r"(?:[A-Za-z_][\w.]*[/-])+(?=[A-Za-z_]\w*$)", re.ASCII)


def are_answers(headings: Iterable[str]) -> bool:
    """Tell whether a row of headings is that of a form's answers."""
    return not _MARKS.isdisjoint(heading.strip().casefold() for heading in headings)


def find_points(headings: Iterable[str]) -> frozenset[str]:
    """Find the columns of points, and of their parts, that are called by the question for the point."""
    texts = [heading.strip() for heading in headings]
    parts = {text: match["groups"] + match["point"] for text in texts if (match := _PART_OF.fullmatch(text))}
    points = {point for point in parts.values() if point in texts}
    return frozenset((*points, *(part for part, point in parts.items() if point in points)))


def is_technical(heading: str) -> bool:
    """Tell whether a column of a form's answers says something of the form and not of the record."""
    plain = heading.strip().casefold()
    return plain in _TECHNICAL or _PART.fullmatch(plain) is not None


def leave_groups(heading: str) -> str:
    """Return the name of a question without its groups: details/floor_area, details-floor_area."""
    return _GROUPS.sub("", heading.strip())


def list_without_groups(heading: str) -> Iterator[str]:
    """Yield what a heading may be without its groups, which stand before strokes: 摸排情况/建筑面积（m²）."""
    rest = heading
    while "/" in rest:
        rest = rest.partition("/")[2]
        yield rest
