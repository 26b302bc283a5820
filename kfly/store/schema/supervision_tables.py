"""The tables since schema 3: what towns owe, what was reported of tasks, which mails went out."""

SUPERVISION_TABLES = """
-- What single towns and zones owe of a target.
CREATE TABLE quotas (
    target TEXT NOT NULL REFERENCES targets (key),
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    amount REAL NOT NULL,               -- in the target's unit
    position INTEGER NOT NULL,
    PRIMARY KEY (target, organisation)
) STRICT;
-- What was reported of a task on its way: 反馈. A percentage is its author's word and changes no light.
CREATE TABLE progress_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    noted_on TEXT NOT NULL CHECK (noted_on IS date(noted_on, '+0 days')),
    text TEXT NOT NULL,
    percent INTEGER CHECK (percent BETWEEN 0 AND 100),
    organisation TEXT REFERENCES organisations (name) ON UPDATE CASCADE,  -- who reported it
    recorded_at TEXT NOT NULL,          -- UTC
    FOREIGN KEY (year, task) REFERENCES tasks (year, number)
) STRICT;
CREATE INDEX "progress_notes of a task" ON progress_notes (year, task);
-- Every mail that was tried, a row a recipient and run. A record of what happened: no part of the log, never
-- undone.
CREATE TABLE mailings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    as_of TEXT NOT NULL,                -- the day that the report answers for
    recipient TEXT NOT NULL,            -- an address
    organisation TEXT,                  -- the lead whose own tasks it holds; NULL: all of them
    scope TEXT,                         -- the organisation that the report was narrowed to; NULL: all
    subject TEXT NOT NULL,
    tasks TEXT NOT NULL CHECK (json_valid(tasks)),  -- [["2022/11", "overdue"], …]
    message_id TEXT NOT NULL,
    tried_at TEXT NOT NULL,             -- UTC
    tries INTEGER NOT NULL,
    error TEXT,                         -- NULL: the server has taken it
    answer TEXT,                        -- what it said then, such as the number in its queue
    without_workbook INTEGER NOT NULL DEFAULT 0  -- 1: with it, it was too large for the server
) STRICT;
CREATE INDEX "mailings of a day" ON mailings (as_of, recipient);
"""
