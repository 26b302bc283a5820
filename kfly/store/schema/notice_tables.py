"""The table since schema 7: the supervision notices that were issued.

Beside tasks, `tasks` holds targets, by their key: `["growth", "red"]`. No key has a slash.
"""

NOTICE_TABLES = """
-- Supervision notices (督办单) that were issued. They name an organisation and tasks and refer to none: what
-- was issued stays so, whatever becomes of them in the plan.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,              -- of issue
    number INTEGER NOT NULL,            -- counted from 1 in its year
    organisation TEXT NOT NULL,
    light TEXT NOT NULL,                -- the worst of its tasks: red, yellow, blue
    issued_on TEXT NOT NULL CHECK (issued_on IS date(issued_on, '+0 days')),
    reply_by TEXT NOT NULL CHECK (reply_by IS date(reply_by, '+0 days')),
    tasks TEXT NOT NULL CHECK (json_valid(tasks)),  -- [["2022/11", "red"], …]
    recorded_at TEXT NOT NULL,          -- UTC
    UNIQUE (year, number)
) STRICT;
CREATE INDEX "notices to an organisation" ON notices (organisation);
"""
