"""The question which tasks are past their due day without a sign-off, as SQL alone can answer it.

As of a day a task stands as it did then: with the due day in force, and not at all where it rests.
"""

from kfly.locale import _
from kfly.plan.published import UNSIGNED, Question
from kfly.store.schema.tables import quote

_UNTIL = "e.year = t.year AND e.task = t.number AND e.held_on <= {day}"
_LAST = "ORDER BY e.held_on DESC, e.id DESC LIMIT 1"
_EXTENDED = f"SELECT e.due FROM task_events AS e WHERE {_UNTIL} AND e.decision = 'extended'"
_STAGES = "task_stages AS s WHERE s.year = t.year AND s.task = t.number"

# With the last of its stages, where one of them was extended; else as it was extended itself, or as written.
# Where the table was corrected since to a later day, that one holds.
_DUE_IN_FORCE = f"""CASE WHEN t.due IS NULL THEN NULL ELSE max(t.due, coalesce(
    (SELECT max(s.due, coalesce(({_EXTENDED} AND e.stage = s.position {_LAST}), s.due)) AS due FROM {_STAGES}
        AND EXISTS ({_EXTENDED} AND e.stage IS NOT NULL) ORDER BY due DESC LIMIT 1),
    ({_EXTENDED} AND e.stage IS NULL {_LAST}),
    t.due)) END"""
_IS_CANCELLED = f"EXISTS (SELECT 1 FROM task_events AS e WHERE {_UNTIL} AND e.decision = 'cancelled')"
_IS_SUSPENDED = f"""(SELECT e.decision FROM task_events AS e
    WHERE {_UNTIL} AND e.decision IN ('suspended', 'resumed') {_LAST}) IS 'suspended'"""
# From the day on which the table of the later task begins.
_IS_CARRIED = """EXISTS (SELECT 1 FROM tasks AS c, plan AS p WHERE c.carries = t.year || '/' || t.number
    AND max(p.starts, printf('%04d-%02d-01', c.year, p.year_starts)) <= {day})"""
_IS_SIGNED = """EXISTS (SELECT 1 FROM sign_offs AS s WHERE s.year = t.year AND s.task = t.number
    AND s.stage IS NULL AND s.reopened_at IS NULL AND s.signed_on <= {day})"""
_LEAD = """(SELECT group_concat(organisation, '、') FROM task_organisations AS o
    WHERE o.year = t.year AND o.task = t.number AND role = 'lead')"""


def ask_unsigned(day: str, language: str) -> Question:
    """Ask which tasks are past the due day in force, and nobody has signed them off.

    Args:
        day: the SQL of the day asked.
        language: that of the plan, which titles are told in.
    """
    columns = {
        _("Year"): "year",
        _("No."): "number",
        _("Task"): f"title_{language}",
        _("Lead"): "lead",
        _("Due"): "due_then",
        _("Days over"): f"CAST(julianday({day}) - julianday(due_then) AS INTEGER)",
    }
    listed = ", ".join(f"{sql} AS {quote(word)}" for word, sql in columns.items())
    rests = " AND ".join(f"NOT {each}" for each in (_IS_SIGNED, _IS_CANCELLED, _IS_SUSPENDED, _IS_CARRIED))
    sql = (
        f"SELECT {listed} FROM (SELECT t.*, {_DUE_IN_FORCE} AS due_then, {_LEAD} AS lead FROM tasks AS t"
        f" WHERE coalesce(t.assigned_on <= {{day}}, TRUE) AND {rests})"
        " WHERE due_then < {day} ORDER BY due_then, year, position"
    )
    return Question(UNSIGNED, None, None, sql.replace("{day}", day))
