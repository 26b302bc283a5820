"""Signs of damage that another program has done inside a file: in what its tables are, and in the plan's."""

import sqlite3

from kfly.plan.kinds import RESERVED_KINDS
from kfly.store.schema.tables import has_column

_OWN = ", ".join(f"'{name}'" for name in RESERVED_KINDS)
_VALUES = ", ".join(f"('{name}')" for name in RESERVED_KINDS)
_TABLES = f"(name IN ({_OWN}) OR name IN (SELECT name FROM kinds))"
_NO_NUMBER = "GLOB '*[^-+0-9.eE]*'"
FIELD_TYPES = ("text", "choice", "date", "year", "integer", "number", "town", "reference")
NUMERIC = "('year', 'integer', 'number')"
_AMOUNT = "('real', 'integer')"
EARLIEST, LATEST = 1000, 9000  # years

# Each finds rows that cannot be; their columns say what is wrong.
VIEWS = f"SELECT name FROM sqlite_master WHERE type = 'view' AND {_TABLES}"
LOOSE = f"SELECT name FROM sqlite_master WHERE type = 'table' AND substr(sql, -6) <> 'STRICT' AND {_TABLES}"
LOST_TABLES = f"""
SELECT name FROM (SELECT name FROM kinds UNION ALL SELECT column1 FROM (VALUES {_VALUES}))
WHERE name NOT IN (SELECT name FROM sqlite_master)
"""
LOST_KINDS = """
SELECT DISTINCT kind FROM (
    SELECT kind FROM fields UNION ALL SELECT kind FROM metrics
    UNION ALL SELECT refers_to FROM fields WHERE type = 'reference'
) WHERE kind NOT IN (SELECT name FROM kinds)
"""
WITHOUT_FIELDS = "SELECT name FROM kinds WHERE name NOT IN (SELECT kind FROM fields)"
LOST_FIELDS = """
SELECT DISTINCT kind, field FROM (
    SELECT kind, field FROM field_words UNION ALL SELECT kind, date FROM stages
    UNION ALL SELECT name, counts_on FROM kinds UNION ALL SELECT name, counts_until FROM kinds
    UNION ALL SELECT name, graded_by FROM kinds
    UNION ALL SELECT kind, field FROM metrics UNION ALL SELECT kind, dated FROM metrics
    UNION ALL SELECT m.kind, c.field FROM metric_conditions AS c JOIN metrics AS m ON m.id = c.metric
) AS needed
WHERE field IS NOT NULL AND kind IN (SELECT kind FROM fields)
AND NOT EXISTS (SELECT 1 FROM fields AS f WHERE f.kind = needed.kind AND f.name = needed.field)
"""
ODD_FIELDS = f"""
SELECT kind || '.' || name, iif(type NOT IN {FIELD_TYPES}, type, iif(typeof(decimals) <> 'integer', decimals,
    iif(minimum {_NO_NUMBER}, minimum, maximum))) FROM fields
WHERE type NOT IN {FIELD_TYPES} OR typeof(decimals) <> 'integer'
OR minimum {_NO_NUMBER} OR maximum {_NO_NUMBER}
"""
ODD_CONDITIONS = f"""
SELECT c.field, c.operator || ' ' || c.value FROM metric_conditions AS c
JOIN metrics AS m ON m.id = c.metric JOIN fields AS f ON f.kind = m.kind AND f.name = c.field
WHERE c.operator NOT IN ('=', 'in', '!=', '>=', '<=', '>', '<', 'known')
OR c.operator <> 'known' AND f.type IN {NUMERIC} AND (c.value {_NO_NUMBER} OR c.value = '')
"""
_LOST_METRICS = """
SELECT key FROM targets WHERE metric NOT IN (SELECT id FROM metrics)
UNION ALL SELECT year || '/' || task FROM task_needs WHERE metric NOT IN (SELECT id FROM metrics)
"""
_LOST_SINCE_7 = """
UNION ALL SELECT key FROM targets WHERE to_metric NOT IN (SELECT id FROM metrics)
UNION ALL SELECT key FROM targets WHERE reading IN ('share', 'average') AND to_metric IS NULL
"""
ODD_AMOUNTS = f"""
SELECT key, goal FROM targets WHERE comparison IS NOT NULL AND typeof(goal) NOT IN {_AMOUNT}
UNION ALL SELECT year || '/' || task, goal FROM task_needs WHERE typeof(goal) NOT IN {_AMOUNT}
UNION ALL SELECT year || '/' || number, year FROM tasks WHERE year NOT BETWEEN {EARLIEST} AND {LATEST}
UNION ALL SELECT 'plan', yellow FROM plan WHERE typeof(yellow) NOT IN {_AMOUNT}
"""
NO_PLAN = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM plan)"

_LOOKS = (
    *(NO_PLAN, VIEWS, LOOSE, LOST_TABLES, LOST_KINDS, WITHOUT_FIELDS, LOST_FIELDS),
    *(ODD_FIELDS, ODD_CONDITIONS, ODD_AMOUNTS),
)


def has_signs(db: sqlite3.Connection) -> bool:
    """Tell whether anything inside looks damaged.

    Raises:
        sqlite3.OperationalError: a table that must be there is gone.
    """
    looks = " OR ".join(f"EXISTS ({look})" for look in (*_LOOKS, write_lost_metrics(db)))
    return bool(db.execute(f"SELECT {looks}").fetchone()[0])


def write_lost_metrics(db: sqlite3.Connection) -> str:
    """Write the query for targets and needs whose metric is gone; an older schema has no shares."""
    return _LOST_METRICS + (_LOST_SINCE_7 if has_column(db, "targets", "to_metric") else "")
