"""Toward which targets a record counts, and why not toward the others, in words and as JSON."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kfly.locale import N_, _, format_number
from kfly.plan.derived import COUNTS_TOWARD, NOT_COUNTED
from kfly.plan.kinds import NOTE, Field, Kind
from kfly.plan.model import Plan
from kfly.progress import counting
from kfly.progress.counting import Counting, Obstacle
from kfly.reports.records import write_operator, write_value

_WORDS = {
    counting.DIFFERS: N_("{label} is {value}, not {wanted}"),
    counting.EXCLUDED: N_("{label} is {value}"),
    counting.OUT_OF_BOUNDS: N_("{label} is {value}, not {wanted}"),
    counting.EMPTY: N_("{label} is empty"),
    counting.UNDATED: N_("{label}: no date yet"),
    counting.ELSEWHERE: N_("{value} owes none of it"),
    counting.TOO_EARLY: N_("{label} {value}, before {wanted}"),
    counting.TOO_LATE: N_("{label} {value}, after {wanted}"),
    counting.TO_COME: N_("not before {value}"),
    counting.ENDED: N_("ended on {value}"),
}
# In a table, whose other columns show the record's own values.
_FEWER_WORDS = {
    counting.DIFFERS: N_("{label} is {value}"),
    counting.OUT_OF_BOUNDS: N_("{label} is not {wanted}"),
    counting.TOO_EARLY: N_("before {wanted}"),
    counting.TOO_LATE: N_("after {wanted}"),
}


def document(found: Counting, kind: Kind) -> dict[str, Any]:
    """Return the two keys of a record's JSON: the targets it counts toward, and why not toward the others."""
    return {
        COUNTS_TOWARD: [key for key, obstacle in found.items() if obstacle is None],
        NOT_COUNTED: {key: tell_obstacle(obstacle, kind) for key, obstacle in found.items() if obstacle},
    }


def write_counting(found: Counting, kind: Kind, plan: Plan) -> str:
    """Write the names of the targets that a record counts toward; where there is none, why not."""
    names = [target.name.spoken for target in plan.targets if found.get(target.key, False) is None]
    if names:
        return _(", ").join(names)
    words = {**_WORDS, **_FEWER_WORDS}
    return next((tell_obstacle(obstacle, kind, words) for obstacle in found.values() if obstacle), "")


def list_counting(found: Counting, kind: Kind, plan: Plan) -> str:
    """Write a line for each target that is measured by records of this kind: counted, or why not."""
    lines = []
    for target in plan.targets:
        if target.key not in found:
            continue
        obstacle = found[target.key]
        if obstacle is None:
            lines.append(f"✓ {target.name.spoken}")
        else:
            why = tell_obstacle(obstacle, kind)
            lines.append("✗ " + _("{target}: {reason}", target=target.name.spoken, reason=why))
    return "\n".join(lines)


def tell_obstacle(obstacle: Obstacle, kind: Kind, words: Mapping[str, str] = _WORDS) -> str:
    """Say why a record does not count."""
    field = kind.field(obstacle.field) or NOTE
    sign = write_operator(obstacle.operator) + " "
    wanted = _(" or ").join(_write_wanted(text, field) for text in obstacle.wanted)
    return _(
        words[obstacle.code],
        label=field.label.spoken,
        value=write_value(obstacle.value, field),
        wanted=sign + wanted if obstacle.code == counting.OUT_OF_BOUNDS else wanted,
    )


def _write_wanted(text: str, field: Field) -> str:
    """Write what a plan file asks for as the record's own value is written."""
    return format_number(Fraction(text)) if field.is_amount else text
