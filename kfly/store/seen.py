"""Whether a file is, inside, as kfly has last seen to it; each command asks, so it costs next to nothing.

The log's triggers note that another program has changed what the plan's tables say, SQLite counts changes of
the tables themselves. Only where either has happened is anything looked at.
"""

import sqlite3


def is_as_seen(db: sqlite3.Connection) -> bool:
    """Tell whether there is a plan, and nobody else has changed the schema or the declarations of late."""
    try:
        seen, has_plan = db.execute(
            "SELECT schema_version, EXISTS (SELECT 1 FROM plan) FROM watched"
        ).fetchone()
    except (sqlite3.OperationalError, TypeError):  # as in the first release; or no table or row is there
        return False
    return bool(has_plan and db.execute("PRAGMA schema_version").fetchone()[0] == seen)
